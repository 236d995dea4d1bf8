// Operations on eight octets at a time. They are for code that processes every octet of every SPF
// record or domain name. Eight octets are a "word": a number of 64 bits.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace spf::octets {

/// A word with the value 1 in each octet.
inline constexpr std::uint64_t each = 0x0101'0101'0101'0101U;
/// A word in which the top bit of each octet is set.
inline constexpr std::uint64_t top = each * 0x80U;
/// A word in which all bits are set except the top bit of each octet.
inline constexpr std::uint64_t below_top = each * 0x7fU;

/// Returns eight octets as a word, with the first octet in the lowest bits.
inline std::uint64_t load(const char* text) noexcept {
    std::uint64_t word = 0;
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(&word, text, sizeof word);
    } else {
        for (std::size_t i = 8; i > 0; --i)
            word = word << 8U | static_cast<unsigned char>(text[i - 1]);
    }
    return word;
}

/// Returns a mask for the first `count` octets of a word. `count` is at most 8.
constexpr std::uint64_t first(std::size_t count) noexcept {
    return count == 8 ? ~std::uint64_t{0} : ~(~std::uint64_t{0} << 8 * count);
}

/// Returns the word that load() would return for a text of at most eight octets that is padded with
/// NUL. It is meant for constants.
constexpr std::uint64_t word(std::string_view text) noexcept {
    std::uint64_t octets = 0;
    for (std::size_t i = text.size(); i > 0; --i)
        octets = octets << 8U | static_cast<unsigned char>(text[i - 1]);
    return octets;
}

/// Returns the octets of a text from index `begin` to the end as a word, with the first octet in
/// the lowest bits. There must be one to seven such octets. The other octets of the word are
/// `filler`.
inline std::uint64_t load_rest(std::string_view text, std::size_t begin, char filler) noexcept {
    const std::size_t count = text.size() - begin;
    const std::uint64_t fillers = each * static_cast<unsigned char>(filler) << 8 * count;
    if (text.size() >= 8) return load(text.data() + text.size() - 8) >> 8 * (8 - count) | fillers;
    std::uint64_t word = 0;
    for (std::size_t i = text.size(); i > begin; --i)
        word = word << 8U | static_cast<unsigned char>(text[i - 1]);
    return word | fillers;
}

/// Returns a word in which the top bit of an octet is set if the octet at the same place in `word`
/// equals `wanted`. All other bits are zero.
constexpr std::uint64_t equal(std::uint64_t word, char wanted) noexcept {
    const std::uint64_t differing = word ^ each * static_cast<unsigned char>(wanted);
    return ~(((differing & below_top) + below_top) | differing | below_top);
}

/// Returns a word in which the top bit of an octet is set if the octet at the same place in `word`
/// is from `first` to `last`. All other bits are zero. `first` and `last` must be below 0x80.
constexpr std::uint64_t within(std::uint64_t word, char first, char last) noexcept {
    const std::uint64_t low = word & below_top;
    const std::uint64_t from_first = low + each * (0x80U - static_cast<unsigned char>(first));
    const std::uint64_t behind_last = low + each * (0x7fU - static_cast<unsigned char>(last));
    return from_first & ~behind_last & ~word & top;
}

/// Returns the index, from 0 to 7, of the first octet whose top bit is set. `bits` must have no
/// other bits set. The result is 8 if no top bit is set.
constexpr std::size_t first_of(std::uint64_t bits) noexcept {
    return static_cast<std::size_t>(std::countr_zero(bits)) / 8;
}

/// Returns the sum of the eight octets of a word.
constexpr std::size_t sum(std::uint64_t word) noexcept {
    constexpr std::uint64_t every_other = 0x00ff'00ff'00ff'00ffU;
    const std::uint64_t pairs = (word & every_other) + (word >> 8U & every_other);
    return static_cast<std::size_t>(pairs * 0x0001'0001'0001'0001U >> 48U);
}

/// Returns whether two texts are equal. The result is that of operator==, but operator== calls a
/// library function, which is slow for texts as short as domain names. With operator== instead of
/// this function, and with std::string_view::rfind() instead of find_last(), the benchmark
/// `evaluate, three includes` takes 1.06 times as long.
inline bool same(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) return false;
    const char* at = left.data();
    const char* other = right.data();
    const char* const end = at + left.size();
    if (left.size() >= 8) {
        for (; end - at > 8; at += 8, other += 8) {
            if (load(at) != load(other)) return false;
        }
        // The last eight octets may include octets that have been compared before.
        return load(end - 8) == load(right.data() + right.size() - 8);
    }
    for (; at != end; ++at, ++other) {
        if (*at != *other) return false;
    }
    return true;
}

/// Returns the index of the last octet that equals `wanted`; npos if there is no such octet. For
/// texts as short as domain names, this is faster than std::string_view::rfind() (see same()).
inline std::size_t find_last(std::string_view text, char wanted) noexcept {
    std::size_t end = text.size();
    for (; end >= 8; end -= 8) {
        const std::uint64_t found = equal(load(text.data() + end - 8), wanted);
        if (found != 0) return end - 1 - static_cast<std::size_t>(std::countl_zero(found)) / 8;
    }
    while (end > 0 && text[end - 1] != wanted) --end;
    return end - 1;
}

/// Returns whether `good` returns true for all words of a name, which must have at least eight
/// octets. The words begin at every seventh octet. They overlap by one octet, so each pair of
/// neighbouring octets is within one word. If the octets are tested one by one instead, the
/// benchmark `evaluate, exists` takes 1.13 times as long, and the benchmark `parse, three includes`
/// 1.11 times.
template <class Good>
bool all_words(std::string_view name, Good good) noexcept {
    const char* const last = name.data() + name.size() - 8;
    for (const char* at = name.data(); at < last; at += 7) {
        if (!good(load(at))) return false;
    }
    return good(load(last));
}

/// Returns whether a name is plain and has at most 63 octets, so that DNS can be asked for it
/// unchanged. A plain name has no empty label, no capital letter and no dot at the end. The lengths
/// of the labels need no test: a label may have 63 octets, which is as long as the whole name may
/// be here. For a longer name, the result is false, and the caller uses slower code.
inline bool is_short_plain_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > 63 || name.front() == '.' || name.back() == '.') return false;
    if (name.size() < 8) {
        for (std::size_t i = 0; i < name.size(); ++i) {
            const bool capital = name[i] >= 'A' && name[i] <= 'Z';
            if (capital || (name[i] == '.' && name[i + 1] == '.')) return false;
        }
        return true;
    }
    return all_words(name, [](std::uint64_t word) {
        const std::uint64_t dots = equal(word, '.');
        return (within(word, 'A', 'Z') | (dots & dots << 8U)) == 0;
    });
}

/// Returns whether a name of 8 to 63 octets is plain (see is_short_plain_name()), has at least two
/// labels, and consists only of octets from `-` to `9` and from `_` to `z`. Most host names are
/// like this. For other names, the caller uses slower code.
inline bool is_short_plain_host(std::string_view name) noexcept {
    if (name.size() < 8 || name.size() > 63 || name.front() == '.' || name.back() == '.')
        return false;
    std::uint64_t dots = 0;
    const bool plain = all_words(name, [&dots](std::uint64_t word) {
        const std::uint64_t here = equal(word, '.');
        dots |= here;
        const std::uint64_t usual = within(word, '-', '9') | within(word, '_', 'z');
        return usual == top && (here & here << 8U) == 0;
    });
    return plain && dots != 0;
}

}  // namespace spf::octets

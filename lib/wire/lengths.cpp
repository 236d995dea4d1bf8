#include "wire/lengths.hpp"

#include <cstddef>
#include <optional>

namespace spf::ldns_adapter {
namespace {

using Octets = std::span<const std::uint8_t>;

constexpr std::size_t header_size = 12;
// The offset, in octets, of ANCOUNT in the header. ANCOUNT is the number of records in the answer
// section.
constexpr std::size_t answer_count = 6;
constexpr std::size_t authority_count = 8;
constexpr std::size_t additional_count = 10;

std::size_t number_at(Octets octets, std::size_t at) noexcept {
    return octets[at] * std::size_t{256} + octets[at + 1];
}

/// Returns the offset of the first octet after the name that begins at `at`; nothing if the name
/// does not end within the message. A compression pointer ends a name (RFC 1035, 4.1.4). Whether
/// the pointer is valid is not tested here, because ldns tests it.
std::optional<std::size_t> behind_name(Octets octets, std::size_t at) noexcept {
    constexpr unsigned pointer = 0xc0;
    while (at < octets.size()) {
        const std::size_t length = octets[at];
        if (length == 0) return at + 1;
        if (length >= pointer)
            return at + 2 <= octets.size() ? std::optional(at + 2) : std::nullopt;
        at += 1 + length;
    }
    return std::nullopt;
}

bool is_names(Octets data, unsigned count, std::size_t before, std::size_t after) noexcept {
    std::optional<std::size_t> at = before;
    for (; count > 0 && at; --count) at = behind_name(data, *at);
    return at && *at + after == data.size();
}

bool is_strings(Octets data) noexcept {
    std::size_t at = 0;
    while (at < data.size()) at += std::size_t{1} + data[at];
    return at == data.size();
}

constexpr std::size_t opt = 41;
// A type that no standard defines: the first type for private use (RFC 6895, 3.1).
constexpr std::size_t undefined_type = 65280;

/// Returns whether the data of a record has exactly the length that its type requires. Returns
/// nothing if answers contain no records of this type.
std::optional<bool> fits(std::size_t type, Octets data) noexcept {
    switch (type) {
        case 1: return data.size() == 4;          // A
        case 28: return data.size() == 16;        // AAAA
        case 2:                                   // NS
        case 5:                                   // CNAME
        case 12:                                  // PTR
        case 39: return is_names(data, 1, 0, 0);  // DNAME
        case 15: return is_names(data, 1, 2, 0);  // MX
        case 6: return is_names(data, 2, 0, 20);  // SOA: two names, five numbers of 4 octets
        case 16:                                  // TXT
        case 99: return is_strings(data);         // SPF
        default: return std::nullopt;
    }
}

}  // namespace

bool keep_to_lengths(std::span<std::uint8_t> message) noexcept {
    if (message.size() < header_size) return false;
    std::optional<std::size_t> at = header_size;
    for (std::size_t left = number_at(message, 4); left > 0; --left) {
        at = behind_name(message, *at);
        if (!at || *at + 4 > message.size()) return false;
        *at += 4;
    }
    for (const std::size_t count : {answer_count, authority_count, additional_count}) {
        for (std::size_t left = number_at(message, count); left > 0; --left) {
            at = behind_name(message, *at);
            if (!at || *at + 10 > message.size()) return false;
            const std::size_t data = *at + 10;
            const std::size_t size = number_at(message, *at + 8);
            if (size > message.size() - data) return false;
            const std::size_t type = number_at(message, *at);
            const std::optional<bool> as_long = fits(type, message.subspan(data, size));
            if (as_long == false) return false;
            if (!as_long && (type != opt || count != additional_count)) {
                message[*at] = undefined_type >> 8U;
                message[*at + 1] = undefined_type & 0xffU;
            }
            at = data + size;
        }
    }
    return true;
}

}  // namespace spf::ldns_adapter

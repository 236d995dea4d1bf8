#include "resolver/zone_types.hpp"

#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "resolver/zone_words.hpp"
#include "wire/handle.hpp"

namespace spf::zone_text {
namespace {

constexpr auto is_word = ascii::equal_ignoring_case;

/// Returns the number of a type or class. `word` is either its name, which `find` knows, or
/// `prefix` with the number, such as TYPE1 or CLASS1 (RFC 3597, 5). Returns nothing if it is
/// neither.
template <class Find>
std::optional<unsigned> number_called(const std::string& word, std::string_view prefix, Find find) {
    if (is_word(std::string_view{word}.substr(0, prefix.size()), prefix)) {
        const auto given = number(std::string_view{word}.substr(prefix.size()), 65535);
        return given ? std::optional(static_cast<unsigned>(*given)) : std::nullopt;
    }
    const auto found = static_cast<unsigned>(find(word.c_str()));
    return found == 0 ? std::nullopt : std::optional(found);
}

/// Returns the number of a record type; 0 if the type is unknown. ldns knows the numbers of most
/// types. The table here contains types that only some versions of ldns know.
unsigned number_of_type(const char* name) noexcept {
    using Type = std::pair<std::string_view, unsigned>;
    constexpr std::array others{
        Type{"NINFO", 56},      Type{"RKEY", 57},     Type{"CDS", 59},     Type{"CDNSKEY", 60},
        Type{"OPENPGPKEY", 61}, Type{"CSYNC", 62},    Type{"ZONEMD", 63},  Type{"SVCB", 64},
        Type{"HTTPS", 65},      Type{"DSYNC", 66},    Type{"AVC", 258},    Type{"DOA", 259},
        Type{"AMTRELAY", 260},  Type{"RESINFO", 261}, Type{"WALLET", 262}, Type{"TA", 32768}};
    for (const auto& [known, number] : others) {
        if (is_word(name, known)) return number;
    }
    return static_cast<unsigned>(ldns_get_rr_type_by_name(name));
}

}  // namespace

std::optional<dns::RecordType> type_called(std::string_view word) noexcept {
    for (const dns::RecordType type : dns::record_types) {
        if (is_word(word, dns::to_string(type))) return type;
    }
    return std::nullopt;
}

std::optional<dns::Status> status_called(std::string_view word) noexcept {
    using dns::Status;
    constexpr std::array<std::pair<std::string_view, Status>, 6> statuses{{
        {"timeout", Status::timeout},
        {"servfail", Status::servfail},
        {"error", Status::error},
        {"unreachable", Status::unreachable},
        {"nxdomain", Status::nxdomain},
        {"nodata", Status::no_data},
    }};
    for (const auto& [name, status] : statuses) {
        if (is_word(word, name)) return status;
    }
    return std::nullopt;
}

std::optional<unsigned> class_number(const std::string& word) {
    return number_called(word, "CLASS", ldns_get_rr_class_by_name);
}

std::optional<unsigned> type_number(const std::string& word) {
    return number_called(word, "TYPE", number_of_type);
}

}  // namespace spf::zone_text

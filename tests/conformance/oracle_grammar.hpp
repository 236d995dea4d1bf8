/// \file oracle_grammar.hpp  The ABNF of RFC 7208 section 12, read by trying every way to split a
/// text.
///
/// A part of the oracle, see oracle.hpp: slow, obviously right, and without code of the library.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spf::oracle {

/// An address as a row of bits, from left to right. IPv4 has 32, IPv6 has 128.
using Bits = std::vector<bool>;

struct Term {
    enum class Kind : std::uint8_t {
        all,
        include,
        a,
        mx,
        ptr,
        ip4,
        ip6,
        exists,
        redirect,
        explanation,
        unknown
    };
    Kind kind{};
    char qualifier = '+';
    std::string text;
    std::optional<std::string> domain_spec;
    unsigned ip4_length = 32;
    unsigned ip6_length = 128;
    Bits network;  ///< ip4, ip6
};

[[nodiscard]] std::string lower(std::string_view text);

/// "v=spf1", then a space or the end (4.5).
[[nodiscard]] bool has_version_section(std::string_view text);

/// The terms of a text with a version section; nothing if any part breaks the grammar.
[[nodiscard]] std::optional<std::vector<Term>> read_record(std::string_view text);

/// explain-string = *( macro-string / SP )
[[nodiscard]] bool is_explain_string(std::string_view text);

}  // namespace spf::oracle

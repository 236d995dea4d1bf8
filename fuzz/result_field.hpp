// What the fuzz targets for fields with results have in common.
#pragma once

#include <string>
#include <string_view>

#include "require.hpp"
#include "spf/message/reading.hpp"

inline void check_error(const spf::FieldError& error, std::string_view body) {
    REQUIRE_THAT(error.offset <= body.size() && !error.message().empty());
}

/// Checks that strict and lenient reading of a text agree: what strict reading refuses is the first
/// thing that lenient reading forgives.
/// \param strict, lenient  what the parser returned
template <class Result>
void check_agreement(const Result& strict, const Result& lenient, std::string_view body) {
    if (strict) {
        REQUIRE_THAT(lenient && *lenient == *strict && strict->notes.empty());
    } else {
        check_error(strict.error(), body);
        REQUIRE_THAT(!lenient || lenient->notes.front() == strict.error());
    }
    if (!lenient) return check_error(lenient.error(), body);
    for (const spf::FieldError& note : lenient->notes) check_error(note, body);
}

/// Returns a text as a quoted-string (RFC 5322, 3.2.4).
inline std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

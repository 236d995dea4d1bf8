// What people type instead of names, and what they should write.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "io/language.hpp"

namespace spfcheck {

/// Returns whether a text begins with "v=spf1" in upper or lower case, even if no space follows.
[[nodiscard]] bool is_record(std::string_view text);

/// A domain that was found in another text, and a note that says so.
struct Meant {
    std::string domain;
    Spoken note;
};

/// Returns the domain that is meant by a mail address or a URL in place of a domain, with or
/// without "https://". Returns nothing for any other text, and if SPF could not check the domain.
[[nodiscard]] std::optional<Meant> domain_meant(const std::string& given);

/// Returns a message about a text that was given in place of a domain name: what the text is, and
/// what to write, such as "it is a mail address; write the domain alone: example.com". The result
/// is empty if the text is not a mistake that this function knows.
[[nodiscard]] Spoken mistaken_for_domain(const std::string& given);

/// Returns the result of mistaken_for_domain(). If that is empty, returns why SPF could not check
/// the domain (RFC 7208, 4.3), or an empty text if SPF could check it.
[[nodiscard]] Spoken domain_problem(const std::string& text);

/// Returns what is wrong with an address in MAIL FROM, or with a domain in its place; empty if
/// nothing is wrong. A sender for which the result of SPF is none, such as `ann@localhost`, is not
/// wrong.
[[nodiscard]] Spoken sender_problem(const std::string& given);

/// Returns what is wrong with a text that must be a domain or a record; empty if nothing is wrong.
[[nodiscard]] Spoken domain_or_record_problem(const std::string& text);

}  // namespace spfcheck

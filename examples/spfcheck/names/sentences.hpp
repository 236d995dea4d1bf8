// The messages about texts that people type in place of a name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class NamesSentence : std::uint8_t {
    // The user gave another text where a domain is required. {1} is the text that the user gave,
    // except in `url_of` and `mail_address_at`, where {1} is the domain that the user should give
    // instead.
    url,
    url_of,
    mail_address,
    mail_address_at,
    record_for_domain,
    ip_for_domain,
    not_idna,
    bad_character,
    bad_character_alone,
    bad_character_write,
    cannot_be_checked,
    // The user gave another text where the address of a sender is required. {1} is the address that
    // the user should give instead.
    link,
    record_for_sender,
    name_and_address,
    no_opening_bracket,
    ip_for_sender,
    fullwidth_at,
    white_space,
    several,
    // The user gave another text where a domain or a record is required. {1} is the text that the
    // user gave.
    no_space,
    neither,
    // The user gave a text that names a domain. {1} is the text and {2} is the domain.
    note_url,
    note_mail_address,
};

template <>
struct Sentences<NamesSentence> {
    using enum NamesSentence;
    static constexpr std::array<Wording<NamesSentence>,
                                static_cast<std::size_t>(note_mail_address) + 1>
        table{{
            {url, "it is a URL; write the domain alone"},
            {url_of, "it is a URL; write the domain alone: {1}"},
            {mail_address, "it is a mail address; write the domain alone"},
            {mail_address_at, "it is a mail address; write the domain alone: {1}"},
            {record_for_domain, "it is the text of a record; write a domain"},
            {ip_for_domain, "it is an IP address; write a domain"},
            {not_idna,
             "\"{1}\" is not a domain name, and IDNA (UTS 46, STD 3) cannot convert it to one"},
            {bad_character, "\"{1}\" is not a domain name: it must not contain \"{2}\""},
            {bad_character_alone,
             "\"{1}\" is not a domain name: it must not contain \"{2}\"; write the domain alone"},
            {bad_character_write,
             "\"{1}\" is not a domain name: it must not contain \"{2}\"; write the domain alone: "
             "{3}"},
            {cannot_be_checked, "\"{1}\" is not a domain that SPF can check: {2}"},

            {link, "it is a link; write {1}"},
            {record_for_sender, "it is the text of a record; write a mail address"},
            {name_and_address, "MAIL FROM must not contain a display name; write {1}"},
            {no_opening_bracket, "it ends in \">\", but does not begin with \"<\""},
            {ip_for_sender, "an IP address is not a domain, so there is nothing to check"},
            {fullwidth_at, "it has U+FF20 instead of \"@\""},
            {white_space, "there is white space in its domain"},
            {several, "there is more than one address; write one"},

            {no_space, "a space is missing after \"v=spf1\", so it is not a record"},
            {neither, "\"{1}\" is neither a domain nor a record; a record begins with \"v=spf1\""},

            {note_url, "\"{1}\" is a URL: the domain is {2}"},
            {note_mail_address, "\"{1}\" is a mail address: the domain is {2}"},
        }};
};
static_assert(is_in_order(Sentences<NamesSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck

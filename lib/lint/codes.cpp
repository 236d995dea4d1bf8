// The message and the remedy of each Finding::Code, in one table in the order of this enumeration.
// The texts for special cases are in sentences.cpp.

#include <array>

#include "base/code_table.hpp"
#include "base/term_messages.hpp"
#include "record/term_kinds.hpp"
#include "spf/lint/lint.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;
constexpr Finding::Severity error = Finding::Severity::error;
constexpr Finding::Severity warning = Finding::Severity::warning;
constexpr Finding::Severity hint = Finding::Severity::hint;
constexpr bool permerror = true;
constexpr bool no_permerror = false;

// In all texts of this file, {1} is the term that the finding is about (Finding::term()).
constexpr std::string_view correct =
    "correct \"{1}\"; until then receivers treat the record as broken (permerror)";
constexpr std::string_view without_quotes =
    "write {1} without quotes: the quotes of zone files are not part of the record";
constexpr std::string_view correct_macro = "correct the macro in \"{1}\"";
constexpr std::string_view fewer_lookups =
    "delete includes of services that are no longer used, and write a and mx as ip4: and ip6:";

constexpr std::string_view separator_remedy =
    "write mechanisms with a colon, and redirect and exp with an equals sign, unlike \"{1}\"";
constexpr std::string_view ignored_modifier =
    "receivers ignore modifiers other than redirect and exp";
static_assert(ends_in_names(ignored_modifier, modifier_kinds) &&
                  ends_in_names(separator_remedy.substr(0, separator_remedy.find(" with an ")),
                                modifier_kinds),
              "name all modifiers in the texts");

#define SPF_KIND(code, ...) \
    FindingKind { Code::code, #code, __VA_ARGS__ }

constexpr std::array<FindingKind, Finding::code_count> kinds{{
    SPF_KIND(not_spf, error, no_permerror, "4.5",
             "this is not an SPF record: it does not begin with \"v=spf1\" and a space",
             "begin the record with v=spf1 and a space; until then receivers see no SPF record"),
    SPF_KIND(version_misspelt, error, no_permerror, "4.5",
             "the version is misspelt, so receivers see no SPF record here",
             "write v=spf1 and a space before the first term"),
    SPF_KIND(version_glued, error, no_permerror, "4.5",
             "no space follows v=spf1, so receivers see no SPF record here",
             "write a space between v=spf1 and the first term"),
    SPF_KIND(version_quoted, error, no_permerror, "4.5",
             "there is a quote before v=spf1, so receivers see no SPF record here",
             "enter the record without quotes: the quotes of zone files are not part of it"),
    SPF_KIND(version_space, error, no_permerror, "4.5",
             "there is something invisible before v=spf1, so receivers see no SPF record here",
             "delete everything before v=spf1"),

    SPF_KIND(misspelt_name, error, permerror, "4.6.1", "the name of this term is misspelt",
             correct),
    SPF_KIND(
        translated_name, error, permerror, "4.6.1", "the name of this term has been translated",
        "write the name in \"{1}\" as in RFC 7208: names of terms are the same in every language"),
    SPF_KIND(wrong_separator, error, permerror, "4.6.1",
             "the wrong character separates the name of the term from its value", separator_remedy),
    SPF_KIND(space_in_term, error, permerror, "4.6.1", "a space has split this term in two",
             "delete the space in \"{1}\""),
    SPF_KIND(bare_domain, error, permerror, "4.6.1",
             "this is a domain without the mechanism that says what it is for",
             "in \"{1}\", write include: before the domain of a service, or a: before the name of "
             "a server"),
    SPF_KIND(bare_address, error, permerror, "4.6.1",
             "this is an address without ip4: or ip6: before it",
             "write ip4: or ip6: before the address in \"{1}\""),
    SPF_KIND(missing_space, error, permerror, "4.6.1", "a space is missing between two terms",
             "write a space between the terms in \"{1}\""),
    SPF_KIND(typed_quotes, error, permerror, "4.6.1", "a quote has become part of this term",
             without_quotes),
    SPF_KIND(
        white_space, error, permerror, "4.6.1",
        "this is a tab, a line break or a non-breaking space; only plain spaces separate terms",
        "replace it in \"{1}\" by a plain space"),
    SPF_KIND(typographic_character, error, permerror, "4.6.1",
             "this is a typographic character in place of a plain one",
             "retype \"{1}\" on the keyboard: word processors and web pages change characters"),
    SPF_KIND(stray_punctuation, error, permerror, "4.6.1",
             "there is a punctuation mark after this term",
             "delete the mark in \"{1}\": spaces separate terms"),
    SPF_KIND(non_ascii_name, error, permerror, "7.1", "this name has letters beyond US-ASCII",
             "write the labels of \"{1}\" as A-labels (xn--...), as they are in DNS (RFC 8616)"),
    SPF_KIND(wrong_family, error, permerror, "5.6",
             "ip4: is for IPv4 and ip6: for IPv6; this address is of the other family",
             "in \"{1}\", write ip4: before an IPv4 address, or ip6: before an IPv6 address"),
    SPF_KIND(name_in_ip, error, permerror, "5.6",
             "ip4: and ip6: list addresses, but this is a name",
             "write a: in place of ip4: or ip6: in \"{1}\" if it is the name of a server, or list "
             "its addresses"),
    SPF_KIND(address_list, error, permerror, "5.6", "there are several addresses in one term",
             "list each address of \"{1}\" in a term of its own"),
    SPF_KIND(netmask, error, permerror, "5.6",
             "this is a netmask; a prefix length from 0 to 32 is required",
             "write the network in \"{1}\" with its prefix length, as in 192.0.2.0/24"),

    SPF_KIND(invalid_character, error, permerror, "4.6.1",
             "a term can contain only visible US-ASCII characters", correct),
    SPF_KIND(missing_mechanism, error, permerror, "4.6.1", "no mechanism follows this qualifier",
             "write a mechanism such as all directly after the qualifier in \"{1}\", or delete the "
             "term"),
    SPF_KIND(unknown_mechanism, error, permerror, "4.6.1", no_such_mechanism,
             "correct the name in \"{1}\", or delete the term"),
    SPF_KIND(modifier_as_mechanism, error, permerror, "4.6.1", modifiers_have_equals,
             "write \"=\" in place of \":\" in \"{1}\""),
    SPF_KIND(qualified_modifier, error, permerror, "4.6.1",
             "a modifier (name=value) takes no qualifier", "delete the qualifier of \"{1}\""),
    SPF_KIND(modifier_name, error, permerror, "4.6.1",
             "the name before \"=\" must begin with a letter and contain only letters, digits, "
             "\"-\", \"_\" and \".\"",
             correct),
    SPF_KIND(duplicate_modifier, error, permerror, "6", modifiers_stand_once,
             "keep the one that is meant, and delete \"{1}\" or the other one"),
    SPF_KIND(missing_argument, error, permerror, "5",
             "this mechanism needs \":\" and a value directly after its name",
             "add the value to \"{1}\", or delete the term"),
    SPF_KIND(unexpected_argument, error, permerror, "5",
             "nothing may be attached to this mechanism",
             "in \"{1}\", write a space after the mechanism, or delete what follows it"),
    SPF_KIND(prefix_length_ip4, error, permerror, "5.6",
             "an IPv4 prefix length must be a number from 0 to 32 without leading zero",
             "find out the prefix length of the network in \"{1}\", 0 to 32; a single address "
             "needs none"),
    SPF_KIND(prefix_length_ip6, error, permerror, "5.6",
             "an IPv6 prefix length must be a number from 0 to 128 without leading zero",
             "find out the prefix length of the network in \"{1}\", 0 to 128; a single address "
             "needs none"),
    SPF_KIND(prefix_length_dual, error, permerror, "5.6",
             "an IPv6 prefix length after an IPv4 one is written with two slashes",
             "write the prefix lengths in \"{1}\" as in a/24//64"),
    SPF_KIND(prefix_length_forbidden, error, permerror, "5", prefix_length_elsewhere,
             "delete the prefix length of \"{1}\""),
    SPF_KIND(address_ip4, error, permerror, "5.6",
             "an IPv4 address must be four numbers from 0 to 255 with dots between, without "
             "leading zeros",
             "find out the right address in place of \"{1}\": examples in documentation are often "
             "invalid"),
    SPF_KIND(address_ip6, error, permerror, "5.6",
             "an IPv6 address must be written as in 2001:db8::1 (RFC 4291, section 2.2)",
             "correct the address in \"{1}\""),
    SPF_KIND(domain_missing, error, permerror, "7.1",
             "a domain name must follow here without a space",
             "add the name to \"{1}\", or delete the term"),
    SPF_KIND(domain_toplabel, error, permerror, "7.1",
             "a domain must end in a dot and a top-level label such as \".com\", or in a macro",
             "correct the name in \"{1}\""),
    SPF_KIND(domain_address, error, permerror, "7.1",
             "a domain name is required here; addresses are listed with ip4: or ip6:",
             "list the address in \"{1}\" with ip4: or ip6:"),
    SPF_KIND(macro_percent, error, permerror, "7.3",
             "\"%\" must be followed by \"{\", \"%\", \"_\" or \"-\"",
             "in \"{1}\", write macros as in %{d}, and a percent sign as %%"),
    SPF_KIND(macro_unterminated, error, permerror, "7.1", "\"%{\" must be closed by \"}\"",
             "close the macro in \"{1}\""),
    SPF_KIND(macro_letter, error, permerror, "7.2",
             "there is no such macro; the letters are s, l, o, d, i, p, v and h", correct_macro),
    SPF_KIND(macro_exp_only, error, permerror, "7.2",
             "the macros c, r and t may be used in explanation texts only", correct_macro),
    SPF_KIND(macro_zero, error, permerror, "7.3", "the number of parts in a macro must not be zero",
             "delete the number in \"{1}\", or write how many parts are meant"),
    SPF_KIND(macro_transformer, error, permerror, "7.1",
             "only digits, then \"r\", then delimiters (. - + , / _ =) may follow the macro letter",
             correct_macro),

    SPF_KIND(
        equals_for_colon, error, no_permerror, "6",
        "\"=\" makes this an unknown modifier, which receivers ignore: the mechanism has no effect",
        "write \":\" in place of \"=\" in \"{1}\""),
    SPF_KIND(
        doubled_name, error, no_permerror, "5",
        "the name of a mechanism is here twice, so the second one is taken for part of the value",
        "write the name in \"{1}\" once"),
    SPF_KIND(fused_terms, error, no_permerror, "4.6.1",
             "a space is missing, so another term has become part of this one",
             "write a space between the terms in \"{1}\""),
    SPF_KIND(
        all_cut_short, warning, no_permerror, "5.3",
        "this is the mechanism \"a\", but \"all\" seems to be meant: the record has no \"all\"",
        "write \"all\" in full in place of \"a\" in \"{1}\""),
    SPF_KIND(negative_term, warning, no_permerror, "4.6.2",
             "the \"-\" or \"~\" before this term makes it reject the senders that it names",
             "delete the qualifier of \"{1}\" if these are senders of the domain; if not, delete "
             "the term, because \"all\" rejects all other senders"),
    SPF_KIND(service_as_host, warning, no_permerror, "5.2",
             "this is the name of a service's SPF record, which \"a\" and \"mx\" do not read",
             "replace the mechanism of \"{1}\" by include:"),
    SPF_KIND(near_miss, warning, no_permerror, "5.2",
             "the name is almost that of a well-known service's record",
             "compare the name in \"{1}\" with the instructions of the service"),
    SPF_KIND(name_of_url, error, no_permerror, "4.8",
             "there is no such name in DNS: \":\", \"/\" or \"@\" makes it a URL or an address",
             "write only the name of the domain in \"{1}\""),
    SPF_KIND(repeated_version, warning, no_permerror, "4.5",
             "there is a second v=spf1 in the record, as if records were pasted together",
             "merge the terms after one v=spf1, with one \"all\" at the end"),
    SPF_KIND(verification_token, warning, no_permerror, "6",
             "this is a verification token, which its service will not find in an SPF record",
             "publish \"{1}\" in a TXT record of its own"),
    SPF_KIND(
        other_record, warning, no_permerror, "6",
        "this is a record of another kind, which is not looked for in an SPF record",
        "publish the other record in a TXT record of its own, at the name that its kind requires"),
    SPF_KIND(unknown_modifier, hint, no_permerror, "6", ignored_modifier,
             "delete \"{1}\", unless another program reads it"),
    SPF_KIND(impossible_name, error, no_permerror, "4.8",
             "no such name can exist in DNS: a label is empty or too long",
             "correct the name in \"{1}\"; labels have 1 to 63 characters"),
    SPF_KIND(odd_name, warning, no_permerror, "4.8",
             "names of hosts have only letters, digits, \"-\", \"_\" and \".\"",
             "correct the name in \"{1}\"; it must not be a URL or a mail address"),
    SPF_KIND(
        trailing_dot, hint, no_permerror, "7.1",
        "the dot at the end of the name is allowed but not needed, and some checkers fail on it",
        "delete the dot at the end of the name in \"{1}\""),
    SPF_KIND(mapped_network, warning, no_permerror, "5",
             "IPv4 addresses written as IPv6 never match: receivers compare them with ip4 alone",
             "list the address in \"{1}\" with ip4:"),
    SPF_KIND(host_bits, warning, no_permerror, "5.6",
             "the address has bits beyond the prefix length, which receivers ignore",
             "write the network's first address in \"{1}\", or make sure that the prefix length is "
             "meant"),
    SPF_KIND(private_network, warning, no_permerror, "5.6",
             "no mail comes from this network through the internet",
             "list the address that receivers see in place of \"{1}\""),

    SPF_KIND(everyone_passes, error, no_permerror, "5.1",
             "this lets every address in the world send mail for the domain",
             "list the senders in place of \"{1}\", and end the record in -all or ~all"),
    SPF_KIND(huge_network, error, no_permerror, "5.6",
             "this lets more addresses pass than any organisation has",
             "list only the networks of the senders in place of \"{1}\"; a longer prefix length "
             "means fewer addresses"),
    SPF_KIND(exists_constant, error, no_permerror, "5.7",
             "the name is the same for every client: it matches all clients or none",
             "in \"{1}\", write a: in place of exists: for a host, include: for a service's "
             "record, or put a macro such as %{i} into the name"),
    SPF_KIND(neutral_all, hint, no_permerror, "5.1",
             "\"?all\" says nothing about senders that are not listed",
             "write ~all or -all in place of \"{1}\" once all senders are listed"),
    SPF_KIND(no_all, warning, no_permerror, "4.7",
             "the record ends in neither \"all\" nor redirect=, so it says nothing about senders "
             "that are not listed",
             "end the record in ~all or -all"),
    SPF_KIND(unreachable_term, warning, no_permerror, "5.1",
             "terms after \"all\" are never reached", "move \"{1}\" before \"all\""),
    SPF_KIND(repeated_all, warning, no_permerror, "5.1",
             "there is more than one \"all\"; only the first counts",
             "keep the last of them and delete the others, so that all terms in between count"),
    SPF_KIND(redirect_ignored, warning, no_permerror, "6.1",
             "redirect= is ignored because the record has an \"all\"",
             "delete \"{1}\", or delete \"all\" if the other record is meant to decide"),
    SPF_KIND(redirect_beside_terms, hint, no_permerror, "6.1",
             "redirect= counts only for senders that match none of the terms, wherever it is in "
             "the record",
             "write \"{1}\" at the end; to add the senders of another record, use include:"),
    SPF_KIND(unused_explanation, hint, no_permerror, "6.2",
             "exp= is never used because no term of the record gives fail",
             "delete \"{1}\", or end the record in -all"),
    SPF_KIND(ptr_used, warning, no_permerror, "5.5",
             "\"ptr\" is slow and unreliable, and RFC 7208 says not to publish it",
             "list the servers with ip4:, ip6: or a: in place of \"{1}\""),
    SPF_KIND(macro_p, warning, no_permerror, "7.2",
             "the macro p is slow and unreliable, and RFC 7208 says not to publish it",
             "use the macro i, h or d in \"{1}\" instead"),
    SPF_KIND(macro_upper_case, hint, no_permerror, "7.3",
             "an upper-case macro letter asks for URL escaping, which names hardly need",
             "write the macro letter in \"{1}\" in lower case"),
    SPF_KIND(duplicate_term, warning, no_permerror, "4.6.4",
             "the record has this term twice; the second one is never needed",
             "delete \"{1}\" in one of the two places"),
    SPF_KIND(shadowed_network, hint, no_permerror, "5.6",
             "another term of the record covers this network", "delete \"{1}\""),
    SPF_KIND(many_lookup_terms, error, no_permerror, "4.6.4",
             "the record itself has more terms that need DNS lookups than the ten that are allowed",
             fewer_lookups),

    SPF_KIND(
        record_size, warning, no_permerror, "3.4",
        "the record is so long that answers may not fit into 512 octets",
        "delete what is no longer needed, or move terms to a name of their own and include it"),
    SPF_KIND(record_size_close, hint, no_permerror, "3.4",
             "the record is close to the size at which answers may not fit into 512 octets",
             "add no more to it: move terms to a name of their own and include it"),
    SPF_KIND(string_too_long, error, no_permerror, "3.3",
             "a string of a TXT record cannot be longer than 255 octets",
             "split it into several strings; receivers join them without a space"),
    SPF_KIND(missing_space_at_cut, error, no_permerror, "3.3",
             "two strings meet here without a space, so their terms become one",
             "write a space at the end of the first string or at the start of the second one, to "
             "separate the terms in \"{1}\""),

    SPF_KIND(malformed_domain, error, no_permerror, "4.3",
             "this is not a domain that can be checked", "name a full domain such as example.com"),
    SPF_KIND(no_such_domain, error, no_permerror, "4.3", "the domain does not exist in DNS",
             "check the spelling of the domain, and that its registration has not expired"),
    SPF_KIND(no_record, error, no_permerror, "4.5", "the domain has no SPF record",
             "publish one TXT record that begins with v=spf1 and lists the senders of the domain"),
    SPF_KIND(several_records, error, permerror, "4.5", "the domain has more than one SPF record",
             "merge the records into one and delete the others"),
    SPF_KIND(include_without_record, error, permerror, "5.2",
             "the included domain has no SPF record",
             "correct the name in \"{1}\", or delete the term if the service is no longer used"),
    SPF_KIND(redirect_without_record, error, permerror, "6.1",
             "the domain of redirect= has no SPF record",
             "correct the name in \"{1}\", or publish a record at that name"),
    SPF_KIND(include_loop, error, permerror, "4.6.4",
             "the record includes itself, so every check ends at the limit of ten lookups",
             "delete \"{1}\""),
    SPF_KIND(included_twice, warning, no_permerror, "4.6.4",
             "the same record is included more than once, and costs its lookups each time",
             "delete one of the two terms, such as \"{1}\""),
    SPF_KIND(void_lookup, warning, no_permerror, "4.6.4", "the name of this term has no records",
             "correct the name in \"{1}\", or delete the term; more than two such terms are a "
             "permerror"),
    SPF_KIND(too_many_void_lookups, error, permerror, "4.6.4",
             "more than two terms lead to names without records",
             "delete or correct the terms whose names no longer exist"),
    SPF_KIND(too_many_lookups, error, permerror, "4.6.4",
             "a check may need more than ten DNS lookups, for which receivers return permerror",
             fewer_lookups),
    SPF_KIND(close_to_limit, warning, no_permerror, "4.6.4",
             "nine or ten of ten DNS lookups are used: one change of an included record breaks the "
             "policy",
             fewer_lookups),
    SPF_KIND(lookup_budget, hint, no_permerror, "4.6.4",
             "fewer than nine of the ten DNS lookups are counted, but not all could be counted",
             "run \"spfcheck check\", which shows how many lookups one address needs"),
    SPF_KIND(too_many_mx_names, error, permerror, "4.6.4",
             "the domain has more than ten mail servers, so \"mx\" is a permerror",
             "list the mail servers with ip4: and ip6: in place of \"{1}\", or publish fewer MX "
             "records"),
    SPF_KIND(dns_failure, error, no_permerror, "4.4",
             "a DNS lookup failed, so receivers return temperror",
             "try again later; if it fails again, the operator of the name servers must fix them"),
    SPF_KIND(not_in_zone, warning, no_permerror, "2.6.6",
             "a name is not in the zone files, and no name server was asked, so nothing is known "
             "about it",
             "add the name to the zone files, or also give --nameserver"),
    SPF_KIND(included_everyone, error, no_permerror, "5.2",
             "an included record lets every address pass, and so does this record",
             "delete the include, and inform the owner of the included record"),
    SPF_KIND(included_neutral, hint, no_permerror, "5.2",
             "the \"?all\" of an included record has no effect on the record that includes it",
             "nothing has to be done: the \"all\" of the record itself decides"),
    SPF_KIND(low_ttl, hint, no_permerror, "4.6.4",
             "the record may be cached for less than five minutes, so it is queried often",
             "choose a TTL of about an hour, unless a change is planned"),
    SPF_KIND(high_ttl, hint, no_permerror, "4.6.4",
             "the record may be cached for more than two days, so a change takes as long",
             "choose a TTL of a day or less"),
    SPF_KIND(obsolete_type, warning, no_permerror, "3.1",
             "there is a record of the obsolete type SPF (99), which no receiver queries",
             "delete it: SPF records are published as TXT alone, and two records have to be kept "
             "the same"),
    SPF_KIND(too_large, warning, no_permerror, "4.6.4",
             "the tree of includes is too large to be examined completely",
             "delete includes; receivers stop after ten lookups"),
}};

#undef SPF_KIND

static_assert(is_in_order_of_codes(kinds), "one line for each code, in the order of the enum");

}  // namespace

std::span<const FindingKind> finding_kinds() noexcept { return kinds; }
const FindingKind& describe(Finding::Code code) noexcept { return row_of(kinds, code); }
std::string_view to_string(Finding::Code code) noexcept { return describe(code).name; }

}  // namespace spf::lint

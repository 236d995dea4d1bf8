// The texts of all findings in one table, in the order of the enum.

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

constexpr std::string_view mend = "correct the term; until then receivers answer permerror";

constexpr std::string_view separator_remedy =
    "write mechanisms with a colon, and redirect and exp with an equals sign";
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
             "this is no SPF record: it does not begin with \"v=spf1\" and a space",
             "begin the record with v=spf1 and a space; until then receivers see none"),
    SPF_KIND(version_misspelt, error, no_permerror, "4.5",
             "the version is misspelt, so receivers see no SPF record here",
             "write v=spf1 and a space in front of the first term"),
    SPF_KIND(version_glued, error, no_permerror, "4.5",
             "no space follows v=spf1, so receivers see no SPF record here",
             "put a space between v=spf1 and the first term"),
    SPF_KIND(version_quoted, error, no_permerror, "4.5",
             "a quote stands in front of v=spf1, so receivers see no SPF record here",
             "enter the record without quotes: those of zone files are no part of it"),
    SPF_KIND(version_space, error, no_permerror, "4.5",
             "something invisible stands in front of v=spf1, so receivers see no SPF record here",
             "delete everything in front of v=spf1"),

    SPF_KIND(misspelt_name, error, permerror, "4.6.1", "the name of this term is misspelt", mend),
    SPF_KIND(translated_name, error, permerror, "4.6.1",
             "the name of this term has been translated",
             "names of mechanisms are the same in every language: write them as in RFC 7208"),
    SPF_KIND(wrong_separator, error, permerror, "4.6.1",
             "the wrong character stands between the name of the term and its value",
             separator_remedy),
    SPF_KIND(space_in_term, error, permerror, "4.6.1", "a space has split this term in two",
             "delete the space within the term"),
    SPF_KIND(bare_domain, error, permerror, "4.6.1",
             "a domain stands here without the mechanism that says what it is for",
             "write include: in front of a service's domain, a: in front of a server's name"),
    SPF_KIND(bare_address, error, permerror, "4.6.1",
             "an address stands here without ip4: or ip6: in front",
             "write ip4: or ip6: in front of the address"),
    SPF_KIND(missing_space, error, permerror, "4.6.1", "a space is missing between two terms",
             "put a space between the terms"),
    SPF_KIND(typed_quotes, error, permerror, "4.6.1", "a quote has become part of this term",
             "enter the record without quotes: those of zone files are no part of it"),
    SPF_KIND(
        white_space, error, permerror, "4.6.1",
        "a tab, a line break or a non-breaking space stands here; only plain spaces part terms",
        "replace it by a plain space"),
    SPF_KIND(typographic_character, error, permerror, "4.6.1",
             "a typographic character stands here in place of a plain one",
             "retype the term with the keyboard; word processors and web pages change characters"),
    SPF_KIND(stray_punctuation, error, permerror, "4.6.1",
             "a punctuation mark stands behind this term", "delete it; terms are parted by spaces"),
    SPF_KIND(non_ascii_name, error, permerror, "7.1",
             "a name with letters beyond US-ASCII stands here",
             "write its labels as A-labels (xn--...), as they stand in DNS (RFC 8616)"),
    SPF_KIND(wrong_family, error, permerror, "5.6",
             "ip4: is for IPv4 and ip6: for IPv6; this address is of the other kind",
             "use the mechanism of the address's own kind"),
    SPF_KIND(name_in_ip, error, permerror, "5.6",
             "a name stands here, but ip4: and ip6: list addresses",
             "write a: in front of the name of a server, or list its addresses"),
    SPF_KIND(address_list, error, permerror, "5.6", "several addresses stand in one term",
             "list each address in a term of its own"),
    SPF_KIND(netmask, error, permerror, "5.6",
             "a netmask stands here, where a prefix length from 0 to 32 is meant",
             "write the network with its prefix length, as in 192.0.2.0/24"),

    SPF_KIND(invalid_character, error, permerror, "4.6.1",
             "only visible US-ASCII characters may stand in a term", mend),
    SPF_KIND(missing_mechanism, error, permerror, "4.6.1",
             "a qualifier stands here with no mechanism behind it",
             "write a mechanism such as all directly behind the qualifier, or delete it"),
    SPF_KIND(unknown_mechanism, error, permerror, "4.6.1", no_such_mechanism,
             "correct the name of the term, or delete the term"),
    SPF_KIND(modifier_as_mechanism, error, permerror, "4.6.1", modifiers_have_equals,
             "write \"=\" in place of \":\""),
    SPF_KIND(qualified_modifier, error, permerror, "4.6.1",
             "a modifier (name=value) takes no qualifier", "delete the qualifier in front"),
    SPF_KIND(modifier_name, error, permerror, "4.6.1",
             "the name before \"=\" must begin with a letter and hold only letters, digits, \"-\", "
             "\"_\" and \".\"",
             mend),
    SPF_KIND(duplicate_modifier, error, permerror, "6", modifiers_stand_once,
             "keep the one that is meant and delete the others"),
    SPF_KIND(missing_argument, error, permerror, "5",
             "this mechanism needs \":\" and a value directly behind its name",
             "add the value, or delete the term"),
    SPF_KIND(unexpected_argument, error, permerror, "5",
             "nothing may be attached to this mechanism here",
             "put a space before what follows, or delete it"),
    SPF_KIND(prefix_length_ip4, error, permerror, "5.6",
             "an IPv4 prefix length must be a number from 0 to 32 without leading zero",
             "find out the prefix length of the network; one address needs none"),
    SPF_KIND(prefix_length_ip6, error, permerror, "5.6",
             "an IPv6 prefix length must be a number from 0 to 128 without leading zero",
             "find out the prefix length of the network; one address needs none"),
    SPF_KIND(prefix_length_dual, error, permerror, "5.6",
             "an IPv6 prefix length behind an IPv4 one is written with two slashes",
             "write it as in a/24//64"),
    SPF_KIND(prefix_length_forbidden, error, permerror, "5", prefix_length_elsewhere,
             "delete the prefix length"),
    SPF_KIND(address_ip4, error, permerror, "5.6",
             "an IPv4 address must be four numbers from 0 to 255 with dots between, without "
             "leading zeros",
             "ask for the right address: examples of documentation often are impossible ones"),
    SPF_KIND(address_ip6, error, permerror, "5.6",
             "an IPv6 address must be written as in 2001:db8::1 (RFC 4291, section 2.2)",
             "correct the address"),
    SPF_KIND(domain_missing, error, permerror, "7.1",
             "a domain name must follow here without a space", "add the name, or delete the term"),
    SPF_KIND(domain_toplabel, error, permerror, "7.1",
             "a domain must end in a dot and a top-level label such as \".com\", or in a macro",
             "correct the name"),
    SPF_KIND(domain_address, error, permerror, "7.1",
             "a domain name is meant here; addresses are listed with ip4: or ip6:",
             "list the address with ip4: or ip6:"),
    SPF_KIND(macro_percent, error, permerror, "7.3",
             "\"%\" must be followed by \"{\", \"%\", \"_\" or \"-\"",
             "write macros as in %{d}, and a percent sign as %%"),
    SPF_KIND(macro_unterminated, error, permerror, "7.1", "\"%{\" must be closed by \"}\"",
             "close the macro"),
    SPF_KIND(macro_letter, error, permerror, "7.2",
             "no such macro; the letters are s, l, o, d, i, p, v and h", "correct the macro"),
    SPF_KIND(macro_exp_only, error, permerror, "7.2",
             "the macros c, r and t may be used in explanation texts only", "correct the macro"),
    SPF_KIND(macro_zero, error, permerror, "7.3", "the number of parts in a macro must not be zero",
             "delete the number, or write how many parts are meant"),
    SPF_KIND(macro_transformer, error, permerror, "7.1",
             "behind the macro letter may stand digits, then \"r\", then delimiters out of "
             ". - + , / _ =",
             "correct the macro"),

    SPF_KIND(equals_for_colon, error, no_permerror, "6",
             "\"=\" makes this an unknown modifier, which receivers ignore: the mechanism has no "
             "effect",
             "write \":\" in place of \"=\""),
    SPF_KIND(doubled_name, error, no_permerror, "5",
             "the name of a mechanism stands here twice, so that it is taken for part of the value",
             "write the name once"),
    SPF_KIND(fused_terms, error, no_permerror, "4.6.1",
             "another term has become part of this one, as a space is missing",
             "put a space between the terms"),
    SPF_KIND(all_cut_short, warning, no_permerror, "5.3",
             "this is the mechanism \"a\", where \"all\" seems to be meant: the record has none",
             "write \"all\" in full"),
    SPF_KIND(negative_term, warning, no_permerror, "4.6.2",
             "the \"-\" or \"~\" in front makes this term turn away those whom it names",
             "drop the qualifier if they are senders; if not, drop the term, as \"all\" turns away "
             "everybody else"),
    SPF_KIND(service_as_host, warning, no_permerror, "5.2",
             "this is the name of a service's SPF record, which \"a\" and \"mx\" do not read",
             "write include: in front of the name"),
    SPF_KIND(near_miss, warning, no_permerror, "5.2",
             "the name is almost that of a well-known service's record",
             "compare it with what the service says"),
    SPF_KIND(name_of_url, error, no_permerror, "4.8",
             "no such name is in DNS: \":\", \"/\" or \"@\" makes it a URL or an address",
             "write the name of the domain alone"),
    SPF_KIND(repeated_version, warning, no_permerror, "4.5",
             "a second v=spf1 stands within the record, as if records were pasted together",
             "merge the terms behind one v=spf1, with one \"all\" at the end"),
    SPF_KIND(verification_token, warning, no_permerror, "6",
             "a verification token stands in the record; its service will not find it here",
             "publish the token in a TXT record of its own"),
    SPF_KIND(other_record, warning, no_permerror, "6",
             "a record of another kind stands within this one, where nobody looks for it",
             "publish it in a TXT record of its own, at the name that its kind demands"),
    SPF_KIND(unknown_modifier, hint, no_permerror, "6", ignored_modifier,
             "delete it, unless something else reads it"),
    SPF_KIND(impossible_name, error, no_permerror, "4.8",
             "no such name can exist in DNS: a label is empty or too long",
             "correct the name; labels have 1 to 63 characters"),
    SPF_KIND(odd_name, warning, no_permerror, "4.8",
             "names of hosts have only letters, digits, \"-\", \"_\" and \".\"",
             "correct the name; it is no URL and no mail address"),
    SPF_KIND(trailing_dot, hint, no_permerror, "7.1",
             "the dot at the end of the name is allowed but not needed, and some checkers stumble",
             "delete the dot"),
    SPF_KIND(mapped_network, warning, no_permerror, "5",
             "IPv4 addresses written as IPv6 never match: receivers compare them with ip4 alone",
             "list the address with ip4:"),
    SPF_KIND(host_bits, warning, no_permerror, "5.6",
             "the address has bits beyond the prefix length, which receivers ignore",
             "write the network's first address, or make sure that the prefix length is meant"),
    SPF_KIND(private_network, warning, no_permerror, "5.6",
             "no mail comes from this network through the internet",
             "list the address that receivers see instead"),

    SPF_KIND(everyone_passes, error, no_permerror, "5.1",
             "this lets everybody in the world send mail for the domain",
             "list the senders and end the record in -all or ~all"),
    SPF_KIND(
        huge_network, error, no_permerror, "5.6",
        "this lets more addresses pass than any organisation has",
        "list the networks of the senders alone; a longer prefix length means fewer addresses"),
    SPF_KIND(
        exists_constant, error, no_permerror, "5.7",
        "the name is the same for everybody: it matches all the world or nobody",
        "write a: in front of a host, include: in front of a service's record, or a macro such "
        "as %{i} into the name"),
    SPF_KIND(neutral_all, hint, no_permerror, "5.1",
             "\"?all\" says nothing about senders that are not listed",
             "end the record in ~all or -all once all senders are listed"),
    SPF_KIND(no_all, warning, no_permerror, "4.7",
             "the record ends in neither \"all\" nor redirect=, so it says nothing about senders "
             "that are not listed",
             "end the record in ~all or -all"),
    SPF_KIND(unreachable_term, warning, no_permerror, "5.1",
             "terms behind \"all\" are never reached", "move the term in front of \"all\""),
    SPF_KIND(repeated_all, warning, no_permerror, "5.1",
             "there is more than one \"all\"; only the first counts",
             "keep the last of them and delete the others, so that all terms in between count"),
    SPF_KIND(redirect_ignored, warning, no_permerror, "6.1",
             "redirect= is ignored, as the record has an \"all\"",
             "delete the redirect=, or the \"all\" if the other record is meant to decide"),
    SPF_KIND(redirect_beside_terms, hint, no_permerror, "6.1",
             "redirect= counts only for those whom none of the terms matches, wherever it stands",
             "write it at the end; what adds the senders of another record is include:"),
    SPF_KIND(unused_explanation, hint, no_permerror, "6.2",
             "exp= is never used, as no term of the record gives fail",
             "delete it, or end the record in -all"),
    SPF_KIND(ptr_used, warning, no_permerror, "5.5",
             "\"ptr\" is slow and unreliable, and RFC 7208 says not to publish it",
             "list the servers with ip4:, ip6: or a:"),
    SPF_KIND(macro_p, warning, no_permerror, "7.2",
             "the macro p is slow and unreliable, and RFC 7208 says not to publish it",
             "use the macro i, h or d instead"),
    SPF_KIND(macro_upper_case, hint, no_permerror, "7.3",
             "an upper-case macro letter asks for URL escaping, which names hardly need",
             "write the letter in lower case"),
    SPF_KIND(duplicate_term, warning, no_permerror, "4.6.4",
             "the record has this term twice; the second one is never needed",
             "delete one of them"),
    SPF_KIND(shadowed_network, hint, no_permerror, "5.6",
             "another term of the record covers this network", "delete the term"),
    SPF_KIND(many_lookup_terms, error, no_permerror, "4.6.4",
             "the record itself has more terms with DNS look-ups than the ten that are allowed",
             "drop includes of services no longer used, and write a and mx as ip4: and ip6:"),

    SPF_KIND(record_size, warning, no_permerror, "3.4",
             "the record is so long that answers may not fit into 512 octets",
             "drop what is no longer needed, or move terms to a name of their own and include it"),
    SPF_KIND(record_size_close, hint, no_permerror, "3.4",
             "the record comes close to the size at which answers may not fit into 512 octets",
             "add no more to it: move terms to a name of their own and include it"),
    SPF_KIND(string_too_long, error, no_permerror, "3.3",
             "a string of a TXT record cannot be longer than 255 octets",
             "split it into several strings; receivers join them without a space"),
    SPF_KIND(missing_space_at_cut, error, no_permerror, "3.3",
             "two strings meet here without a space, so that their terms become one",
             "end the first string, or begin the second one, with a space"),

    SPF_KIND(malformed_domain, error, no_permerror, "4.3", "this is no domain that can be checked",
             "name a full domain such as example.com"),
    SPF_KIND(no_such_domain, error, no_permerror, "4.3", "the domain does not exist in DNS",
             "check the spelling of the domain, and that its registration has not run out"),
    SPF_KIND(no_record, error, no_permerror, "4.5", "the domain has no SPF record",
             "publish one TXT record that begins with v=spf1 and lists the domain's senders"),
    SPF_KIND(several_records, error, permerror, "4.5", "the domain has more than one SPF record",
             "merge the records into one and delete the others"),
    SPF_KIND(include_without_record, error, permerror, "5.2",
             "the included domain has no SPF record",
             "correct the name, or drop the term if the service is no longer used"),
    SPF_KIND(redirect_without_record, error, permerror, "6.1",
             "the domain of redirect= has no SPF record",
             "correct the name, or publish a record there"),
    SPF_KIND(include_loop, error, permerror, "4.6.4",
             "the record includes itself, so that every check ends at the limit of ten look-ups",
             "drop the term"),
    SPF_KIND(included_twice, warning, no_permerror, "4.6.4",
             "the same record is included more than once, each time at the cost of its look-ups",
             "drop the term whose record comes in by another one"),
    SPF_KIND(void_lookup, warning, no_permerror, "4.6.4", "the name of this term has no records",
             "correct the name, or drop the term; more than two such terms are a permerror"),
    SPF_KIND(too_many_void_lookups, error, permerror, "4.6.4",
             "more than two terms lead to names without records",
             "drop or correct the terms whose names no longer exist"),
    SPF_KIND(too_many_lookups, error, permerror, "4.6.4",
             "a check may need more than ten DNS look-ups, which receivers answer with permerror",
             "drop includes of services no longer used, and write a and mx as ip4: and ip6:"),
    SPF_KIND(close_to_limit, warning, no_permerror, "4.6.4",
             "nine or ten of ten DNS look-ups are used up: one change of an included record breaks "
             "the policy",
             "drop includes of services no longer used, and write a and mx as ip4: and ip6:"),
    SPF_KIND(lookup_budget, hint, no_permerror, "4.6.4",
             "how many of ten DNS look-ups a check may need",
             "nothing has to be done; the terms with most look-ups are the first to save on"),
    SPF_KIND(too_many_mx_names, error, permerror, "4.6.4",
             "the domain has more than ten mail servers, so that \"mx\" is a permerror",
             "list the mail servers with ip4: and ip6:, or use fewer MX records"),
    SPF_KIND(dns_failure, error, no_permerror, "4.4",
             "a look-up failed, so that receivers answer temperror",
             "try again later; if it lasts, the name servers of that name have to be mended"),
    SPF_KIND(
        not_in_zone, warning, no_permerror, "2.6.6",
        "a name is not in the zone files, and nobody else was asked, so nothing is known of it",
        "add the name to the zone files, or give --nameserver beside them"),
    SPF_KIND(included_everyone, error, no_permerror, "5.2",
             "an included record lets everybody pass, and so does this one",
             "drop the include, and tell the owner of that record"),
    SPF_KIND(included_neutral, hint, no_permerror, "5.2",
             "the \"?all\" of an included record has no effect on the one that includes it",
             "nothing has to be done: the record's own \"all\" decides"),
    SPF_KIND(low_ttl, hint, no_permerror, "4.6.4",
             "the record may be kept for less than five minutes, so that it is asked for often",
             "choose a TTL of an hour or so, unless a change is due"),
    SPF_KIND(high_ttl, hint, no_permerror, "4.6.4",
             "the record may be kept for more than two days, so that a change takes as long",
             "choose a TTL of a day or less"),
    SPF_KIND(obsolete_type, warning, no_permerror, "3.1",
             "a record of the obsolete type SPF (99) is left, which no receiver asks for",
             "delete it: a record must be published as TXT alone, and two have to be kept alike"),
    SPF_KIND(too_large, warning, no_permerror, "4.6.4",
             "the tree of includes is too large to be examined to its end",
             "drop includes; receivers end after ten look-ups"),
}};

#undef SPF_KIND

static_assert(is_in_order_of_codes(kinds), "one line for each code, in the order of the enum");

}  // namespace

bool Finding::is_permerror() const noexcept { return describe(code).permerror; }

std::span<const FindingKind> finding_kinds() noexcept { return kinds; }
const FindingKind& describe(Finding::Code code) noexcept {
    return kinds[static_cast<std::size_t>(code)];
}
std::string_view to_string(Finding::Code code) noexcept { return describe(code).name; }

std::string_view to_string(Finding::Severity severity) noexcept {
    switch (severity) {
        case Finding::Severity::error: return "error";
        case Finding::Severity::warning: return "warning";
        case Finding::Severity::hint: break;
    }
    return "hint";
}

}  // namespace spf::lint

// The wording of all messages about a problem of a check: what is wrong, and how to correct it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/code_table.hpp"
#include "base/sentences.hpp"
#include "spf/base/error.hpp"

namespace spf {

enum class ProblemSentence : std::uint8_t {
    // These messages describe what is wrong. If the name of an enumerator ends in "_found", the
    // last argument of the message is the name of an invisible octet, such as a no-break space.
    malformed_domain,
    malformed_domain_because,
    malformed_domain_because_found,
    no_such_domain,
    no_record,
    no_record_but_similar,
    several_records,
    syntax_error,
    syntax_error_because,
    syntax_error_because_found,
    target_without_record,
    too_many_dns_lookups,
    endless_dns_lookups,
    too_many_void_lookups_no_name,
    too_many_void_lookups_no_data,
    too_many_mx_names,
    dns_servfail,
    dns_timeout,
    dns_unreachable,
    dns_truncated,
    dns_unusable,
    deadline,
    not_in_zone,
    not_in_zone_data,
    // These messages describe how to correct the problem.
    give_domain,
    give_other_domain,
    check_spelling,
    publish_record,
    fix_similar_record,
    merge_records,
    fix_record,
    fix_include,
    fix_redirect,
    need_fewer_dns_lookups,
    break_loop,
    fix_void_terms,
    need_fewer_mx_names,
    try_again,
    open_tcp,
    try_again_for_time,
    extend_zone,
};
inline constexpr std::size_t problem_sentence_count =
    static_cast<std::size_t>(ProblemSentence::extend_zone) + 1;

inline constexpr std::array<Wording<ProblemSentence>, problem_sentence_count> problem_sentences{{
    {ProblemSentence::malformed_domain, "\"{1}\" is not a domain name that can be checked"},
    {ProblemSentence::malformed_domain_because,
     "\"{1}\" is not a domain name that can be checked: {2}"},
    {ProblemSentence::malformed_domain_because_found,
     "\"{1}\" is not a domain name that can be checked: {2}; found: {3}"},
    {ProblemSentence::no_such_domain, "{1} does not exist in the DNS"},
    {ProblemSentence::no_record, "{1} has no SPF record"},
    {ProblemSentence::no_record_but_similar,
     "{1} has no SPF record, only a TXT record that looks like an SPF record but is not one"},
    {ProblemSentence::several_records, "{1} has more than one SPF record"},
    {ProblemSentence::syntax_error, "the SPF record of {1} is broken"},
    {ProblemSentence::syntax_error_because, "the SPF record of {1} is broken at \"{2}\": {3}"},
    {ProblemSentence::syntax_error_because_found,
     "the SPF record of {1} is broken at \"{2}\": {3}; found: {4}"},
    {ProblemSentence::target_without_record, "\"{1}\" leads to {2}, which has no SPF record"},
    {ProblemSentence::too_many_dns_lookups,
     "the record needs too many DNS lookups; \"{1}\" in the record of {2} exceeds the limit"},
    {ProblemSentence::endless_dns_lookups,
     "the record of {1} leads back to itself, so that its DNS lookups would never end; \"{2}\" in "
     "the record of {3} exceeds the limit"},
    {ProblemSentence::too_many_void_lookups_no_name,
     "too many terms lead to names without records; \"{1}\" exceeds the limit, because {2} does "
     "not exist"},
    {ProblemSentence::too_many_void_lookups_no_data,
     "too many terms lead to names without records; \"{1}\" exceeds the limit, because {2} has no "
     "{3} record"},
    {ProblemSentence::too_many_mx_names,
     "\"{1}\" leads to too many mail servers: {2} has too many MX records"},
    {ProblemSentence::dns_servfail,
     "looking up {1} of {2} failed: the name server reported a failure (SERVFAIL)"},
    {ProblemSentence::dns_timeout, "looking up {1} of {2} failed: no name server answered in time"},
    {ProblemSentence::dns_unreachable,
     "looking up {1} of {2} failed: no name server could be reached"},
    {ProblemSentence::dns_truncated,
     "looking up {1} of {2} failed: the answer does not fit into a UDP message, and the name "
     "server "
     "refused the connection over TCP"},
    {ProblemSentence::dns_unusable,
     "looking up {1} of {2} failed: the name server's answer could not be used"},
    {ProblemSentence::deadline, "the check took too long; it was waiting for {1} of {2}"},
    {ProblemSentence::not_in_zone, "{1} is not in {2}, and no name server was asked"},
    {ProblemSentence::not_in_zone_data,
     "{1} is not in the zone data, and no name server was asked"},

    {ProblemSentence::give_domain, "give a full domain name in MAIL FROM or HELO"},
    {ProblemSentence::give_other_domain,
     "give a full domain name in MAIL FROM or HELO instead of \"{1}\""},
    {ProblemSentence::check_spelling,
     "check the spelling of {1}, and that its registration has not expired"},
    {ProblemSentence::publish_record,
     "publish one TXT record at {1} that begins with v=spf1 and lists all servers that send mail "
     "for it"},
    {ProblemSentence::fix_similar_record,
     "fix the TXT record \"{1}\" of {2}: begin it with \"v=spf1\" and a space"},
    {ProblemSentence::merge_records,
     "merge the SPF records of {1} into one TXT record that begins with v=spf1, and delete the "
     "others"},
    {ProblemSentence::fix_record, "fix the SPF record of {1}"},
    {ProblemSentence::fix_include,
     "fix the domain name in \"{1}\", or remove the term if the service is no longer used"},
    {ProblemSentence::fix_redirect,
     "fix the domain name in \"{1}\", or publish an SPF record at {2}"},
    {ProblemSentence::need_fewer_dns_lookups,
     "reduce the DNS lookups up to \"{1}\" in the record of {2}: remove includes of services that "
     "are no longer used, and write ip4: and ip6: instead of a and mx if the addresses are stable"},
    {ProblemSentence::break_loop,
     "remove the include or redirect through which the record of {1} leads back to itself"},
    {ProblemSentence::fix_void_terms,
     "fix or remove \"{1}\" and the other terms whose names have no records"},
    {ProblemSentence::need_fewer_mx_names,
     "list the mail servers with ip4: and ip6: instead of \"{1}\", or publish fewer MX records at "
     "{2}"},
    {ProblemSentence::try_again,
     "try again later; if the failure lasts, repair the name servers of {1}"},
    {ProblemSentence::open_tcp,
     "let the name servers of {1} answer over TCP, port 53 (RFC 7766, 5), or publish less at that "
     "name"},
    {ProblemSentence::try_again_for_time,
     "try again later; if it stays slow, look for slow or unreachable name servers of {1}"},
    {ProblemSentence::extend_zone,
     "add {1} to the zone data, or give a name server (--nameserver) to ask for what is not in it"},
}};
static_assert(is_in_order_of_codes(problem_sentences), "one sentence for each code, in order");

/// For each syntax error, the advice on how to correct the term. {1} is replaced by the term, and
/// {2} by the domain whose record contains the term.
inline constexpr std::array<Wording<ParseError::Code>, ParseError::code_count> syntax_remedies{{
    {ParseError::Code::not_spf,
     "fix \"{1}\" in the record of {2}: begin the record with \"v=spf1\" and a space"},
    {ParseError::Code::invalid_character,
     "fix \"{1}\" in the record of {2}: use visible US-ASCII characters, and plain spaces between "
     "terms"},
    {ParseError::Code::missing_mechanism,
     "fix \"{1}\" in the record of {2}: write a mechanism such as \"all\" directly after the "
     "qualifier"},
    {ParseError::Code::unknown_mechanism,
     "fix \"{1}\" in the record of {2}: correct the mechanism's name, or remove the term"},
    {ParseError::Code::modifier_as_mechanism,
     "fix \"{1}\" in the record of {2}: write \"=\" after the name, as in redirect=example.com"},
    {ParseError::Code::qualified_modifier,
     "fix \"{1}\" in the record of {2}: remove the qualifier, or write \":\" instead of \"=\" if "
     "it "
     "is a mechanism"},
    {ParseError::Code::modifier_name,
     "fix \"{1}\" in the record of {2}: begin the name with a letter, and use only letters, "
     "digits, "
     "\"-\", \"_\" and \".\" in it"},
    {ParseError::Code::duplicate_modifier,
     "fix \"{1}\" in the record of {2}: keep only one modifier with this name"},
    {ParseError::Code::missing_argument,
     "fix \"{1}\" in the record of {2}: write \":\" and a value directly after the mechanism's "
     "name"},
    {ParseError::Code::unexpected_argument,
     "fix \"{1}\" in the record of {2}: remove what follows the mechanism, or put a space before "
     "the next term"},
    {ParseError::Code::prefix_length_ip4, "fix \"{1}\" in the record of {2}: use /0 to /32"},
    {ParseError::Code::prefix_length_ip6, "fix \"{1}\" in the record of {2}: use /0 to /128"},
    {ParseError::Code::prefix_length_dual,
     "fix \"{1}\" in the record of {2}: write two slashes before the IPv6 prefix length, as in "
     "a/24//64"},
    {ParseError::Code::prefix_length_forbidden,
     "fix \"{1}\" in the record of {2}: remove the prefix length"},
    {ParseError::Code::address_ip4,
     "fix \"{1}\" in the record of {2}: write the IPv4 address as in 192.0.2.1"},
    {ParseError::Code::address_ip6,
     "fix \"{1}\" in the record of {2}: write the IPv6 address as in 2001:db8::1"},
    {ParseError::Code::address,
     "fix \"{1}\" in the record of {2}: write the address as in 192.0.2.1 or 2001:db8::1"},
    {ParseError::Code::domain_missing,
     "fix \"{1}\" in the record of {2}: add the domain name, as in include:example.com"},
    {ParseError::Code::domain_toplabel,
     "fix \"{1}\" in the record of {2}: end the domain name with a top-level label such as "
     "\".com\", or with a macro"},
    {ParseError::Code::domain_address,
     "fix \"{1}\" in the record of {2}: list an address with ip4: or ip6:, or write a domain name "
     "here"},
    {ParseError::Code::macro_percent,
     "fix \"{1}\" in the record of {2}: write \"%%\" for a percent sign, or complete the macro"},
    {ParseError::Code::macro_unterminated,
     "fix \"{1}\" in the record of {2}: close the macro with a right brace"},
    {ParseError::Code::macro_letter,
     "fix \"{1}\" in the record of {2}: use one of the macro letters s, l, o, d, i, p, v and h"},
    {ParseError::Code::macro_exp_only,
     "fix \"{1}\" in the record of {2}: use another macro letter; c, r and t are for explanations"},
    {ParseError::Code::macro_zero,
     "fix \"{1}\" in the record of {2}: let the macro keep 1 part or more, or remove the number"},
    {ParseError::Code::macro_transformer,
     "fix \"{1}\" in the record of {2}: after the macro letter, write only digits, \"r\" and "
     "delimiters, in this order; each is optional"},
    {ParseError::Code::name_empty, "fix \"{1}\" in the record of {2}: write a domain name"},
    {ParseError::Code::name_too_long,
     "fix \"{1}\" in the record of {2}: use a domain name of at most 253 octets"},
    {ParseError::Code::name_label_empty,
     "fix \"{1}\" in the record of {2}: remove the extra dot from the domain name"},
    {ParseError::Code::name_label_too_long,
     "fix \"{1}\" in the record of {2}: use labels of at most 63 octets in the domain name"},
    {ParseError::Code::name_character,
     "fix \"{1}\" in the record of {2}: write international names as A-labels (xn--...)"},
    {ParseError::Code::name_literal,
     "fix \"{1}\" in the record of {2}: use a domain name instead of an address literal"},
    {ParseError::Code::name_single_label,
     "fix \"{1}\" in the record of {2}: use a domain name with two labels or more, such as "
     "example.com"},
}};
static_assert(is_in_order_of_codes(syntax_remedies), "one remedy for each syntax error, in order");
static_assert(
    [] {
        for (const auto& each : syntax_remedies) {
            if (argument_count(each.pattern) != 2) return false;
        }
        return true;
    }(),
    "each remedy takes the term and the domain");

}  // namespace spf

// The patterns of the messages of findings in special cases. The patterns that depend only on the
// code of a finding are in codes.cpp. {1} is the term that the finding is about.

#include <array>

#include "base/code_table.hpp"
#include "spf/lint/sentence.hpp"

namespace spf::lint {
namespace {

using Entry = CodeEntry<Sentence>;

#define SPF_SENTENCE(sentence, pattern) \
    Entry { Sentence::sentence, #sentence, pattern }

constexpr std::array<Entry, sentence_count> entries{{
    SPF_SENTENCE(usual, ""),
    SPF_SENTENCE(record_octets,
                 "the record has {2} octets; with more than 450, answers may not fit into 512"),
    SPF_SENTENCE(string_octets,
                 "string {2} has {3} octets; a string of a TXT record cannot have more than {4}"),

    SPF_SENTENCE(unclear_all,
                 "this seems to be meant as \"all\", but with which qualifier is not clear"),
    SPF_SENTENCE(spf_pasted, "a second SPF record begins within this term"),
    SPF_SENTENCE(dmarc_pasted, "a DMARC record begins within this term"),
    SPF_SENTENCE(record_pasted, "a record of another kind begins within this term"),
    SPF_SENTENCE(text_pasted, "a text that is not part of SPF has been pasted onto this term"),
    SPF_SENTENCE(invisible_character,
                 "this character is invisible; only plain spaces separate terms"),
    SPF_SENTENCE(backslash, "a backslash has become part of this term"),
    SPF_SENTENCE(backslash_for_slash, "this is a backslash in place of a slash"),
    SPF_SENTENCE(quotes_between_terms, "there are quotes between two terms"),
    SPF_SENTENCE(value_in_brackets, "the value of this term is in brackets"),
    SPF_SENTENCE(address_in_brackets, "the address is in brackets"),
    SPF_SENTENCE(mark_before_term, "there is a punctuation mark before this term"),
    SPF_SENTENCE(other_separator, "something other than a space separates these terms"),
    SPF_SENTENCE(different_alls, "there is more than one \"all\" here, and they differ"),
    SPF_SENTENCE(no_colon, "there is no colon between the name of the term and its value"),
    SPF_SENTENCE(no_equals_sign, "there is no \"=\" between the name of the term and its value"),
    SPF_SENTENCE(aaaa, "\"aaaa\" is a type of DNS records, but not a mechanism of SPF"),
    SPF_SENTENCE(token_as_mechanism,
                 "this is the verification token of a service, not a mechanism of SPF"),
    SPF_SENTENCE(everyone_once_fixed,
                 "once fixed, this would let every address in the world send mail for the domain"),
    SPF_SENTENCE(perhaps_a_range, "this seems to be a range of addresses, which SPF does not have"),
    SPF_SENTENCE(range, "this is a range of addresses, which SPF does not have"),
    SPF_SENTENCE(port, "a port follows the address or the name"),
    SPF_SENTENCE(colon_and_number, "a colon and a number follow the address"),
    SPF_SENTENCE(url_for_name, "this is a URL, but a name is required"),

    SPF_SENTENCE(rejecting_include,
                 "with \"{2}\" before it, this include rejects all senders that the other record "
                 "lets pass"),
    SPF_SENTENCE(redirect_before_terms,
                 "redirect= counts only for senders that match none of the terms, including the "
                 "terms after it"),
    SPF_SENTENCE(private_range, "no mail comes from this network through the internet: it is {2}"),
    SPF_SENTENCE(near_name,
                 "the name is almost {2}, which is the name of a well-known service's record"),
    SPF_SENTENCE(
        bare_all,
        "\"all\" without a qualifier means \"+all\": every address in the world may send mail "
        "for the domain"),
    SPF_SENTENCE(everyone_around,
                 "with a prefix length of 0, every address passes as soon as the name "
                 "has one"),
    SPF_SENTENCE(everyone_around_ip4,
                 "with a prefix length of 0, every IPv4 address passes as soon as the "
                 "name has one"),
    SPF_SENTENCE(everyone_around_ip6,
                 "with a prefix length of 0, every IPv6 address passes as soon as the "
                 "name has one"),
    SPF_SENTENCE(everyone_together_ip4,
                 "this network and the networks before it are all IPv4 addresses"),
    SPF_SENTENCE(everyone_together_ip6,
                 "this network and the networks before it are all IPv6 addresses"),
    SPF_SENTENCE(huge_ip4, "this network is a /{2} of IPv4; no organisation has more than a /{3}"),
    SPF_SENTENCE(huge_ip6, "this network is a /{2} of IPv6; no organisation has more than a /{3}"),
    SPF_SENTENCE(huge_around_ip4,
                 "the network around each address of the name is a /{2} of IPv4; no organisation "
                 "has more than a /{3}"),
    SPF_SENTENCE(huge_around_ip6,
                 "the network around each address of the name is a /{2} of IPv6; no organisation "
                 "has more than a /{3}"),
    SPF_SENTENCE(half_of_ip4,
                 "this network and the networks before it are half of all IPv4 addresses or more"),

    SPF_SENTENCE(domain_problem, "\"{2}\" cannot be checked: {3}"),
    SPF_SENTENCE(alias_of_nothing, "{2} is an alias (CNAME) of {3}, which does not exist"),
    SPF_SENTENCE(alias_without_record, "{2} is an alias (CNAME) of {3}, which has no SPF record"),
    SPF_SENTENCE(records_of_domain, "{2} has {3} SPF records, but only one is allowed"),
    SPF_SENTENCE(
        obsolete_alone,
        "there is a record of the obsolete type SPF (99), which no receiver queries, but no "
        "TXT record with its text: {2}"),
    SPF_SENTENCE(name_not_in_zone, "{2} is not in the zone data, and no name server was asked"),
    SPF_SENTENCE(name_not_in_source, "{2} is not in {3}, and no name server was asked"),
    SPF_SENTENCE(lookup_failed, "the DNS lookup of type {2} for {3} failed: {4}"),
    SPF_SENTENCE(lookup_truncated,
                 "looking up {2} of {3} failed: the answer does not fit into a UDP message, and "
                 "the name server refused the connection over TCP"),
    SPF_SENTENCE(no_record_at, "{2} has no SPF record"),
    SPF_SENTENCE(host_without_record, "{2} has no SPF record, but it is a host with an address"),
    SPF_SENTENCE(no_domain_for_record, "\"{2}\" is not a domain that can have a record"),
    SPF_SENTENCE(name_without_address, "\"{1}\" leads to {2}, which has no address"),
    SPF_SENTENCE(name_without_exchange, "\"{1}\" leads to {2}, which has no mail servers"),
    SPF_SENTENCE(everyone_by_name, "\"{1}\" lets every address pass, because {2} has an address"),
    SPF_SENTENCE(exchanges_of_domain, "{2} has {3} mail servers, but \"mx\" may have at most {4}"),
    SPF_SENTENCE(loop_by, "\"{1}\" leads back to {2}, from where this record is included"),
    SPF_SENTENCE(
        record_twice,
        "the record of {2} is also included by \"{3}\" of {4}, and costs its lookups twice"),
    SPF_SENTENCE(same_record_twice,
                 "the same record as that of {2} is also included by \"{3}\" of {4}, and costs its "
                 "lookups twice"),
    SPF_SENTENCE(short_ttl, "the record may be cached for {2} seconds, which is short"),
    SPF_SENTENCE(long_ttl, "the record may be cached for {2} seconds, which is long"),
    SPF_SENTENCE(voids, "{2} terms lead to names without records, but only {3} are allowed"),
    SPF_SENTENCE(voids_ip4,
                 "{2} terms lead to names without records for IPv4 clients, but only {3} are "
                 "allowed"),
    SPF_SENTENCE(voids_ip6,
                 "{2} terms lead to names without records for IPv6 clients, but only {3} are "
                 "allowed"),
    SPF_SENTENCE(lookups, "a check may need {2} DNS {2:lookup|lookups}, but only {3} are allowed"),
    SPF_SENTENCE(lookups_by,
                 "a check may need {2} DNS {2:lookup|lookups}, but only {3} are allowed: {4}"),
    SPF_SENTENCE(lookups_at_least,
                 "a check may need at least {2} DNS {2:lookup|lookups}, but only {3} are allowed"),
    SPF_SENTENCE(
        lookups_at_least_by,
        "a check may need at least {2} DNS {2:lookup|lookups}, but only {3} are allowed: {4}"),
    SPF_SENTENCE(lookups_endless,
                 "a check may need endlessly many DNS lookups, but only {3} are allowed"),
    SPF_SENTENCE(lookups_endless_by,
                 "a check may need endlessly many DNS lookups, but only {3} are allowed: {4}"),

    SPF_SENTENCE(write_space_and_all,
                 "write a space after v=spf1, then -all or ~all: \"all\" without a qualifier means "
                 "+all and lets every address pass"),

    SPF_SENTENCE(write_all,
                 "write -all or ~all in place of \"{1}\": \"all\" without a qualifier means +all "
                 "and lets every address pass"),
    SPF_SENTENCE(write_name_and_all,
                 "write the mechanism of \"{1}\" alone, and write -all or ~all as a term of its "
                 "own: \"all\" without a qualifier means +all and lets every address pass"),
    SPF_SENTENCE(write_all_and_publish,
                 "write -all or ~all in place of \"{1}\", and publish what follows \"all\" in a "
                 "TXT record of its own"),
    SPF_SENTENCE(merge_records,
                 "merge the terms of both records after one v=spf1, with one \"all\" at the end"),
    SPF_SENTENCE(publish_dmarc,
                 "publish the DMARC record in a TXT record of its own, at _dmarc before the "
                 "name of the domain"),
    SPF_SENTENCE(publish_record,
                 "publish the other record in a TXT record of its own, at the name that it is for"),
    SPF_SENTENCE(publish_text,
                 "publish what follows \"all\" in \"{1}\" in a TXT record of its own"),
    SPF_SENTENCE(publish_token, "publish \"{1}\" in a TXT record of its own"),
    SPF_SENTENCE(delete_character, "delete it from \"{1}\""),
    SPF_SENTENCE(
        delete_or_space,
        "delete it from \"{1}\", or replace it by a plain space if a new term begins there"),
    SPF_SENTENCE(write_space, "replace it in \"{1}\" by a plain space"),
    SPF_SENTENCE(delete_backslash, "delete the backslash in \"{1}\""),
    SPF_SENTENCE(delete_backslash_or_slash,
                 "delete the backslash in \"{1}\", or replace it by a slash if a prefix length "
                 "follows"),
    SPF_SENTENCE(write_slash, "write the prefix length of \"{1}\" with a slash"),
    SPF_SENTENCE(space_for_quotes, "replace the quotes in \"{1}\" by a plain space"),
    SPF_SENTENCE(delete_brackets, "delete the brackets in \"{1}\""),
    SPF_SENTENCE(separate_by_spaces, "write plain spaces between the terms in \"{1}\""),
    SPF_SENTENCE(keep_one_all, "keep the \"all\" of \"{1}\" that is meant, and delete the others"),
    SPF_SENTENCE(write_colon, "write a colon after the name of the mechanism in \"{1}\""),
    SPF_SENTENCE(write_equals_sign, "write \"=\" after the name of the modifier in \"{1}\""),
    SPF_SENTENCE(write_a,
                 "write \"a\" in place of \"aaaa\": it means the addresses of both families"),
    SPF_SENTENCE(delete_or_complete,
                 "delete \"{1}\", because the record has this term already, or add what is missing "
                 "from it"),
    SPF_SENTENCE(join_address, "write the address in \"{1}\" without a space"),
    SPF_SENTENCE(list_range,
                 "list the range as networks such as 192.0.2.0/28, or address by address"),
    SPF_SENTENCE(delete_port, "delete the port of \"{1}\": SPF is about addresses alone"),
    SPF_SENTENCE(slash_or_no_port,
                 "in \"{1}\", write a prefix length with a slash, or delete a port"),
    SPF_SENTENCE(delete_zero, "delete the zero that begins the prefix length in \"{1}\""),
    SPF_SENTENCE(write_name, "write the name alone, without the rest of the URL, in \"{1}\""),

    SPF_SENTENCE(delete_opening,
                 "delete \"{1}\": if it counted, every address in the world would pass"),
    SPF_SENTENCE(perhaps_near_name,
                 "did you mean {2}? Compare \"{1}\" with the instructions of the service; the name "
                 "may also be right"),
    SPF_SENTENCE(surely_near_name, "did you mean {2}? The name in \"{1}\" cannot be registered"),
    SPF_SENTENCE(senders_and_all,
                 "write -all or ~all in place of \"{1}\", and list the senders before it"),

    SPF_SENTENCE(
        write_host,
        "write a:{2} if that host sends mail; otherwise correct the name in \"{1}\", or delete "
        "the term"),
    SPF_SENTENCE(
        correct_alias,
        "correct the alias, or replace it by the records that are needed: beside an alias, "
        "no TXT record can exist (RFC 1034, 3.6.2)"),
    SPF_SENTENCE(publish_at_target,
                 "have the record published at {2}, or replace the alias by the records that are "
                 "needed: no TXT record can exist beside an alias (RFC 1034, 3.6.2)"),
    SPF_SENTENCE(publish_as_txt, "publish its text as a TXT record, and delete it"),
    SPF_SENTENCE(open_tcp,
                 "let the name servers of {2} answer over TCP, port 53 (RFC 7766, 5), or publish "
                 "less at that name; until then receivers return temperror"),
    SPF_SENTENCE(check_one_address,
                 "what depends on the client or could not be queried is not counted: \"spfcheck "
                 "check\" shows how many lookups one address needs"),
}};

#undef SPF_SENTENCE

static_assert(is_in_order_of_codes(entries),
              "one line for each sentence, in the order of the enum");

}  // namespace

std::string_view pattern_of(Sentence sentence) noexcept {
    return row_of(entries, sentence).message;
}
std::string_view to_string(Sentence sentence) noexcept { return row_of(entries, sentence).name; }

}  // namespace spf::lint

// The patterns of all messages about relays and proposals, in the order of the enumeration
// Sentence.

#include "analysis/sentences.hpp"

#include <array>

#include "base/code_table.hpp"

namespace spf::analysis {
namespace {

using Entry = CodeEntry<Sentence>;

#define SPF_SENTENCE(sentence, pattern) \
    Entry { Sentence::sentence, #sentence, pattern }

constexpr std::array<Entry, sentence_count> entries{{
    SPF_SENTENCE(domain_problem, "\"{1}\" cannot be examined: {2}"),
    SPF_SENTENCE(no_domain_name, "{1} is not a domain name"),
    SPF_SENTENCE(nothing_proved, "nothing can be proved about {1} until this works: {2}"),
    SPF_SENTENCE(lookup_failed, "the TXT records of {1} cannot be looked up: {2}"),
    SPF_SENTENCE(record_too_large,
                 "the record of {1} is too large to be evaluated for all addresses"),
    SPF_SENTENCE(trial_too_large,
                 "the record of {1}, or one that was tried in its place, is too large to be "
                 "evaluated for all addresses"),

    SPF_SENTENCE(relay_nothing_there,
                 "{1} has neither addresses nor an SPF record: check the spelling of the name"),
    SPF_SENTENCE(
        relay_no_record,
        "{1} has no SPF record, so including it would break the record of the domain (permerror)"),
    SPF_SENTENCE(relay_broken_record,
                 "the SPF record of {1} does not work, so including it would break the record of "
                 "the domain (permerror)"),
    SPF_SENTENCE(
        relay_nobody,
        "the SPF record of {1} authorises no address, so including it would have no effect"),
    SPF_SENTENCE(
        relay_everybody,
        "the SPF record of {1} authorises practically every address, so it must not be included"),
    SPF_SENTENCE(relay_not_public,
                 "{1} has an address that no mail comes from through the internet, so it must not "
                 "be in a public record"),
    SPF_SENTENCE(relay_host_bits,
                 "{1} has bits beyond its prefix length, so either the address or the network may "
                 "be meant; say which"),
    SPF_SENTENCE(relay_very_large,
                 "{1} has so many addresses that hardly one sender uses them all; it is proposed "
                 "only on request"),
    SPF_SENTENCE(relay_too_large, "the SPF record of {1} is too large to be evaluated"),
    SPF_SENTENCE(
        relay_not_enumerable,
        "the networks of {1} depend on the message (macros), so nothing can be proved about them"),
    SPF_SENTENCE(relay_dns_failure, "{1} cannot be looked up at the moment: try again later"),
    SPF_SENTENCE(network_not_public, "{1} is {2}: no mail comes from it through the internet"),
    SPF_SENTENCE(
        network_local,
        "{1} is {2}: no mail comes from it through the internet; a NAT, a proxy or a filter "
        "of your own hides the address of the sender: find the public address that the "
        "mail comes from"),
    SPF_SENTENCE(network_host_bits,
                 "{1} may mean the address {2} or the network {3}, which has {4} addresses; say "
                 "which"),
    SPF_SENTENCE(network_very_large,
                 "{1} has {2} addresses, and hardly one sender uses them all; it is proposed only "
                 "on request"),
    SPF_SENTENCE(
        host_not_public,
        "{1} has the address {2}, which is {3}: no mail comes from it through the internet"),
    SPF_SENTENCE(host_local,
                 "{1} has the address {2}, which is {3}: no mail comes from it through the "
                 "internet; a NAT, a proxy or a filter of your own hides the address of the "
                 "sender: find the public address that the mail comes from"),

    SPF_SENTENCE(alias,
                 "{1} is an alias (CNAME) of {2}, and no TXT record can exist beside an alias (RFC "
                 "1034, 3.6.2; RFC 2181, 10.1): have the relay listed in the record of {2}, if its "
                 "owner agrees, or replace the alias by the records that are needed"),
    SPF_SENTENCE(several_records,
                 "{1} has {2} SPF records, so receivers return permerror: merge them into one "
                 "first"),
    SPF_SENTENCE(broken_record, "the SPF record of {1} is broken; fix it first"),
    SPF_SENTENCE(broken_record_at,
                 "the SPF record of {1} is broken at octet {2}: {3}; fix it first"),
    SPF_SENTENCE(too_wide,
                 "these relays have so many addresses that nearly every sender would pass: name "
                 "only the networks of the senders"),
    SPF_SENTENCE(permerror, "fix the SPF record of {1} first: {2}; {3}"),
    SPF_SENTENCE(no_record,
                 "{1} has no SPF record; a first record must list all servers that send for it, so "
                 "it is proposed only on request"),
    SPF_SENTENCE(first_record,
                 "a first record with these relays would exceed a limit of RFC 7208, section "
                 "4.6.4: name fewer relays, or name them by address"),

    SPF_SENTENCE(listed_beyond_limit,
                 "what is missing is listed already, but the record exceeds a limit of RFC 7208, "
                 "section 4.6.4, so receivers return permerror; listing it again would not help: "
                 "remove terms that are no longer needed"),
    SPF_SENTENCE(listed_beyond_limit_ways,
                 "what is missing is listed already, but the record exceeds a limit of RFC 7208, "
                 "section 4.6.4, so receivers return permerror; listing it again would not help, "
                 "but these ways do"),
    SPF_SENTENCE(listed_beyond_lookups,
                 "what is missing is listed already, but the record needs {1} terms with DNS "
                 "lookups where {2} are allowed (RFC 7208, 4.6.4), so receivers return permerror; "
                 "listing it again would not help: remove terms that are no longer needed"),
    SPF_SENTENCE(listed_beyond_lookups_ways,
                 "what is missing is listed already, but the record needs {1} terms with DNS "
                 "lookups where {2} are allowed (RFC 7208, 4.6.4), so receivers return permerror; "
                 "listing it again would not help, but these ways do"),
    SPF_SENTENCE(listed_beyond_voids,
                 "what is missing is listed already, but the record has {1} terms whose lookups "
                 "find nothing where {2} are allowed (RFC 7208, 4.6.4), so receivers return "
                 "permerror; listing it again would not help: remove terms that are no longer "
                 "needed"),
    SPF_SENTENCE(listed_beyond_voids_ways,
                 "what is missing is listed already, but the record has {1} terms whose lookups "
                 "find nothing where {2} are allowed (RFC 7208, 4.6.4), so receivers return "
                 "permerror; listing it again would not help, but these ways do"),
    SPF_SENTENCE(limits,
                 "no record with these terms added keeps to the limits of RFC 7208, section 4.6.4 "
                 "(10 terms with DNS lookups, of which 2 may find nothing): remove terms that are "
                 "no longer needed"),
    SPF_SENTENCE(limits_ways,
                 "no record with these terms added keeps to the limits of RFC 7208, section 4.6.4 "
                 "(10 terms with DNS lookups, of which 2 may find nothing); these ways do"),
    SPF_SENTENCE(
        limits_exceeded,
        "the record already exceeds a limit of RFC 7208, section 4.6.4 (10 terms with DNS "
        "lookups, of which 2 may find nothing), and no record with these terms added keeps "
        "to the limits: remove terms that are no longer needed"),
    SPF_SENTENCE(
        limits_exceeded_ways,
        "the record already exceeds a limit of RFC 7208, section 4.6.4 (10 terms with DNS "
        "lookups, of which 2 may find nothing), and no record with these terms added keeps "
        "to the limits; these ways do"),
    SPF_SENTENCE(limits_lookups,
                 "the record already needs {1} terms with DNS lookups where {2} are allowed (RFC "
                 "7208, 4.6.4), and no record with these terms added keeps to the limits: remove "
                 "terms that are no longer needed"),
    SPF_SENTENCE(limits_lookups_ways,
                 "the record already needs {1} terms with DNS lookups where {2} are allowed (RFC "
                 "7208, 4.6.4), and no record with these terms added keeps to the limits; these "
                 "ways do"),
    SPF_SENTENCE(
        limits_voids,
        "the record already has {1} terms whose lookups find nothing where {2} are allowed "
        "(RFC 7208, 4.6.4), and no record with these terms added keeps to the limits: "
        "remove terms that are no longer needed"),
    SPF_SENTENCE(
        limits_voids_ways,
        "the record already has {1} terms whose lookups find nothing where {2} are allowed "
        "(RFC 7208, 4.6.4), and no record with these terms added keeps to the limits; "
        "these ways do"),

    SPF_SENTENCE(cost_add_terms, ""),
    SPF_SENTENCE(cost_first_record,
                 "mail from servers that it does not list becomes softfail: list all of them"),
    SPF_SENTENCE(cost_drop_redundant,
                 "it removes terms that authorise no address today, or only addresses that other "
                 "terms authorise as well"),
    SPF_SENTENCE(cost_hosts_to_addresses,
                 "it must be changed whenever the hosts of a and mx get other addresses"),
    SPF_SENTENCE(
        cost_both,
        "it removes terms without effect, and must be changed whenever the hosts of a and mx "
        "get other addresses"),
    SPF_SENTENCE(
        cost_include_to_networks,
        "it becomes outdated: the service may change its networks at any time without telling you"),
    SPF_SENTENCE(cost_sub_domain, "the relay must use addresses of the sub-domain in MAIL FROM"),
    SPF_SENTENCE(cost_repair, "each of its steps tells what it costs"),
}};

#undef SPF_SENTENCE

static_assert(is_in_order_of_codes(entries),
              "one line for each sentence, in the order of the enum");

}  // namespace

std::string_view pattern_of(Sentence sentence) noexcept {
    return row_of(entries, sentence).message;
}
std::string_view to_string(Sentence sentence) noexcept { return row_of(entries, sentence).name; }

std::string in_words(const Message<Sentence>& message, const Language& language) {
    return rendered(pattern_of(message.code), message.arguments, language);
}

}  // namespace spf::analysis

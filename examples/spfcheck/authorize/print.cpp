#include "authorize/print.hpp"

#include <algorithm>
#include <ostream>
#include <string_view>
#include <utility>
#include <vector>

#include "authorize/sentences.hpp"
#include "io/language.hpp"
#include "io/terminal.hpp"
#include "networks/print.hpp"
#include "providers/catalogue.hpp"
#include "providers/print.hpp"
#include "spf/analysis/master_file.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using spf::analysis::Authorization;
using spf::analysis::Proposal;
using spf::analysis::RelayProblem;
using Says = AuthorizeSentence;
using Who = spf::analysis::ProofEntry::Who;
using Status = spf::analysis::RelayCoverage::Status;

/// Returns the message of the problem, or null if there is none.
template <class Problem>
Json message_or_null(const std::optional<Problem>& problem) {
    return problem ? Json(problem->message()) : Json();
}

/// Returns the service of a relay that is a name; null if none is known.
const Provider* service_of_relay(const spf::analysis::RelayCoverage& relay) {
    using Kind = spf::analysis::Relay::Kind;
    return relay.relay.kind == Kind::network ? nullptr : service_of(relay.relay.name);
}

/// Returns a sentence if the service to which the relay belongs asks its customers not to put
/// anything into this record; otherwise empty.
Spoken advice_against(const spf::analysis::RelayCoverage& relay) {
    const Provider* const service = service_of_relay(relay);
    if (service == nullptr) return {};
    if (service->advice == "leave_alone")
        return say<Says::not_needed>(relay.relay.name, service->name);
    if (service->advice == "create_records") {
        return say<Says::records_instead>(relay.relay.name, service->name);
    }
    return {};
}

Json to_json(const spf::analysis::RelayCoverage& relay) {
    Json json;
    json["relay"] = relay.relay.text;
    json["status"] = spf::analysis::to_string(relay.status);
    json["missing"] = spfcheck::to_json(relay.missing);
    json["by"] = relay.by;
    json["networks"] = spfcheck::to_json(relay.networks);
    json["problem"] = message_or_null(relay.problem);
    json["listed_by"] = relay.listed_by;
    const Provider* const service = service_of_relay(relay);
    json["service"] = service != nullptr ? Json(service->name) : Json();
    const Spoken against = advice_against(relay);
    json["advice_against"] = text_or_null(against);
    return json;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

/// Returns a list of terms, each with the name of its service if it is known.
std::string terms(const std::vector<std::string>& texts) {
    std::vector<std::string> out;
    for (const std::string& text : texts) out.push_back(with_service(text));
    return joined(out);
}

/// Returns a text that tells whether a relay may send and which terms match it, or why the relay
/// cannot be added to the record.
Spoken state_of(const spf::analysis::RelayCoverage& relay) {
    const std::string& name = relay.relay.text;
    if (relay.status == Status::whole) {
        return relay.by.empty() ? say<Says::may_send>(name)
                                : say<Says::may_send_by>(name, terms(relay.by));
    }
    if (relay.problem) {
        const Spoken problem = message_of(*relay.problem);
        return relay.problem->code == RelayProblem::Code::very_large
                   ? say<Says::very_large>(problem)
                   : problem;
    }
    if (!relay.listed_by.empty()) {
        return say<Says::listed_beyond_limit>(name, terms(relay.listed_by));
    }
    if (relay.status == Status::none) return say<Says::may_not_send>(name);
    std::vector<std::string> missing;
    for (const spf::Network& network : relay.missing.networks()) {
        missing.push_back(network.to_string());
    }
    return relay.by.empty()
               ? say<Says::may_send_in_part>(name, joined(missing))
               : say<Says::may_send_in_part_by>(name, terms(relay.by), joined(missing));
}

Spoken whose(Who who) {
    switch (who) {
        case Who::relay: return say<Says::of_relay>();
        case Who::before: return say<Says::as_before>();
        case Who::stranger: break;
    }
    return say<Says::of_other_sender>();
}

/// Returns the entries of a proof that are shown: all, or the first for each kind of address.
std::vector<spf::analysis::ProofEntry> shown_of(const Proposal& proposal, bool all) {
    if (all) return proposal.proof;
    std::vector<spf::analysis::ProofEntry> out;
    for (const Who who : {Who::relay, Who::before, Who::stranger}) {
        const auto first = std::find_if(proposal.proof.begin(), proposal.proof.end(),
                                        [who](const auto& entry) { return entry.who == who; });
        if (first != proposal.proof.end()) out.push_back(*first);
    }
    return out;
}

/// Prints that the proposal is proved, and the results for some addresses.
void print_proof(std::ostream& out, const Proposal& proposal, bool all, std::size_t width) {
    const std::vector<spf::analysis::ProofEntry> shown = shown_of(proposal, all);
    const bool has_more = shown.size() < proposal.proof.size();
    out << '\n';
    print_wrapped(out,
                  !proposal.is_for_all ? say<Says::proof_by_samples>()
                  : has_more           ? say<Says::proof_and_more>()
                                       : say<Says::proof>(),
                  width);
    std::size_t column = 0;
    for (const spf::analysis::ProofEntry& entry : shown) {
        column = std::max(column, entry.address.to_string().size());
    }
    for (const spf::analysis::ProofEntry& entry : shown) {
        std::string line = "  " + entry.address.to_string();
        line.resize(column + 4, ' ');
        line += spf::to_string(entry.result);
        line.resize(column + 14, ' ');
        out << line << whose(entry.who) << '\n';
    }
}

void print_proposal(std::ostream& out, const Proposal& proposal, const std::string& what) {
    out << '\n'
        << what << "\n  " << spf::printable(proposal.record) << '\n'
        << say<Says::zone_line>() << "\n  " << zone_line(proposal) << '\n';
}

/// Returns the first output line. It tells whether all relays may send, or whether a change of the
/// record would let them send.
Spoken headline(const Authorization& authorization) {
    const std::string& domain = authorization.domain;
    std::vector<std::string> names;
    for (const spf::analysis::RelayCoverage& each : authorization.relays) {
        if (authorization.is_whole() || each.status != Status::whole) {
            names.push_back(spf::printable(each.relay.text, 80));
        }
    }
    const std::string relays = joined(names);
    if (authorization.is_whole()) return say<Says::all_may_send>(relays, domain);
    if (authorization.proposal) return say<Says::record_lets_it>(relays, domain, names.size());
    const bool all_listed = std::all_of(
        authorization.relays.begin(), authorization.relays.end(),
        [](const auto& each) { return each.status == Status::whole || !each.listed_by.empty(); });
    return all_listed ? say<Says::beyond_limit>(relays, domain, names.size())
                      : say<Says::no_simple_change>(relays, domain);
}

}  // namespace

std::string zone_line(const Proposal& proposal) {
    const std::string strings = spf::analysis::master_file_strings(proposal.txt_strings);
    return spf::analysis::master_file_name(proposal.name) + " IN TXT " +
           (proposal.txt_strings.size() > 1 ? "( " + strings + " )" : strings);
}

Json to_json(const Proposal& proposal) {
    Json json;
    json["name"] = proposal.name;
    json["record"] = proposal.record;
    json["txt_strings"] = proposal.txt_strings;
    json["dns_lookups"] = proposal.dns_lookups;
    json["void_lookups"] = proposal.void_lookups;
    json["kind"] = spf::analysis::to_string(proposal.kind);
    json["cost"] = spf::analysis::cost_of(proposal.kind);
    json["zone_line"] = zone_line(proposal);
    json["complete"] = proposal.is_for_all;
    json["proof"] = Json::array();
    for (const spf::analysis::ProofEntry& entry : proposal.proof) {
        Json item;
        item["address"] = entry.address.to_string();
        item["expected"] = spf::to_string(entry.expected);
        item["result"] = spf::to_string(entry.result);
        item["who"] = spf::analysis::to_string(entry.who);
        json["proof"].push_back(std::move(item));
    }
    return json;
}

std::string advice_of(const Authorization& authorization) {
    if (authorization.is_whole()) return "none_needed";
    const bool only_sub_domain =
        !authorization.proposal && authorization.alternatives.size() == 1 &&
        authorization.alternatives.front().kind == Proposal::Kind::sub_domain;
    return only_sub_domain ? "add_at_subdomain" : "add_at_domain";
}

bool is_complete(const Authorization& authorization) {
    return std::none_of(authorization.relays.begin(), authorization.relays.end(),
                        [](const spf::analysis::RelayCoverage& each) {
                            return each.problem &&
                                   (each.problem->code == RelayProblem::Code::dns_failure ||
                                    each.problem->code == RelayProblem::Code::too_large);
                        });
}

Json to_json(const Authorization& authorization) {
    Json json;
    json["domain"] = authorization.domain;
    json["record"] = text_or_null(authorization.record);
    json["relays"] = Json::array();
    for (const spf::analysis::RelayCoverage& each : authorization.relays) {
        json["relays"].push_back(to_json(each));
    }
    json["advice"] = advice_of(authorization);
    json["proposal"] = nullptr;
    if (authorization.proposal) json["proposal"] = to_json(*authorization.proposal);
    json["alternatives"] = Json::array();
    for (const Proposal& each : authorization.alternatives) {
        json["alternatives"].push_back(to_json(each));
    }
    json["problem"] = message_or_null(authorization.problem);
    json["alias_of"] = text_or_null(authorization.alias_of);
    json["complete"] = is_complete(authorization);
    json["provider"] = nullptr;
    json["next"] = Json::array();
    return json;
}

void print(std::ostream& out, const Authorization& authorization, const Provider* provider,
           bool all_proof, std::size_t width) {
    print_wrapped(out, headline(authorization), width);
    out << '\n';
    for (const spf::analysis::RelayCoverage& each : authorization.relays) {
        print_wrapped(out, state_of(each), width, "  ");
    }
    for (const spf::analysis::RelayCoverage& each : authorization.relays) {
        const Spoken against = advice_against(each);
        if (against.empty()) continue;
        out << '\n';
        print_wrapped(out, against, width);
        out << "  " << say<Says::see_service>(service_of_relay(each)->name) << '\n';
    }
    if (provider != nullptr) print(out << '\n', *provider, width);
    // A problem with one relay has been printed in the output line about that relay, so it is not
    // printed again.
    using Code = spf::analysis::ProposalProblem::Code;
    if (authorization.problem && authorization.problem->code != Code::relay) {
        out << '\n';
        print_wrapped(out, say<Says::problem>(message_of(*authorization.problem)), width);
    }
    // What to publish is last, where a terminal still shows it.
    if (authorization.proposal) {
        const Proposal& proposal = *authorization.proposal;
        print_proposal(out, proposal, say<Says::publish>(proposal.name));
        const Spoken cost(translated(spf::analysis::cost_of(proposal.kind)));
        if (!cost.empty()) print_wrapped(out, say<Says::note>(cost), width);
        const spf::Limits limits;
        out << say<Says::lookups>(proposal.dns_lookups, limits.dns_lookups, proposal.void_lookups,
                                  limits.void_lookups)
            << '\n';
        print_proof(out, proposal, all_proof, width);
    }
    for (const Proposal& each : authorization.alternatives) {
        print_proposal(out, each, say<Says::alternative>(each.name));
        print_wrapped(out, say<Says::cost>(Spoken(translated(spf::analysis::cost_of(each.kind)))),
                      width);
        if (all_proof) print_proof(out, each, all_proof, width);
    }
}

}  // namespace spfcheck

#include "authorize/print.hpp"

#include <algorithm>
#include <ostream>
#include <string_view>
#include <utility>
#include <vector>

#include "io/terminal.hpp"
#include "networks/print.hpp"
#include "spf/analysis/master_file.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using spf::analysis::Authorization;
using spf::analysis::Proposal;
using spf::analysis::RelayProblem;
using Who = spf::analysis::ProofEntry::Who;
using Status = spf::analysis::RelayCoverage::Status;

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

/// The message of the problem, or null.
template <class Problem>
Json message_or_null(const std::optional<Problem>& problem) {
    return problem ? Json(problem->message()) : Json();
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
    return json;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

/// "may send, by mx", for one relay.
std::string state_of(const spf::analysis::RelayCoverage& relay) {
    const std::string by = relay.by.empty() ? "" : ", by " + spf::printable(joined(relay.by), 200);
    if (relay.status == Status::whole) return "may send" + by;
    if (relay.problem)
        return "cannot be added: " + spf::printable(relay.problem->message()) +
               (relay.problem->code == RelayProblem::Code::very_large ? " (--very-large)" : "");
    if (!relay.listed_by.empty()) {
        return "listed already, by " + spf::printable(joined(relay.listed_by), 200) +
               ", but beyond a limit";
    }
    if (relay.status == Status::none) return "may not send";
    std::vector<std::string> missing;
    for (const spf::Network& network : relay.missing.networks()) {
        missing.push_back(network.to_string());
    }
    return "may send in part" + by + "; missing: " + joined(missing);
}

void print_proof(std::ostream& out, const Proposal& proposal) {
    std::size_t column = 0;
    for (const spf::analysis::ProofEntry& entry : proposal.proof) {
        column = std::max(column, entry.address.to_string().size());
    }
    for (const spf::analysis::ProofEntry& entry : proposal.proof) {
        std::string line = "  " + entry.address.to_string();
        line.resize(column + 4, ' ');
        line += spf::to_string(entry.result);
        line.resize(column + 14, ' ');
        out << line
            << (entry.who == Who::relay    ? "the relay"
                : entry.who == Who::before ? "as before"
                                           : "a stranger, as before")
            << '\n';
    }
}

void print_proposal(std::ostream& out, const Proposal& proposal, const std::string& what) {
    out << '\n'
        << what << ":\n  " << spf::printable(proposal.record) << "\nFor a zone file:\n  "
        << zone_line(proposal) << '\n';
}

/// The first line, which is sufficient for readers in a hurry.
std::string headline(const Authorization& authorization) {
    const std::string domain = spf::printable(authorization.domain, 80);
    std::vector<std::string> names;
    for (const spf::analysis::RelayCoverage& each : authorization.relays) {
        if (authorization.is_whole() || each.status != Status::whole) {
            names.push_back(spf::printable(each.relay.text, 80));
        }
    }
    const std::string relays = joined(names);
    if (authorization.is_whole()) return relays + " may send mail for " + domain + " already";
    if (authorization.proposal) {
        return relays + " may not send mail for " + domain + " yet; this record lets it";
    }
    const bool all_listed = std::all_of(
        authorization.relays.begin(), authorization.relays.end(),
        [](const auto& each) { return each.status == Status::whole || !each.listed_by.empty(); });
    if (all_listed) {
        return relays + " may not send mail for " + domain +
               ": listed already, but the record exceeds a limit";
    }
    return relays + " may not send mail for " + domain + ", and there is no simple change";
}

}  // namespace

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
    return json;
}

void print(std::ostream& out, const Authorization& authorization, std::size_t width) {
    print_wrapped(out, headline(authorization), width);
    out << '\n';
    for (const spf::analysis::RelayCoverage& each : authorization.relays) {
        print_wrapped(out, spf::printable(each.relay.text, 80) + ": " + state_of(each), width,
                      "  ");
    }
    // The line of the relay has already reported its problem.
    using Code = spf::analysis::ProposalProblem::Code;
    if (authorization.problem && authorization.problem->code != Code::relay) {
        out << '\n';
        print_wrapped(out, "Problem: " + authorization.problem->message() + '.', width);
    }
    if (authorization.proposal) {
        const Proposal& proposal = *authorization.proposal;
        print_proposal(out, proposal,
                       "Publish as the only SPF record of " + proposal.name + " (type TXT)");
        const std::string cost(spf::analysis::cost_of(proposal.kind));
        if (!cost.empty()) print_wrapped(out, "Mind: " + cost + '.', width);
        out << (proposal.is_for_all
                    ? "\nProved by evaluating it for all addresses, such as:\n"
                    : "\nProved by evaluating it for all addresses, but for samples only where "
                      "the\nresult depends on the message (macros); such as:\n");
        print_proof(out, proposal);
        out << "DNS lookups: " << proposal.dns_lookups << " of 10, void " << proposal.void_lookups
            << " of 2\n";
    }
    for (const Proposal& each : authorization.alternatives) {
        print_proposal(out, each, "Proved, at " + each.name);
        print_wrapped(out, "Cost: " + std::string(spf::analysis::cost_of(each.kind)) + '.', width);
    }
}

}  // namespace spfcheck

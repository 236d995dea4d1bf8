#include "fix/print.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "authorize/print.hpp"
#include "fix/sentences.hpp"
#include "io/language.hpp"
#include "io/terminal.hpp"
#include "networks/print.hpp"
#include "spf/advice/command.hpp"
#include "spf/base/printable.hpp"
#include "spf/evaluation/request.hpp"

namespace spfcheck {
namespace {

using spf::analysis::Fix;
using spf::analysis::FixStep;
using spf::analysis::ProofEntry;
using Kind = FixStep::Kind;
using Says = FixSentence;
using Limit = spf::Problem::Code;

constexpr std::size_t longest_term = 160;  ///< octets of a term in the list of steps
/// The lines of a screen, without the one for the next command.
constexpr std::size_t screen_lines = 23;

Json to_json(const FixStep& step) {
    Json json;
    json["kind"] = spf::analysis::to_string(step.kind);
    json["term"] = step.term;
    json["replacement"] = step.replacement;
    json["saves"] = step.saves;
    json["saves_void"] = step.saves_void;
    json["why"] = step.why();
    return json;
}

bool is_asked(const Fix& fix) {
    return !fix.error && std::none_of(fix.steps.begin(), fix.steps.end(), [](const auto& each) {
        return each.kind == Kind::correct_term;
    });
}

/// Returns whether all steps only bring the record within the limits.
bool is_only_reduced(const Fix& fix) {
    return std::all_of(fix.steps.begin(), fix.steps.end(),
                       [](const FixStep& each) { return each.kind >= Kind::drop_redundant; });
}

/// Returns the first output line.
Spoken headline(const Fix& fix) {
    const spf::Limits limits;
    if (fix.is_fine()) {
        return say<Says::nothing_to_fix>(fix.domain, fix.dns_lookups, limits.dns_lookups,
                                         fix.void_lookups, limits.void_lookups);
    }
    if (!fix.proposal) return say<Says::not_possible>(fix.domain);
    if (fix.records.size() > 1) {
        return say<Says::several_records>(fix.domain, std::uint64_t{fix.records.size()});
    }
    if (is_asked(fix)) return say<Says::as_asked>(fix.domain);
    if (is_only_reduced(fix)) {
        if (fix.dns_lookups > limits.dns_lookups) {
            return say<Says::too_many_lookups>(fix.domain, fix.dns_lookups, limits.dns_lookups,
                                               fix.proposal->dns_lookups);
        }
        if (fix.void_lookups > limits.void_lookups) {
            return say<Says::too_many_void_lookups>(
                fix.domain, fix.void_lookups, limits.void_lookups, fix.proposal->void_lookups);
        }
        return say<Says::exceeds_limit>(fix.domain);
    }
    const bool is_broken = fix.steps.front().kind == Kind::correct_term;
    return is_broken ? say<Says::broken_record>(fix.domain) : say<Says::does_not_work>(fix.domain);
}

std::string shortened(const std::string& terms) { return spf::printable(terms, longest_term); }

Spoken line_of(const FixStep& step) {
    Spoken out;
    if (step.kind == Kind::merge_records) {
        out = say<Says::merge_records>();
    } else if (step.kind == Kind::correct_term) {
        out = say<Says::correct_term>(shortened(step.term), shortened(step.replacement));
    } else if (step.replacement.empty()) {
        out = say<Says::drop_term>(shortened(step.term));
    } else {
        out = say<Says::replace_term>(shortened(step.term), shortened(step.replacement));
    }
    if (step.saves > 0) return say<Says::saves_lookups>(out, static_cast<unsigned>(step.saves));
    if (step.saves_void > 0) {
        return say<Says::saves_void_lookups>(out, static_cast<unsigned>(step.saves_void));
    }
    return out;
}

/// Returns the lines of each step. Steps with the same reason follow each other, so the reason is
/// printed once, after the last of them.
std::vector<std::string> texts_of(const std::vector<FixStep>& steps, std::size_t width) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string number = "  " + std::to_string(i + 1) + ". ";
        std::string indent = number;
        std::ostringstream text;
        const std::string wrapped = lines(line_of(steps[i]), width - number.size());
        for (std::size_t begin = 0; begin < wrapped.size();) {
            const std::size_t end = std::min(wrapped.find('\n', begin), wrapped.size());
            text << indent << wrapped.substr(begin, end - begin) << '\n';
            indent.assign(number.size(), ' ');
            begin = end + 1;
        }
        const Spoken why(steps[i].why(language()));
        const bool is_last = i + 1 == steps.size() || steps[i + 1].why(language()) != why;
        if (is_last) {
            print_wrapped(text, say<Says::why>(why), width, std::string(number.size(), ' '));
        }
        out.push_back(std::move(text).str());
    }
    return out;
}

/// Returns the first networks of a set.
Spoken some_of(const spf::NetworkSet& set) {
    constexpr std::size_t most = 6;
    const std::vector<spf::Network> networks = set.networks();
    std::string out;
    for (std::size_t i = 0; i < std::min(most, networks.size()); ++i) {
        out += (i == 0 ? "" : ", ") + networks[i].to_string();
    }
    if (networks.size() <= most) return Spoken(out);
    return say<Says::and_more>(Spoken(out), std::uint64_t{networks.size() - most});
}

void print_changes(std::ostream& out, const Fix& fix, std::size_t width) {
    if (!fix.now_pass.empty()) {
        const std::string networks = some_of(fix.now_pass);
        print_wrapped(out,
                      is_only_reduced(fix) ? say<Says::listed_already>(networks)
                                           : say<Says::now_pass>(networks),
                      width);
    }
    if (!fix.no_longer_pass.empty()) {
        print_wrapped(out, say<Says::no_longer_pass>(some_of(fix.no_longer_pass)), width);
    }
    if (fix.now_pass.empty() && fix.no_longer_pass.empty()) {
        print_wrapped(out, say<Says::nobody_changes>(), width);
    }
}

Spoken whose(const ProofEntry& entry, const Fix& fix) {
    if (entry.who == ProofEntry::Who::stranger) return say<Says::other_sender>();
    return fix.now_pass.contains(entry.address) ? say<Says::passes_now>()
                                                : say<Says::passes_as_before>();
}

/// Returns three entries: the first and the last that pass, and another sender.
std::vector<ProofEntry> three_of(const std::vector<ProofEntry>& all) {
    std::vector<ProofEntry> out;
    const auto is_stranger = [](const ProofEntry& each) {
        return each.who == ProofEntry::Who::stranger;
    };
    const auto first = std::find_if(all.begin(), all.end(), is_stranger);
    if (first != all.begin()) out.push_back(all.front());
    if (first - all.begin() > 1) out.push_back(*std::prev(first));
    if (first != all.end()) out.push_back(*first);
    return out;
}

std::string lookups_of(const spf::analysis::Proposal& proposal) {
    const spf::Limits limits;
    return say<Says::lookups>(proposal.dns_lookups, limits.dns_lookups, proposal.void_lookups,
                              limits.void_lookups) +
           '\n';
}

void print_proof(std::ostream& out, const Fix& fix, const FixStyle& style) {
    const spf::analysis::Proposal& proposal = *fix.proposal;
    print_wrapped(out, proposal.is_for_all ? say<Says::proof>() : say<Says::proof_by_samples>(),
                  style.width);
    const std::vector<ProofEntry> entries =
        style.all_proof ? proposal.proof : three_of(proposal.proof);
    std::size_t column = 0;
    for (const ProofEntry& each : entries) {
        column = std::max(column, each.address.to_string().size());
    }
    for (const ProofEntry& each : entries) {
        std::string line = "  " + each.address.to_string();
        line.resize(column + 4, ' ');
        line += spf::to_string(each.result);
        line.resize(column + 14, ' ');
        out << line << whose(each, fix) << '\n';
    }
    out << lookups_of(proposal);
}

/// Prints that the record was proved, without addresses.
void print_proof_alone(std::ostream& out, const Fix& fix, std::size_t width) {
    print_wrapped(
        out,
        fix.proposal->is_for_all ? say<Says::proof_alone>() : say<Says::proof_by_samples_alone>(),
        width);
    out << lookups_of(*fix.proposal);
}

/// Returns the verdict, and what is wrong with the published record or with a proposal.
std::string head_of(const Fix& fix, std::size_t width) {
    std::ostringstream out;
    print_wrapped(out, headline(fix), width);
    if (fix.is_fine()) return std::move(out).str();
    const bool is_limit = fix.error && (fix.error->code == Limit::too_many_dns_lookups ||
                                        fix.error->code == Limit::too_many_void_lookups);
    if (fix.error && !(is_limit && fix.proposal)) {
        print_wrapped(out, say<Says::reason>(message_of(*fix.error)), width);
    }
    if (!fix.proposal) print_wrapped(out, say<Says::problem>(message_of(*fix.problem)), width);
    return std::move(out).str();
}

/// What is printed if there is a proposal. Each text has whole lines.
struct Parts {
    std::string head;
    std::vector<std::string> steps;
    std::string changes;
    std::string record;
    std::string zone_line;
    std::string note;
    std::string proof;
    std::string more;  ///< how to see what is left out

    /// Returns how many lines of a terminal the parts fill, with three empty lines.
    [[nodiscard]] std::size_t height(std::size_t width) const {
        std::string all = head + changes + record + zone_line + note + proof + more;
        for (const std::string& each : steps) all += each;
        std::size_t out = 3;
        for (std::size_t begin = 0; begin < all.size();) {
            const std::size_t size = std::min(all.find('\n', begin), all.size()) - begin;
            out += std::max<std::size_t>(1, (size + width - 1) / width);
            begin += size + 1;
        }
        return out;
    }
};

/// Returns a record as a line of a zone file.
std::string line_of(const spf::analysis::FlatRecord& record) {
    spf::analysis::Proposal as_proposal;
    as_proposal.name = record.name;
    for (std::size_t at = 0; at < record.record.size(); at += spf::dns::longest_string) {
        as_proposal.txt_strings.push_back(record.record.substr(at, spf::dns::longest_string));
    }
    return zone_line(as_proposal);
}

/// Returns what to know about a long record, and with `everything` the records that can be
/// published instead.
std::string note_of(const Fix& fix, const Split& split, const FixStyle& style) {
    constexpr std::size_t roomy = 450;
    const std::uint64_t size = fix.proposal->record.size();
    if (size <= roomy) return {};
    std::ostringstream out;
    if (split.empty()) {
        print_wrapped(out, say<Says::long_record>(size), style.width);
        return std::move(out).str();
    }
    const std::uint64_t count = split.size();
    const std::uint64_t lookups = count - 1;
    if (!style.everything) {
        print_wrapped(out, say<Says::long_record_split>(size, count), style.width);
        return std::move(out).str();
    }
    print_wrapped(out, say<Says::long_record>(size), style.width);
    print_wrapped(out, say<Says::split>(count, lookups), style.width);
    for (const auto& each : split) out << "  " << line_of(each) << '\n';
    return std::move(out).str();
}

Parts parts_of(const Fix& fix, const Split& split, const FixStyle& style) {
    const spf::analysis::Proposal& proposal = *fix.proposal;
    Parts out;
    out.head = head_of(fix, style.width);
    out.steps = texts_of(fix.steps, style.width);
    std::ostringstream changes;
    print_changes(changes, fix, style.width);
    out.changes = std::move(changes).str();
    out.record =
        say<Says::publish>(proposal.name) + "\n  " + spf::printable(proposal.record) + '\n';
    out.zone_line = say<Says::zone_line>() + "\n  " + zone_line(proposal) + '\n';
    out.note = note_of(fix, split, style);
    std::ostringstream proof;
    print_proof(proof, fix, style);
    out.proof = std::move(proof).str();
    return out;
}

/// Returns the lines that say how to see what is left out.
std::string text_of_command(const FixStyle& style) {
    const std::vector<std::string> command =
        spf::advice::indented_command_lines(style.whole_command, style.width);
    if (command.empty()) return {};
    const Spoken what = say<Says::more>();
    if (command.size() == 1 && what.size() + command.front().size() <= style.width) {
        return what + command.front() + '\n';
    }
    std::string out = what + '\n';
    for (const std::string& line : command) out += line + '\n';
    return out;
}

/// Leaves out what a screen has no room for, and says which command prints it: first the line for a
/// zone file, which repeats the record, then the addresses of the proof, then the last steps.
void fit(Parts& parts, const Fix& fix, const FixStyle& style) {
    if (parts.height(style.width) <= screen_lines) return;
    parts.zone_line.clear();
    parts.more = text_of_command(style);
    if (parts.height(style.width) > screen_lines) {
        std::ostringstream proof;
        print_proof_alone(proof, fix, style.width);
        parts.proof = std::move(proof).str();
    }
    for (std::size_t count = fix.steps.size(); count > 1; --count) {
        if (parts.height(style.width) <= screen_lines) return;
        const std::size_t shown = count - 1;
        parts.steps =
            texts_of({fix.steps.begin(), fix.steps.begin() + static_cast<std::ptrdiff_t>(shown)},
                     style.width);
        parts.steps.push_back(
            "  " + say<Says::more_steps>(std::uint64_t{fix.steps.size() - shown}) + '\n');
    }
}

}  // namespace

Json to_json(const Fix& fix, const Split& split) {
    Json json;
    json["domain"] = fix.domain;
    json["records"] = fix.records;
    json["alias_of"] = text_or_null(fix.alias_of);
    json["error"] = fix.error ? Json(fix.error->message()) : Json();
    json["dns_lookups"] = fix.dns_lookups;
    json["void_lookups"] = fix.void_lookups;
    json["steps"] = Json::array();
    for (const FixStep& each : fix.steps) json["steps"].push_back(to_json(each));
    json["proposal"] = fix.proposal ? to_json(*fix.proposal) : Json();
    json["split"] = Json::array();
    for (const spf::analysis::FlatRecord& each : split) {
        json["split"].push_back(
            {{"name", each.name}, {"record", each.record}, {"zone_line", line_of(each)}});
    }
    json["now_pass"] = to_json(fix.now_pass);
    json["no_longer_pass"] = to_json(fix.no_longer_pass);
    json["problem"] = fix.problem ? Json(fix.problem->message()) : Json();
    json["next"] = Json::array();
    json["problem_code"] = fix.problem ? Json(spf::analysis::to_string(fix.problem->code)) : Json();
    json["complete"] = true;
    return json;
}

void print(std::ostream& out, const Fix& fix, const Split& split, const FixStyle& style) {
    if (!fix.proposal) {
        out << head_of(fix, style.width);
        return;
    }
    Parts parts = parts_of(fix, split, style);
    if (!style.everything) fit(parts, fix, style);
    out << parts.head << '\n';
    for (const std::string& each : parts.steps) out << each;
    out << parts.changes << '\n'
        << parts.record << parts.zone_line << parts.note << '\n'
        << parts.proof << parts.more;
    // A record can fill a screen. The verdict is then seen at its end.
    if (!style.everything && parts.height(style.width) > screen_lines) {
        print_wrapped(out, headline(fix), style.width);
    }
}

}  // namespace spfcheck

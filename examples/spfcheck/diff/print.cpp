#include "diff/print.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <set>
#include <string_view>
#include <vector>

#include "diff/groups.hpp"
#include "diff/sentences.hpp"
#include "io/exit_status.hpp"
#include "io/json.hpp"
#include "io/language.hpp"
#include "io/terminal.hpp"
#include "spf/analysis/diff.hpp"

namespace spfcheck {
namespace {

using Says = DiffSentence;

constexpr int exit_different = 1;

std::string_view name(std::optional<spf::Result> result) {
    return result ? spf::to_string(*result) : "unknown";
}

std::set<std::string> terms_of(const spf::analysis::NetworkMap& map) {
    std::set<std::string> out;
    for (const spf::NotEnumerable& each : map.not_enumerable) out.insert(each.term);
    return out;
}

Json to_json(const ChangeGroup& group) {
    Json json;
    json["kind"] = to_string(group.kind);
    json["from"] = name(group.from.result);
    json["to"] = name(group.to.result);
    json["from_term"] = text_or_null(group.from.term);
    json["to_term"] = text_or_null(group.to.term);
    json["networks"] = group.addresses.networks().size();
    return json;
}

/// Writes the difference between two policies as a JSON object: the changes one after the other,
/// and then the other keys. The changes are not collected in a tree of JSON values, because for
/// some records this tree would need more memory than the NetworkMap of the record.
void write_json(std::ostream& out, const std::vector<spf::analysis::Change>& changes,
                const std::vector<ChangeGroup>& groups, const Side& from, const Side& to) {
    out << R"({"changes":[)";
    bool is_first = true;
    for (const spf::analysis::Change& change : changes) {
        Json item;
        item["network"] = change.network.to_string();
        item["from"] = name(change.from);
        item["to"] = name(change.to);
        out << (is_first ? "" : ",") << dump(item);
        is_first = false;
    }
    Json json;
    json["groups"] = Json::array();
    for (const ChangeGroup& group : groups) json["groups"].push_back(to_json(group));
    json["not_enumerable_from"] = terms_of(from.map);
    json["not_enumerable_to"] = terms_of(to.map);
    json["complete"] = from.missing.is_complete && to.missing.is_complete;
    json["too_large"] = from.missing.is_too_large || to.missing.is_too_large;
    json["problem_from"] = problem_or_null(from.missing.problem);
    json["problem_to"] = problem_or_null(to.missing.problem);
    out << "]," << dump(json).substr(1) << '\n';
}

/// Returns the networks of a group in one line of at most `width` columns; those that do not fit
/// are counted.
Spoken in_one_line(const std::vector<spf::Network>& networks, std::size_t width) {
    constexpr std::size_t room_for_count = 20;  // " and 262144 more"
    std::string out;
    std::size_t shown = 0;
    for (const spf::Network& network : networks) {
        const std::string next = (shown == 0 ? "" : ", ") + network.to_string();
        const bool is_last = shown + 1 == networks.size();
        if (shown > 0 && out.size() + next.size() + (is_last ? 0 : room_for_count) > width) break;
        out += next;
        ++shown;
    }
    return shown == networks.size() ? Spoken(out)
                                    : say<Says::networks_and_more>(out, networks.size() - shown);
}

Spoken head_of(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::lost: return say<Says::head_lost>();
        case ChangeKind::gained: return say<Says::head_gained>();
        case ChangeKind::other: break;
    }
    return say<Says::head_others>();
}

/// Prints a group of changes: the results and the terms, then the networks. Who passes on neither
/// side is often all the world in many pieces, so these networks are only counted.
void print(std::ostream& out, const ChangeGroup& group, std::size_t width, bool all) {
    const std::vector<spf::Network> networks = group.addresses.networks();
    const bool is_counted = group.kind == ChangeKind::other && !all;
    print_wrapped(
        out,
        is_counted ? say<Says::change_of_networks>(group.from.text, group.to.text, networks.size())
                   : say<Says::change>(group.from.text, group.to.text),
        width, "  ");
    constexpr std::string_view indent = "    ";
    if (is_counted) return;
    if (!all) {
        out << indent << in_one_line(networks, width - indent.size()) << '\n';
        return;
    }
    for (const spf::Network& network : networks) out << indent << network.to_string() << '\n';
}

void print(std::ostream& out, const std::vector<ChangeGroup>& groups, std::size_t width, bool all) {
    for (const ChangeKind kind : {ChangeKind::lost, ChangeKind::gained, ChangeKind::other}) {
        const std::size_t most = kind == ChangeKind::lost ? 3 : 2;  // all fit on 24 lines
        std::size_t shown = 0;
        std::size_t hidden = 0;
        std::size_t hidden_networks = 0;
        for (const ChangeGroup& group : groups) {
            if (group.kind != kind) continue;
            if (!all && shown == most) {
                ++hidden;
                hidden_networks += group.addresses.networks().size();
                continue;
            }
            if (shown++ == 0) out << '\n' << head_of(kind) << '\n';
            print(out, group, width, all);
        }
        if (hidden > 0)
            print_wrapped(out, say<Says::more_changes>(hidden, hidden_networks), width, "  ");
    }
}

/// Returns the first line about changes: whether mail is lost comes first.
Spoken headline(const std::vector<spf::analysis::Change>& changes) {
    std::size_t lost = 0;
    std::size_t gained = 0;
    bool is_certain = true;
    for (const spf::analysis::Change& each : changes) {
        if (each.from == spf::Result::pass) ++lost;
        if (each.to == spf::Result::pass) ++gained;
        if (!each.from || !each.to) is_certain = false;
    }
    if (lost > 0 && gained > 0) return say<Says::lost_and_gained>(lost, gained);
    if (lost > 0) return say<Says::lost>(lost);
    if (gained > 0) return say<Says::gained>(gained);
    return is_certain ? say<Says::others>() : say<Says::maybe>();
}

}  // namespace

int print_diff(std::ostream& out, const Side& from, const Side& to, const OutputOptions& options,
               bool all) {
    const std::vector<spf::analysis::Change> changes = spf::analysis::diff(from.map, to.map);
    const bool same_terms = terms_of(from.map) == terms_of(to.map);
    const bool is_complete = from.missing.is_complete && to.missing.is_complete;
    const bool is_same = changes.empty() && same_terms;
    const bool is_nothing = is_complete && is_same && from.missing.is_everything;
    int status = is_same ? exit_ok : exit_different;
    if (!is_complete) status = exit_status_of(spf::Result::temperror);
    if (is_nothing) status = std::min(from.missing.exit_status, to.missing.exit_status);
    const std::vector<ChangeGroup> groups = groups_of(changes, from.map, to.map);
    if (options.json) {
        write_json(out, changes, groups, from, to);
        return status;
    }
    const std::size_t width = style_of_output(options.colour).width;
    const Spoken first = !is_complete      ? say<Says::not_known>()
                         : is_nothing      ? say<Says::nothing_to_compare>()
                         : is_same         ? say<Says::same>()
                         : changes.empty() ? say<Says::different_terms>()
                                           : headline(changes);
    print_wrapped(out, first, width);
    if (!is_complete && !changes.empty()) {
        print_wrapped(out, say<Says::known_so_far>(changes.size()), width);
    }
    for (const Side* side : {&from, &to}) {
        const Spoken message = side->missing.message();
        if (!message.empty()) print_wrapped(out, say<Says::problem_of>(side->name, message), width);
    }
    print(out, groups, width, all);
    if (is_complete && !same_terms && !changes.empty()) {
        out << '\n';
        print_wrapped(out, say<Says::terms_differ>(), width);
    }
    return status;
}

}  // namespace spfcheck

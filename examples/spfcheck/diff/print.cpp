#include "diff/print.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <set>
#include <string_view>
#include <vector>

#include "diff/sentences.hpp"
#include "io/exit_status.hpp"
#include "io/json.hpp"
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

/// Writes the difference between two policies as a JSON object: the changes one after the other,
/// and then the other keys. The changes are not collected in a tree of JSON values, because for
/// some records this tree would need more memory than the NetworkMap of the record.
void write_json(std::ostream& out, const std::vector<spf::analysis::Change>& changes,
                const Side& from, const Side& to) {
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
    json["not_enumerable_from"] = terms_of(from.map);
    json["not_enumerable_to"] = terms_of(to.map);
    json["complete"] = from.missing.is_complete && to.missing.is_complete;
    json["too_large"] = from.missing.is_too_large || to.missing.is_too_large;
    json["problem_from"] = problem_or_null(from.missing.problem);
    json["problem_to"] = problem_or_null(to.missing.problem);
    out << "]," << dump(json).substr(1) << '\n';
}

void print(std::ostream& out, const std::vector<spf::analysis::Change>& changes) {
    std::size_t column = 0;
    for (const spf::analysis::Change& change : changes) {
        column = std::max(column, change.network.to_string().size());
    }
    for (const spf::analysis::Change& change : changes) {
        std::string line = "  " + change.network.to_string();
        line.resize(column + 4, ' ');
        out << line << name(change.from) << " -> " << name(change.to) << '\n';
    }
}

}  // namespace

int print_diff(std::ostream& out, const Side& from, const Side& to, const OutputOptions& options) {
    const std::vector<spf::analysis::Change> changes = spf::analysis::diff(from.map, to.map);
    const bool same_terms = terms_of(from.map) == terms_of(to.map);
    const bool is_complete = from.missing.is_complete && to.missing.is_complete;
    const bool is_same = changes.empty() && same_terms;
    const bool is_nothing = is_complete && is_same && from.missing.is_everything;
    int status = is_same ? exit_ok : exit_different;
    if (!is_complete) status = exit_status_of(spf::Result::temperror);
    if (is_nothing) status = std::min(from.missing.exit_status, to.missing.exit_status);
    if (options.json) {
        write_json(out, changes, from, to);
        return status;
    }
    const std::size_t width = style_of_output(options.colour).width;
    const std::string first = !is_complete      ? say<Says::not_known>()
                              : is_nothing      ? say<Says::nothing_to_compare>()
                              : is_same         ? say<Says::same>()
                              : changes.empty() ? say<Says::different_terms>()
                                                : say<Says::different>(changes.size());
    print_wrapped(out, first, width);
    if (!is_complete && !changes.empty()) {
        print_wrapped(out, say<Says::known_so_far>(changes.size()), width);
    }
    print(out, changes);
    if (is_complete && !same_terms && !changes.empty()) {
        print_wrapped(out, say<Says::terms_differ>(), width);
    }
    for (const Side* side : {&from, &to}) {
        const std::string message = side->missing.message();
        if (!message.empty()) print_wrapped(out, say<Says::problem_of>(side->name, message), width);
    }
    return status;
}

}  // namespace spfcheck

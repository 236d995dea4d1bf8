// Merges several SPF records of a domain into one record, if it is clear which record was meant.
// Owners who signed up for two services often have one record for each service.

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/ascii.hpp"
#include "lint/domain/tree.hpp"
#include "spf/record/edit.hpp"
#include "spf/record/parse.hpp"

namespace spf::lint {
namespace {

/// Merges records in which every term except "all" gives the result pass to the clients that match
/// it. So the order of these terms does not matter.
class Merger {
public:
    bool add(const Record& record) {
        for (const Modifier& each : record.modifiers) {
            if (!std::holds_alternative<UnknownModifier>(each.kind)) return false;
        }
        for (const Directive& each : record.directives) {
            if (is_all(each.mechanism)) return add_all(each.qualifier);
            if (each.qualifier != Qualifier::pass) return false;
            std::string key(each.text.substr(each.text.front() == '+' ? 1 : 0));
            ascii::make_lower(key);
            if (seen_.insert(std::move(key)).second) terms_.emplace_back(each.text);
        }
        return true;
    }

    /// Returns the merged record; nothing if no record has an "all", because then no record defines
    /// the result of the clients that match no other term.
    [[nodiscard]] std::optional<std::string> record() const {
        if (all_.empty()) return std::nullopt;
        const Expected<Record> all_alone =
            parse_record(std::string(version_section).append(" ").append(all_));
        return with_terms(*all_alone, place_for_terms(*all_alone), terms_);
    }

private:
    /// Keeps the more lenient "all" of two records, so that mail that one of the records accepted
    /// is still accepted. Returns whether the "all" can be merged: its qualifier is softfail or
    /// fail.
    bool add_all(Qualifier qualifier) {
        if (qualifier == Qualifier::softfail) all_ = "~all";
        if (qualifier == Qualifier::fail && all_.empty()) all_ = "-all";
        return qualifier == Qualifier::softfail || qualifier == Qualifier::fail;
    }

    std::vector<std::string> terms_;
    std::string_view all_;
    std::unordered_set<std::string> seen_;
};

}  // namespace

std::optional<std::string> merged_record(std::span<const std::string> texts) {
    constexpr std::size_t longest = 1000;  // octets; a person can still read such a record
    Merger merger;
    for (const std::string& text : texts) {
        if (!has_version(text)) continue;
        const Expected<Record> record = parse_record(text);
        if (!record || text.size() > longest || !merger.add(*record)) return std::nullopt;
    }
    std::optional<std::string> merged = merger.record();
    if (merged && merged->size() > longest) return std::nullopt;
    return merged;
}

}  // namespace spf::lint

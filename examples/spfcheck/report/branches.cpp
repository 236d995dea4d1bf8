#include "report/branches.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "report/sign.hpp"

namespace spfcheck {
namespace {

using spf::lint::Finding;
using spf::lint::TreeRecord;
using spf::lint::TreeTerm;

/// Returns the sign of a row. A hint changes nothing for a check.
Sign row_sign_of(const Finding& finding) {
    return finding.severity == Finding::Severity::hint ? Sign::none : sign_of(finding.severity);
}

bool is_at(const Finding& finding, const TreeTerm& term) {
    const bool is_whole = finding.offset == 0 && finding.length == 0;
    return !is_whole && finding.offset >= term.offset &&
           finding.offset < term.offset + term.cost.term.size();
}

/// Goes through the terms of all records in the order of evaluation.
class Walk {
public:
    Walk(std::span<const TreeRecord> tree, std::span<const Finding> findings,
         const ServiceOf& service_of, std::size_t most)
        : tree_(tree), findings_(findings), service_of_(service_of), most_(most) {
        is_expanded_.resize(tree.size());
        signs_.resize(tree.size());
    }

    Branches rows() {
        if (tree_.empty()) return {};
        enter(0, 0);
        while (!path_.empty()) {
            Step& step = path_.back();
            const TreeRecord& record = tree_[step.record];
            if (step.next == record.terms.size()) {
                path_.pop_back();
                continue;
            }
            const TreeTerm& term = record.terms[step.next++];
            const unsigned before = step.before;
            step.before = std::min(step.before + term.cost.dns_lookups, endless_lookups);
            add(record, term, before);
        }
        return std::move(out_);
    }

private:
    /// A record on the way from the domain's own record to a term.
    struct Step {
        std::size_t record;
        std::size_t next;  // the index of the next term
        unsigned before;   // how many lookups the terms before it need
    };

    void enter(std::size_t record, unsigned before) {
        is_expanded_[record] = true;
        out_.left_out += tree_[record].left_out;
        path_.push_back({record, 0, before});
    }

    void add(const TreeRecord& record, const TreeTerm& term, unsigned before) {
        Branch row;
        row.depth = path_.size();
        row.term = term.cost.term;
        row.service = service_of_(term.cost.term);
        row.before = before;
        row.lookups = term.cost.dns_lookups;
        row.at_least = term.cost.at_least || row.lookups >= endless_lookups;
        row.sign = sign_at(record, term);
        if (term.leads_to && is_on_path(*term.leads_to)) {
            row.note = Branch::Note::loop;
            row.sign = Sign::error;
        } else if (term.leads_to && is_expanded_[*term.leads_to]) {
            const bool has_terms = !tree_[*term.leads_to].terms.empty();
            if (has_terms) row.note = Branch::Note::repeated;
        } else if (term.leads_to) {
            enter(*term.leads_to, before + 1);
        }
        if (out_.rows.size() < most_) {
            out_.rows.push_back(std::move(row));
        } else {
            ++out_.left_out;
        }
    }

    [[nodiscard]] bool is_on_path(std::size_t record) const {
        return std::ranges::any_of(path_,
                                   [record](const Step& each) { return each.record == record; });
    }

    /// Returns the sign of the findings about a term, or about the record to which it leads except
    /// for that record's own rows.
    [[nodiscard]] Sign sign_at(const TreeRecord& record, const TreeTerm& term) {
        Sign out = term.leads_to ? sign_of_record(*term.leads_to) : Sign::none;
        for (const Finding& each : findings_) {
            const bool is_about_term = each.domain == record.domain && is_at(each, term);
            if (is_about_term) out = std::max(out, row_sign_of(each));
        }
        return out;
    }

    /// Returns the sign of the findings about a record that are about none of its rows. It is
    /// computed once, as many terms may lead to the record. The domain's own record has no sign.
    Sign sign_of_record(std::size_t index) {
        if (signs_[index]) return *signs_[index];
        const TreeRecord& record = tree_[index];
        Sign out = Sign::none;
        for (const Finding& each : findings_) {
            if (index == 0 || each.domain != record.domain) continue;
            const bool has_row = std::ranges::any_of(
                record.terms, [&each](const TreeTerm& term) { return is_at(each, term); });
            if (!has_row) out = std::max(out, row_sign_of(each));
        }
        signs_[index] = out;
        return out;
    }

    std::span<const TreeRecord> tree_;
    std::span<const Finding> findings_;
    const ServiceOf& service_of_;
    std::size_t most_;
    std::vector<bool> is_expanded_;
    std::vector<std::optional<Sign>> signs_;
    std::vector<Step> path_;
    Branches out_;
};

}  // namespace

Branches branches_of(std::span<const spf::lint::TreeRecord> tree,
                     std::span<const spf::lint::Finding> findings, const ServiceOf& service_of,
                     std::size_t most) {
    return Walk(tree, findings, service_of, most).rows();
}

}  // namespace spfcheck

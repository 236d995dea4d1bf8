// The texts that a domain publishes may have syntax errors, and there may be several of them.
// lint() knows what a broken term was certainly meant to be. Records are merged if the order of
// their terms does not matter, so that the merged record passes what at least one of them passes.

#include "analysis/fix/repair.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "lint/domain/tree.hpp"
#include "lint/text.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/lint/lint.hpp"
#include "spf/record/parse.hpp"
#include "spf/record/select.hpp"
#include "spf/resolver/overlay.hpp"

namespace spf::analysis {
namespace {

using Kind = FixStep::Kind;
using Why = FixProblem::Code;
using lint::Finding;

constexpr std::size_t most_rounds = 3;  // a correction may reveal another mistake

bool is_worth_correcting(const Finding& finding, Corrections which) {
    if (!finding.correction || finding.severity != Finding::Severity::error) return false;
    return which == Corrections::all || finding.is_permerror() ||
           finding.code <= Finding::Code::version_space;
}

/// Returns the step for a correction: the whole term that it changes, before and after.
FixStep step_of(const Finding& finding, const Language& language) {
    FixStep out;
    out.kind = Kind::correct_term;
    out.detail = finding.message(language);
    const std::string_view term = finding.term();
    const auto begin = static_cast<std::size_t>(term.data() - finding.text.data());
    const bool is_inside = !term.empty() && begin <= finding.offset &&
                           finding.offset + finding.length <= begin + term.size();
    if (!is_inside) {
        out.term = finding.text.substr(finding.offset, finding.length);
        out.replacement = *finding.correction;
        return out;
    }
    out.term = term;
    out.replacement = out.term;
    out.replacement.replace(finding.offset - begin, finding.length, *finding.correction);
    return out;
}

/// Applies the corrections of lint() to one text.
void correct(std::string& text, std::vector<std::string> strings, Corrections which,
             const Language& language, std::vector<FixStep>& steps) {
    for (std::size_t round = 0; round < most_rounds; ++round) {
        std::vector<Finding> findings = lint::lint(strings);
        std::erase_if(findings,
                      [&](const Finding& each) { return !is_worth_correcting(each, which); });
        if (findings.empty()) return;
        for (const Finding& each : findings) steps.push_back(step_of(each, language));
        std::for_each(findings.rbegin(), findings.rend(), [&](const Finding& each) {
            text.replace(each.offset, each.length, *each.correction);
        });
        strings = {text};
    }
}

/// Returns the problem of a text that cannot be corrected.
FixProblem problem_of(const std::string& domain, const std::string& text,
                      const Language& language) {
    FixProblem out{.code = Why::broken_record, .domain = domain};
    for (const Finding& each : lint::lint(text)) {
        if (!each.is_permerror()) continue;
        out.name = each.term();
        out.detail = each.message(language) + "; " + each.remedy(language);
        break;
    }
    return out;
}

/// Removes the broken terms that the owner asked to drop.
void drop_broken(std::string& text, std::span<const std::string> drop,
                 std::vector<FixStep>& steps) {
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string term = text.substr(begin, end - begin);
        if (begin > 0 && !term.empty() && is_named(term, drop) && !lint::is_correct(term)) {
            steps.push_back({.kind = Kind::drop_asked, .term = term});
            text.erase(begin, std::min(end + 1, text.size()) - begin);
        } else {
            begin = end + 1;
        }
    }
}

/// Returns the result of the record for most addresses: that of its `all`, or that of the record to
/// which it redirects (6.1), or neutral (4.7).
Qualifier ending_of(const Record& record, const std::string& domain, dns::Resolver& resolver,
                    const SweepOptions& options) {
    for (const Directive& each : record.directives) {
        if (is_all(each.mechanism)) return each.qualifier;
    }
    if (record.redirect() == nullptr) return Qualifier::neutral;
    RecordOverlay overlay(domain, to_string(record), resolver);
    const NetworkMap map = map_networks(domain, overlay, options);
    Qualifier out = Qualifier::neutral;
    AddressCount most;
    for (const auto& [result, qualifier] :
         {std::pair{Result::pass, Qualifier::pass}, std::pair{Result::fail, Qualifier::fail},
          std::pair{Result::softfail, Qualifier::softfail}}) {
        const AddressCount count = map.with(result).count(Family::ipv4);
        if (count <= most) continue;
        most = count;
        out = qualifier;
    }
    return out;
}

/// Returns a record with the same passing addresses that ends in `-all`, without modifiers. A
/// redirect becomes an include.
std::string for_merger(const Record& record) {
    std::string out(version_section);
    for (const Directive& each : record.directives) {
        if (is_all(each.mechanism)) break;
        (out += ' ') += each.text;
    }
    if (record.redirect() != nullptr && !record.has_all()) {
        (out += " include:") += record.redirect()->domain.text();
    }
    return out + " -all";
}

int looseness(Qualifier qualifier) noexcept {
    switch (qualifier) {
        case Qualifier::fail: return 0;
        case Qualifier::softfail: return 1;
        case Qualifier::neutral: return 2;
        case Qualifier::pass: break;
    }
    return 3;
}

std::string all_with(Qualifier qualifier) {
    return std::string(1, static_cast<char>(qualifier)) + "all";
}

/// Returns the explanation (6.2) that the merged record keeps: that of the first record with one.
std::string explanation_of(std::span<const Record> records) {
    for (const Record& each : records) {
        for (const Modifier& modifier : each.modifiers) {
            if (std::holds_alternative<Explanation>(modifier.kind))
                return ' ' + std::string(modifier.text);
        }
    }
    return {};
}

/// Merges records into one; nothing if it is not clear what was meant.
std::optional<FixStep> merged(const std::string& domain, std::span<const Record> records,
                              dns::Resolver& resolver, const SweepOptions& options) {
    std::vector<std::string> texts;
    std::vector<Qualifier> endings;
    for (const Record& each : records) {
        texts.push_back(for_merger(each));
        endings.push_back(ending_of(each, domain, resolver, options));
    }
    const Qualifier loosest =
        *std::max_element(endings.begin(), endings.end(),
                          [](Qualifier a, Qualifier b) { return looseness(a) < looseness(b); });
    std::optional<std::string> out = lint::merged_record(texts);
    if (!out || loosest == Qualifier::pass) return std::nullopt;
    FixStep step{.kind = Kind::merge_records};
    step.replacement =
        out->substr(0, out->size() - 4) + all_with(loosest) + explanation_of(records);
    const bool differ = std::any_of(endings.begin(), endings.end(),
                                    [&](Qualifier each) { return each != loosest; });
    for (const Qualifier each : endings) {
        if (differ) step.detail.append(step.detail.empty() ? "" : ", ").append(all_with(each));
    }
    return step;
}

std::string_view without_qualifier(std::string_view term) noexcept {
    if (!term.empty() && is_qualifier(term.front())) term.remove_prefix(1);
    return term;
}

/// Returns the domain name in a term; empty if the term has none.
std::string_view name_in(std::string_view term) noexcept {
    const std::size_t separator = term.find_first_of(":=");
    if (separator == std::string_view::npos) return {};
    term.remove_prefix(separator + 1);
    const std::string_view name = term.substr(0, term.find('/'));
    return name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
}

}  // namespace

bool is_named(std::string_view term, std::span<const std::string> names) {
    const std::string_view whole = without_qualifier(term);
    const std::string_view name = name_in(whole);
    return std::any_of(names.begin(), names.end(), [&](std::string_view each) {
        const std::string_view given = without_qualifier(each);
        return ascii::equal_ignoring_case(given, whole) ||
               (!name.empty() &&
                (ascii::equal_ignoring_case(given, name) ||
                 (given.ends_with('.') &&
                  ascii::equal_ignoring_case(given.substr(0, given.size() - 1), name))));
    });
}

Repaired repaired(const std::string& domain, const dns::Answer& answer,
                  std::span<const std::string> drop, Corrections which, dns::Resolver& resolver,
                  const SweepOptions& options, const Language& language) {
    Repaired out;
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < answer.texts.size(); ++i) {
        if (has_version(answer.texts[i])) found.push_back(i);
    }
    for (std::size_t i = 0; found.empty() && i < answer.texts.size(); ++i) {
        if (is_almost_record(answer.texts[i])) found.push_back(i);
    }
    if (found.empty()) {
        out.problem = {.code = Why::no_record, .domain = domain};
        return out;
    }
    std::vector<Record> records;
    for (const std::size_t i : found) {
        std::string text = answer.texts[i];
        out.published.push_back(text);
        auto strings = dns::published_strings(answer, i);
        if (!drop.empty() && !parse_record(text)) {
            drop_broken(text, drop, out.steps);
            strings.reset();
        }
        correct(text, strings.value_or(std::vector{text}), which, language, out.steps);
        Expected<Record> record = parse_record(text);
        if (!record) {
            out.problem = problem_of(domain, text, language);
            return out;
        }
        const bool is_double = std::any_of(
            records.begin(), records.end(),
            [&](const Record& other) { return canonical(other) == canonical(*record); });
        if (!is_double) records.push_back(*std::move(record));
    }
    out.record = to_string(records.front());
    if (found.size() == 1) return out;
    std::optional<FixStep> step;
    if (records.size() == 1) {
        step = FixStep{.kind = Kind::merge_records, .replacement = out.record};
    } else {
        step = merged(domain, records, resolver, options);
    }
    if (!step) {
        out.problem = {.code = Why::several_records, .domain = domain, .count = found.size()};
        return out;
    }
    out.record = step->replacement;
    out.steps.push_back(*std::move(step));
    return out;
}

}  // namespace spf::analysis

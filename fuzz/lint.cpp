// Tests lint() of a text, and of the strings in which the text was published. Findings must point
// into the text, describe a remedy, agree with parse_record() and with check_host(), and must never
// propose terms with a syntax error.

#include "spf/lint/lint.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "require.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/record/edit.hpp"
#include "spf/record/parse.hpp"
#include "spf/resolver/zone.hpp"

namespace {

using Code = spf::lint::Finding::Code;

constexpr std::size_t most_findings = 250;

bool is_sentence(std::string_view text) {
    return !text.empty() && text.back() != '.' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// Returns whether a message has as many arguments as its pattern needs. The argument {1}, which is
/// the term, is not counted.
bool is_complete(const spf::Message<spf::lint::Sentence>& said) {
    const std::size_t named = spf::argument_count(pattern_of(said.code));
    return said.arguments.size() == (named > 1 ? named - 1 : 0);
}

void check_finding(const spf::lint::Finding& finding, const std::string& text) {
    REQUIRE_THAT(finding.text == text);
    REQUIRE_THAT(finding.offset <= text.size());
    REQUIRE_THAT(finding.length <= text.size() - finding.offset);
    REQUIRE_THAT(is_sentence(finding.message()));
    REQUIRE_THAT(is_sentence(finding.remedy()));
    REQUIRE_THAT(is_complete(finding.said) && is_complete(finding.advised));
    const spf::lint::FindingKind& kind = spf::lint::describe(finding.code);
    REQUIRE_THAT(finding.severity == kind.severity && finding.section == kind.section);
    REQUIRE_THAT(finding.is_permerror() == kind.permerror);
    REQUIRE_THAT(finding.is_permerror() == finding.syntax.has_value());
    const bool is_term = finding.correction && finding.is_permerror();
    if (is_term && !finding.correction->empty()) {
        REQUIRE_THAT(spf::parse_record("v=spf1 " + *finding.correction));
    }
}

/// Returns the text in which the correction of a finding replaces the octets that the finding
/// underlines.
std::string corrected(const spf::lint::Finding& finding, std::string text) {
    return text.replace(finding.offset, finding.length, *finding.correction);
}

/// Checks that making all corrections of syntax errors results in a valid record, unless an error
/// has no correction.
void check_corrections(const std::vector<spf::lint::Finding>& findings, const std::string& text) {
    std::string mended = text;
    std::size_t end = std::string::npos;
    for (auto each = findings.rbegin(); each != findings.rend(); ++each) {
        if (!each->is_permerror()) continue;
        if (!each->correction) return;
        // No two findings underline the same octets.
        REQUIRE_THAT(each->offset + each->length <= end);
        end = each->offset;
        mended = corrected(*each, mended);
    }
    const auto record = spf::parse_record(mended);
    // A corrected term may duplicate a modifier (4.6.1, 6). lint() reports this only when it reads
    // the corrected record.
    using Error = spf::ParseError::Code;
    REQUIRE_THAT(record || !spf::has_version(text) ||
                 record.error().code == Error::duplicate_modifier);
}

/// Checks that all corrections can be made together, and that none of them lets every client pass.
void check_offers(const std::vector<spf::lint::Finding>& findings) {
    const spf::lint::Finding* last = nullptr;
    std::vector<const spf::lint::Finding*> offers;
    for (const spf::lint::Finding& each : findings) {
        if (each.correction) offers.push_back(&each);
    }
    std::stable_sort(offers.begin(), offers.end(), [](const auto* left, const auto* right) {
        return left->offset < right->offset;
    });
    for (const spf::lint::Finding* each : offers) {
        REQUIRE_THAT(last == nullptr ||
                     (each->offset >= last->offset + last->length && each->offset > last->offset));
        last = each;
        const auto record = spf::parse_record("v=spf1 " + *each->correction);
        if (!record) continue;
        for (const spf::Directive& directive : record->directives) {
            REQUIRE_THAT(directive.qualifier != spf::Qualifier::pass ||
                         !std::holds_alternative<spf::All>(directive.mechanism));
        }
    }
}

/// Checks that check_host() results in permerror because of the text exactly if a finding states
/// this.
void check_result(bool permerror, const std::string& text) {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", text);
    const spf::Outcome outcome = spf::check_host(
        {.ip = spf::IpAddress::v4({192, 0, 2, 1}), .mail_from = "ann@example.com"}, zone);
    const bool is_syntax =
        outcome.problem && outcome.problem->code == spf::Problem::Code::syntax_error;
    REQUIRE_THAT(is_syntax == permerror);
    REQUIRE_THAT(!permerror || outcome.result == spf::Result::permerror);
    const bool is_none = outcome.problem && outcome.problem->code == spf::Problem::Code::no_record;
    REQUIRE_THAT(is_none == !spf::has_version(text));
}

void check_text(const std::string& text) {
    const auto findings = spf::lint::lint(text);
    REQUIRE_THAT(findings.size() <= most_findings);
    const spf::lint::Finding* first = nullptr;
    for (const spf::lint::Finding& each : findings) {
        check_finding(each, text);
        if (first == nullptr && each.is_permerror()) first = &each;
    }
    check_offers(findings);
    const bool has_version = spf::has_version(text);
    check_result(has_version && first != nullptr, text);
    const auto record = spf::parse_record(text);
    if (!has_version) {  // lint() examines the terms as if the version were correct
        REQUIRE_THAT(!findings.empty());
        return;
    }
    REQUIRE_THAT(record.has_value() == (first == nullptr));
    if (first != nullptr) REQUIRE_THAT(first->syntax == record.error());
    if (findings.size() < most_findings / 2) check_corrections(findings, text);
}

void check_strings(const std::vector<std::string>& strings, const std::string& text) {
    const auto findings = spf::lint::lint(strings);
    REQUIRE_THAT(findings.size() <= most_findings);
    for (const spf::lint::Finding& each : findings) check_finding(each, text);
    check_offers(findings);
}

/// Checks that small changes to a valid record result in a valid record with the expected number of
/// terms.
void check_edits(const std::string& text) {
    const std::vector<std::string> strings = spf::txt_strings(text);
    std::string joined;
    for (const std::string& each : strings) {
        REQUIRE_THAT(each.size() <= 255);
        joined += each;
    }
    REQUIRE_THAT(!strings.empty() && joined == text);

    const auto record = spf::parse_record(text);
    if (!record) return;
    const std::vector<std::string> terms{"ip4:192.0.2.0/24", "include:b.example"};
    const std::size_t count = record->directives.size();
    for (const std::size_t place : {spf::place_for_terms(*record), spf::place_in_front(*record)}) {
        const auto more = spf::parse_record(spf::with_terms(*record, place, terms));
        REQUIRE_THAT(more && more->directives.size() == count + terms.size());
        REQUIRE_THAT(more->modifiers.size() == record->modifiers.size());
    }
    for (const spf::Directive& each : record->directives) {
        const auto less = spf::parse_record(spf::with_replaced(*record, each, {}));
        REQUIRE_THAT(less && less->directives.size() == count - 1);
        const auto other = spf::parse_record(spf::with_replaced(*record, each, terms));
        REQUIRE_THAT(other && other->directives.size() == count + terms.size() - 1);
        if (count > 20) break;  // otherwise long records would take quadratic time
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string> strings(1);
    for (std::size_t i = 0; i < size; ++i) {
        if (data[i] == 0) {
            strings.emplace_back();
        } else {
            strings.back() += static_cast<char>(data[i]);
        }
    }
    const std::string whole(data, data + size);
    check_text(whole);
    std::string text;
    for (const std::string& each : strings) text += each;
    if (strings.size() > 1) check_text(text);
    check_strings(strings, text);
    check_edits(text);
    return 0;
}

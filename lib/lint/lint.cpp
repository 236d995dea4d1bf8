// Examines one text: first the version, then each broken term, then the correct terms together as a
// record.
//
// Broken terms are replaced by spaces of the same length. So the correct terms keep their offsets.
// The work is bounded: each term is read a fixed number of times, and the number of findings is
// limited (Findings::most).

#include "spf/lint/lint.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "lint/text.hpp"
#include "spf/record/parse.hpp"

namespace spf::lint {

using Code = Finding::Code;

Finding& Findings::add(Code code, std::size_t offset, std::size_t length) {
    return fill(full() ? dropped_ : all_.emplace_back(), code, offset, length);
}

Finding& Findings::add_in_any_case(Code code, std::size_t offset, std::size_t length) {
    return fill(all_.emplace_back(), code, offset, length);
}

Finding& Findings::fill(Finding& out, Code code, std::size_t offset, std::size_t length) const {
    const FindingKind& kind = describe(code);
    out.code = code;
    out.severity = kind.severity;
    out.offset = std::min(offset, text_.size());
    out.length = std::min(length, text_.size() - out.offset);
    out.section = kind.section;
    return out;
}

std::vector<Finding> Findings::take() {
    for (Finding& each : all_) each.text = text_;
    std::stable_sort(all_.begin(), all_.end(), [](const Finding& left, const Finding& right) {
        return left.offset < right.offset;
    });
    return std::move(all_);
}

void part_corrections(std::vector<Finding>& findings) {
    std::vector<Finding*> order;
    for (Finding& each : findings) {
        if (each.correction) order.push_back(&each);
    }
    // If several findings begin at the same octet, the longest comes first, because it explains
    // more than the others.
    std::stable_sort(order.begin(), order.end(), [](const Finding* left, const Finding* right) {
        return left->offset != right->offset ? left->offset < right->offset
                                             : left->length > right->length;
    });
    const Finding* last = nullptr;
    for (Finding* const each : order) {
        const bool free = last == nullptr || (each->offset >= last->offset + last->length &&
                                              each->offset > last->offset);
        if (free) {
            last = each;
        } else {
            each->correction.reset();
        }
    }
}

namespace {

void check_size(Findings& findings) {
    // An answer over UDP has at most 512 octets. About 60 of them are needed for the other parts of
    // the answer, so about 450 octets remain for the record (3.4).
    constexpr std::size_t roomy = 450;
    constexpr std::size_t full = 512;
    const std::size_t size = findings.text().size();
    if (size <= roomy) return;
    const Code code = size > full ? Code::record_size : Code::record_size_close;
    findings.add(code, roomy, size - roomy).said = {Sentence::record_octets, {size}};
}

void check_text(Findings& findings) {
    const std::optional<std::size_t> begin = check_version(findings);
    if (!begin) return;
    std::string healthy = check_syntax(findings, *begin);
    const bool whole = healthy == findings.text();
    healthy.replace(0, *begin, version_and_space);
    // The broken terms have been replaced by spaces, so all remaining terms are correct.
    const Expected<Record> record = parse_record(healthy);
    if (!record) return;
    const RecordInText place{*record, *begin};
    check_open_doors(findings, place);
    check_terms(findings, place);
    check_policy(findings, place, whole);
    check_duplicates(findings, place);
    check_size(findings);
}

std::string_view first_term(std::string_view text) noexcept {
    return text.substr(0, text.find(' '));
}

/// Returns whether two terms become one when the strings `left` and `right` of a TXT record are
/// joined (3.3): the last term of `left` and the first term of `right`. They become one if there is
/// no space between them.
bool is_fused(std::string_view left, std::string_view right) {
    if (left.empty() || right.empty() || left.back() == ' ' || right.front() == ' ') return false;
    const std::string_view first = first_term(right);
    const Parts parts = parts_of(first);
    const bool named =
        !known_name(parts.name).empty() && (!parts.rest.empty() || !parts.qualifier.empty());
    if (!named || !is_correct(first)) return false;
    const std::size_t space = left.rfind(' ');
    const std::string_view last = space == std::string_view::npos ? left : left.substr(space + 1);
    return ascii::equal_ignoring_case(last, version_section) || is_correct(last);
}

/// If a finding `version_glued` inserts a space directly after the version, removes the correction
/// of a finding `missing_space_at_cut` that would insert the same space again.
void drop_spaces_at_version(std::vector<Finding>& findings) {
    std::size_t end = 0;
    for (Finding& each : findings) {
        if (each.code == Code::version_glued) end = each.offset + each.length;
        if (each.code == Code::missing_space_at_cut && each.offset == end) each.correction.reset();
    }
}

}  // namespace

std::vector<Finding> lint(std::string_view text) {
    Findings findings(text);
    check_text(findings);
    std::vector<Finding> all = findings.take();
    part_corrections(all);
    return all;
}

std::vector<Finding> lint(std::span<const std::string> strings) {
    constexpr std::size_t longest = dns::longest_string;
    std::string text;
    for (const std::string& each : strings) text += each;
    Findings findings(text);
    check_text(findings);
    std::vector<std::size_t> cuts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < strings.size() && !findings.full(); ++i) {
        const std::size_t size = strings[i].size();
        if (size > longest) {
            findings.add(Code::string_too_long, begin + longest, size - longest).said = {
                Sentence::string_octets, {i + 1, size, longest}};
        }
        begin += size;
        if (i + 1 == strings.size() || !is_fused(strings[i], strings[i + 1])) continue;
        Finding& finding = findings.add(Code::missing_space_at_cut, begin, 0);
        if (is_offerable(first_term(strings[i + 1]))) finding.correction = " ";
        cuts.push_back(begin);
    }
    std::vector<Finding> all = findings.take();
    // Removes each finding `fused_terms` about a term that contains the boundary of two strings,
    // because a finding `missing_space_at_cut` already describes it.
    std::erase_if(all, [&cuts](const Finding& each) {
        const auto cut = std::upper_bound(cuts.begin(), cuts.end(), each.offset);
        return each.code == Code::fused_terms && cut != cuts.end() &&
               *cut < each.offset + each.length;
    });
    drop_spaces_at_version(all);
    part_corrections(all);
    return all;
}

}  // namespace spf::lint

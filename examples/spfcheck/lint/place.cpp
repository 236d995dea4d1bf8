#include "lint/place.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "spf/lint/lint.hpp"
#include "spf/record/parse.hpp"

namespace spfcheck {
namespace {

/// Returns whether a text is an SPF record, or is meant as one: its version has a mistake (4.5).
bool is_meant_as_record(const std::string& text) {
    if (spf::has_version(text)) return true;
    using Code = spf::lint::Finding::Code;
    const std::vector<spf::lint::Finding> findings = spf::lint::lint(text);
    return std::ranges::any_of(findings, [](const spf::lint::Finding& each) {
        return each.code == Code::version_misspelt || each.code == Code::version_glued ||
               each.code == Code::version_quoted || each.code == Code::version_space;
    });
}

/// Returns where a term of the record names a domain, as in include:DOMAIN; nothing if none does.
std::optional<std::pair<std::size_t, std::size_t>> term_naming(const std::string& record,
                                                               std::string_view domain) {
    std::string lower = record;
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    for (std::size_t at = lower.find(domain); at != std::string::npos;
         at = lower.find(domain, at + 1)) {
        std::size_t end = at + domain.size();
        if (end < lower.size() && lower[end] == '.') ++end;
        const bool begins = at > 0 && (lower[at - 1] == ':' || lower[at - 1] == '=');
        const bool ends = end == lower.size() || lower[end] == ' ' || lower[end] == '/';
        if (!begins || !ends) continue;
        const std::size_t begin = lower.rfind(' ', at) + 1;  // npos + 1 is 0
        return std::pair(begin, end - begin);
    }
    return std::nullopt;
}

}  // namespace

ZonePlaces::ZonePlaces(std::span<const spf::ZoneText> texts, std::string file)
    : texts_(texts), file_(std::move(file)) {
    for (std::size_t i = 0; i < texts.size(); ++i) by_owner_.emplace(texts[i].owner, i);
}

std::vector<std::string> ZonePlaces::domains() const {
    std::vector<std::string> out;
    std::set<std::string_view> known;
    for (const spf::ZoneText& each : texts_) {
        if (!known.contains(each.owner) && is_meant_as_record(each.text)) {
            known.insert(each.owner);
            out.push_back(each.owner);
        }
    }
    return out;
}

/// Returns the record of a domain with this text, or if there is none, a text of the domain that is
/// meant as a record; null if there is none.
const spf::ZoneText* ZonePlaces::text_of(std::string_view domain, std::string_view text) const {
    const spf::ZoneText* meant = nullptr;
    const auto [begin, end] = by_owner_.equal_range(domain);
    for (auto each = begin; each != end; ++each) {
        const spf::ZoneText& found = texts_[each->second];
        if (found.text == text) return &found;
        if (meant == nullptr && is_meant_as_record(found.text)) meant = &found;
    }
    return meant;
}

std::optional<Place> ZonePlaces::find(const LintReport& report,
                                      const spf::lint::Finding& finding) const {
    if (empty()) return std::nullopt;
    const std::string& domain = finding.domain.empty() ? report.domain : finding.domain;
    if (const spf::ZoneText* const found = text_of(domain, finding.text)) {
        const bool is_exact =
            found->text == finding.text && (finding.offset != 0 || finding.length != 0);
        return Place{found->file,
                     is_exact ? found->region(finding.offset, finding.length)
                              : found->region(0, found->text.size()),
                     is_exact};
    }
    const spf::ZoneText* const found = text_of(report.domain, report.record);
    if (found == nullptr) return Place{file_, {}, false};
    const auto term = term_naming(found->text, domain);
    return Place{
        found->file,
        term ? found->region(term->first, term->second) : found->region(0, found->text.size()),
        false};
}

}  // namespace spfcheck

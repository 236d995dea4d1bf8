#include "diagnose/dmarc.hpp"

#include <algorithm>
#include <vector>

#include "diagnose/psl.hpp"
#include "names/parts.hpp"
#include "spf/dns/name.hpp"

namespace spfcheck {
namespace {

using spf::dns::RecordType;

bool is_same(std::string_view a, std::string_view b) noexcept {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char left, char right) { return lower(left) == lower(right); });
}

/// Returns the last two labels of a name; the whole name if it has fewer.
std::string_view two_labels(std::string_view name) noexcept {
    const std::size_t last = name.rfind('.');
    if (last == std::string_view::npos || last == 0) return name;
    const std::size_t before = name.rfind('.', last - 1);
    return before == std::string_view::npos ? name : name.substr(before + 1);
}

/// Returns the value of a tag (RFC 7489, 6.4); nothing if the record does not have it.
std::optional<std::string_view> value_of(std::string_view record, std::string_view tag) noexcept {
    while (!record.empty()) {
        const std::string_view part = record.substr(0, record.find(';'));
        record.remove_prefix(std::min(part.size() + 1, record.size()));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos) continue;
        if (is_same(trimmed(part.substr(0, equals)), tag)) return trimmed(part.substr(equals + 1));
    }
    return std::nullopt;
}

std::string policy_named(std::string_view name) {
    for (const std::string_view each : {"none", "quarantine", "reject"}) {
        if (is_same(name, each)) return std::string(each);
    }
    return {};
}

/// Returns the usable records among the texts of a name.
std::vector<DmarcPolicy> records_of(const spf::dns::Answer& answer, bool is_of_parent) {
    std::vector<DmarcPolicy> out;
    if (answer.status != spf::dns::Status::ok) return out;
    for (const std::string& text : answer.texts) {
        if (auto read = read_dmarc(text, is_of_parent)) out.push_back(*std::move(read));
    }
    return out;
}

}  // namespace

std::string_view to_string(Alignment alignment) noexcept {
    switch (alignment) {
        case Alignment::strict: return "strict";
        case Alignment::relaxed: return "relaxed";
        case Alignment::none: return "none";
        case Alignment::unknown: break;
    }
    return "unknown";
}

Alignment alignment_of(const std::string& spf, const std::string& author) {
    if (spf == author) return Alignment::strict;
    const auto left = organizational_domain(spf);
    const auto right = organizational_domain(author);
    if (left && right) return *left == *right ? Alignment::relaxed : Alignment::none;
    // An organizational domain has at least two labels, so others than the same two rule it out.
    return two_labels(spf) == two_labels(author) ? Alignment::unknown : Alignment::none;
}

std::optional<DmarcPolicy> read_dmarc(std::string_view record, bool is_of_parent) {
    const std::string_view version = trimmed(record.substr(0, record.find(';')));
    const std::size_t equals = version.find('=');
    if (equals == std::string_view::npos || trimmed(version.substr(0, equals)) != "v" ||
        trimmed(version.substr(equals + 1)) != "DMARC1") {
        return std::nullopt;
    }
    DmarcPolicy out;
    out.record = std::string(record);
    if (is_of_parent) out.policy = policy_named(value_of(record, "sp").value_or(""));
    if (out.policy.empty()) out.policy = policy_named(value_of(record, "p").value_or(""));
    if (out.policy.empty()) out.policy = "none";
    out.is_strict = is_same(value_of(record, "aspf").value_or(""), "s");
    return out;
}

DmarcPolicy dmarc_policy(const std::string& author, spf::dns::Resolver& resolver) {
    const std::string own = "_dmarc." + author;
    const std::string parent = "_dmarc." + organizational_domain(author).value_or(author);
    DmarcPolicy none;
    none.name = own;
    std::vector<std::string> names{own};
    if (parent != own) names.push_back(parent);
    std::vector<std::vector<DmarcPolicy>> found;
    for (const std::string& name : names) {
        if (spf::dns::name_problem(name)) continue;
        const auto answer = resolver.resolve({name, RecordType::txt});
        // A name that zone files do not have is one without a record: the files need not have it.
        none.is_unknown = none.is_unknown ||
                          (answer->is_failure() && answer->status != spf::dns::Status::not_in_zone);
        found.push_back(records_of(*answer, name != own));
        for (DmarcPolicy& each : found.back()) each.name = name;
    }
    // With several records at a name there is no policy: the search ends (RFC 7489, 6.6.3).
    for (const auto& each : found) {
        if (!each.empty()) return each.size() == 1 ? each.front() : none;
    }
    return none;
}

std::optional<bool> counts_for_dmarc(Alignment alignment, const DmarcPolicy& policy) {
    switch (alignment) {
        case Alignment::strict: return true;
        case Alignment::relaxed: return !policy.is_strict;
        case Alignment::none: return false;
        case Alignment::unknown: break;
    }
    return policy.is_strict ? std::optional(false) : std::nullopt;
}

}  // namespace spfcheck

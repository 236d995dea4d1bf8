#include "lint/report.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "io/exit_status.hpp"
#include "io/language.hpp"
#include "io/next.hpp"
#include "io/terminal.hpp"
#include "lint/sentences.hpp"
#include "providers/catalogue.hpp"
#include "spf/base/printable.hpp"
#include "spf/record/parse.hpp"
#include "spf/report/wrap.hpp"

namespace spfcheck {
namespace {

using Severity = spf::lint::Finding::Severity;
using Says = LintSentence;
constexpr unsigned endless = 1000;  // DomainLint::dns_lookups: this number or more
constexpr std::array<Severity, 3> severities{Severity::error, Severity::warning, Severity::hint};

Spoken first_line(const LintReport& report) {
    const std::size_t errors = count(report, Severity::error);
    const std::size_t warnings = count(report, Severity::warning);
    const std::size_t hints = count(report, Severity::hint);
    if (report.domain.empty()) return say<Says::record>(errors, warnings, hints);
    // The lookups of a record with a syntax error are not counted, because it has no meaning (4.6).
    if (!report.dns_lookups || !spf::parse_record(report.record))
        return say<Says::domain>(errors, warnings, hints, report.domain);
    const unsigned count = *report.dns_lookups;
    const unsigned allowed = spf::Limits{}.dns_lookups;
    if (count >= endless)
        return say<Says::domain_lookups_endless>(errors, warnings, hints, report.domain, count,
                                                 allowed);
    return report.at_least
               ? say<Says::domain_lookups_at_least>(errors, warnings, hints, report.domain, count,
                                                    allowed)
               : say<Says::domain_lookups>(errors, warnings, hints, report.domain, count, allowed);
}

/// Returns the name of the domain's most preferred mail server; empty if there is none.
std::string mail_server_of(const std::string& domain, spf::dns::Resolver& resolver) {
    const auto answer = resolver.resolve({domain, spf::dns::RecordType::mx});
    const auto best =
        std::min_element(answer->exchanges.begin(), answer->exchanges.end(),
                         [](const auto& a, const auto& b) { return a.preference < b.preference; });
    return best == answer->exchanges.end() || best->host == "." ? std::string() : best->host;
}

std::string_view colour_of(Severity severity) {
    switch (severity) {
        case Severity::error: return "\033[31m";
        case Severity::warning: return "\033[33m";
        case Severity::hint: break;
    }
    return "\033[36m";
}

/// Returns the words of a record, which spaces separate (RFC 7208, 4.6.1).
std::vector<std::string_view> words_of(std::string_view record) {
    std::vector<std::string_view> out;
    while (!record.empty()) {
        const std::size_t end = std::min(record.find(' '), record.size());
        if (end > 0) out.push_back(record.substr(0, end));
        record.remove_prefix(std::min(end + 1, record.size()));
    }
    return out;
}

/// Appends a text as lines that begin with `indent` spaces; the first line begins with `first`
/// instead.
void append_wrapped(std::string& out, const std::string& first, const std::string& text,
                    std::size_t indent, std::size_t width) {
    const std::size_t room = width > indent + 20 ? width - indent : 20;
    bool at_first = true;
    for (const std::string& line : spf::report::wrapped(text, room)) {
        out += at_first ? first : std::string(indent, ' ');
        out.append(line).append("\n");
        at_first = false;
    }
}

void append(std::string& out, const spf::lint::Finding& finding, const LintReport& report,
            const spf::report::TextStyle& style) {
    const std::string severity(translated(to_string(finding.severity)));
    const std::string label = severity + ": ";
    const std::string shown =
        style.colour ? std::string(colour_of(finding.severity)) + severity + "\033[0m: " : label;
    const bool elsewhere = !finding.domain.empty() && finding.domain != report.domain;
    const std::string where = elsewhere ? spf::printable(finding.domain, 60) + ": " : std::string();
    append_wrapped(out, shown,
                   where + message_of(finding) + " (RFC 7208, " + std::string(finding.section) +
                       ") [" + std::string(to_string(finding.code)) + ']',
                   columns_of(label), style.width);
    const bool whole = finding.offset == 0 && finding.length == 0;
    if (!finding.text.empty() && !whole) {
        const spf::report::Excerpt place =
            spf::report::excerpt(finding.text, finding.offset, finding.length, style.width - 2);
        out.append("  ").append(place.text).append("\n  ").append(place.underline).append("\n");
    }
    if (finding.correction && !finding.correction->empty()) {
        const std::string_view correction = *finding.correction;
        const Spoken text = correction == " "           ? say<Says::write_space>()
                            : correction.ends_with(' ') ? say<Says::write_and_space>(correction)
                                                        : say<Says::write>(correction);
        append_wrapped(out, "  ", text, 9, style.width);
    }
    append_wrapped(out, "  ", remedy_of(finding), 2, style.width);
}

/// Returns a list of the services that the terms of the record name, each with its term; empty if
/// there are none.
std::string services_in(const LintReport& report) {
    std::string out;
    for (const std::string_view word : words_of(report.record)) {
        const bool names_a_domain = word.find_first_of(":=") != std::string_view::npos;
        const Provider* const service = names_a_domain ? service_of_term(word) : nullptr;
        if (service == nullptr) continue;
        out.append(out.empty() ? "" : ", ").append(spf::printable(word, 80));
        out.append(" (").append(service->name).append(")");
    }
    return out;
}

/// The records that findings refer to, without the record that the user wanted to examine. Each
/// record is in the list only once, because it may have 64 KiB and many findings.
class OtherRecords {
public:
    explicit OtherRecords(const LintReport& report) : report_(report) {}

    /// Returns the index, in this list, of the record that a finding refers to. Returns null if the
    /// finding refers to the examined record or to no record.
    Json place_of(const spf::lint::Finding& finding) {
        if (finding.text.empty() || is_examined(finding)) return {};
        const auto [place, fresh] =
            places_.try_emplace(std::pair(finding.domain, std::string_view(finding.text)), size_);
        if (fresh) {
            Json json;
            json["domain"] = text_or_null(finding.domain);
            json["record"] = finding.text;
            list_.push_back(std::move(json));
            ++size_;
        }
        return place->second;
    }
    [[nodiscard]] const Json& list() const noexcept { return list_; }

private:
    [[nodiscard]] bool is_examined(const spf::lint::Finding& finding) const {
        return finding.domain == report_.domain && finding.text == report_.record;
    }

    const LintReport& report_;
    std::map<std::pair<std::string, std::string_view>, std::size_t> places_;
    Json list_ = Json::array();
    std::size_t size_ = 0;
};

/// Appends two members: the exact number of lookups, or null if it is not known, and the number of
/// lookups that are certainly needed.
void append_lookups(Json& json, std::optional<unsigned> count, bool at_least) {
    json["dns_lookups"] = count && !at_least ? Json(*count) : Json();
    json["dns_lookups_at_least"] = count ? Json(*count) : Json();
}

Json to_json(const spf::lint::Finding& finding, OtherRecords& others) {
    Json json;
    json["severity"] = to_string(finding.severity);
    json["code"] = to_string(finding.code);
    json["permerror"] = finding.is_permerror();
    json["domain"] = text_or_null(finding.domain);
    json["other_record"] = others.place_of(finding);
    json["offset"] = finding.text.empty() ? Json() : Json(finding.offset);
    json["length"] = finding.text.empty() ? Json() : Json(finding.length);
    json["rfc"] = "RFC 7208, " + std::string(finding.section);
    json["message"] = finding.message();
    json["remedy"] = finding.remedy();
    json["correction"] = finding.correction ? Json(*finding.correction) : Json();
    return json;
}

}  // namespace

LintReport report_of(spf::lint::DomainLint lint) {
    LintReport report;
    report.domain = std::move(lint.domain);
    report.record = std::move(lint.record);
    report.records = std::move(lint.records);
    report.findings = std::move(lint.findings);
    report.dns_lookups = lint.dns_lookups;
    report.at_least = lint.at_least;
    report.costs = std::move(lint.costs);
    report.tree = std::move(lint.tree);
    return report;
}

void add_next(LintReport& report, spf::dns::Resolver& resolver, const DnsOptions& options) {
    const bool lacks_record = std::any_of(
        report.findings.begin(), report.findings.end(),
        [](const auto& each) { return each.code == spf::lint::Finding::Code::no_record; });
    const std::string sender =
        lacks_record ? mail_server_of(report.domain, resolver) : std::string();
    spf::advice::Context context;
    context.dns_options = options.words();
    report.next =
        spf::advice::next_steps({report.domain, report.record, report.findings, sender}, context);
}

std::size_t count(const LintReport& report, Severity severity) {
    return static_cast<std::size_t>(std::count_if(
        report.findings.begin(), report.findings.end(),
        [severity](const spf::lint::Finding& each) { return each.severity == severity; }));
}

bool has(const LintReport& report, Severity least) {
    // The severities are in descending order.
    return std::ranges::any_of(report.findings, [least](const spf::lint::Finding& each) {
        return each.severity <= least;
    });
}

int exit_status_of(const LintReport& report) {
    constexpr int exit_errors = 1;
    if (count(report, Severity::error) > 0) return exit_errors;
    const bool unknown = std::any_of(report.findings.begin(), report.findings.end(),
                                     [](const spf::lint::Finding& each) {
                                         return each.code == spf::lint::Finding::Code::not_in_zone;
                                     });
    return unknown ? exit_status_of(spf::Result::temperror) : exit_ok;
}

std::string to_text(const LintReport& report, const spf::report::TextStyle& style) {
    std::string out;
    append_wrapped(out, "", first_line(report), 2, style.width);
    std::vector<std::string> records = report.records;
    if (!report.record.empty()) records.push_back(report.record);
    for (const std::string& record : records) {
        out += '\n';
        for (const std::string& line : spf::report::wrapped(spf::printable(record), style.width - 2,
                                                            spf::report::LongWord::split))
            out.append("  ").append(line).append("\n");
    }
    const std::string services = services_in(report);
    if (!services.empty()) {
        out += '\n';
        append_wrapped(out, "", say<LintSentence::services>(services), 2, style.width);
    }
    for (const Severity severity : severities) {
        for (const spf::lint::Finding& each : report.findings) {
            if (each.severity != severity) continue;
            out += '\n';
            append(out, each, report, style);
        }
    }
    if (!report.next.empty()) out += '\n' + spf::advice::text(report.next, style);
    return out;
}

Json to_json(const LintReport& report) {
    Json json;
    json["domain"] = text_or_null(report.domain);
    json["record"] = text_or_null(report.record);
    json["errors"] = count(report, Severity::error);
    json["warnings"] = count(report, Severity::warning);
    json["hints"] = count(report, Severity::hint);
    append_lookups(json, report.dns_lookups, report.at_least);
    json["costs"] = Json::array();
    for (const spf::lint::TermCost& each : report.costs) {
        Json cost;
        cost["term"] = each.term;
        const Provider* const service = service_of_term(each.term);
        cost["service"] = service != nullptr ? Json(service->name) : Json();
        append_lookups(cost, each.dns_lookups, each.at_least);
        json["costs"].push_back(std::move(cost));
    }
    json["findings"] = Json::array();
    OtherRecords others(report);
    for (const spf::lint::Finding& each : report.findings)
        json["findings"].push_back(to_json(each, others));
    json["other_records"] = others.list();
    json["records"] = report.records;
    json["next"] = to_json(report.next);
    return json;
}

std::string in_general(std::string_view pattern) {
    static const std::array<spf::Argument, 1> any_term{"TERM"};
    return spf::rendered(pattern, any_term, language());
}

std::string list_of_codes() {
    constexpr std::size_t width = 80;
    std::string out;
    for (const spf::lint::FindingKind& kind : spf::lint::finding_kinds()) {
        // A fact, which is not reported any more.
        if (kind.code == spf::lint::Finding::Code::included_neutral) continue;
        out.append(kind.name).append(" (").append(translated(to_string(kind.severity)));
        if (kind.permerror) out += ", permerror";
        out.append("; RFC 7208, ").append(kind.section).append(")\n");
        append_wrapped(out, "    ", in_general(kind.message), 4, width);
        append_wrapped(out, "    -> ", in_general(kind.remedy), 7, width);
    }
    return out;
}

}  // namespace spfcheck

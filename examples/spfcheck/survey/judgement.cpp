#include "survey/judgement.hpp"

#include <algorithm>
#include <array>

#include "io/csv.hpp"
#include "io/json.hpp"

namespace spfcheck {
namespace {

using Severity = spf::lint::Finding::Severity;

void add_findings(Judgement& out, const LintReport& report) {
    std::array<std::size_t, 3> counts{};
    std::size_t at = 0;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::hint}) {
        for (const spf::lint::Finding& each : report.findings) {
            if (each.severity != severity) continue;
            out.findings.push_back(to_string(each.code));
            ++counts[at];
        }
        ++at;
    }
    out.errors = counts[0];
    out.warnings = counts[1];
    out.hints = counts[2];
}

/// Writes the values of one output line, in order.
class Row {
public:
    Row(std::string& out, Format format) : out_(out), format_(format) {
        if (format_ == Format::json) out_ += '{';
    }
    void end() { out_ += format_ == Format::json ? "}\n" : "\n"; }

    /// Appends a number, true, false or null; in a table, null is an empty value.
    void plain(std::string_view key, std::string_view value) {
        begin(key);
        if (format_ == Format::json || value != "null") out_ += value;
    }
    void number(std::string_view key, std::uint64_t value) { plain(key, std::to_string(value)); }
    /// Appends a text; if it is empty, null.
    void text(std::string_view key, std::string_view value) {
        if (value.empty()) return plain(key, "null");
        begin(key);
        append_value(value);
    }
    template <class Texts>
    void list(std::string_view key, const Texts& values, std::string_view separator) {
        begin(key);
        if (format_ == Format::csv) {
            std::string joined;
            for (const auto& each : values) {
                if (!joined.empty()) joined += separator;
                joined += each;
            }
            return append_csv_value(out_, joined);
        }
        out_ += '[';
        bool is_first = true;
        for (const auto& each : values) {
            if (!is_first) out_ += ',';
            is_first = false;
            append_json_string(out_, each);
        }
        out_ += ']';
    }
    void problem(std::string_view key, const std::optional<spf::Problem>& problem) {
        if (format_ == Format::csv) {
            return text(key, problem ? spf::to_string(problem->code) : std::string_view());
        }
        plain(key, problem ? dump(problem_or_null(problem)) : "null");
    }

private:
    void begin(std::string_view key) {
        if (!is_first_) out_ += ',';
        is_first_ = false;
        if (format_ == Format::json) out_.append("\"").append(key).append("\":");
    }
    void append_value(std::string_view value) {
        format_ == Format::json ? append_json_string(out_, value) : append_csv_value(out_, value);
    }

    std::string& out_;
    Format format_;
    bool is_first_ = true;
};

}  // namespace

Judgement judged(const Picture& picture) {
    Judgement out;
    const LintReport& report = picture.lint;
    out.domain = report.domain;
    out.record = report.record;
    if (!picture.others.depends_on_message) out.result = picture.others.result;
    out.all = picture.others.term;
    add_findings(out, report);
    out.dns_lookups = report.dns_lookups;
    out.at_least = report.at_least;
    out.void_lookups = picture.void_lookups;
    out.may_send = picture.may_send;
    out.is_complete = picture.missing.is_complete;
    for (const TermView& each : picture.terms) {
        const bool is_new =
            std::find(out.services.begin(), out.services.end(), each.service) == out.services.end();
        if (!each.service.empty() && is_new) out.services.push_back(each.service);
    }
    out.problem = picture.missing.problem;
    return out;
}

std::string header_of(Format format) {
    if (format == Format::json) return {};
    return "line,domain,record,result,all,findings,errors,warnings,hints,dns_lookups,"
           "dns_lookups_at_least,void_lookups,ip4_addresses,ip6_addresses,complete,services,"
           "problem,error\n";
}

void append(std::string& out, Format format, std::uint64_t line, const Judgement& judgement) {
    Row row(out, format);
    row.number("line", line);
    row.text("domain", judgement.domain);
    row.text("record", judgement.record);
    row.text("result", judgement.result ? spf::to_string(*judgement.result) : std::string_view());
    row.text("all", judgement.all);
    row.list("findings", judgement.findings, " ");
    row.number("errors", judgement.errors);
    row.number("warnings", judgement.warnings);
    row.number("hints", judgement.hints);
    const std::string lookups =
        judgement.dns_lookups ? std::to_string(*judgement.dns_lookups) : "null";
    row.plain("dns_lookups", judgement.at_least ? "null" : lookups);
    row.plain("dns_lookups_at_least", lookups);
    row.number("void_lookups", judgement.void_lookups);
    row.number("ip4_addresses", judgement.may_send.ip4.exact().value_or(0));
    row.text("ip6_addresses", judgement.may_send.ip6.to_string());
    row.plain("complete", judgement.is_complete ? "true" : "false");
    row.list("services", judgement.services, "; ");
    row.problem("problem", judgement.problem);
    if (format == Format::csv) row.text("error", "");
    row.end();
}

void append_error(std::string& out, Format format, std::uint64_t line, std::string_view error) {
    Row row(out, format);
    row.number("line", line);
    if (format == Format::csv) {
        const std::string header = header_of(format);
        const auto others = std::count(header.begin(), header.end(), ',') - 1;
        for (auto i = 0; i < others; ++i) row.text("", "");
    }
    row.text("error", error);
    row.end();
}

}  // namespace spfcheck

// SARIF 2.1.0 is a format for results of static analysis, which code scanners and editors read.
// SARIF describes places in files. Here the file is the TXT record, identified by a URI as in RFC
// 4501, and places are given in octets.

#include "lint/report.hpp"
#include "spf/version.hpp"

namespace spfcheck {
namespace {

std::string_view level_of(spf::lint::Finding::Severity severity) {
    switch (severity) {
        case spf::lint::Finding::Severity::error: return "error";
        case spf::lint::Finding::Severity::warning: return "warning";
        case spf::lint::Finding::Severity::hint: break;
    }
    return "note";
}

Json text(std::string_view text) {
    Json json;
    json["text"] = text;
    return json;
}

Json rules() {
    Json all = Json::array();
    for (const spf::lint::FindingKind& kind : spf::lint::finding_kinds()) {
        Json rule;
        rule["id"] = kind.name;
        rule["shortDescription"] = text(in_general(kind.message));
        rule["help"] = text(in_general(kind.remedy) + " (RFC 7208, section " +
                            std::string(kind.section) + ")");
        rule["helpUri"] =
            "https://www.rfc-editor.org/rfc/rfc7208#section-" + std::string(kind.section);
        rule["defaultConfiguration"]["level"] = level_of(kind.severity);
        rule["properties"]["permerror"] = kind.permerror;
        all.push_back(std::move(rule));
    }
    return all;
}

/// Returns a name with the escapes that a URI requires.
std::string escaped(std::string_view name) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    std::string out;
    for (const char c : name) {
        if (plain.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto octet = static_cast<unsigned char>(c);
        out += '%';
        out += "0123456789ABCDEF"[octet >> 4U];
        out += "0123456789ABCDEF"[octet & 0xfU];
    }
    return out;
}

/// Returns the artifact of a finding, such as dns:example.com?type=TXT. A record that is given as
/// text has no place in DNS, so its artifact is record.txt.
Json artifact(const spf::lint::Finding& finding) {
    Json json;
    json["uri"] = finding.domain.empty() ? std::string("record.txt")
                                         : "dns:" + escaped(finding.domain) + "?type=TXT";
    return json;
}

Json location(const spf::lint::Finding& finding) {
    Json json;
    Json& place = json["physicalLocation"];
    place["artifactLocation"] = artifact(finding);
    if (!finding.text.empty()) {
        place["region"]["byteOffset"] = finding.offset;
        place["region"]["byteLength"] = finding.length;
        place["region"]["snippet"] = text(finding.text.substr(finding.offset, finding.length));
    }
    if (!finding.domain.empty()) {
        Json logical;
        logical["fullyQualifiedName"] = finding.domain;
        json["logicalLocations"] = Json::array({std::move(logical)});
    }
    return json;
}

Json fix(const spf::lint::Finding& finding) {
    Json replacement;
    replacement["deletedRegion"]["byteOffset"] = finding.offset;
    replacement["deletedRegion"]["byteLength"] = finding.length;
    replacement["insertedContent"] = text(*finding.correction);
    Json change;
    change["artifactLocation"] = artifact(finding);
    change["replacements"] = Json::array({std::move(replacement)});
    Json json;
    json["description"] = text(finding.remedy());
    json["artifactChanges"] = Json::array({std::move(change)});
    return json;
}

Json result(const spf::lint::Finding& finding) {
    Json json;
    json["ruleId"] = to_string(finding.code);
    json["ruleIndex"] = static_cast<std::size_t>(finding.code);
    json["level"] = level_of(finding.severity);
    json["message"] = text(finding.message() + "; " + finding.remedy());
    json["locations"] = Json::array({location(finding)});
    if (finding.correction && !finding.text.empty()) json["fixes"] = Json::array({fix(finding)});
    return json;
}

}  // namespace

Json to_sarif(std::span<const LintReport> reports) {
    Json driver;
    driver["name"] = "spfcheck";
    driver["version"] = SPF_VERSION_STRING;
    driver["rules"] = rules();
    Json run;
    run["tool"]["driver"] = std::move(driver);
    run["results"] = Json::array();
    for (const LintReport& report : reports) {
        for (const spf::lint::Finding& each : report.findings) {
            run["results"].push_back(result(each));
        }
    }
    Json json;
    json["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    json["version"] = "2.1.0";
    json["runs"] = Json::array({std::move(run)});
    return json;
}

}  // namespace spfcheck

// SARIF 2.1.0 is a format for results of static analysis, which code scanners and editors read.
// SARIF describes places in files. With zone files, these are the files, lines and columns of the
// records. Otherwise the file is the TXT record, identified by a URI as in RFC 4501, and places are
// given in octets.

#include "lint/sarif.hpp"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include "spf/version.hpp"

namespace spfcheck {
namespace {

using spf::lint::Finding;

std::string_view level_of(Finding::Severity severity) {
    switch (severity) {
        case Finding::Severity::error: return "error";
        case Finding::Severity::warning: return "warning";
        case Finding::Severity::hint: break;
    }
    return "note";
}

Json text(std::string_view text) {
    Json json;
    json["text"] = text;
    return json;
}

Json rule_of(const spf::lint::FindingKind& kind) {
    Json rule;
    rule["id"] = kind.name;
    rule["shortDescription"] = text(in_general(kind.message));
    rule["fullDescription"] =
        text(in_general(kind.message) + ". What to do: " + in_general(kind.remedy) + '.');
    rule["help"] =
        text(in_general(kind.remedy) + " (RFC 7208, section " + std::string(kind.section) + ")");
    rule["helpUri"] = "https://www.rfc-editor.org/rfc/rfc7208#section-" + std::string(kind.section);
    rule["defaultConfiguration"]["level"] = level_of(kind.severity);
    rule["properties"]["permerror"] = kind.permerror;
    return rule;
}

/// Returns a text with the escapes that a URI requires; those of `also` remain as they are.
std::string escaped(std::string_view name, std::string_view also = {}) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    std::string out;
    for (const char c : name) {
        if (plain.find(c) != std::string_view::npos || also.find(c) != std::string_view::npos) {
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

/// Returns the artifact of a file: relative to the working directory if it is below it, because
/// code scanners look for files in the repository that was checked out.
Json artifact_of(const std::string& file) {
    Json json;
    std::error_code unknown;
    std::filesystem::path path = std::filesystem::path(file).lexically_normal();
    if (path.is_absolute()) {
        const std::filesystem::path here = std::filesystem::current_path(unknown);
        const std::filesystem::path below = path.lexically_relative(here);
        if (below.empty() || *below.begin() == "..") {
            json["uri"] = "file://" + escaped(path.string(), "/");
            return json;
        }
        path = below;
    }
    json["uri"] = escaped(path.string(), "/");
    json["uriBaseId"] = "%SRCROOT%";
    return json;
}

/// Returns the artifact of a record that is in no file, such as dns:example.com?type=TXT. A record
/// that is given as text has no place in DNS, so its artifact is record.txt.
Json artifact_of(const Finding& finding) {
    Json json;
    json["uri"] = finding.domain.empty() ? std::string("record.txt")
                                         : "dns:" + escaped(finding.domain) + "?type=TXT";
    return json;
}

Json to_json(const spf::FileRegion& region) {
    Json json;
    json["startLine"] = region.line;
    json["startColumn"] = region.column;
    json["endLine"] = region.end_line;
    json["endColumn"] = region.end_column;
    return json;
}

Json octets_of(const Finding& finding) {
    Json json;
    json["byteOffset"] = finding.offset;
    json["byteLength"] = finding.length;
    return json;
}

Json location(const Finding& finding, const std::optional<Place>& place) {
    Json json;
    Json& physical = json["physicalLocation"];
    physical["artifactLocation"] = place ? artifact_of(place->file) : artifact_of(finding);
    if (place) {
        physical["region"] = to_json(place->region);
    } else if (!finding.text.empty()) {
        physical["region"] = octets_of(finding);
    }
    if (!finding.text.empty() && (!place || (place->is_exact && place->region.is_plain))) {
        physical["region"]["snippet"] = text(finding.text.substr(finding.offset, finding.length));
    }
    if (!finding.domain.empty()) {
        Json logical;
        logical["fullyQualifiedName"] = finding.domain;
        json["logicalLocations"] = Json::array({std::move(logical)});
    }
    return json;
}

/// Returns the correction of a finding as a change of its file. The place must be exact and plain.
Json fix(const Finding& finding, const std::optional<Place>& place) {
    Json replacement;
    replacement["deletedRegion"] = place ? to_json(place->region) : octets_of(finding);
    replacement["insertedContent"] = text(*finding.correction);
    Json change;
    change["artifactLocation"] = place ? artifact_of(place->file) : artifact_of(finding);
    change["replacements"] = Json::array({std::move(replacement)});
    Json json;
    json["description"] = text(finding.remedy());
    json["artifactChanges"] = Json::array({std::move(change)});
    return json;
}

/// Returns whether a finding has a correction that can be written into its file as it is.
bool can_be_fixed(const Finding& finding, const std::optional<Place>& place) {
    if (!finding.correction || finding.text.empty()) return false;
    if (!place) return true;
    return place->is_exact && place->region.is_plain &&
           finding.correction->find_first_of("\"\\") == std::string::npos;
}

/// Returns the 64-bit FNV-1a hash of some texts as hexadecimal digits. It is the same on all
/// machines.
std::string hash_of(std::initializer_list<std::string_view> texts) {
    std::uint64_t hash = 0xcbf2'9ce4'8422'2325U;
    const auto add = [&hash](unsigned char octet) {
        hash = (hash ^ octet) * 0x0000'0100'0000'01b3U;
    };
    for (const std::string_view each : texts) {
        for (const char c : each) add(static_cast<unsigned char>(c));
        add(0);
    }
    std::string out;
    for (unsigned shift = 64; shift > 0; shift -= 4)
        out += "0123456789abcdef"[(hash >> (shift - 4)) & 0xfU];
    return out;
}

/// The results of a run. Keeps views of the findings.
class Results {
public:
    explicit Results(const ZonePlaces& places) : places_(places) {}

    /// Adds the finding of a report, unless another report had the same.
    void add(const LintReport& report, const Finding& finding) {
        const std::optional<Place> place = places_.find(report, finding);
        const std::string message = finding.message();
        const bool is_new =
            known_.emplace(finding.code, finding.domain, finding.offset, message, finding.text)
                .second;
        if (!is_new) return;
        Json json;
        json["ruleId"] = to_string(finding.code);
        json["ruleIndex"] = static_cast<std::size_t>(finding.code);
        json["level"] = level_of(finding.severity);
        const bool is_elsewhere = !finding.domain.empty() && finding.domain != report.domain;
        json["message"] = text((is_elsewhere ? finding.domain + ": " : std::string()) + message +
                               "; " + finding.remedy());
        json["locations"] = Json::array({location(finding, place)});
        json["partialFingerprints"]["primaryLocationLineHash"] = fingerprint(finding);
        if (can_be_fixed(finding, place)) json["fixes"] = Json::array({fix(finding, place)});
        results_.push_back(std::move(json));
    }

    /// Moves the rules of the results, in the order of the codes, and the results into a run.
    void move_into(Json& run) {
        std::map<std::size_t, std::size_t> index_of;
        for (const Json& each : results_) index_of.emplace(each["ruleIndex"], 0);
        Json& rules = run["tool"]["driver"]["rules"] = Json::array();
        for (auto& [code, index] : index_of) {
            index = rules.size();
            rules.push_back(rule_of(spf::lint::finding_kinds()[code]));
        }
        for (Json& each : results_) each["ruleIndex"] = index_of[each["ruleIndex"]];
        run["results"] = std::move(results_);
    }

private:
    /// Returns what a code scanner knows the finding by in the next run, when lines have moved: the
    /// code, the domain and the term, and which of several such findings it is.
    std::string fingerprint(const Finding& finding) {
        const std::string hash = hash_of({to_string(finding.code), finding.domain, finding.term()});
        return hash + ':' + std::to_string(++count_[hash]);
    }

    const ZonePlaces& places_;
    // Views of the reports, because a record may have 64 KiB and many findings.
    std::set<
        std::tuple<Finding::Code, std::string_view, std::size_t, std::string, std::string_view>>
        known_;
    std::map<std::string, unsigned> count_;
    Json results_ = Json::array();
};

}  // namespace

Json to_sarif(std::span<const LintReport> reports, const ZonePlaces& places) {
    Json run;
    Json& driver = run["tool"]["driver"];
    driver["name"] = "spfcheck";
    driver["version"] = SPF_VERSION_STRING;
    if (!places.empty()) run["columnKind"] = "unicodeCodePoints";
    Results results(places);
    for (const LintReport& report : reports) {
        for (const Finding& each : report.findings) results.add(report, each);
    }
    results.move_into(run);
    Json json;
    json["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    json["version"] = "2.1.0";
    json["runs"] = Json::array({std::move(run)});
    return json;
}

}  // namespace spfcheck

#include "support/openspf.hpp"

#include <algorithm>
#include <filesystem>

#include <yaml-cpp/yaml.h>

#include "base/ascii.hpp"
#include "spf/evaluation/check_host.hpp"

namespace spf::test {
namespace {

/// Returns the octets that a text of the suite represents. The suite writes octets as characters up
/// to U+00FF, which the YAML library returns in UTF-8.
std::string octets_of(const std::string& utf8) {
    std::string octets;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        if (lead == 0xc2 && i + 1 < utf8.size()) {
            octets += utf8[++i];
        } else if (lead == 0xc3 && i + 1 < utf8.size()) {
            octets += static_cast<char>(utf8[++i] | 0x40);
        } else {
            octets += utf8[i];
        }
    }
    return octets;
}

/// Returns the texts of a node that is a scalar or a list of scalars.
std::vector<std::string> list_of(const YAML::Node& node) {
    std::vector<std::string> list;
    if (node.IsSequence()) {
        for (const auto& item : node) list.push_back(octets_of(item.as<std::string>()));
    } else {
        list.push_back(octets_of(node.as<std::string>()));
    }
    return list;
}

std::string text_at(const YAML::Node& node, const char* key) {
    return node[key] ? node[key].as<std::string>() : std::string{};
}

OpenspfCase case_of(const std::string& name, const YAML::Node& node) {
    OpenspfCase test;
    test.name = name;
    test.ip = text_at(node, "host");
    test.helo = text_at(node, "helo");
    test.mail_from = text_at(node, "mailfrom");
    test.results = list_of(node["result"]);
    if (node["explanation"]) test.explanation = node["explanation"].as<std::string>();
    return test;
}

/// Adds the entries of one name. An entry `SPF` represents an SPF record and a TXT record, unless
/// the name has an entry `TXT`. The entry `TXT: NONE` means that the name has no TXT record.
void add_name(const std::string& name, const YAML::Node& entries, OpenspfScenario& scenario) {
    bool has_txt = false;
    for (const auto& entry : entries) has_txt = has_txt || (entry.IsMap() && entry["TXT"]);
    for (const auto& entry : entries) {
        if (entry.IsScalar()) {  // TIMEOUT: DNS does not answer questions about the name
            scenario.silent.push_back(name);
            continue;
        }
        for (const auto& pair : entry) {
            const auto type = pair.first.as<std::string>();
            const std::vector<std::string> data = list_of(pair.second);
            if (type == "TXT" && pair.second.IsScalar() && data.front() == "NONE") continue;
            scenario.records.push_back({name, type, data});
            if (type == "SPF" && !has_txt) scenario.records.push_back({name, "TXT", data});
        }
    }
}

OpenspfScenario scenario_of(const YAML::Node& document) {
    OpenspfScenario scenario;
    scenario.description = document["description"].as<std::string>();
    for (const auto& pair : document["tests"]) {
        scenario.cases.push_back(case_of(pair.first.as<std::string>(), pair.second));
    }
    for (const auto& pair : document["zonedata"]) {
        add_name(pair.first.as<std::string>(), pair.second, scenario);
    }
    return scenario;
}

void append_escaped(std::string& out, char c) {
    const auto octet = static_cast<unsigned char>(c);
    out += '\\';
    out += static_cast<char>('0' + octet / 100);
    out += static_cast<char>('0' + octet / 10 % 10);
    out += static_cast<char>('0' + octet % 10);
}

/// Returns a name as an absolute name in the form of a master file.
std::string escaped_name(std::string_view plain) {
    std::string name;
    for (const char c : plain) {
        if (ascii::is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '*') {
            name += c;
        } else {
            append_escaped(name, c);
        }
    }
    if (name.empty() || name.back() != '.') name += '.';
    return name;
}

/// Returns a text in the form of a master file, in strings of at most 255 octets.
std::string quoted_strings(const std::vector<std::string>& strings) {
    constexpr std::size_t longest = 255;
    std::string quoted;
    for (std::string_view rest : strings) {
        do {
            quoted += " \"";
            for (const char c : rest.substr(0, longest)) {
                if (ascii::is_alnum(c)) {
                    quoted += c;
                } else {
                    append_escaped(quoted, c);
                }
            }
            quoted += '"';
            rest.remove_prefix(std::min(longest, rest.size()));
        } while (!rest.empty());
    }
    return quoted.empty() ? " \"\"" : quoted;
}

}  // namespace

bool OpenspfScenario::times_out(std::string_view name, std::string_view type) const {
    const auto is_name = [name](std::string_view other) {
        return ascii::equal_ignoring_case(name, other);
    };
    return std::any_of(silent.begin(), silent.end(), is_name) &&
           std::none_of(records.begin(), records.end(), [&](const OpenspfRecord& record) {
               return is_name(record.name) && (record.type == type || record.type == "CNAME");
           });
}

ZoneResolver OpenspfScenario::zone(ZoneOptions options) const {
    ZoneResolver zone{options};
    for (const auto& [name, type, data] : records) {
        if (type == "A") zone.add_a(name, *IpAddress::parse(data.at(0)));
        if (type == "AAAA") zone.add_aaaa(name, *IpAddress::parse(data.at(0)));
        if (type == "CNAME") zone.add_cname(name, data.at(0));
        if (type == "PTR") zone.add_ptr(name, data.at(0));
        if (type == "SPF") zone.add_name(name);
        if (type == "TXT") zone.add_txt(name, data);
        if (type == "MX") {
            zone.add_mx(name, static_cast<std::uint16_t>(std::stoul(data.at(0))), data.at(1));
        }
    }
    using dns::RecordType;
    for (const std::string& name : silent) {
        for (const auto type :
             {RecordType::a, RecordType::ptr, RecordType::mx, RecordType::txt, RecordType::aaaa}) {
            if (times_out(name, dns::to_string(type))) {
                zone.set_status(name, type, dns::Status::timeout);
            }
        }
    }
    return zone;
}

std::string OpenspfScenario::master_file() const {
    std::string file =
        "$ORIGIN .\n$TTL 3600\n@ SOA ns.test. root.test. 1 3600 600 86400 60\n@ NS ns.test.\n";
    for (const auto& [name, type, data] : records) {
        file += escaped_name(name) + ' ' + type;
        if (type == "A" || type == "AAAA") file += ' ' + data.at(0);
        if (type == "CNAME" || type == "PTR") file += ' ' + escaped_name(data.at(0));
        if (type == "MX") file += ' ' + data.at(0) + ' ' + escaped_name(data.at(1));
        if (type == "SPF" || type == "TXT") file += quoted_strings(data);
        file += '\n';
    }
    return file;
}

const std::vector<OpenspfScenario>& openspf_suite() {
    static const std::vector<OpenspfScenario> suite = [] {
        std::vector<OpenspfScenario> scenarios;
        const std::filesystem::path path =
            std::filesystem::path{SPF_SUITES_DIR} / "openspf" / "rfc7208-tests.yml";
        if (!std::filesystem::exists(path)) return scenarios;
        for (const YAML::Node& document : YAML::LoadAllFromFile(path.string())) {
            if (document.IsMap()) scenarios.push_back(scenario_of(document));
        }
        return scenarios;
    }();
    return suite;
}

std::string openspf_complaint(const OpenspfCase& test, dns::Resolver& resolver) {
    const auto ip = IpAddress::parse(test.ip);
    if (!ip) return "not an address: " + test.ip;
    Request request;
    request.ip = *ip;
    request.mail_from = test.mail_from;
    request.helo = test.helo;
    const Outcome outcome = check_host(request, resolver);
    const std::string result{to_string(outcome.result)};
    if (std::find(test.results.begin(), test.results.end(), result) == test.results.end()) {
        std::string expected;
        for (const std::string& one : test.results)
            expected += (expected.empty() ? "" : " or ") + one;
        return "result is " + result + ", not " + expected + ", at " +
               (outcome.problem ? outcome.problem->message() : outcome.mechanism);
    }
    if (test.explanation) {
        const std::string expected = *test.explanation == "DEFAULT" ? "" : *test.explanation;
        if (outcome.explanation != expected) {
            return "explanation is \"" + outcome.explanation + "\", not \"" + expected + '"';
        }
    }
    return {};
}

}  // namespace spf::test

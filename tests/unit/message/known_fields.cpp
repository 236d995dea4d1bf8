// Reads Received-SPF, Authentication-Results and Received fields of RFCs and of servers, of which
// files say what reading them returns.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "spf/message/authentication_results.hpp"
#include "spf/message/received.hpp"
#include "spf/message/received_spf.hpp"
#include "support/catch.hpp"

using nlohmann::json;
using spf::Reading;

namespace {

template <class T>
json or_null(const std::optional<T>& value) {
    return value ? json(*value) : json();
}

json names_of(const std::vector<spf::FieldError>& notes) {
    std::set<std::string> names;
    for (const spf::FieldError& note : notes) names.emplace(to_string(note.code));
    return names;
}

json as_json(const spf::FieldError& error) {
    return {{"error", std::string(to_string(error.code))}, {"offset", error.offset}};
}

json as_json(const spf::ReceivedSpf& field) {
    json pairs = json::array();
    for (const auto& pair : field.pairs) pairs.push_back(json::array({pair.key, pair.value}));
    return {{"result", std::string(to_string(field.result))},
            {"comment", or_null(field.comment)},
            {"pairs", pairs},
            {"notes", names_of(field.notes)}};
}

json as_json(const spf::AuthenticationResult& result) {
    json properties = json::array();
    for (const auto& each : result.properties)
        properties.push_back(json::array({or_null(each.ptype), each.property, each.value}));
    return {{"method", result.method},          {"method_version", or_null(result.method_version)},
            {"result", result.result},          {"comment", or_null(result.comment)},
            {"reason", or_null(result.reason)}, {"properties", properties}};
}

json as_json(const spf::AuthenticationResults& field) {
    json results = json::array();
    for (const auto& result : field.results) results.push_back(as_json(result));
    return {{"authserv_id", or_null(field.authserv_id)},
            {"version", or_null(field.version)},
            {"instance", or_null(field.instance)},
            {"results", results},
            {"notes", names_of(field.notes)}};
}

template <class Field>
json as_json(const spf::Expected<Field, spf::FieldError>& field) {
    return field ? as_json(*field) : as_json(field.error());
}

json read(const std::string& name, const std::string& body, Reading reading) {
    if (name == "Received-SPF") return as_json(spf::parse_received_spf(body, reading));
    if (name.starts_with("arc-"))
        return as_json(spf::parse_arc_authentication_results(body, reading));
    return as_json(spf::parse_authentication_results(body, reading));
}

/// Returns the contents of a list that is kept beside the suites; nothing if it is not there.
std::optional<json> known(const std::string& name) {
    const auto path = std::filesystem::path(SPF_SUITES_DIR).parent_path() / "mail" / name;
    if (!std::filesystem::exists(path)) {
        std::cout << "SKIPPED: there is no list " << path.string() << "\n";
        return std::nullopt;
    }
    std::ifstream file(path);
    return json::parse(file);
}

}  // namespace

TEST_CASE("fields of RFCs and servers are read as the list of known fields says",
          "[message][rfc7208-9.1][rfc8601-2.2]") {
    const auto fields = known("headers.json");
    if (!fields) return;
    CHECK(fields->size() >= 80);
    for (const json& field : *fields) {
        const auto name = field["field"].get<std::string>();
        const auto body = field["body"].get<std::string>();
        CAPTURE(name, body);
        CHECK(read(name, body, Reading::strict) == field["strict"]);
        CHECK(read(name, body, Reading::lenient) == field["lenient"]);
    }
}

TEST_CASE("Received fields of servers are read as the list of known fields says",
          "[received][rfc5321-4.4]") {
    const auto fields = known("received.json");
    if (!fields) return;
    CHECK(fields->size() >= 130);
    for (const json& field : *fields) {
        const auto body = field["received"].get<std::string>();
        CAPTURE(body);
        const auto line = spf::parse_received(body);
        if (field["kind"].get<std::string>() != "client") {
            CHECK((!line || !line->ip));
            continue;
        }
        // If the only address is in place of the name, it may be no more than a claim.
        if (!line && field["literal_only"].get<bool>()) continue;
        REQUIRE(line);
        REQUIRE(line->ip);
        CHECK(line->ip->to_string() == field["ip"].get<std::string>());
        CHECK(line->helo == (field["helo"].is_null() ? "" : field["helo"].get<std::string>()));
    }
}

#include "batch_item.hpp"

#include <algorithm>
#include <cmath>

#include "batch_lines.hpp"
#include "identity.hpp"
#include "json.hpp"
#include "spf/report/printable.hpp"

namespace spfcheck {
namespace {

/// An id as it was given. Most are numbers.
std::string dump_id(const nlohmann::json& json) {
    if (json.is_number_unsigned()) return std::to_string(json.get<std::uint64_t>());
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The text under a key; nothing where it is missing or null, and a message where it is no text.
std::optional<std::string> text_of(const nlohmann::json& object, const char* key,
                                   std::string& message) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return std::nullopt;
    if (found->is_string()) return found->get<std::string>();
    message = '"' + std::string(key) + "\" is no string";
    return std::nullopt;
}

/// Whether values are nested deeper than anybody means. What is written again is walked recursively.
bool is_too_deep(std::string_view line) {
    constexpr int deepest = 100;
    const auto opens = [](char c) { return c == '[' || c == '{'; };
    if (std::count_if(line.begin(), line.end(), opens) <= deepest) return false;
    bool found = false;
    const auto look = [&found](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
        found = found || depth >= deepest;
        return !found;
    };
    [[maybe_unused]] const auto rest = nlohmann::json::parse(line, look, false);
    return found;
}

/// Whether a number may have been rounded when it was read, so that it cannot be repeated as it was.
bool is_inexact(const nlohmann::json& number) {
    constexpr double exact_to = 9007199254740992;  // 2^53
    return number.is_number_float() && std::abs(number.get<double>()) >= exact_to;
}

}  // namespace

spf::Expected<BatchItem, BatchItemError> read_item(std::string_view line) {
    BatchItemError error;
    if (line.size() > LineSource::longest_line) {
        error.message =
            "the line is longer than " + std::to_string(LineSource::longest_line) + " octets";
        return error;
    }
    if (is_too_deep(line)) {
        error.message = "arrays and objects are nested more than 100 deep";
        return error;
    }
    const nlohmann::json object = nlohmann::json::parse(line, nullptr, false);
    if (!object.is_object()) {
        error.message =
            "the line is no JSON object; one such as {\"id\": 1, \"ip\": \"192.0.2.1\", "
            "\"sender\": \"alice@example.com\"} is meant";
        return error;
    }
    BatchItem item;
    if (const auto id = object.find("id"); id != object.end()) {
        if (is_inexact(*id)) {
            error.message = "\"id\" is a number too large to be repeated; write it as a string";
            return error;
        }
        item.id = dump_id(*id);
    }
    error.id = item.id;

    const auto ip = text_of(object, "ip", error.message);
    const auto sender = text_of(object, "sender", error.message);
    const auto helo = text_of(object, "helo", error.message);
    if (!error.message.empty()) return error;
    if (!ip) {
        error.message = "\"ip\" is missing: the address of the sending server";
        return error;
    }
    const auto address = spf::IpAddress::parse(*ip);
    if (!address) {
        error.message = "\"ip\": \"" + spf::printable(*ip, 60) +
                        "\": " + std::string(address.error().message());
        return error;
    }
    if (!sender && !helo) {
        error.message = "\"sender\" or \"helo\" is missing: whose mail is it?";
        return error;
    }
    item.ip = *address;
    item.identity = sender ? spf::Identity::mail_from : spf::Identity::helo;
    item.sender = ascii_sender(sender.value_or(""));
    item.helo = ascii_domain(helo.value_or(""));
    return item;
}

void append_answer(std::string& out, const std::string& id, const spf::Outcome& outcome) {
    out.append("{\"id\":").append(id) += ',';
    append_members(out, outcome);
    out += "}\n";
}

void append_error(std::string& out, const BatchItemError& error, std::uint64_t line) {
    Json json;
    json["line"] = line;
    json["error"] = error.message;
    out.append("{\"id\":").append(error.id).append(",").append(dump(json), 1) += '\n';
}

}  // namespace spfcheck

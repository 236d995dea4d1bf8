#include "batch_item.hpp"

#include "identity.hpp"
#include "json.hpp"
#include "spf/report/printable.hpp"

namespace spfcheck {
namespace {

std::string dump(const nlohmann::json& json) {
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

}  // namespace

spf::Expected<BatchItem, BatchItemError> read_item(std::string_view line) {
    const nlohmann::json object = nlohmann::json::parse(line, nullptr, false);
    BatchItemError error;
    if (!object.is_object()) {
        error.message =
            "the line is no JSON object; one such as {\"id\": 1, \"ip\": \"192.0.2.1\", "
            "\"sender\": \"alice@example.com\"} is meant";
        return error;
    }
    BatchItem item;
    if (const auto id = object.find("id"); id != object.end()) item.id = dump(*id);
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
    const Json json = to_json(outcome, false);
    const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    out.append("{\"id\":").append(id).append(",").append(text, 1) += '\n';
}

void append_error(std::string& out, const BatchItemError& error, std::uint64_t line) {
    Json json;
    json["line"] = line;
    json["error"] = error.message;
    const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    out.append("{\"id\":").append(error.id).append(",").append(text, 1) += '\n';
}

}  // namespace spfcheck

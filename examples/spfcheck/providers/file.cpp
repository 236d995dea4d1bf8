// Everything that the schema refuses is refused here, too: otherwise a user who misspells a key
// would never learn why it has no effect. Only the first mistake is reported.

#include "providers/file.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "io/json.hpp"

namespace spfcheck {
namespace {

using Words = std::initializer_list<std::string_view>;

/// The first mistake that was found, or empty.
using Complaint = std::string;

void complain(Complaint& complaint, const std::string& path, std::string_view what) {
    if (complaint.empty()) complaint = path + ": " + std::string(what);
}

std::string joined(Words words) {
    std::string out;
    for (const std::string_view word : words) out.append(out.empty() ? "" : ", ").append(word);
    return out;
}

bool holds(Words words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string inside(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + '.' + key;
}

std::string element(const std::string& path, std::size_t index) {
    return path + '[' + std::to_string(index) + ']';
}

void check_keys(const Json& object, const std::string& path, Words known, Complaint& complaint) {
    for (const auto& item : object.items()) {
        if (holds(known, item.key())) continue;
        complain(complaint, inside(path, item.key()),
                 "there is no such key; known are " + joined(known));
    }
}

/// Returns the text under a key; empty if there is none.
std::string text_of(const Json& object, const std::string& path, const char* key,
                    Complaint& complaint) {
    const auto found = object.find(key);
    if (found == object.end()) return {};
    if (found->is_string()) return found->get<std::string>();
    complain(complaint, inside(path, key), "a string is meant");
    return {};
}

/// Returns the text under a key whose values are limited to `words`.
std::string word_of(const Json& object, const std::string& path, const char* key, Words words,
                    Complaint& complaint) {
    std::string text = text_of(object, path, key, complaint);
    if (object.contains(key) && !holds(words, text)) {
        complain(complaint, inside(path, key), '"' + text + "\" is none of " + joined(words));
    }
    return text;
}

std::vector<std::string> texts_of(const Json& object, const std::string& path, const char* key,
                                  Complaint& complaint) {
    std::vector<std::string> out;
    const auto found = object.find(key);
    if (found == object.end()) return out;
    if (!found->is_array()) complain(complaint, inside(path, key), "an array of strings is meant");
    for (const Json& each : *found) {
        if (each.is_string() && !each.get<std::string>().empty()) {
            out.push_back(each.get<std::string>());
        } else {
            complain(complaint, element(inside(path, key), out.size()),
                     "a string that is not empty is meant");
        }
    }
    return out;
}

bool is_mechanism(std::string_view text) {
    const Words names{"include:", "a:", "ip4:", "ip6:"};
    return std::any_of(names.begin(), names.end(), [text](std::string_view name) {
        return text.starts_with(name) && text.size() > name.size();
    });
}

bool has_letter_or_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

/// Checks what one key requires of others.
void check_whole(const Provider& provider, const Json& object, const std::string& path,
                 Complaint& complaint) {
    if (!has_letter_or_digit(provider.name)) {
        complain(
            complaint, inside(path, "name"),
            object.contains("name") ? "has no letter and no digit to be found by" : "is missing");
    }
    if (provider.advice.empty()) complain(complaint, inside(path, "advice"), "is missing");
    for (std::size_t i = 0; i < provider.mechanisms.size(); ++i) {
        if (is_mechanism(provider.mechanisms[i])) continue;
        complain(complaint, element(inside(path, "mechanisms"), i),
                 '"' + provider.mechanisms[i] +
                     "\" is no mechanism; include:, a:, ip4: or ip6: with a value is meant");
    }
    if (provider.advice.starts_with("add_") && provider.mechanisms.empty()) {
        complain(complaint, inside(path, "mechanisms"),
                 "is missing: what does " + provider.advice + " put into the record?");
    }
    if (provider.advice == "add_at_subdomain" && provider.sub_domain.empty()) {
        complain(complaint, inside(path, "sub_domain"),
                 "is missing: the label that add_at_subdomain is about");
    }
}

Provider read(const Json& object, const std::string& path, Complaint& complaint) {
    Provider out;
    if (!object.is_object()) {
        complain(complaint, path, "an object with name and advice is meant");
        return out;
    }
    check_keys(object, path,
               {"name", "aliases", "category", "advice", "mechanisms", "sub_domain", "records",
                "ask", "note", "trust", "source", "date"},
               complaint);
    out.name = text_of(object, path, "name", complaint);
    out.aliases = texts_of(object, path, "aliases", complaint);
    out.category = text_of(object, path, "category", complaint);
    out.advice = word_of(
        object, path, "advice",
        {"add_at_domain", "add_at_subdomain", "create_records", "leave_alone", "ask_provider"},
        complaint);
    out.mechanisms = texts_of(object, path, "mechanisms", complaint);
    out.sub_domain = text_of(object, path, "sub_domain", complaint);
    out.records = texts_of(object, path, "records", complaint);
    out.ask = text_of(object, path, "ask", complaint);
    out.note = text_of(object, path, "note", complaint);
    out.is_strong = word_of(object, path, "trust", {"strong", "weak"}, complaint) == "strong";
    out.source = text_of(object, path, "source", complaint);
    out.date = text_of(object, path, "date", complaint);
    check_whole(out, object, path, complaint);
    return out;
}

/// Reports where a text stops being JSON: "line 3, column 7: no JSON".
std::string no_json(std::string_view text, std::size_t octets_read) {
    const std::string_view good = text.substr(0, octets_read > 0 ? octets_read - 1 : 0);
    const auto line = std::count(good.begin(), good.end(), '\n') + 1;
    const std::size_t column = good.size() - (good.rfind('\n') + 1) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column) +
           ": this is no JSON";
}

}  // namespace

spf::Expected<std::vector<Provider>, std::string> read_providers(std::string_view text) {
    Json json;
    try {
        json = Json::parse(text);
    } catch (const Json::parse_error& error) {  // the only way to learn the place
        return no_json(text, error.byte);
    } catch (const Json::out_of_range&) {
        return std::string("a number in it is too large");
    }
    Complaint complaint;
    if (!json.is_object()) return std::string("an object with version and providers is meant");
    check_keys(json, {}, {"$schema", "version", "providers"}, complaint);
    if (!json.contains("version") || json["version"] != 1)
        complain(complaint, "version", "1 is meant");
    static_cast<void>(text_of(json, {}, "$schema", complaint));
    if (!json.contains("providers") || !json["providers"].is_array()) {
        complain(complaint, "providers", "an array of services is meant");
        return complaint;
    }
    std::vector<Provider> out;
    for (const Json& each : json["providers"]) {
        out.push_back(read(each, element("providers", out.size()), complaint));
    }
    if (!complaint.empty()) return complaint;
    return out;
}

}  // namespace spfcheck

// Everything that providers.schema.json forbids is refused. If unknown keys were ignored, a user
// who misspells a key would never learn why it has no effect. Only the first mistake is reported.

#include "providers/file.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "io/json.hpp"
#include "io/language.hpp"
#include "providers/sentences.hpp"

namespace spfcheck {
namespace {

using Says = ProvidersSentence;

using Words = std::initializer_list<std::string_view>;

/// The message about the first mistake in the file; empty if no mistake was found.
using Complaint = std::string;

void complain(Complaint& complaint, std::string mistake) {
    if (complaint.empty()) complaint = std::move(mistake);
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
        complain(complaint, say<Says::unknown_key>(inside(path, item.key()), joined(known)));
    }
}

/// Returns the text under a key; empty if the key is missing.
std::string text_of(const Json& object, const std::string& path, const char* key,
                    Complaint& complaint) {
    const auto found = object.find(key);
    if (found == object.end()) return {};
    if (found->is_string()) return found->get<std::string>();
    complain(complaint, say<Says::not_string>(inside(path, key)));
    return {};
}

/// Returns the text under a key, which must be one of `words`.
std::string word_of(const Json& object, const std::string& path, const char* key, Words words,
                    Complaint& complaint) {
    std::string text = text_of(object, path, key, complaint);
    if (object.contains(key) && !holds(words, text)) {
        complain(complaint, say<Says::not_one_of>(inside(path, key), text, joined(words)));
    }
    return text;
}

std::vector<std::string> texts_of(const Json& object, const std::string& path, const char* key,
                                  Complaint& complaint) {
    std::vector<std::string> out;
    const auto found = object.find(key);
    if (found == object.end()) return out;
    if (!found->is_array()) complain(complaint, say<Says::not_strings>(inside(path, key)));
    for (const Json& each : *found) {
        if (each.is_string() && !each.get<std::string>().empty()) {
            out.push_back(each.get<std::string>());
        } else {
            complain(complaint, say<Says::empty_string>(element(inside(path, key), out.size())));
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

/// Returns whether a text is a name of DNS that a service may have: labels with letters, digits,
/// '-' and '_', separated by dots, and at least two of them, because no service has all names below
/// a top-level domain.
bool is_name(std::string_view text) {
    constexpr std::size_t longest = 253;  // RFC 1035, 2.3.4
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
    return is_plain && text.size() <= longest && text.find('.') != std::string_view::npos &&
           text.find("..") == std::string_view::npos && !text.starts_with('.') &&
           !text.ends_with('.');
}

bool has_letter_or_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

/// Checks that a service has the keys that are required. Some keys are required only if another key
/// has a certain value.
void check_whole(const Provider& provider, const Json& object, const std::string& path,
                 Complaint& complaint) {
    if (!has_letter_or_digit(provider.name)) {
        const std::string key = inside(path, "name");
        complain(complaint,
                 object.contains("name") ? say<Says::no_letter>(key) : say<Says::missing>(key));
    }
    if (provider.advice.empty()) complain(complaint, say<Says::missing>(inside(path, "advice")));
    const std::string mechanisms = inside(path, "mechanisms");
    for (std::size_t i = 0; i < provider.mechanisms.size(); ++i) {
        if (is_mechanism(provider.mechanisms[i])) continue;
        complain(complaint,
                 say<Says::not_mechanism>(element(mechanisms, i), provider.mechanisms[i]));
    }
    for (std::size_t i = 0; i < provider.also.size(); ++i) {
        const std::string_view name = provider.also[i];
        if (is_name(name.starts_with("*.") ? name.substr(2) : name)) continue;
        complain(complaint, say<Says::not_name>(element(inside(path, "also"), i), name));
    }
    if (provider.advice.starts_with("add_") && provider.mechanisms.empty()) {
        complain(complaint, say<Says::mechanisms_missing>(mechanisms, provider.advice));
    }
    if (provider.advice == "add_at_subdomain" && provider.sub_domain.empty()) {
        complain(complaint, say<Says::sub_domain_missing>(inside(path, "sub_domain")));
    }
}

Provider read(const Json& object, const std::string& path, Complaint& complaint) {
    Provider out;
    if (!object.is_object()) {
        complain(complaint, say<Says::not_service>(path));
        return out;
    }
    check_keys(object, path,
               {"name", "aliases", "category", "advice", "mechanisms", "also", "sub_domain",
                "records", "ask", "note", "trust", "source", "date"},
               complaint);
    out.name = text_of(object, path, "name", complaint);
    out.aliases = texts_of(object, path, "aliases", complaint);
    out.category = text_of(object, path, "category", complaint);
    out.advice = word_of(
        object, path, "advice",
        {"add_at_domain", "add_at_subdomain", "create_records", "leave_alone", "ask_provider"},
        complaint);
    out.mechanisms = texts_of(object, path, "mechanisms", complaint);
    out.also = texts_of(object, path, "also", complaint);
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

/// Returns a message with the line and column at which the text is no longer JSON.
Spoken not_json(std::string_view text, std::size_t octets_read) {
    const std::string_view good = text.substr(0, octets_read > 0 ? octets_read - 1 : 0);
    const auto line = static_cast<std::size_t>(std::count(good.begin(), good.end(), '\n')) + 1;
    const std::size_t column = good.size() - (good.rfind('\n') + 1) + 1;
    return say<Says::not_json>(line, column);
}

}  // namespace

spf::Expected<std::vector<Provider>, std::string> read_providers(std::string_view text) {
    Json json;
    try {
        json = Json::parse(text);
    } catch (const Json::parse_error& error) {  // only the exception has the place of the error
        return not_json(text, error.byte);
    } catch (const Json::out_of_range&) {
        return say<Says::number_too_large>();
    }
    Complaint complaint;
    if (!json.is_object()) return say<Says::no_object>();
    check_keys(json, {}, {"$schema", "version", "providers"}, complaint);
    if (!json.contains("version") || json["version"] != 1)
        complain(complaint, say<Says::version>("version"));
    static_cast<void>(text_of(json, {}, "$schema", complaint));
    if (!json.contains("providers") || !json["providers"].is_array()) {
        complain(complaint, say<Says::no_services>("providers"));
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

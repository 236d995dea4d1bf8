#include "providers.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <ostream>
#include <set>
#include <sstream>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "exit_status.hpp"
#include "providers_data.hpp"
#include "spf/report/printable.hpp"
#include "spf/report/wrap.hpp"

namespace spfcheck {
namespace {

/// Letters and digits, in lower case.
std::string key_of(std::string_view name) {
    std::string out;
    for (const char each : name) {
        if (each >= 'A' && each <= 'Z') out += static_cast<char>(each - 'A' + 'a');
        if ((each >= 'a' && each <= 'z') || (each >= '0' && each <= '9')) out += each;
    }
    return out;
}

std::string text_of(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> texts_of(const Json& json, const char* key) {
    std::vector<std::string> out;
    const auto found = json.find(key);
    if (found == json.end() || !found->is_array()) return out;
    for (const Json& each : *found) {
        if (each.is_string()) out.push_back(each.get<std::string>());
    }
    return out;
}

std::optional<Provider> read(const Json& json) {
    static const std::set<std::string> kinds{"add_at_domain", "add_at_subdomain", "create_records",
                                             "leave_alone", "ask_provider"};
    if (!json.is_object()) return std::nullopt;
    Provider out;
    out.name = text_of(json, "name");
    out.aliases = texts_of(json, "aliases");
    out.category = text_of(json, "category");
    out.advice = text_of(json, "advice");
    out.mechanisms = texts_of(json, "mechanisms");
    out.sub_domain = text_of(json, "sub_domain");
    out.records = texts_of(json, "records");
    out.ask = text_of(json, "ask");
    out.note = text_of(json, "note");
    out.is_strong = text_of(json, "trust") == "strong";
    out.source = text_of(json, "source");
    out.date = text_of(json, "date");
    const bool needs_mechanism = out.advice.starts_with("add_");
    const bool needs_label = out.advice == "add_at_subdomain";
    if (key_of(out.name).empty() || kinds.count(out.advice) == 0) return std::nullopt;
    if (needs_mechanism && out.mechanisms.empty()) return std::nullopt;
    if (needs_label && out.sub_domain.empty()) return std::nullopt;
    return out;
}

/// The providers of a text, or what is wrong with it.
spf::Expected<std::vector<Provider>, std::string> read_all(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    const bool is_list =
        json.is_object() && json.contains("providers") && json["providers"].is_array();
    if (!is_list) return std::string("no JSON object with an array \"providers\"");
    std::vector<Provider> out;
    for (const Json& each : json["providers"]) {
        auto provider = read(each);
        if (!provider) {
            return "provider " + std::to_string(out.size() + 1) +
                   " has no name, no known advice, or no mechanisms or sub_domain for it";
        }
        out.push_back(*std::move(provider));
    }
    return out;
}

bool is_named(const Provider& provider, const std::string& key) {
    return key_of(provider.name) == key ||
           std::any_of(provider.aliases.begin(), provider.aliases.end(),
                       [&key](const std::string& alias) { return key_of(alias) == key; });
}

std::string sentence_of(const Provider& provider) {
    if (provider.advice == "add_at_domain") return "Add its mechanism to the domain's record.";
    if (provider.advice == "add_at_subdomain") {
        return "Add its mechanism to the record of the sub-domain that it sends with, not to that "
               "of "
               "the domain.";
    }
    if (provider.advice == "create_records") {
        return "Leave the SPF record alone; create the records below.";
    }
    if (provider.advice == "leave_alone") return "Leave the SPF record alone.";
    return "Ask the provider, as what to publish depends on your account: " + provider.ask + '.';
}

}  // namespace

spf::Expected<Catalogue, std::string> Catalogue::load(const std::vector<std::string>& paths) {
    Catalogue out;
    auto built_in = read_all(providers_data);
    if (!built_in) return "built-in providers: " + built_in.error();
    out.providers_ = *std::move(built_in);
    for (const std::string& path : paths) {
        std::ifstream file(path, std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        if (!file) return path + ": cannot be read";
        auto more = read_all(text.str());
        if (!more) return path + ": " + more.error();
        out.providers_.insert(out.providers_.begin(), more->begin(), more->end());
    }
    return out;
}

const Provider* Catalogue::find(std::string_view name) const {
    const std::string key = key_of(name);
    const auto found =
        std::find_if(providers_.begin(), providers_.end(),
                     [&key](const Provider& provider) { return is_named(provider, key); });
    return found == providers_.end() || key.empty() ? nullptr : &*found;
}

Json to_json(const Provider& provider) {
    Json json;
    json["name"] = provider.name;
    json["aliases"] = provider.aliases;
    json["category"] = provider.category;
    json["advice"] = provider.advice;
    json["mechanisms"] = provider.mechanisms;
    json["sub_domain"] = nullptr;
    if (!provider.sub_domain.empty()) json["sub_domain"] = provider.sub_domain;
    json["records"] = provider.records;
    json["ask"] = nullptr;
    if (!provider.ask.empty()) json["ask"] = provider.ask;
    json["note"] = provider.note;
    json["trust"] = provider.is_strong ? "strong" : "weak";
    json["source"] = provider.source;
    json["date"] = provider.date;
    return json;
}

void print(std::ostream& out, const Provider& provider, std::size_t width) {
    const auto paragraph = [&out, width](const std::string& text) {
        for (const auto& line : spf::wrapped(spf::printable(text), width, spf::LongWord::keep)) {
            out << line << '\n';
        }
    };
    paragraph(provider.name + ": " + sentence_of(provider));
    for (const std::string& each : provider.mechanisms) out << "  " << spf::printable(each) << '\n';
    for (const std::string& each : provider.records) out << "  " << spf::printable(each) << '\n';
    if (!provider.note.empty()) paragraph(provider.note);
    const std::string date = provider.date.empty() ? "" : " (" + provider.date + ')';
    paragraph(
        (provider.is_strong ? "Source: " : "Weak, as no page of the vendor says so; source: ") +
        provider.source + date);
}

void setup_files(CLI::App& app, std::vector<std::string>& files) {
    app.add_option(
           "--providers", files,
           "know the services of this JSON file, too; where names are equal it counts; may be "
           "repeated")
        ->type_name("FILE")
        ->allow_extra_args(false);
}

void setup(CLI::App& app, ProvidersOptions& options) {
    app.add_option("NAME", options.name, "a service; otherwise all are listed")->type_name("");
    setup_files(app, options.files);
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck providers
  spfcheck providers "Google Workspace"
  spfcheck providers mailgun --json

Exit status:
  0 the service is known, 1 it is not, 64 wrong usage, 65 unreadable file,
  70 internal error)");
}

int run(const ProvidersOptions& options, std::ostream& out, std::ostream& err) {
    const auto catalogue = Catalogue::load(options.files);
    if (!catalogue) {
        err << "spfcheck: " << spf::printable(catalogue.error()) << '\n';
        return exit_data;
    }
    const std::size_t width = style_of_output(options.output.colour).width;
    if (!options.name.empty()) {
        const Provider* provider = catalogue->find(options.name);
        if (provider == nullptr) {
            err << "spfcheck: there is no service \"" << spf::printable(options.name, 100)
                << "\"; \"spfcheck providers\" lists those that are known\n";
            return 1;
        }
        if (options.output.json) {
            write(out, to_json(*provider));
        } else {
            print(out, *provider, width);
        }
        return exit_ok;
    }
    Json all;
    all["providers"] = Json::array();
    for (const Provider& provider : catalogue->providers()) {
        all["providers"].push_back(to_json(provider));
        if (options.output.json) continue;
        std::string line = spf::printable(provider.name, 50);
        line.resize(52, ' ');
        out << line << provider.advice << (provider.is_strong ? "" : " (weak)") << '\n';
    }
    if (options.output.json) write(out, all);
    return exit_ok;
}

}  // namespace spfcheck

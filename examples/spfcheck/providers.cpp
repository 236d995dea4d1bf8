#include "providers.hpp"

#include <algorithm>
#include <fstream>
#include <ostream>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "exit_status.hpp"
#include "providers_data.hpp"
#include "providers_file.hpp"
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
    auto built_in = read_providers(providers_data);
    if (!built_in) return "built-in providers: " + built_in.error();
    out.providers_ = *std::move(built_in);
    constexpr std::size_t largest = std::size_t{4} << 20U;  // the built-in ones are 1/50 of that
    for (const std::string& path : paths) {
        std::ifstream file(path, std::ios::binary);
        std::string text(largest + 1, '\0');
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        if (!file.is_open() || file.bad()) return path + ": cannot be read";
        text.resize(static_cast<std::size_t>(file.gcount()));
        if (text.size() > largest) return path + ": is larger than 4 MiB; no more is read";
        auto more = read_providers(text);
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
    json["category"] = text_or_null(provider.category);
    json["advice"] = provider.advice;
    json["mechanisms"] = provider.mechanisms;
    json["sub_domain"] = text_or_null(provider.sub_domain);
    json["records"] = provider.records;
    json["ask"] = text_or_null(provider.ask);
    json["note"] = text_or_null(provider.note);
    json["trust"] = provider.is_strong ? "strong" : "weak";
    json["source"] = text_or_null(provider.source);
    json["date"] = text_or_null(provider.date);
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
    const std::string source = provider.source.empty() ? "not named" : provider.source;
    paragraph(
        (provider.is_strong ? "Source: " : "Weak, as no page of the vendor says so; source: ") +
        source + date);
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

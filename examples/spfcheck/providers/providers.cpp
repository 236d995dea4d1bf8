#include "providers/providers.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "io/log.hpp"
#include "options/providers.hpp"
#include "providers/ask.hpp"
#include "providers/print.hpp"
#include "providers/sentences.hpp"
#include "providers/verify.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using Says = ProvidersSentence;

constexpr int exit_unknown = 1;

Failure unknown(const std::string& name, const Catalogue& catalogue) {
    const std::vector<std::string> near = catalogue.near(name);
    return {exit_unknown, near.empty() ? say<Says::unknown_service>(name)
                                       : say<Says::unknown_service_like>(name, near.front())};
}

/// Prints the services that the user named, by one of their names or by a name in DNS.
int print_named(const ProvidersOptions& options, const Catalogue& catalogue, std::ostream& out,
                std::ostream& err) {
    std::vector<const Provider*> found;
    int status = exit_ok;
    for (const std::string& name : options.names) {
        const Provider* provider = catalogue.find(name);
        if (provider == nullptr) provider = catalogue.service_of(name);
        if (provider != nullptr) {
            found.push_back(provider);
        } else {
            status = tell(unknown(name, catalogue), err);
        }
    }
    if (options.output.json) {
        if (found.empty()) return status;
        Json all;
        all["providers"] = Json::array();
        for (const Provider* each : found) all["providers"].push_back(to_json(*each));
        write(out, options.names.size() == 1 ? all["providers"].front() : all);
        return status;
    }
    const std::size_t width = style_of_output(options.output.colour).width;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (i > 0) out << '\n';
        print(out, *found[i], width);
    }
    return status;
}

int print_all(const ProvidersOptions& options, const Catalogue& catalogue, std::ostream& out) {
    Json all;
    all["providers"] = Json::array();
    for (const Provider& provider : catalogue.providers()) {
        if (options.output.json) {
            all["providers"].push_back(to_json(provider));
            continue;
        }
        std::string line = spf::printable(provider.name, 48);
        line.resize(50, ' ');
        out << line << in_short(provider)
            << (provider.is_strong ? "" : " (" + say<Says::in_brackets_weak>() + ")") << '\n';
    }
    if (options.output.json) write(out, all);
    return exit_ok;
}

/// Reads the records in an earlier output of --verify --json, each under the name of its include.
spf::Expected<std::map<std::string, std::string>, Failure> earlier_records(
    const std::string& path) {
    std::map<std::string, std::string> out;
    if (path.empty()) return out;
    std::ifstream file(path, std::ios::binary);
    if (!file.is_open()) return Failure{exit_data, say<Says::unreadable>(path)};
    constexpr std::size_t largest = std::size_t{4} << 20U;  // octets; the output has about 60 KiB
    std::string text(largest, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    const Json json = Json::parse(text, nullptr, false);
    const Failure wrong{exit_data, say<Says::not_verified_output>(path)};
    if (!json.is_object() || !json.contains("includes") || !json["includes"].is_array()) {
        return wrong;
    }
    for (const Json& each : json["includes"]) {
        if (!each.is_object() || !each.contains("include") || !each["include"].is_string()) {
            return wrong;
        }
        const auto record = each.find("record");
        if (record == each.end() || !record->is_string()) continue;
        out[each["include"].get<std::string>()] = record->get<std::string>();
    }
    return out;
}

int verify(const ProvidersOptions& options, const Catalogue& catalogue, std::ostream& out,
           std::ostream& err) {
    const auto earlier = earlier_records(options.since);
    if (!earlier) return tell(earlier.error(), err);
    const std::vector<Include> includes = includes_of(catalogue);
    const auto logger = make_logger(options.output.verbosity, err);
    // Any address will do: only the record of the include itself is read.
    const std::vector<spf::IpAddress> addresses{*spf::IpAddress::parse("192.0.2.1")};
    std::vector<VerifiedInclude> found(includes.size());
    const auto answered =
        ask(includes, addresses, options.dns, logger,
            [&](std::size_t include, std::size_t /*address*/, const spf::Outcome& outcome) {
                const auto before = earlier->find(includes[include].name);
                found[include] = verified(includes[include], outcome,
                                          before == earlier->end() ? "" : before->second);
            });
    if (!answered) return tell(answered.error(), err);
    if (options.output.json) {
        write(out, to_json(found));
    } else if (*answered) {
        print(out, found, style_of_output(options.output.colour).width);
    }
    if (!*answered) return tell_unreachable(options.dns, logger, err);
    const bool all_good = std::all_of(found.begin(), found.end(), [](const VerifiedInclude& each) {
        return each.state == IncludeState::good;
    });
    return all_good ? exit_ok : exit_unknown;
}

}  // namespace

void setup(CLI::App& app, ProvidersOptions& options) {
    app.add_option("SERVICE", options.names,
                   "services, by a name of theirs or a name that records include; without a name, "
                   "all are listed")
        ->type_name("");
    setup_providers(app, options.files);
    app.add_flag("--verify", options.verify,
                 "ask DNS for each include of all services, and report those that are gone, empty "
                 "or changed");
    app.add_option("--since", options.since,
                   "with --verify: the file with the output of an earlier --verify --json; other "
                   "records are reported as changed")
        ->type_name("FILE");
    setup(app, options.dns);
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck providers
  spfcheck providers mailchimp google
  spfcheck providers spf.mailjet.com --json
  spfcheck providers --verify --json > includes.json
  spfcheck providers --verify --since includes.json

Exit status:
  0 the services are known, or the includes as they should be, 1 some are not,
  64 wrong usage, 65 unreadable file, 69 no name server, 70 internal error)");
}

int run(const ProvidersOptions& options, std::ostream& out, std::ostream& err) {
    if (options.verify && !options.names.empty()) {
        return tell_usage(say<Says::verify_alone>(), "providers", err);
    }
    if (!options.verify && !options.since.empty()) {
        return tell_usage(say<Says::since_alone>(), "providers", err);
    }
    const auto catalogue = Catalogue::load(options.files);
    if (!catalogue) return tell(catalogue.error(), err);
    if (options.verify) return verify(options, *catalogue, out, err);
    return options.names.empty() ? print_all(options, *catalogue, out)
                                 : print_named(options, *catalogue, out, err);
}

}  // namespace spfcheck

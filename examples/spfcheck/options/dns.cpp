#include "options/dns.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "options/sentences.hpp"

namespace spfcheck {
namespace {

using Says = OptionsSentence;

std::string name_server_problem(const std::string& text) {
    const auto server = spf::dns::parse_name_server(text);
    return server ? std::string() : say<Says::bad_name_server>(text, server.error().message());
}

std::string timeout_problem(const std::string& text) {
    double seconds = 0;
    const bool number = CLI::detail::lexical_cast(text, seconds);
    const bool fits = number && seconds >= 0.001 && seconds <= 86400;  // also false for NaN
    return fits ? std::string() : say<Says::bad_timeout>();
}

}  // namespace

std::vector<spf::dns::NameServer> DnsOptions::servers() const {
    std::vector<spf::dns::NameServer> out;
    for (const std::string& text : name_servers) {
        // Every text is a valid address: others were refused when the command line was parsed.
        if (auto server = spf::dns::parse_name_server(text)) out.push_back(*std::move(server));
    }
    return out;
}

void setup(CLI::App& app, DnsOptions& options) {
    const char* group = "DNS";
    app.add_option("--nameserver", options.name_servers,
                   "ask this name server instead of those of the system; may be repeated: the "
                   "first that answers is used")
        ->type_name("ADDR[:PORT]")
        ->allow_extra_args(false)
        ->check(CLI::Validator(name_server_problem, ""))
        ->group(group);
    app.add_option(
           "--zone", options.zones,
           "answer from this zone file (master file) and ask no name server: names outside it are "
           "not known (temperror), or with --nameserver are asked there; may be repeated")
        ->type_name("FILE")
        ->allow_extra_args(false)
        ->group(group);
    app.add_option("--timeout", options.timeout,
                   "the time for all DNS questions together, not for each (20): of the command, of "
                   "each check in batch, of each side in diff; answers missing after it count as "
                   "failed (temperror); fractions are allowed")
        ->type_name("SECONDS")
        ->check(CLI::Validator(timeout_problem, ""))
        ->group(group);
}

}  // namespace spfcheck

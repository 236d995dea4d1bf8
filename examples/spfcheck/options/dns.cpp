#include "options/dns.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "io/language.hpp"
#include "options/sentences.hpp"
#include "spf/analysis/master_file.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/resolver/zone_file.hpp"

namespace spfcheck {
namespace {

using Says = OptionsSentence;

Spoken name_server_problem(const std::string& text) {
    const auto server = spf::dns::parse_name_server(text);
    return server ? Spoken() : say<Says::bad_name_server>(text, message_of(server.error()));
}

Spoken timeout_problem(const std::string& text) {
    double seconds = 0;
    const bool number = CLI::detail::lexical_cast(text, seconds);
    const bool fits = number && seconds >= 0.001 && seconds <= 86400;  // also false for NaN
    return fits ? Spoken() : say<Says::bad_timeout>();
}

/// Returns the strings of a TXT record in quotes, of which none is too long, for a text that has no
/// quotes.
std::string quoted_strings(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at == 0 || at < text.size(); at += spf::dns::longest_string) {
        if (at != 0) out += ' ';
        out += spf::analysis::master_file_string(text.substr(at, spf::dns::longest_string));
    }
    return out;
}

/// Returns "NAME TYPE DATA" as a line of a master file, with an absolute name. The data of a TXT
/// record may be without quotes.
std::string master_file_line(std::string_view text) {
    const std::size_t name_end = std::min(text.find(' '), text.size());
    std::string name(text.substr(0, name_end));
    if (!name.ends_with('.')) name += '.';
    text.remove_prefix(std::min(text.find_first_not_of(' ', name_end), text.size()));
    const std::size_t type_end = std::min(text.find(' '), text.size());
    std::string type(text.substr(0, type_end));
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    text.remove_prefix(std::min(text.find_first_not_of(' ', type_end), text.size()));
    const bool needs_quotes = type == "TXT" && !text.empty() && !text.starts_with('"');
    return name + " IN " + type + ' ' + (needs_quotes ? quoted_strings(text) : std::string(text)) +
           '\n';
}

Spoken with_problem(const std::string& text) {
    if (text.find('\n') != std::string::npos)
        return say<Says::bad_with>(text, say<Says::one_line>());
    const auto zone = spf::parse_zone(master_file_line(text));
    if (!zone) return say<Says::bad_with>(text, message_of(zone.error()));
    return {};
}

}  // namespace

DnsOptions DnsOptions::supposing(std::string_view domain) const {
    DnsOptions out = *this;
    out.record.reset();
    if (record) {
        out.with.push_back(spf::analysis::master_file_name(domain) + " TXT " +
                           quoted_strings(*record));
    }
    return out;
}

std::string DnsOptions::records() const {
    std::string out;
    for (const std::string& text : with) out += master_file_line(text);
    return out;
}

std::vector<spf::dns::NameServer> DnsOptions::servers() const {
    std::vector<spf::dns::NameServer> out;
    for (const std::string& text : name_servers) {
        // Every text is a valid address: others were refused when the command line was parsed.
        if (auto server = spf::dns::parse_name_server(text)) out.push_back(*std::move(server));
    }
    return out;
}

std::vector<std::string> DnsOptions::words() const {
    std::vector<std::string> out;
    for (const std::string& zone : zones) out.insert(out.end(), {"--zone", zone});
    for (const std::string& server : name_servers) {
        out.insert(out.end(), {"--nameserver", server});
    }
    for (const std::string& each : with) out.insert(out.end(), {"--with", each});
    return out;
}

void setup(CLI::App& app, DnsOptions& options) {
    const char* group = "DNS";
    app.add_option("--nameserver", options.name_servers,
                   "ask this server, not those of the system; repeatable")
        ->type_name("ADDR[:PORT]")
        ->allow_extra_args(false)
        ->check(CLI::Validator(name_server_problem, ""))
        ->group(group);
    app.add_option("--zone", options.zones, "answer from this zone file, not DNS; repeatable")
        ->type_name("FILE")
        ->allow_extra_args(false)
        ->group(group);
    app.add_option("--with", options.with, "suppose that NAME has this record; repeatable")
        ->type_name("'NAME TYPE DATA'")
        ->allow_extra_args(false)
        ->check(CLI::Validator(with_problem, ""))
        ->group(group);
    app.add_option("--timeout", options.timeout, "the time for all DNS questions together (20)")
        ->type_name("SECONDS")
        ->check(CLI::Validator(timeout_problem, ""))
        ->group(group);
}

void setup_record(CLI::App& app, DnsOptions& options) {
    app.add_option("--record", options.record, "suppose that the domain publishes this record")
        ->type_name("TEXT")
        ->group("DNS");
}

void setup_evidence(CLI::App& app, DnsOptions& options) {
    CLI::Option* const evidence =
        app.add_option("--evidence", options.evidence,
                       "keep the answers in this file, for spfcheck verify")
            ->type_name("FILE")
            ->group("DNS");
    // The file holds all that was read as it is.
    if (CLI::Option* const redact = app.get_option_no_throw("--redact")) evidence->excludes(redact);
}

}  // namespace spfcheck

#include "options.hpp"

#include <iostream>
#include <memory>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "exit_status.hpp"
#include "spf/base/printable.hpp"
#include "spf/version.hpp"

namespace policyd {
namespace {

constexpr const char* footer =
    "Examples:\n"
    "  spf-policyd                          listen at 127.0.0.1:10045, safe defaults\n"
    "  spf-policyd --config /etc/spf-policyd/spf-policyd.toml --check-config\n"
    "  spf-policyd --import /etc/postfix-policyd-spf-python/policyd-spf.conf \\\n"
    "    > spf-policyd.toml\n"
    "In Postfix' main.cf, after reject_unauth_destination:\n"
    "  check_policy_service inet:127.0.0.1:10045\n"
    "For more, see spf-policyd(8) and spf-policyd.toml(5).";

std::string not_empty(const std::string& text) { return text.empty() ? "is empty" : ""; }

}  // namespace

spf::Expected<CommandLine, int> parse_command_line(int argc, char** argv) {
    CLI::App app{
        "Tells Postfix whether a client may send mail for a domain: the Sender Policy\n"
        "Framework, SPF (RFC 7208), as a policy server (SMTPD_POLICY_README).",
        "spf-policyd"};
    CommandLine line;
    app.get_formatter()->column_width(30);
    app.set_help_flag("-h,--help", "print this help and exit");
    app.set_version_flag("--version", "spf-policyd " SPF_VERSION_STRING,
                         "print the version and exit");
    app.add_option("-c,--config", line.config, "the configuration, see spf-policyd.toml(5)")
        ->type_name("FILE")
        ->check(not_empty, "");
    app.add_option("-l,--listen", line.listen, "ADDRESS:PORT or unix:/PATH; may be repeated")
        ->type_name("WHERE")
        ->allow_extra_args(false);
    app.add_option("-n,--nameserver", line.nameserver, "ADDRESS[:PORT]; may be repeated")
        ->type_name("SERVER")
        ->allow_extra_args(false);
    app.add_flag("--check-config", line.check_config, "check the configuration and exit");
    app.add_option("--import", line.import_file, "print a policyd-spf.conf as configuration")
        ->type_name("FILE")
        ->check(not_empty, "");
    app.footer(footer);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& request) {  // --help, --version
        return app.exit(request);
    } catch (const CLI::ParseError& error) {
        std::cerr << "spf-policyd: " << spf::printable(error.what(), 1000)
                  << "\nTry \"spf-policyd --help\".\n";
        return static_cast<int>(exit_usage);
    }
    return line;
}

}  // namespace policyd

// Reads the configuration and starts the daemon.

#include <csignal>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/config.hpp"
#include "config/file.hpp"
#include "config/import.hpp"
#include "config/toml.hpp"
#include "exit_status.hpp"
#include "log/log.hpp"
#include "options.hpp"
#include "server/server.hpp"
#include "server/sockets.hpp"
#include "spf/base/expected.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/version.hpp"

namespace policyd {
namespace {

using Loaded = spf::Expected<Config, std::string>;

/// Puts what the command line says in the place of what the file says.
std::optional<std::string> override(const CommandLine& line, StartConfig& start) {
    if (!line.listen.empty()) start.listen.clear();
    for (const std::string& text : line.listen) {
        auto endpoint = parse_endpoint(text);
        if (!endpoint) return "--listen: " + endpoint.error();
        start.listen.push_back(*std::move(endpoint));
    }
    if (!line.nameserver.empty()) start.name_servers.clear();
    for (const std::string& text : line.nameserver) {
        auto server = spf::dns::parse_name_server(text);
        if (!server) return "--nameserver: " + std::string(server.error().message());
        start.name_servers.push_back(*std::move(server));
    }
    return std::nullopt;
}

Loaded load(const CommandLine& line, Occasion occasion) {
    Config config;
    if (!line.config.empty()) {
        auto read = read_config(line.config, occasion);
        if (!read) {
            std::string errors = to_string(read.error(), line.config);
            errors.pop_back();
            return errors;
        }
        config = *std::move(read);
    }
    if (auto error = override(line, config.start)) return *std::move(error);
    if (config.start.listen.empty()) config.start.listen.push_back(default_endpoint());
    complete(config);
    return config;
}

int fail(int status, const std::string& message) {
    std::cerr << "spf-policyd: " << message << '\n';
    return status;
}

/// The sockets that listen: those for Postfix, and that for Prometheus.
struct Sockets {
    std::vector<Listener> postfix{};
    std::optional<Listener> prometheus{};
};

/// Takes the sockets of systemd, which replace those of the configuration. A socket that is named
/// "metrics" is for Prometheus.
spf::Expected<Sockets, std::string> open_sockets(const StartConfig& start) {
    Sockets sockets;
    auto from_systemd = inherited_listeners();
    if (!from_systemd) return from_systemd.error();
    for (Listener& inherited : *from_systemd) {
        if (inherited.systemd_name == "metrics") {
            if (sockets.prometheus) return std::string("systemd passed two sockets for metrics");
            sockets.prometheus = std::move(inherited);
        } else {
            sockets.postfix.push_back(std::move(inherited));
        }
    }
    if (sockets.postfix.empty()) {
        for (const Endpoint& endpoint : start.listen) {
            auto listener = listen_at(endpoint);
            if (!listener) return listener.error();
            sockets.postfix.push_back(*std::move(listener));
        }
    }
    if (!sockets.prometheus && start.metrics) {
        auto listener = listen_at(*start.metrics);
        if (!listener) return listener.error();
        sockets.prometheus = *std::move(listener);
    }
    return sockets;
}

int print(std::string_view text) {
    std::cout << text << std::flush;
    return std::cout ? exit_ok : fail(exit_system, "cannot write to standard output");
}

/// Prints the translation of a policyd-spf.conf.
int print_import(const std::string& path) {
    const auto text = read_file(path);
    return text ? print(imported(*text)) : fail(exit_config, path + ": " + text.error().message());
}

int serve(const CommandLine& line, Config config) {
    Server::block_signals();
    auto sockets = open_sockets(config.start);
    if (!sockets) return fail(exit_system, sockets.error());
    Log log(config.start.log_target, config.log_level);
    std::string where;
    for (const Listener& listener : sockets->postfix)
        where += (where.empty() ? "" : ", ") + listener.name;
    log.line(LogLevel::info, "spf-policyd " SPF_VERSION_STRING " listens at " + where);
    Server server(std::move(config), log, std::move(sockets->postfix),
                  [&line] { return load(line, Occasion::reload); });
    if (sockets->prometheus) server.serve_metrics(*std::move(sockets->prometheus));
    server.run();
    return exit_ok;
}

int run(const CommandLine& line) {
    if (!line.import_file.empty()) return print_import(line.import_file);
    Loaded config = load(line, Occasion::start);
    if (!config) return fail(exit_config, config.error());
    if (line.check_config) {
        return print("spf-policyd: the configuration is in order\n");
    }
    return serve(line, *std::move(config));
}

}  // namespace
}  // namespace policyd

int main(int argc, char** argv) {
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    try {
        const auto line = policyd::parse_command_line(argc, argv);
        return line ? policyd::run(*line) : line.error();
    } catch (const std::exception& error) {
        return policyd::fail(policyd::exit_system, error.what());
    }
}

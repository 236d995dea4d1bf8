#include "config/toml.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <system_error>
#include <tuple>
#include <utility>

#include "config/file.hpp"
#include "config/table.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/net/network_set.hpp"
#include "spf/receiver/action.hpp"
#include "spf/receiver/reason_text.hpp"

namespace policyd {
namespace {

using spf::receiver::Action;
using spf::receiver::Exceptions;
using spf::receiver::ReceiverPolicy;

constexpr std::size_t max_key_parts = 16;  // in one line

std::string expected(std::string_view text, std::string_view choices) {
    return "\"" + spf::printable(text, 50) + "\" is to be " + std::string(choices);
}

/// Reads a text that is one of a few words.
template <class Value, std::size_t size>
void take_word(Table& table, std::string_view key,
               const std::array<std::pair<std::string_view, Value>, size>& words, Value& value) {
    table.take_text(key, [&](const std::string& text) {
        std::string choices;
        for (const auto& [word, meaning] : words) {
            if (word == text) {
                value = meaning;
                return std::string();
            }
            choices += (choices.empty() ? "\"" : ", \"") + std::string(word) + "\"";
        }
        return expected(text, "one of " + choices);
    });
}

constexpr std::array<std::pair<std::string_view, Header>, 2> header_words{
    {{"received-spf", Header::received_spf},
     {"authentication-results", Header::authentication_results}}};
constexpr std::array<std::pair<std::string_view, DeferWith>, 2> defer_words{
    {{"451", DeferWith::literal_451}, {"defer_if_permit", DeferWith::defer_if_permit}}};
constexpr std::array<std::pair<std::string_view, LogTarget>, 4> target_words{
    {{"auto", LogTarget::automatic},
     {"stderr", LogTarget::standard_error},
     {"journal", LogTarget::journal},
     {"syslog", LogTarget::syslog}}};
constexpr std::array<std::pair<std::string_view, LogLevel>, 4> level_words{
    {{"error", LogLevel::error},
     {"warning", LogLevel::warning},
     {"info", LogLevel::info},
     {"debug", LogLevel::debug}}};

/// Reads the actions of one identity. `Some` is spf::receiver::Actions or SomeActions.
template <class Some>
void take_actions(Table& table, Some& actions) {
    const auto take = [&table](std::string_view result, auto& action) {
        table.take_text(result, [&action](const std::string& text) {
            const auto named = spf::receiver::action_named(text);
            if (!named) return expected(text, R"(one of "none", "mark", "defer", "reject")");
            action = *named;
            return std::string();
        });
    };
    take("none", actions.none);
    take("neutral", actions.neutral);
    take("pass", actions.pass);
    take("fail", actions.fail);
    take("softfail", actions.softfail);
    take("temperror", actions.temperror);
    take("permerror", actions.permerror);
}

/// Reads the actions of all identities. `Rules` is spf::receiver::Rules or Exceptions.
template <class Rules>
void take_rules(Table& table, Rules& rules) {
    table.take_table("mail_from", [&](Table& inner) { take_actions(inner, rules.mail_from); });
    table.take_table("null_sender", [&](Table& inner) { take_actions(inner, rules.null_sender); });
    table.take_table("helo", [&](Table& inner) { take_actions(inner, rules.helo); });
}

/// Reads the exceptions of domains or recipients, and adds them to `to`.
template <class Map>
void take_exceptions(Table& table, std::string_view key, std::string_view problem, Map& to) {
    table.take_table(key, [&](Table& list) {
        list.take_tables([&](std::string_view name, Table& entry) {
            Exceptions exceptions;
            entry.take("skip", exceptions.skip);
            take_rules(entry, exceptions);
            return to.add(name, std::move(exceptions)) ? std::string() : std::string(problem);
        });
    });
}

void take_networks(Table& table, spf::NetworkSet& set) {
    std::vector<spf::Network> networks;
    bool is_there = false;
    table.take_texts(
        "networks", [&] { is_there = true; },
        [&](const std::string& text) {
            const auto network = spf::Network::parse(text);
            if (!network)
                return "\"" + spf::printable(text, 50) + "\" is no network, such as 192.0.2.0/24";
            networks.push_back(*network);
            return std::string();
        });
    if (is_there) set = spf::NetworkSet(std::span<const spf::Network>(networks));
}

void take_domains(Table& table, std::string_view key, std::vector<std::string>& domains) {
    table.take_texts(
        key, [&] { domains.clear(); },
        [&](const std::string& text) {
            const std::string domain = spf::receiver::domain_of_pattern(text);
            if (domain.empty() || text.starts_with("*."))
                return "\"" + spf::printable(text, 255) + "\" is no domain name";
            domains.push_back(domain);
            return std::string();
        });
}

void take_policy(Table& root, ReceiverPolicy& policy) {
    root.take("test", policy.is_test);
    root.take_text("reason", [&](const std::string& text) {
        if (text.empty()) return std::string();
        auto reason = spf::receiver::ReasonText::parse(text);
        if (!reason)
            return reason.error().message() + " (at octet " +
                   std::to_string(reason.error().offset + 1) + ")";
        policy.reason = *std::move(reason);
        return std::string();
    });
    root.take_table("actions", [&](Table& table) { take_rules(table, policy.rules); });
    root.take_table("skip", [&](Table& table) {
        table.take("authenticated", policy.skip_authenticated);
        take_networks(table, policy.skip_networks);
        table.take_texts(
            "helo_names", [] {},
            [&](const std::string& text) {
                return policy.skip_helo_names.add(text, true)
                           ? std::string()
                           : "\"" + spf::printable(text, 255) +
                                 "\" is no host name, or is in the list twice";
            });
    });
    root.take_table("relays", [&](Table& table) {
        take_networks(table, policy.relay_networks);
        take_domains(table, "hosts", policy.relay_hosts);
        take_domains(table, "domains", policy.relay_domains);
    });
    take_exceptions(root, "domains",
                    "is no domain such as \"example.com\" or \"*.example.com\", or is in the file "
                    "twice",
                    policy.domains);
    take_exceptions(root, "recipients",
                    "is no address such as \"ann@example.com\" and no domain, or is in the file "
                    "twice",
                    policy.recipients);
}

void take_limits(Table& table, Config& config) {
    table.take("check_seconds", 1, 40, [&](std::int64_t seconds) {
        config.options.limits.deadline = std::chrono::seconds(seconds);
    });
    table.take("void_lookups", 0, 100, [&](std::int64_t lookups) {
        config.options.limits.void_lookups = static_cast<unsigned>(lookups);
    });
    table.take("idle_seconds", 1, 86'400,
               [&](std::int64_t seconds) { config.idle_timeout = std::chrono::seconds(seconds); });
    table.take("connections", 1, 100'000, [&](std::int64_t connections) {
        config.start.max_connections = static_cast<std::size_t>(connections);
    });
    table.take("cache_mebibytes", 1, 65'536, [&](std::int64_t mebibytes) {
        config.start.cache_octets = static_cast<std::size_t>(mebibytes) << 20U;
    });
}

void take_start(Table& root, StartConfig& start) {
    root.take_texts(
        "listen", [&] { start.listen.clear(); },
        [&](const std::string& text) {
            auto endpoint = parse_endpoint(text);
            if (!endpoint) return endpoint.error();
            if (std::count(start.listen.begin(), start.listen.end(), *endpoint) != 0)
                return "\"" + text + "\" is in the list twice";
            start.listen.push_back(*std::move(endpoint));
            return std::string();
        });
    root.take_texts(
        "nameservers", [&] { start.name_servers.clear(); },
        [&](const std::string& text) {
            auto server = spf::dns::parse_name_server(text);
            if (!server) return std::string(server.error().message());
            start.name_servers.push_back(*std::move(server));
            return std::string();
        });
    root.take_table("metrics", [&](Table& table) {
        table.take_text("listen", [&](const std::string& text) {
            if (text.empty()) return std::string();
            auto endpoint = parse_endpoint(text);
            if (!endpoint) return endpoint.error();
            if (!endpoint->path.empty())
                return std::string("Prometheus cannot ask UNIX sockets: write ADDRESS:PORT");
            start.metrics = *std::move(endpoint);
            return std::string();
        });
    });
}

/// A name in a header field: printable, without spaces, of the length that names may have.
void take_name(Table& root, std::string_view key, std::string& name) {
    root.take_text(key, [&name](const std::string& text) {
        const bool fits = text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
                              return c > ' ' && c <= '~';
                          });
        if (!fits)
            return expected(text, "a name such as mx.example.org, in US-ASCII and without spaces");
        name = text;
        return std::string();
    });
}

/// Returns an error if a line has a key of many parts, such as "a.a.a": toml++ would need a stack
/// frame for each of them.
std::optional<ConfigError> deep_key(std::string_view text) {
    std::size_t line = 1;
    std::size_t column = 0;
    std::size_t dots = 0;
    char quote = '\0';
    bool is_escaped = false;
    for (const char c : text) {
        ++column;
        if (c == '\n') {
            ++line;
            column = dots = 0;
            quote = '\0';
            is_escaped = false;
        } else if (is_escaped) {
            is_escaped = false;
        } else if (quote != '\0') {
            is_escaped = quote == '"' && c == '\\';
            if (c == quote) quote = '\0';
        } else if (c == '"' || c == '\'' || c == '#') {
            quote = c == '#' ? '\n' : c;  // a comment ends with its line
        } else if (c == '.' && ++dots > max_key_parts) {
            return ConfigError{line, column, "no key has so many parts"};
        }
    }
    return std::nullopt;
}

Config config_of(const toml::table& file, ConfigErrors& errors) {
    Config config;
    Table root(file, "", errors);
    take_start(root, config.start);
    take_name(root, "receiver", config.receiver);
    take_name(root, "authserv_id", config.authserv_id);
    root.take_texts(
        "headers", [&] { config.headers.clear(); },
        [&](const std::string& text) {
            for (const auto& [word, header] : header_words) {
                if (word != text) continue;
                if (std::count(config.headers.begin(), config.headers.end(), header) != 0)
                    return "\"" + text + "\" is in the list twice";
                config.headers.push_back(header);
                return std::string();
            }
            return expected(text, "\"received-spf\" or \"authentication-results\"");
        });
    take_word(root, "defer_with", defer_words, config.defer_with);
    take_policy(root, config.policy);
    root.take_table("limits", [&](Table& table) { take_limits(table, config); });
    root.take_table("log", [&](Table& table) {
        take_word(table, "to", target_words, config.start.log_target);
        take_word(table, "level", level_words, config.log_level);
    });
    root.finish();
    return config;
}

}  // namespace

spf::Expected<Config, ConfigErrors> parse_config(std::string_view text) {
    ConfigErrors errors;
    if (auto error = deep_key(text)) return ConfigErrors{*std::move(error)};
    try {
        Config config = config_of(toml::parse(text), errors);
        if (errors.empty()) return config;
    } catch (const toml::parse_error& error) {
        const toml::source_position at = error.source().begin;
        errors.push_back({at.line, at.column, spf::printable(error.description(), 300)});
    }
    std::stable_sort(errors.begin(), errors.end(), [](const auto& a, const auto& b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    return errors;
}

spf::Expected<Config, ConfigErrors> read_config(const std::string& path, Occasion occasion) {
    const auto text = read_file(path);
    if (text) {
        const bool is_empty = text->find_first_not_of(" \t\r\n") == std::string::npos;
        if (!is_empty || occasion == Occasion::start) return parse_config(*text);
        return ConfigErrors{
            {0, 0, "is empty: for the defaults, write a comment into it, or start again"}};
    }
    std::string message = text.error().message();
    if (text.error() == std::errc::file_too_large) message = "is longer than 1 MiB";
    if (text.error() == std::errc::invalid_seek)
        message = "is not a regular file, so a reload could not read it again";
    return ConfigErrors{{0, 0, std::move(message)}};
}

std::string to_string(const ConfigErrors& errors, std::string_view file) {
    std::string out;
    for (const ConfigError& error : errors) {
        out += file;
        if (error.line != 0)
            out += ':' + std::to_string(error.line) + ':' + std::to_string(error.column);
        out += ": " + error.message + '\n';
    }
    return out;
}

}  // namespace policyd

// The sample configuration and the manuals: they have every setting, and say what is true of it.

#include <array>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/config.hpp"
#include "config/import.hpp"
#include "config/toml.hpp"
#include "metrics/counters.hpp"
#include "support/catch.hpp"

using namespace policyd;
using Catch::Contains;

namespace {

std::string contents(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(SPF_SOURCE_DIR "/examples/policyd/" + file).rdbuf();
    REQUIRE_FALSE(text.str().empty());
    return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

/// Returns the text of a manual without the escapes of roff.
std::string manual(const std::string& file) {
    std::string text = contents(file);
    for (const auto& [from, to] : {std::pair{"\\-", "-"},
                                   {"\\(dq", "\""},
                                   {"\\(aq", "'"},
                                   {"\\~", " "},
                                   {"\\fI", ""},
                                   {"\\fP", ""},
                                   {"\\fR", ""}})
        text = replaced(text, from, to);
    return text;
}

/// The settings of the sample and their values, as if it had no "#" before settings.
std::vector<std::pair<std::string, std::string>> sample_settings() {
    std::vector<std::pair<std::string, std::string>> settings;
    for (const std::string& line : lines_of(contents("spf-policyd.toml"))) {
        if (line.empty() || line == "#" || line.starts_with("# ")) continue;
        INFO(line);
        const std::size_t equals = line.find(" = ");
        REQUIRE(line.starts_with('#'));
        REQUIRE(equals != std::string::npos);
        settings.emplace_back(line.substr(1, equals - 1), line.substr(equals + 3));
    }
    return settings;
}

bool is_exception(std::string_view key) {
    return key.starts_with("domains.") || key.starts_with("recipients.");
}

/// What the reader says about a configuration that is wrong.
std::string complaint(const std::string& text) {
    const auto config = parse_config(text);
    INFO(text);
    REQUIRE_FALSE(config);
    REQUIRE(config.error().size() == 1);
    return config.error().front().message;
}

/// Adds all settings that there are in a table and below it. What is a table, and what is in it, is
/// what the reader says about a key that does not exist.
void add_keys(const std::string& table, std::vector<std::string>& keys) {
    const std::string before = table.empty() ? "" : table + ".";
    const std::string said = complaint(before + "nothing = 1\n");
    const std::size_t list = said.find("; there are ");
    if (list == std::string::npos) {
        const bool has_entries = said.ends_with(".nothing\" is to be a table");
        if (has_entries) return add_keys(before + "\"example.com\"", keys);
        keys.push_back(table);
        return;
    }
    std::istringstream names(replaced(said.substr(list + 12), ",", ""));
    for (std::string name; names >> name;) add_keys(before + name, keys);
}

std::vector<std::string> all_keys() {
    std::vector<std::string> keys;
    add_keys("", keys);
    return keys;
}

/// Returns the type of a setting, from what the reader says about a date.
std::string type_of(const std::string& key) {
    const std::string said = complaint(key + " = 2026-01-01\n");
    for (const std::string_view type : {"true or false", "list of texts", "text in quotes"}) {
        if (said.find(type) != std::string::npos)
            return std::string(type == "text in quotes" ? "text" : type);
    }
    return said.substr(said.find("whole number"));
}

/// Returns what "spf-policyd --help" prints.
std::string help() {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(SPF_POLICYD " --help", "r"),
                                                     &::pclose);
    REQUIRE(pipe != nullptr);
    std::string text;
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get()))
        text += static_cast<char>(c);
    return text;
}

/// Returns the head of the entry of a setting in spf-policyd.toml(5).
std::string manual_head(const std::string& key) {
    std::string head = key;
    for (const char* const identity : {".mail_from.", ".helo.", ".null_sender."}) {
        const std::size_t at = head.find(identity);
        if (at != std::string::npos) head = head.substr(0, at) + identity + "RESULT";
    }
    head = replaced(head, "domains.\"example.com\"", "domains.\"DOMAIN\"");
    return replaced(head, "recipients.\"example.com\"", "recipients.\"RECIPIENT\"");
}

}  // namespace

TEST_CASE("The sample has every setting with its default", "[policyd][sample]") {
    std::string text;
    for (const auto& [key, value] : sample_settings()) text += key + " = " + value + '\n';
    const auto config = parse_config(text);
    INFO((config ? std::string() : to_string(config.error(), "the sample")));
    REQUIRE(config);
    const Config defaults;

    StartConfig start = config->start;
    CHECK(start.listen == std::vector{default_endpoint()});
    start.listen.clear();
    CHECK(start == defaults.start);
    CHECK(config->receiver == defaults.receiver);
    CHECK(config->authserv_id == defaults.authserv_id);
    CHECK(config->headers == defaults.headers);
    CHECK(config->defer_with == defaults.defer_with);
    CHECK(config->options.limits.deadline == defaults.options.limits.deadline);
    CHECK(config->options.limits.void_lookups == defaults.options.limits.void_lookups);
    CHECK(config->idle_timeout == defaults.idle_timeout);
    CHECK(config->log_level == defaults.log_level);

    const auto& policy = config->policy;
    CHECK(policy.rules.mail_from == defaults.policy.rules.mail_from);
    CHECK(policy.rules.null_sender == defaults.policy.rules.null_sender);
    CHECK(policy.rules.helo == defaults.policy.rules.helo);
    CHECK(policy.skip_authenticated == defaults.policy.skip_authenticated);
    CHECK(policy.skip_networks == defaults.policy.skip_networks);
    CHECK(policy.skip_helo_names.empty());
    CHECK(policy.relay_networks == defaults.policy.relay_networks);
    CHECK(policy.relay_hosts.empty());
    CHECK(policy.relay_domains.empty());
    CHECK(policy.is_test == defaults.policy.is_test);
    CHECK_FALSE(policy.reason);
    CHECK(policy.domains.size() == 2);  // the examples at its end
}

TEST_CASE("The sample as it is changes nothing", "[policyd][sample]") {
    for (const std::string& line : lines_of(contents("spf-policyd.toml")))
        CHECK((line.empty() || line.starts_with('#')));
}

TEST_CASE("The sample has each setting once, except for exceptions", "[policyd][sample]") {
    std::map<std::string, int> times;
    for (const auto& [key, value] : sample_settings()) ++times[key];
    std::size_t count = 0;
    for (const std::string& key : all_keys()) {
        if (is_exception(key)) continue;
        CAPTURE(key);
        CHECK(times[key] == 1);
        ++count;
    }
    CHECK(count > 40);  // all_keys() has found them
    CHECK(times["domains.\"bank.example\".mail_from.softfail"] == 1);
    CHECK(times["recipients.\"abuse@example.org\".skip"] == 1);
}

TEST_CASE("spf-policyd.toml(5) has each setting with its type and default", "[policyd][man]") {
    const std::string page = manual("spf-policyd.toml.5");
    const auto settings = sample_settings();
    const std::map<std::string, std::string> defaults(settings.begin(), settings.end());
    for (const std::string& key : all_keys()) {
        CAPTURE(key);
        const std::string head = ".BR " + manual_head(key) + " \" (" + type_of(key);
        CHECK_THAT(page, Contains(head));
        if (is_exception(key)) continue;
        const std::string value = "default: " + defaults.at(key);
        const bool is_action = key.starts_with("actions.");
        const std::string result = key.substr(key.rfind('.') + 1);
        if (is_action) {
            CHECK_THAT(page, Contains(".BR " + result + " \" (" + value + ")\""));
        } else {
            CHECK_THAT(page, Contains(head + "; " + value));
        }
    }
}

TEST_CASE("spf-policyd(8) has each option", "[policyd][man]") {
    const std::string page = manual("spf-policyd.8");
    std::size_t options = 0;
    std::string text = help();
    text.erase(text.find("Examples:"));
    for (std::size_t at = 0; (at = text.find("--", at)) != std::string::npos;) {
        const std::size_t end = text.find_first_of(" \n", at);
        const std::string option = text.substr(at, end - at);
        CAPTURE(option);
        CHECK_THAT(page.substr(page.find(".SH OPTIONS")), Contains(option));
        at = end;
        ++options;
    }
    CHECK(options == 7);
}

TEST_CASE("spf-policyd(8) has the keys of the log and the metrics", "[policyd][man]") {
    const std::string page = manual("spf-policyd.8");
    std::ifstream header(SPF_SOURCE_DIR "/include/spf/report/log_line.hpp");
    std::size_t keys = 0;
    for (std::string line; std::getline(header, line);) {
        constexpr std::string_view row = "/// | `";
        if (!line.starts_with(row)) continue;
        const std::string key = line.substr(row.size(), line.find('`', row.size()) - row.size());
        CAPTURE(key);
        CHECK((page.find(".B " + key + '\n') != std::string::npos ||
               page.find(".B " + key + ", ") != std::string::npos ||
               page.find(", " + key + '\n') != std::string::npos));
        ++keys;
    }
    CHECK(keys > 15);

    for (const std::string& line : lines_of(metrics_text({}, {}))) {
        constexpr std::string_view type = "# TYPE ";
        if (!line.starts_with(type)) continue;
        const std::string name = line.substr(type.size(), line.rfind(' ') - type.size());
        CAPTURE(name);
        CHECK((page.find(".B " + name + '\n') != std::string::npos ||
               page.find(".B " + name + '{') != std::string::npos));
    }
}

TEST_CASE("The configurations that the manuals show are in order", "[policyd][man]") {
    std::size_t blocks = 0;
    const auto check = [&blocks](const std::string& block) {
        ++blocks;
        const auto config = parse_config(block);
        INFO(block << (config ? std::string() : to_string(config.error(), "block")));
        CHECK(config);
    };
    const std::string page = manual("spf-policyd.toml.5");
    for (std::size_t at = page.find(".SH EXAMPLES"); (at = page.find(".EX\n", at)) != page.npos;) {
        at += 4;
        check(page.substr(at, page.find(".EE\n", at) - at));
    }
    const std::string readme = contents("README.md");
    for (std::size_t at = 0; (at = readme.find("```toml\n", at)) != readme.npos;) {
        at += 8;
        check(readme.substr(at, readme.find("```\n", at) - at));
    }
    CHECK(blocks > 5);
}

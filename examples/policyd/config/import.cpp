#include "config/import.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "spf/base/printable.hpp"
#include "spf/net/ip.hpp"
#include "spf/receiver/by_domain.hpp"
#include "spf/receiver/reason_text.hpp"

namespace policyd {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// Returns a text in quotes for TOML.
std::string toml_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : spf::printable(text, 1000)) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

/// What the translation will be: keys by table, in the order of spf-policyd.toml(5).
class Translation {
public:
    void set(const std::string& table, const std::string& key, const std::string& value) {
        tables_[table][key] = value;
    }
    void add(const std::string& table, const std::string& key, const std::string& element) {
        auto& list = lists_[{table, key}];
        if (std::find(list.begin(), list.end(), element) == list.end()) list.push_back(element);
    }
    void note(std::string_view option, std::string_view value, std::string_view why) {
        notes_ += "# " + spf::printable(option, 100) + " = " + spf::printable(value, 200) +
                  "\n#   " + std::string(why) + '\n';
    }
    [[nodiscard]] std::string text() {
        for (const auto& [place, list] : lists_) {
            std::string value;
            for (const std::string& element : list)
                value += (value.empty() ? "" : ", ") + toml_string(element);
            set(place.first, place.second, "[" + value + "]");
        }
        std::string out =
            "# Translated from a policyd-spf.conf. See spf-policyd.toml(5).\n" + notes_;
        for (const auto& [table, keys] : tables_) {
            if (!table.empty()) out += "\n[" + table + "]\n";
            for (const auto& [key, value] : keys) out += key + " = " + value + '\n';
        }
        return out;
    }

private:
    std::string notes_;
    std::map<std::string, std::map<std::string, std::string>> tables_;
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> lists_;
};

using Options = std::map<std::string, std::string, std::less<>>;

Options options_in(std::string_view text) {
    Options options;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = trimmed(line.substr(0, line.find('#')));
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        options.insert_or_assign(std::string(trimmed(line.substr(0, equals))),
                                 std::string(trimmed(line.substr(equals + 1))));
    }
    return options;
}

bool is_true(std::string_view value) { return value == "True" || value == "Yes"; }

std::vector<std::string> elements(std::string_view list) {
    std::vector<std::string> out;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        const std::string_view element = trimmed(list.substr(0, end));
        if (!element.empty()) out.emplace_back(element);
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return out;
}

/// An option with a translation of its own, or the reason why there is none.
struct Rule {
    std::string_view option;
    void (*translate)(Translation&, std::string_view option, std::string_view value);
    std::string_view no_counterpart = {};
};

constexpr std::array<std::string_view, 7> results{"none",     "neutral",   "pass",     "fail",
                                                  "softfail", "temperror", "permerror"};

/// Translates HELO_reject and Mail_From_reject for one identity.
void set_actions(Translation& out, std::string_view value, const std::string& identity) {
    const std::string table = "actions." + identity;
    const auto set = [&](std::initializer_list<std::string_view> for_results,
                         std::string_view action) {
        for (const std::string_view result : for_results)
            out.set(table, std::string(result), toml_string(action));
    };
    if (value == "SPF_Not_Pass") return set({"fail", "softfail", "neutral", "permerror"}, "reject");
    if (value == "Softfail") return set({"fail", "softfail"}, "reject");
    if (value == "False") return set({"fail"}, "mark");
    if (value == "No_Check") {
        for (const std::string_view result : results) set({result}, "none");
    }
}

/// Notes a value that the option does not have, and returns whether it has the value.
bool is_one_of(Translation& out, std::string_view option, std::string_view value,
               std::initializer_list<std::string_view> values) {
    if (std::find(values.begin(), values.end(), value) != values.end()) return true;
    out.note(option, value, "the option has no such value, so the default applies");
    return false;
}

void helo_reject(Translation& out, std::string_view option, std::string_view value) {
    if (!is_one_of(out, option, value,
                   {"Fail", "SPF_Not_Pass", "Softfail", "Null", "False", "No_Check"}))
        return;
    if (value == "Null") return out.set("actions.helo", "fail", toml_string("mark"));
    set_actions(out, value, "helo");
    set_actions(out, value, "null_sender");
    if (value == "No_Check")
        out.note(option, value, "HELO is checked all the same, but nothing depends on its result");
}

void mail_from_reject(Translation& out, std::string_view option, std::string_view value) {
    if (!is_one_of(out, option, value, {"Fail", "SPF_Not_Pass", "Softfail", "False", "No_Check"}))
        return;
    set_actions(out, value, "mail_from");
    if (value == "No_Check")
        out.note(option, value,
                 "MAIL FROM is checked all the same, but nothing depends on its result");
}

void test_only(Translation& out, std::string_view option, std::string_view value) {
    if (is_one_of(out, option, value, {"0", "1"}) && value == "0") out.set("", "test", "true");
}

void header_type(Translation& out, std::string_view option, std::string_view value) {
    if (!is_one_of(out, option, value, {"SPF", "AR", "None"})) return;
    if (value == "AR") out.set("", "headers", "[\"authentication-results\"]");
    if (value == "None") out.set("", "headers", "[]");
}

void debug_level(Translation& out, std::string_view option, std::string_view value) {
    if (!is_one_of(out, option, value, {"-1", "0", "1", "2", "3", "4", "5"})) return;
    const bool quiet = value == "0" || value == "-1";
    if (value != "1") out.set("log", "level", toml_string(quiet ? "error" : "debug"));
}

/// IPv4-mapped networks are written as what they are, networks of IPv4.
std::optional<spf::Network> network_in(std::string_view text) {
    const auto network = spf::Network::parse(text);
    if (!network) return std::nullopt;
    const spf::IpAddress first = network->range().first;
    if (network->family() == spf::Family::ipv6 && first.is_v4() && network->prefix_length() >= 96)
        return spf::Network(first, network->prefix_length() - 96);
    return *network;
}

void add_networks(Translation& out, std::string_view option, std::string_view value) {
    for (const std::string& element : elements(value)) {
        if (const auto network = network_in(element)) {
            out.add("skip", "networks", network->to_string());
        } else {
            out.note(option, element, "is not a network");
        }
    }
}

/// Returns the domain names in a list, and notes what is not a domain name.
std::vector<std::string> names_in(Translation& out, std::string_view option,
                                  std::string_view value) {
    std::vector<std::string> names;
    for (const std::string& element : elements(value)) {
        std::string name = spf::receiver::domain_of_pattern(element);
        if (name.empty() || element.starts_with('*')) {
            out.note(option, element, "is not a domain name");
        } else {
            names.push_back(std::move(name));
        }
    }
    return names;
}

void add_names(Translation& out, std::string_view option, std::string_view value,
               const std::string& table, const std::string& key) {
    for (const std::string& name : names_in(out, option, value)) out.add(table, key, name);
}

void number(Translation& out, std::string_view option, std::string_view value,
            const std::string& key, int least, int most) {
    int count = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
    if (error != std::errc{} || end != value.data() + value.size())
        return out.note(option, value, "is not a number");
    if (count < least || count > most)
        out.note(option, value,
                 key + " is from " + std::to_string(least) + " to " + std::to_string(most));
    out.set("limits", key, std::to_string(std::clamp(count, least, most)));
}

void reason_message(Translation& out, std::string_view option, std::string_view value) {
    std::string text(value);
    const auto replace = [&text](std::string_view from, std::string_view to) {
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
            text.replace(at, from.size(), to);
    };
    replace("{rejectdefer}", "refused");
    replace("{spf}", "SPF {result} for {domain}");
    replace("Please see {url}", "");
    replace("{url}", "");
    if (!spf::receiver::ReasonText::parse(text))
        return out.note(option, value, "is no text for \"reason\"; the daemon's own text is used");
    out.set("", "reason", toml_string(trimmed(text)));
}

constexpr std::array<Rule, 28> rules{{
    {"debugLevel", debug_level},
    {"TestOnly", test_only},
    {"defaultSeedOnly", test_only},
    {"HELO_reject", helo_reject},
    {"Mail_From_reject", mail_from_reject},
    {"skip_addresses", add_networks},
    {"Whitelist", add_networks},
    {"HELO_Whitelist",
     [](Translation& out, std::string_view option, std::string_view value) {
         add_names(out, option, value, "skip", "helo_names");
     }},
    {"Domain_Whitelist",
     [](Translation& out, std::string_view option, std::string_view value) {
         add_names(out, option, value, "relays", "domains");
     }},
    {"Header_Type", header_type},
    {"Authserv_Id",
     [](Translation& out, std::string_view option, std::string_view value) {
         const bool is_name =
             std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c <= '~'; });
         if (!is_name || value.empty() || value.size() > 255)
             return out.note(option, value, "is not a name");
         if (value != "HOSTNAME") out.set("", "authserv_id", toml_string(value));
     }},
    {"Lookup_Time",
     [](Translation& out, std::string_view option, std::string_view value) {
         number(out, option, value, "check_seconds", 1, 40);
     }},
    {"Void_Limit",
     [](Translation& out, std::string_view option, std::string_view value) {
         number(out, option, value, "void_lookups", 0, 100);
     }},
    {"Reason_Message", reason_message},
    // These four are translated after the others, because they depend on them.
    {"PermError_reject", nullptr},
    {"TempError_Defer", nullptr},
    {"Reject_Not_Pass_Domains", nullptr},
    {"No_Mail", nullptr,
     "fail is marked instead of refused, because domains that send no mail have no action of "
     "their own"},
    {"HELO_pass_restriction", nullptr,
     "a pass never permits anything by itself; use Postfix' own restrictions"},
    {"Mail_From_pass_restriction", nullptr,
     "a pass never permits anything by itself; use Postfix' own restrictions"},
    {"Domain_Whitelist_PTR", nullptr,
     "names of the reverse mapping are not proved; name hosts in [relays] hosts"},
    {"Prospective", nullptr, "to try an address of your own, use: spfcheck check"},
    {"Per_User", nullptr, "write the recipients as [recipients.\"ADDRESS\"]"},
    {"SPF_Enhanced_Status_Codes", nullptr, "the codes are always those of RFC 7372"},
    {"Hide_Receiver", nullptr, "header fields never name the recipient"},
    {"Whitelist_Lookup_Time", nullptr, "[limits] check_seconds applies to these lookups, too"},
    {"Mock", nullptr, "Postfix 3.0 and later need no such field"},
    {"QueueID", nullptr, "the log has the queue id whenever Postfix knows it"},
}};

/// Options whose value says that they are off need no comment.
bool is_off(std::string_view value) {
    return value.empty() || value == "False" || value == "No" || value == "None";
}

void translate(Translation& out, const std::string& option, const std::string& value) {
    const auto rule = std::find_if(rules.begin(), rules.end(),
                                   [&](const Rule& each) { return each.option == option; });
    if (rule == rules.end()) return out.note(option, value, "there is no such option");
    if (rule->translate != nullptr) return rule->translate(out, option, value);
    const bool is_default = option == "SPF_Enhanced_Status_Codes" || option == "QueueID"
                                ? is_true(value)
                                : is_off(value);
    if (!rule->no_counterpart.empty() && !is_default) out.note(option, value, rule->no_counterpart);
}

std::string_view value_of(const Options& options, std::string_view option) {
    const auto found = options.find(option);
    return found != options.end() ? std::string_view(found->second) : std::string_view();
}

/// Returns the identities for which a message may be refused at all.
std::vector<std::string> refused_identities(const Options& options) {
    const auto refuses = [&options](std::string_view option) {
        const std::string_view value = value_of(options, option);
        return value != "False" && value != "No_Check";
    };
    std::vector<std::string> identities;
    if (refuses("Mail_From_reject")) identities.emplace_back("mail_from");
    if (refuses("HELO_reject")) identities.emplace_back("null_sender");
    // With "Null", HELO matters for null senders only.
    if (refuses("HELO_reject") && value_of(options, "HELO_reject") != "Null")
        identities.emplace_back("helo");
    return identities;
}

/// Translates the options that apply to all identities for which messages may be refused.
void translate_for_all(Translation& out, const Options& options) {
    for (const std::string_view option : {"PermError_reject", "TempError_Defer", "No_Mail"}) {
        const std::string_view value = value_of(options, option);
        if (!value.empty())
            static_cast<void>(is_one_of(out, option, value, {"True", "Yes", "False", "No"}));
    }
    for (const std::string& identity : refused_identities(options)) {
        const std::string table = "actions." + identity;
        if (is_true(value_of(options, "PermError_reject")))
            out.set(table, "permerror", toml_string("reject"));
        if (is_true(value_of(options, "TempError_Defer")))
            out.set(table, "temperror", toml_string("defer"));
        if (is_true(value_of(options, "No_Mail"))) out.set(table, "fail", toml_string("mark"));
    }
}

/// Messages of these domains are refused unless they pass, even if those of others never are.
void translate_not_pass(Translation& out, const Options& options) {
    const bool null = value_of(options, "HELO_reject") == "Null";
    const bool no_helo = value_of(options, "HELO_reject") == "No_Check";
    const bool no_mail_from = value_of(options, "Mail_From_reject") == "No_Check";
    constexpr std::string_view option = "Reject_Not_Pass_Domains";
    for (const std::string& name : names_in(out, option, value_of(options, option))) {
        const auto set = [&](std::string_view identity) {
            const std::string table = "domains." + toml_string(name) + "." + std::string(identity);
            for (const char* const result : {"fail", "softfail", "neutral"})
                out.set(table, result, toml_string("reject"));
        };
        if (!no_mail_from) set("mail_from");
        if (!no_helo) set("null_sender");
        if (!no_helo && !null) set("helo");
    }
}

}  // namespace

std::string imported(std::string_view policyd_spf_conf) {
    Translation out;
    Options options = options_in(policyd_spf_conf);
    // skip_addresses has a default, and a list of ours replaces ours.
    if (options.contains("Whitelist")) options.try_emplace("skip_addresses", "127.0.0.0/8,::1");
    for (const auto& [option, value] : options) translate(out, option, value);
    translate_for_all(out, options);
    translate_not_pass(out, options);
    return out.text();
}

}  // namespace policyd

#include "diff.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "arguments.hpp"
#include "exit_status.hpp"
#include "identity.hpp"
#include "json.hpp"
#include "networks.hpp"
#include "spf/analysis/diff.hpp"
#include "spf/parse.hpp"
#include "spf/report/printable.hpp"

namespace spfcheck {
namespace {

constexpr int exit_different = 1;
/// Whose record a text is where nothing else is said; reserved (RFC 2606), so it has no addresses.
constexpr std::string_view nobody = "record.invalid";

std::string_view name(std::optional<spf::Result> result) {
    return result ? spf::to_string(*result) : "unknown";
}

/// The domain that texts of records are evaluated for.
std::string domain_for_texts(const DiffOptions& options) {
    if (!options.domain.empty()) return ascii_domain(options.domain);
    for (const std::string& each : {options.from, options.to}) {
        if (!spf::has_version(each)) return ascii_domain(each);
    }
    return std::string(nobody);
}

spf::NetworkMap map_of(const std::string& text, const std::string& domain, Dns& dns) {
    if (!spf::has_version(text)) return spf::map_networks(ascii_domain(text), dns);
    spf::RecordOverlay overlay(domain, text, dns);
    return spf::map_networks(domain, overlay);
}

std::set<std::string> terms_of(const spf::NetworkMap& map) {
    std::set<std::string> out;
    for (const spf::NotEnumerable& each : map.not_enumerable) out.insert(each.term);
    return out;
}

Json to_json(const std::vector<spf::Change>& changes, const spf::NetworkMap& from,
             const spf::NetworkMap& to) {
    Json json;
    json["changes"] = Json::array();
    for (const spf::Change& change : changes) {
        Json item;
        item["network"] = change.network.to_string();
        item["from"] = name(change.from);
        item["to"] = name(change.to);
        json["changes"].push_back(std::move(item));
    }
    json["not_enumerable_from"] = terms_of(from);
    json["not_enumerable_to"] = terms_of(to);
    json["complete"] = from.is_complete() && to.is_complete();
    return json;
}

void print(std::ostream& out, const std::vector<spf::Change>& changes) {
    std::size_t column = 0;
    for (const spf::Change& change : changes) {
        column = std::max(column, change.network.to_string().size());
    }
    for (const spf::Change& change : changes) {
        std::string line = "  " + change.network.to_string();
        line.resize(column + 4, ' ');
        out << line << name(change.from) << " -> " << name(change.to) << '\n';
    }
}

}  // namespace

int print_diff(std::ostream& out, const spf::NetworkMap& from, const spf::NetworkMap& to,
               const OutputOptions& options) {
    const std::vector<spf::Change> changes = spf::diff(from, to);
    const bool same_terms = terms_of(from) == terms_of(to);
    const bool same = changes.empty() && same_terms && from.is_complete() && to.is_complete();
    if (options.json) {
        write(out, to_json(changes, from, to));
    } else if (same) {
        out << "no difference: every address gets the same result\n";
    } else {
        const std::size_t count = changes.size();
        out << "different: " << count << (count == 1 ? " network gets" : " networks get")
            << " another result\n";
        print(out, changes);
        if (!same_terms) out << "The terms that depend on more than the network differ, too.\n";
    }
    return same ? exit_ok : exit_different;
}

void setup(CLI::App& app, DiffOptions& options) {
    app.add_option("OLD", options.from, "a domain, or the text of a record (\"v=spf1 ...\")")
        ->required()
        ->transform(a_domain_or_record())
        ->type_name("");
    app.add_option("NEW", options.to, "the same: what takes its place")
        ->required()
        ->transform(a_domain_or_record())
        ->type_name("");
    app.add_option("--domain", options.domain,
                   "whose record a text is; otherwise that of the domain given beside it")
        ->transform(a_domain())
        ->type_name("NAME");
    setup(app, options.dns);
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck diff example.com "v=spf1 mx ip4:192.0.2.0/28 -all"
  spfcheck diff "v=spf1 ip4:192.0.2.0/24 -all" "v=spf1 ip4:192.0.2.0/25 -all"
  spfcheck diff example.com example.org --json

Exit status:
  0 every address gets the same result, 1 some do not, 64 wrong usage,
  65 unreadable zone file, 69 no DNS can be reached, 70 internal error)");
}

int run(const DiffOptions& options, std::ostream& out, std::ostream& err) {
    const auto logger = make_logger(options.output, err);
    const auto dns = open_dns(options.dns, logger);
    if (!dns) {
        err << "spfcheck: " << dns.error().message << '\n';
        return dns.error().exit_status;
    }
    const std::string domain = domain_for_texts(options);
    (*dns)->begin_check();
    const spf::NetworkMap from = map_of(options.from, domain, **dns);
    (*dns)->begin_check();
    const spf::NetworkMap to = map_of(options.to, domain, **dns);
    const int status = print_diff(out, from, to, options.output);
    if (from.is_too_large || to.is_too_large) {
        err << "spfcheck: a record is too large to be mapped; some addresses are left out\n";
    }
    for (const spf::NetworkMap* map : {&from, &to}) {
        if (!map->with(spf::Result::temperror).empty() && (*dns)->is_unreachable()) {
            return tell_unreachable(**dns, err);
        }
    }
    return status;
}

}  // namespace spfcheck

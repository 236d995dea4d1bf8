#include "flatten/print.hpp"

#include <chrono>
#include <ostream>
#include <string>
#include <utility>

#include "io/terminal.hpp"
#include "spf/analysis/master_file.hpp"
#include "spf/base/printable.hpp"
#include "spf/record/edit.hpp"

namespace spfcheck {
namespace {

/// Returns when to look again: at most once a minute. Without a TTL, the answers do not say.
std::string how_often(std::chrono::seconds ttl) {
    constexpr std::chrono::seconds shortest{60};
    if (ttl <= std::chrono::seconds{0})
        return "every hour, for instance (the DNS answers do not say for how long they hold)";
    if (ttl < shortest) {
        return "every minute (the DNS answers hold for " + std::to_string(ttl.count()) +
               (ttl.count() == 1 ? " second" : " seconds") + " only)";
    }
    return "every " + std::to_string(ttl.count()) + " seconds";
}

}  // namespace

Json to_json(const spf::analysis::Flattened& flat) {
    Json json;
    json["records"] = Json::array();
    for (const spf::analysis::FlatRecord& each : flat.records) {
        Json item;
        item["name"] = each.name;
        item["record"] = each.record;
        json["records"].push_back(std::move(item));
    }
    json["kept"] = flat.kept;
    json["dns_lookups"] = flat.dns_lookups;
    json["ttl"] = flat.ttl.count() > 0 ? Json(flat.ttl.count()) : Json();
    json["error"] = nullptr;
    json["complete"] = true;
    json["problem"] = nullptr;
    return json;
}

bool is_about_policy(const spf::analysis::FlattenError& error) noexcept {
    using Code = spf::analysis::FlattenError::Code;
    return error.code != Code::dns_failure && error.code != Code::too_much_work;
}

Json to_json(const spf::analysis::FlattenError& error) {
    Json json;
    json["records"] = Json::array();
    json["kept"] = Json::array();
    json["dns_lookups"] = nullptr;
    json["ttl"] = nullptr;
    json["error"] = error.message();
    json["complete"] = is_about_policy(error);
    json["problem"] = problem_or_null(error.problem);
    return json;
}

void print(std::ostream& out, const spf::analysis::Flattened& flat, std::size_t width) {
    for (const spf::analysis::FlatRecord& each : flat.records) {
        out << spf::analysis::master_file_name(each.name) << " IN TXT "
            << spf::analysis::master_file_strings(spf::txt_strings(each.record)) << '\n';
    }
    std::string text;
    for (const std::string& term : flat.kept) {
        text += (text.empty() ? "Kept, as it depends on more than the network: " : ", ") +
                spf::printable(term, 80);
    }
    if (!text.empty()) text += ". ";
    text += "Checks need up to " + std::to_string(flat.dns_lookups) +
            (flat.dns_lookups == 1 ? " term" : " terms") +
            " with DNS lookups. This goes stale as soon as a service changes its networks: make it "
            "again by machine " +
            how_often(flat.ttl) + ", or use --check to be told.";
    print_wrapped(out, text, width, "; ");
}

}  // namespace spfcheck

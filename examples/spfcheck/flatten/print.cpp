#include "flatten/print.hpp"

#include <chrono>
#include <ostream>
#include <string>
#include <utility>

#include "flatten/sentences.hpp"
#include "io/language.hpp"
#include "io/terminal.hpp"
#include "providers/catalogue.hpp"
#include "spf/analysis/master_file.hpp"
#include "spf/base/printable.hpp"
#include "spf/record/edit.hpp"

namespace spfcheck {
namespace {

using Says = FlattenSentence;

/// Returns a sentence that tells the user how often to flatten the record again. That is once per
/// TTL, but at most once a minute. A `ttl` of 0 means that the TTL of the DNS answers is not known;
/// then the sentence proposes every hour.
Spoken when_to_renew(std::chrono::seconds ttl) {
    constexpr std::chrono::seconds shortest{60};
    if (ttl <= std::chrono::seconds{0}) return say<Says::renew_hourly>();
    const auto seconds = static_cast<std::uint64_t>(ttl.count());
    return ttl < shortest ? say<Says::renew_each_minute>(seconds) : say<Says::renew>(seconds);
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
    const auto comment = [&out, width](const std::string& text) {
        print_wrapped(out, text, width, "; ");
    };
    std::string kept;
    for (const std::string& term : flat.kept) {
        kept += (kept.empty() ? "" : ", ") + with_service(spf::printable(term, 80));
    }
    if (!kept.empty()) comment(say<Says::kept>(kept, flat.kept.size()));
    comment(say<Says::lookups>(flat.dns_lookups, spf::Limits().dns_lookups));
    comment(when_to_renew(flat.ttl));
}

}  // namespace spfcheck

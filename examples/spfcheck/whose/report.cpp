#include "whose/report.hpp"

#include <algorithm>
#include <ostream>
#include <string_view>

#include "io/language.hpp"
#include "io/terminal.hpp"
#include "spf/base/printable.hpp"
#include "spf/net/special_address.hpp"
#include "whose/sentences.hpp"

namespace spfcheck {
namespace {

using Says = WhoseSentence;

/// Returns the network of a term `ip4:` or `ip6:`; of other terms, all of its text.
std::string network_of(const Owner& owner) {
    std::string_view text = owner.term;
    for (const std::string_view prefix : {"ip4:", "ip6:"}) {
        if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
    }
    return std::string(text);
}

std::string list_of(const std::vector<std::string>& names, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) {
        out.append(i > 0 ? ", " : "").append(spf::printable(names[i], 80));
    }
    return names.size() > most ? out + ", ..." : out;
}

void print(std::ostream& out, const Ownership& each, std::size_t services, std::size_t width) {
    const std::string address = each.address.to_string();
    if (each.owners.empty()) {
        const spf::SpecialRange* special = spf::special_range(each.address);
        print_wrapped(out,
                      special != nullptr
                          ? say<Says::special>(address, Spoken(translated(special->name)))
                          : say<Says::unknown>(address, services),
                      width);
        return;
    }
    for (std::size_t i = 0; i < each.owners.size(); ++i) {
        const Owner& owner = each.owners[i];
        print_wrapped(out,
                      i == 0 ? say<Says::belongs>(address, owner.service)
                             : say<Says::and_to>(address, owner.service),
                      width);
        print_wrapped(out,
                      owner.domain == owner.include
                          ? say<Says::by_term>(owner.term, owner.domain)
                          : say<Says::by_nested_term>(owner.term, owner.domain, owner.include),
                      width, "  ");
        out << "  " << say<Says::next>(owner.service) << '\n';
    }
}

}  // namespace

bool WhoseReport::all_known() const {
    return std::none_of(addresses.begin(), addresses.end(),
                        [](const Ownership& each) { return each.owners.empty(); });
}

Json to_json(const WhoseReport& report) {
    Json json;
    json["addresses"] = Json::array();
    for (const Ownership& each : report.addresses) {
        Json item;
        item["address"] = each.address.to_string();
        item["services"] = Json::array();
        for (const Owner& owner : each.owners) {
            Json service;
            service["name"] = owner.service;
            service["include"] = owner.include;
            service["network"] = network_of(owner);
            service["term"] = owner.term;
            service["domain"] = owner.domain;
            item["services"].push_back(std::move(service));
        }
        json["addresses"].push_back(std::move(item));
    }
    json["services_asked"] = report.services;
    json["unanswered"] = report.unanswered;
    json["not_asked"] = report.not_asked;
    json["complete"] = report.unanswered.empty();
    return json;
}

void print(std::ostream& out, const WhoseReport& report, std::size_t width) {
    constexpr std::size_t most = 5;
    for (const Ownership& each : report.addresses) print(out, each, report.services, width);
    if (report.all_known()) return;
    if (!report.unanswered.empty()) {
        out << '\n';
        print_wrapped(
            out, say<Says::unanswered>(report.unanswered.size(), list_of(report.unanswered, most)),
            width);
    }
    if (!report.not_asked.empty()) {
        out << '\n';
        print_wrapped(out, say<Says::not_asked>(list_of(report.not_asked, 20)), width);
    }
}

}  // namespace spfcheck

#include "providers/print.hpp"

#include <ostream>
#include <string>

#include "io/terminal.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

std::string sentence_of(const Provider& provider) {
    if (provider.advice == "add_at_domain") return "Add its mechanism to the domain's record.";
    if (provider.advice == "add_at_subdomain") {
        return "Add its mechanism to the record of the sub-domain that it sends with, not to that "
               "of "
               "the domain.";
    }
    if (provider.advice == "create_records") {
        return "Leave the SPF record alone; create the records below.";
    }
    if (provider.advice == "leave_alone") return "Leave the SPF record alone.";
    return "Ask the provider, as what to publish depends on your account: " + provider.ask + '.';
}

}  // namespace

Json to_json(const Provider& provider) {
    Json json;
    json["name"] = provider.name;
    json["aliases"] = provider.aliases;
    json["category"] = text_or_null(provider.category);
    json["advice"] = provider.advice;
    json["mechanisms"] = provider.mechanisms;
    json["sub_domain"] = text_or_null(provider.sub_domain);
    json["records"] = provider.records;
    json["ask"] = text_or_null(provider.ask);
    json["note"] = text_or_null(provider.note);
    json["trust"] = provider.is_strong ? "strong" : "weak";
    json["source"] = text_or_null(provider.source);
    json["date"] = text_or_null(provider.date);
    return json;
}

void print(std::ostream& out, const Provider& provider, std::size_t width) {
    const auto paragraph = [&out, width](const std::string& text) {
        print_wrapped(out, spf::printable(text), width);
    };
    paragraph(provider.name + ": " + sentence_of(provider));
    for (const std::string& each : provider.mechanisms) out << "  " << spf::printable(each) << '\n';
    for (const std::string& each : provider.records) out << "  " << spf::printable(each) << '\n';
    if (!provider.note.empty()) paragraph(provider.note);
    const std::string date = provider.date.empty() ? "" : " (" + provider.date + ')';
    const std::string source = provider.source.empty() ? "not named" : provider.source;
    paragraph(
        (provider.is_strong ? "Source: " : "Weak, as no page of the vendor says so; source: ") +
        source + date);
}

}  // namespace spfcheck

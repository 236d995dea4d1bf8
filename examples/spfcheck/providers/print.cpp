#include "providers/print.hpp"

#include <ostream>
#include <string>

#include "io/language.hpp"
#include "io/terminal.hpp"
#include "providers/sentences.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using Says = ProvidersSentence;

Spoken what_to_do(const Provider& provider) {
    const std::string& name = provider.name;
    if (provider.advice == "add_at_domain") return say<Says::add_at_domain>(name);
    if (provider.advice == "add_at_subdomain") return say<Says::add_at_sub_domain>(name);
    if (provider.advice == "create_records") return say<Says::create_records>(name);
    if (provider.advice == "leave_alone") return say<Says::leave_alone>(name);
    return say<Says::ask_provider>(name, provider.ask);
}

/// Returns a line about where the advice comes from.
Spoken source_of(const Provider& provider) {
    const bool has_date = !provider.date.empty();
    if (provider.source.empty()) {
        return has_date ? say<Says::no_source_dated>(provider.date) : say<Says::no_source>();
    }
    return has_date ? say<Says::source_dated>(provider.source, provider.date)
                    : say<Says::source>(provider.source);
}

}  // namespace

Json to_json(const Provider& provider) {
    Json json;
    json["name"] = provider.name;
    json["aliases"] = provider.aliases;
    json["category"] = text_or_null(provider.category);
    json["advice"] = provider.advice;
    json["mechanisms"] = provider.mechanisms;
    json["also"] = provider.also;
    json["sub_domain"] = text_or_null(provider.sub_domain);
    json["records"] = provider.records;
    json["ask"] = text_or_null(provider.ask);
    json["note"] = text_or_null(provider.note);
    json["trust"] = provider.is_strong ? "strong" : "weak";
    json["source"] = text_or_null(provider.source);
    json["date"] = text_or_null(provider.date);
    return json;
}

Spoken in_short(const Provider& provider) {
    if (provider.advice == "add_at_domain") return say<Says::short_add_at_domain>();
    if (provider.advice == "add_at_subdomain") return say<Says::short_add_at_sub_domain>();
    if (provider.advice == "create_records") return say<Says::short_create_records>();
    if (provider.advice == "leave_alone") return say<Says::short_leave_alone>();
    return say<Says::short_ask_provider>();
}

void print(std::ostream& out, const Provider& provider, std::size_t width) {
    const auto paragraph = [&out, width](const Spoken& text) { print_wrapped(out, text, width); };
    paragraph(what_to_do(provider));
    for (const std::string& each : provider.mechanisms) out << "  " << spf::printable(each) << '\n';
    for (const std::string& each : provider.records) out << "  " << spf::printable(each) << '\n';
    if (!provider.note.empty()) paragraph(Spoken(spf::printable(provider.note)));
    if (!provider.is_strong) paragraph(say<Says::weak>());
    paragraph(source_of(provider));
}

}  // namespace spfcheck

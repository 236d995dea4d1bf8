/// \file dump.hpp  Writes a parsed record as one line that tests can compare, such as
/// `+a:<domain>{/24,/64}`.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "spf/record/parse.hpp"

namespace spf::test {

inline std::string dump(const Record& record) {
    std::string out;
    const auto domain = [](const std::optional<MacroString>& spec) {
        return spec ? ":<" + std::string(spec->text()) + ">" : std::string();
    };
    const auto prefix = [](const DualPrefixLength& length) {
        return "{/" + std::to_string(length.ip4) + ",/" + std::to_string(length.ip6) + "}";
    };
    for (const auto& directive : record.directives) {
        if (!out.empty()) out += ' ';
        out += static_cast<char>(directive.qualifier);
        out += name_of(directive.mechanism);
        if (const auto* include = std::get_if<Include>(&directive.mechanism))
            out += domain(include->domain);
        if (const auto* exists = std::get_if<Exists>(&directive.mechanism))
            out += domain(exists->domain);
        if (const auto* ptr = std::get_if<Ptr>(&directive.mechanism)) out += domain(ptr->domain);
        if (const auto* a = std::get_if<A>(&directive.mechanism))
            out += domain(a->domain) + prefix(a->prefix);
        if (const auto* mx = std::get_if<Mx>(&directive.mechanism))
            out += domain(mx->domain) + prefix(mx->prefix);
        if (const auto* ip4 = std::get_if<Ip4>(&directive.mechanism))
            out += ":" + ip4->network.to_string();
        if (const auto* ip6 = std::get_if<Ip6>(&directive.mechanism))
            out += ":" + ip6->network.to_string();
    }
    for (const auto& modifier : record.modifiers) {
        if (!out.empty()) out += ' ';
        if (const auto* redirect = std::get_if<Redirect>(&modifier.kind)) {
            out += "redirect=<" + std::string(redirect->domain.text()) + ">";
        } else if (const auto* explanation = std::get_if<Explanation>(&modifier.kind)) {
            out += "exp=<" + std::string(explanation->domain.text()) + ">";
        } else if (const auto* unknown = std::get_if<UnknownModifier>(&modifier.kind)) {
            out += std::string(unknown->name) + "=<" + std::string(unknown->value.text()) + ">";
        }
    }
    return out;
}

/// Parses a text and returns its terms, or the error in the form `code@offset+length`.
inline std::string dump(std::string_view text) {
    const auto record = parse_record(text);
    if (record) return dump(*record);
    return std::string(to_string(record.error().code)) + "@" +
           std::to_string(record.error().offset) + "+" + std::to_string(record.error().length);
}

}  // namespace spf::test

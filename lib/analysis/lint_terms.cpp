// Terms that the grammar allows, but that are not what was meant.

#include <algorithm>
#include <string>

#include "analysis/lint_text.hpp"
#include "ascii.hpp"
#include "spf/domain.hpp"
#include "spf/special_address.hpp"

namespace spf::linting {
namespace {

using Code = Finding::Code;

/// One term of a record, and where it stands in the text.
class TermCheck {
public:
    TermCheck(Findings& findings, std::string_view term, std::size_t offset)
        : findings_(findings), term_(term), offset_(offset) {}

    void directive(const Mechanism& mechanism) {
        if (const auto* ip4 = std::get_if<Ip4>(&mechanism)) return network(ip4->network);
        if (const auto* ip6 = std::get_if<Ip6>(&mechanism)) return network(ip6->network);
        if (std::holds_alternative<Ptr>(mechanism)) add(Code::ptr_used);
        const MacroString* const domain = domain_spec_of(mechanism);
        if (domain != nullptr) domain_spec(*domain);
    }

    void modifier(const ModifierKind& kind) {
        if (const auto* redirect = std::get_if<Redirect>(&kind))
            return domain_spec(redirect->domain);
        if (const auto* exp = std::get_if<Explanation>(&kind)) return domain_spec(exp->domain);
        unknown(std::get<UnknownModifier>(kind).name);
    }

private:
    Finding& add(Code code) { return findings_.add(code, offset_, term_.size()); }
    Finding& add_at(Code code, std::string_view part) {
        return findings_.add(code, offset_ + static_cast<std::size_t>(part.data() - term_.data()),
                             part.size());
    }
    /// The whole term, with a correction if that is one.
    void add_corrected(Code code, std::string correction) {
        Finding& finding = add(code);
        if (!correction.empty() && is_correct(correction))
            finding.correction = std::move(correction);
    }
    [[nodiscard]] std::string with_value(std::string_view value) const {
        const std::size_t begin = std::min(term_.find_first_of(":="), term_.size() - 1) + 1;
        return std::string(term_.substr(0, begin)).append(value);
    }

    void network(const Network& network) {
        const std::string_view value = term_.substr(term_.find(':') + 1);
        const auto address = IpAddress::parse(value.substr(0, value.find('/')));
        if (!address) return;
        const Parts parts = parts_of(term_);
        std::string tidy = std::string(parts.qualifier).append(parts.name).append(":");
        if (network.family() == Family::ipv6 && address->is_v4()) {
            add(Code::mapped_network);
        } else if (address->high() != network.high() || address->low() != network.low()) {
            Finding& finding = add(Code::host_bits);
            finding.correction = tidy.append(network.to_string());
        }
        if (const SpecialRange* range = special_range(network); range && !range->can_send()) {
            add(Code::private_network).message =
                "no mail comes from this network through the internet: it is " +
                std::string(range->name);
        }
    }

    void domain_spec(const MacroString& domain) {
        if (domain.uses('p')) add(Code::macro_p);
        macros(domain.text());
        const std::string_view value = domain.text();
        if (const std::size_t colon = value.find_first_of(":="); colon != std::string_view::npos) {
            if (doubled(value.substr(0, colon), value)) return;
        }
        if (std::string split = split_terms(term_, true); !split.empty())
            return add_corrected(Code::fused_terms, std::move(split));
        if (domain.has_macros()) return;
        name(value);
    }

    /// `include:include:example.com`
    bool doubled(std::string_view inner, std::string_view value) {
        const Parts outer = parts_of(term_);
        const std::string_view known = known_name(inner);
        if (known.empty()) return false;
        const bool modifier = is_modifier(known_name(outer.name));
        // "redirect=include:x" keeps the name in front, any other the one behind.
        if (modifier || known == known_name(outer.name)) {
            add_corrected(Code::doubled_name, with_value(value.substr(inner.size() + 1)));
        } else {
            add_corrected(Code::doubled_name, std::string(outer.qualifier).append(value));
        }
        return true;
    }

    void macros(std::string_view value) {
        for (std::size_t at = 0; (at = value.find("%{", at)) != std::string_view::npos; at += 2) {
            if (at + 2 >= value.size() || !ascii::is_upper(value[at + 2])) continue;
            add_at(Code::macro_upper_case, value.substr(at + 2, 1)).correction =
                std::string(1, ascii::lower(value[at + 2]));
            return;  // once for a term
        }
    }

    void name(std::string_view value) {
        const bool plain = std::all_of(value.begin(), value.end(), [](char c) {
            return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_';
        });
        if (!plain) add_at(Code::odd_name, value);
        if (name_problem(value)) {
            std::string tidy;
            for (const char c : value) {
                if (c != '.' || (!tidy.empty() && tidy.back() != '.')) tidy += c;
            }
            if (name_problem(tidy)) {
                add_at(Code::impossible_name, value);
            } else {
                add_corrected(Code::impossible_name, with_value(tidy));
            }
        } else if (value.ends_with('.')) {
            add_corrected(Code::trailing_dot, with_value(value.substr(0, value.size() - 1)));
        }
    }

    void unknown(std::string_view name) {
        const std::string_view value = term_.substr(name.size() + 1);
        std::string lower(name);
        ascii::make_lower(lower);
        if (lower == "v") return repeated_version(value);
        const auto has = [&lower](std::string_view part) {
            return lower.find(part) != std::string::npos;
        };
        if (has("verification") || has("verify") || has("validation") || has("domain-key")) {
            if (lower.starts_with("all")) {
                return add_corrected(Code::fused_terms,
                                     std::string("all ").append(term_.substr(3)));
            }
            add(Code::verification_token);
            return;
        }
        const std::string prefix(network_prefix(value));
        if (lower.starts_with("ip") && lower.size() <= 5 && !prefix.empty())
            return add_corrected(Code::equals_for_colon, prefix + std::string(value));
        const std::string_view known = known_name(lower);
        const std::string_view meant = known.empty() ? similar_name(lower) : known;
        const std::string_view translated = translation_of(lower);
        const std::string_view best = meant.empty() ? translated : meant;
        if (!best.empty() && best != "all") {
            const std::string_view separator = is_modifier(best) ? "=" : ":";
            return add_corrected(Code::equals_for_colon,
                                 std::string(best).append(separator).append(value));
        }
        if (std::string split = split_terms(term_, true); !split.empty())
            return add_corrected(Code::fused_terms, std::move(split));
        // Those of RFC 6652 are registered and harmless.
        if (lower != "ra" && lower != "rp" && lower != "rr") add(Code::unknown_modifier);
    }

    void repeated_version(std::string_view value) {
        if (ascii::equal_ignoring_case(value, "spf1")) {
            add(Code::repeated_version).correction = "";
            return;
        }
        const bool glued = ascii::equal_ignoring_case(value.substr(0, 4), "spf1");
        if (!glued) {
            add(Code::unknown_modifier);
            return;
        }
        std::string rest(value.substr(4));
        add_corrected(Code::repeated_version, std::move(rest));
    }

    Findings& findings_;
    std::string_view term_;
    std::size_t offset_;
};

}  // namespace

void check_terms(Findings& findings, const Record& record, std::size_t shift) {
    for (const Directive& each : record.directives) {
        if (findings.full()) return;
        TermCheck(findings, each.text, record.offset_of(each.text) + shift)
            .directive(each.mechanism);
    }
    for (const Modifier& each : record.modifiers) {
        if (findings.full()) return;
        TermCheck(findings, each.text, record.offset_of(each.text) + shift).modifier(each.kind);
    }
}

}  // namespace spf::linting

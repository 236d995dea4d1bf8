// Reports terms that the grammar allows, but that probably do not mean what the owner intended.

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.hpp"
#include "lint/text.hpp"
#include "spf/dns/name.hpp"
#include "spf/net/special_address.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

/// Examines one term of a record. `offset` is the offset of the term in the text, so findings can
/// refer to a part of the term.
class TermCheck {
public:
    TermCheck(Findings& findings, std::string_view term, std::size_t offset)
        : findings_(findings), term_(term), offset_(offset) {}

    void directive(const Mechanism& mechanism) {
        if (const Network* const listed = network_of(mechanism)) return network(*listed);
        if (std::holds_alternative<Ptr>(mechanism)) add(Code::ptr_used);
        const MacroString* const domain = domain_spec_of(mechanism);
        if (domain == nullptr) return;
        is_include_ = std::holds_alternative<Include>(mechanism);
        is_host_ = prefix_of(mechanism) != nullptr;  // `a` or `mx`
        domain_spec(*domain);
    }

    void modifier(const ModifierKind& kind) {
        if (const auto* redirect = std::get_if<Redirect>(&kind)) {
            is_include_ = true;
            return domain_spec(redirect->domain);
        }
        if (const auto* exp = std::get_if<Explanation>(&kind)) return domain_spec(exp->domain);
        unknown(std::get<UnknownModifier>(kind).name);
    }

private:
    Finding& add(Code code) { return findings_.add(code, offset_, term_.size()); }
    Finding& add_at(Code code, std::string_view part) {
        return findings_.add(code, offset_ + static_cast<std::size_t>(part.data() - term_.data()),
                             part.size());
    }
    /// Adds a finding about the whole term. Adds the correction to the finding if it is offerable
    /// (is_offerable()).
    void add_corrected(Code code, std::string correction) {
        Finding& finding = add(code);
        if (!correction.empty() && is_offerable(correction))
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
            const bool huge = network.prefix_length() < (address->is_v4() ? largest4 : largest6);
            if (!huge) finding.correction = tidy.append(network.to_string());
        }
        if (const SpecialRange* range = special_range(network); range && !range->can_send()) {
            add(Code::private_network).said = {Sentence::private_range,
                                               {Argument::phrase(range->name)}};
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
        if (fused_all(value) || domain.has_macros()) return;
        if (!service(value)) name(value);
    }

    /// Reports a value that begins with the name of another term, as in
    /// `include:include:example.com`. Returns whether it has added a finding.
    bool doubled(std::string_view inner, std::string_view value) {
        const Parts outer = parts_of(term_);
        const std::string_view known = known_name(inner);
        if (known.empty()) return false;
        const bool modifier = is_modifier(known_name(outer.name));
        // The correction of "redirect=include:x" keeps the first name. The correction of any other
        // term keeps the second name.
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
            return;  // one finding per term
        }
    }

    /// Reports a value that ends in "-all", as in `include:example.com-all`. The grammar allows the
    /// hyphen, but "com-all" is not a top-level domain, because all top-level domains with a hyphen
    /// are A-labels. Returns whether it has added a finding.
    bool fused_all(std::string_view value) {
        constexpr std::string_view all = "-all";
        if (value.size() <= all.size() || !term_.ends_with(value)) return false;
        const std::string_view end = value.substr(value.size() - all.size());
        const std::string_view name = value.substr(0, value.size() - all.size());
        const std::string_view top = name.substr(name.rfind('.') + 1);
        if (!ascii::equal_ignoring_case(end, all) || top.size() < 2 || top.size() == name.size() ||
            !std::all_of(top.begin(), top.end(), ascii::is_alpha))
            return false;
        // After redirect=, an "all" would make the modifier meaningless. So it is not clear what is
        // meant, and there is no correction.
        if (is_modifier(known_name(parts_of(term_).name))) {
            add(Code::fused_terms);
        } else {
            std::string split(term_.substr(0, term_.size() - all.size()));
            add_corrected(Code::fused_terms, split.append(" ").append(end));
        }
        return true;
    }

    /// Reports an `a` or `mx` with the name of a service's SPF record, and an include or redirect=
    /// with a name that differs slightly from such a name. Returns whether it has added a finding.
    bool service(std::string_view value) {
        if (is_host_) {
            const bool spf = is_named_as_record(value);
            if (!spf && well_known_include(value).empty()) return false;
            // A host may have this name too, so there is a correction only if the name shows that
            // it is the name of a record.
            const std::string include =
                std::string(parts_of(term_).qualifier).append("include:").append(value);
            const bool sure = spf || value.starts_with("spf.");
            add_corrected(Code::service_as_host, sure && term_.ends_with(value) ? include : "");
            return true;
        }
        const std::string_view meant = is_include_ ? near_include(value) : std::string_view();
        if (meant.empty()) return false;
        Finding& finding = add(Code::near_miss);
        finding.said = {Sentence::near_name, {meant}};
        finding.advised = {Sentence::perhaps_near_name, {with_value(meant)}};
        const bool same_end =
            value.substr(value.rfind('.') + 1) == meant.substr(meant.rfind('.') + 1);
        if (same_end && !can_be_registered(value)) {
            finding.advised.code = Sentence::surely_near_name;
            finding.correction = with_value(meant);
        }
        return true;
    }

    /// Returns whether a label of the name begins with "_spf" or "_netblocks". Such a name is that
    /// of an SPF record. Other names with "_" may be names of hosts.
    static bool is_named_as_record(std::string_view name) {
        std::string lower = std::string(".").append(name);
        ascii::make_lower(lower);
        return lower.find("._spf") != std::string::npos ||
               lower.find("._netblocks") != std::string::npos;
    }

    /// Returns whether the last two labels of the name may be a registered domain. Registries do
    /// not accept "_" in a domain.
    static bool can_be_registered(std::string_view name) {
        const std::size_t dot = name.rfind('.');
        const std::string_view domain = name.substr(0, dot);
        const std::string_view label = domain.substr(domain.rfind('.') + 1);
        return label.find('_') == std::string_view::npos;
    }

    /// Reports a URL in place of a name, as in `include:https://example.com` and
    /// `include:://example.com`.
    void url(std::string_view value) {
        std::string_view host = value;
        const std::size_t scheme = host.find("//");
        if (scheme != std::string_view::npos) host.remove_prefix(scheme + 2);
        host = host.substr(0, host.find('/'));
        const std::size_t port = std::min(host.find(':'), host.size());
        const std::string_view number = host.substr(std::min(port + 1, host.size()));
        const bool is_port =
            std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
        const std::string_view name = host.substr(0, port);
        // Without "//" it is unknown whether the text before the colon is part of the name, so
        // there is no correction.
        const bool sure = scheme != std::string_view::npos && is_port && is_plain(name);
        if (!sure || dns::name_problem(name)) {
            add_at(Code::name_of_url, value);
        } else {
            add_corrected(Code::name_of_url, with_value(name));
        }
    }

    static bool is_plain(std::string_view name) noexcept {
        return std::all_of(name.begin(), name.end(), [](char c) {
            return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_';
        });
    }

    void name(std::string_view value) {
        if (value.find_first_of(":/@") != std::string_view::npos) return url(value);
        if (!is_plain(value)) add_at(Code::odd_name, value);
        if (dns::name_problem(value)) {
            std::string tidy;
            for (const char c : value) {
                if (c != '.' || (!tidy.empty() && tidy.back() != '.')) tidy += c;
            }
            if (dns::name_problem(tidy)) {
                add_at(Code::impossible_name, value);
            } else {
                add_corrected(Code::impossible_name, with_value(tidy));
            }
        } else if (value.ends_with('.')) {
            add_corrected(Code::trailing_dot, with_value(value.substr(0, value.size() - 1)));
        }
    }

    void unknown(std::string_view name) {
        const std::string_view all = term_.substr(name.size() + 1);
        // The value may begin with a second separator, as in "mx=:example.org".
        const std::string_view value =
            all.substr(std::min(all.find_first_not_of(":="), all.size()));
        std::string lower(name);
        ascii::make_lower(lower);
        if (lower == "v") return repeated_version(value);
        const bool token = is_verification_token(lower);
        const bool behind_all =
            lower.starts_with("all") && (lower == "allv" || is_verification_token(lower.substr(3)));
        if (behind_all) return pasted();
        if (token) {
            add(Code::verification_token);
            return;
        }
        const std::string prefix(network_prefix(value));
        if (lower.starts_with("ip") && lower.size() <= 5 && !prefix.empty()) {
            const bool unclear = may_belong_to_value(lower, prefix.substr(0, 3), value);
            return add_corrected(Code::equals_for_colon,
                                 unclear ? std::string() : prefix + std::string(value));
        }
        const std::string_view known = known_name(lower);
        const std::string_view meant = known.empty() ? similar_name(lower) : known;
        const std::string_view translated = translation_of(lower);
        const std::string_view best = meant.empty() ? translated : meant;
        if (!best.empty() && best != "all" && guess_all(value)) {  // as in "mx=all"
            Finding& finding = add(Code::equals_for_colon);
            finding.advised = {Sentence::write_name_and_all};
            return;
        }
        if (!best.empty() && best != "all") {
            const bool unclear = may_belong_to_value(lower, best, value);
            return add_corrected(
                Code::equals_for_colon,
                unclear ? std::string() : joined({best, separator_behind(best), value}));
        }
        if (std::string split = split_terms(term_, true); !split.empty())
            return add_corrected(Code::fused_terms, std::move(split));
        // These modifiers are registered (RFC 6652) and harmless, so they are not reported.
        if (lower != "ra" && lower != "rp" && lower != "rr") add(Code::unknown_modifier);
    }

    /// Reports an "all" with other text pasted onto it, as in `allv=spf1` and
    /// `allgoogle-site-verification=x`. Receivers ignore the whole term as an unknown modifier, so
    /// the "all" has no effect.
    void pasted() {
        Finding& finding = add(Code::fused_terms);
        const std::optional<Guess> meant = guess_pasted_record(term_);
        if (meant) finding.said = {meant->said};
        finding.advised = {Sentence::write_all_and_publish};
    }

    void repeated_version(std::string_view value) {
        if (ascii::equal_ignoring_case(value, "spf1")) {
            add(Code::repeated_version).correction = "";
            return;
        }
        const bool glued = ascii::equal_ignoring_case(value.substr(0, 4), "spf1");
        if (!glued) {
            add(is_verification_token(value) ? Code::verification_token
                : is_other_version(value)    ? Code::other_record
                                             : Code::unknown_modifier);
            return;
        }
        std::string rest(value.substr(4));
        add_corrected(Code::repeated_version, std::move(rest));
    }

    /// Returns whether a value begins with the version of another kind of record: DMARC (RFC 7489),
    /// DKIM (RFC 6376), MTA-STS (RFC 8461), TLS reports (RFC 8460) or BIMI.
    static bool is_other_version(std::string_view value) noexcept {
        const std::string_view version = value.substr(0, value.find(';'));
        constexpr std::array<std::string_view, 5> others{"DMARC1", "DKIM1", "STSv1", "TLSRPTv1",
                                                         "BIMI1"};
        return std::any_of(others.begin(), others.end(), [version](std::string_view each) {
            return ascii::equal_ignoring_case(each, version);
        });
    }

    Findings& findings_;
    std::string_view term_;
    std::size_t offset_;
    bool is_include_ = false;  // whether the term is an include or a redirect
    bool is_host_ = false;     // whether the name in the term is that of a host
};

}  // namespace

void check_terms(Findings& findings, const RecordInText& place) {
    for (const Directive& each : place.record.directives) {
        if (findings.full()) return;
        TermCheck(findings, each.text, place.offset_of(each.text)).directive(each.mechanism);
    }
    for (const Modifier& each : place.record.modifiers) {
        if (findings.full()) return;
        TermCheck(findings, each.text, place.offset_of(each.text)).modifier(each.kind);
    }
}

}  // namespace spf::lint

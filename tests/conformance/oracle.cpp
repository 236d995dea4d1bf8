#include "conformance/oracle.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <vector>

#include "conformance/oracle_grammar.hpp"
#include "conformance/oracle_names.hpp"

namespace spf::oracle {
namespace {

using Kind = Term::Kind;
using dns::RecordType;

/// Ends the whole check: permerror or temperror of the outermost check_host() (4.6.4, 5).
struct Ended {
    Result result;
};

Bits bits_of(const IpAddress& address) {
    Bits bits;
    if (!address.is_v4()) {
        for (unsigned i = 64; i-- > 0;) bits.push_back((address.high() >> i & 1U) != 0);
    }
    for (unsigned i = address.is_v4() ? 32 : 64; i-- > 0;) {
        bits.push_back((address.low() >> i & 1U) != 0);
    }
    return bits;
}

/// Section 5: only the specified number of high-order bits are compared.
bool same_network(const Bits& one, const Bits& other, unsigned length) {
    if (one.size() != other.size()) return false;
    for (unsigned i = 0; i < length; ++i) {
        if (one[i] != other[i]) return false;
    }
    return true;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string trimmed(std::string text) {
    while (!text.empty() && is_blank(text.front())) text.erase(0, 1);
    while (!text.empty() && is_blank(text.back())) text.pop_back();
    return text;
}

class Check {
public:
    Check(const Request& request, dns::Resolver& resolver)
        : request_(request), resolver_(resolver) {
        std::string sender(request.identity == Identity::helo ? "" : request.mail_from);
        sender = trimmed(sender);
        if (sender.rfind('<', 0) == 0) {
            bool quoted = false;
            for (std::size_t i = 1; i < sender.size(); ++i) {
                if (sender[i] == '"') quoted = !quoted;
                if (sender[i] == '\\') ++i;
                if (i >= sender.size() || sender[i - 1] == '\\') continue;
                if (sender[i] == '<' && !quoted) break;
                if (sender[i] != '>' || quoted) continue;
                sender = trimmed(sender.substr(1, i - 1));
                break;
            }
        } else {
            bool quoted = false;
            bool in_domain = false;
            for (std::size_t i = 0; i < sender.size(); ++i) {
                if (in_domain && is_blank(sender[i])) sender.resize(i);
                if (in_domain) continue;
                if (sender[i] == '"') quoted = !quoted;
                if (sender[i] == '\\') {
                    ++i;
                } else {
                    in_domain = sender[i] == '@' && !quoted;
                }
            }
        }
        if (sender.rfind('@', 0) == 0 && sender.find(':') != std::string::npos) {
            sender = sender.substr(sender.find(':') + 1);  // a source route
        }
        if (sender.empty()) sender = "postmaster@" + std::string(request.helo);  // 2.4
        const auto at = sender.rfind('@');
        if (at != std::string::npos) local_part_ = sender.substr(0, at);
        sender_domain_ =
            without_trailing_dot(at == std::string::npos ? sender : sender.substr(at + 1));
        if (local_part_.empty()) local_part_ = "postmaster";  // 4.3
    }

    Verdict run() {
        try {
            verdict_.result = check_host(sender_domain_, true);
        } catch (const Ended& ended) {
            verdict_.result = ended.result;
        }
        if (verdict_.result == Result::temperror || verdict_.result == Result::permerror) {
            verdict_.mechanism.clear();
        }
        return verdict_;
    }

private:
    // --- 4.6.4 ---------------------------------------------------------------------------------
    void count_term() {
        if (++verdict_.dns_lookups > 10) throw Ended{Result::permerror};
    }

    void spend_term() {
        count_term();
        term_counts_ = true;
        term_was_void_ = false;
    }

    /// Whether there is any record of the type asked for.
    static bool holds(const dns::Answer& answer, RecordType type) {
        switch (type) {
            case RecordType::txt: return !answer.texts.empty();
            case RecordType::mx: return !answer.exchanges.empty();
            case RecordType::ptr: return !answer.names.empty();
            default: return !answer.addresses.empty();
        }
    }

    dns::Answer ask(const std::string& name, RecordType type) {
        const auto shared = resolver_.resolve({name, type});
        dns::Answer answer = shared ? *shared : dns::Answer{};  // no answer is a failed lookup
        if (answer.status == dns::Status::ok && !holds(answer, type)) {
            answer.status = dns::Status::no_data;
        }
        if (answer.is_void() && term_counts_ && !term_was_void_) {
            term_was_void_ = true;
            if (++verdict_.void_lookups > 2) throw Ended{Result::permerror};
        }
        return answer;
    }

    dns::Answer ask_or_end(const std::string& name, RecordType type) {
        dns::Answer answer = ask(name, type);
        if (answer.is_failure()) throw Ended{Result::temperror};
        return answer;
    }

    std::vector<IpAddress> addresses_in(const dns::Answer& answer) const {
        std::vector<IpAddress> fitting;
        if (answer.status != dns::Status::ok) return fitting;
        for (const auto& address : answer.addresses) {
            if (address.is_v4() == request_.ip.is_v4()) fitting.push_back(address);
        }
        return fitting;
    }

    [[nodiscard]] RecordType address_type() const {
        return request_.ip.is_v4() ? RecordType::a : RecordType::aaaa;
    }

    bool host_has_client(const std::string& host, const Term& term) {
        if (!is_name(host)) return false;
        const auto answer = ask_or_end(host, address_type());
        const unsigned length = request_.ip.is_v4() ? term.ip4_length : term.ip6_length;
        for (const auto& address : addresses_in(answer)) {
            if (same_network(bits_of(address), bits_of(request_.ip), length)) return true;
        }
        return false;
    }

    // --- 5.5 -----------------------------------------------------------------------------------
    std::string reverse_name() const {
        std::string name;
        const Bits bits = bits_of(request_.ip);
        const unsigned width = request_.ip.is_v4() ? 8 : 4;
        for (std::size_t end = bits.size(); end > 0; end -= width) {
            unsigned value = 0;
            for (std::size_t i = end - width; i < end; ++i) value = value * 2 + (bits[i] ? 1 : 0);
            name += width == 8 ? std::to_string(value) : std::string(1, "0123456789abcdef"[value]);
            name += '.';
        }
        return name + (width == 8 ? "in-addr.arpa" : "ip6.arpa");
    }

    const std::vector<std::string>& validated_names() {
        if (reverse_was_asked_) return validated_;
        reverse_was_asked_ = true;
        const auto answer = ask(reverse_name(), RecordType::ptr);
        if (answer.status != dns::Status::ok) return validated_;
        for (std::size_t i = 0; i < answer.names.size() && i < 10; ++i) {
            const std::string name = without_trailing_dot(lower(answer.names[i]));
            if (!is_name(name)) continue;
            const auto addresses = addresses_in(ask(name, address_type()));
            if (std::find(addresses.begin(), addresses.end(), request_.ip) != addresses.end()) {
                validated_.push_back(name);
            }
        }
        return validated_;
    }

    std::string p_macro(const std::string& domain) {
        if (!reverse_was_asked_ && term_counts_) count_term();
        const auto& names = validated_names();
        for (const auto& name : names) {
            if (name == lower(domain)) return name;
        }
        for (const auto& name : names) {
            if (is_below(name, domain)) return name;
        }
        return names.empty() ? "unknown" : names.front();
    }

    // --- 7 -------------------------------------------------------------------------------------
    std::string value_of(char letter, const std::string& domain) {
        switch (letter) {
            case 's': return local_part_ + "@" + sender_domain_;
            case 'l': return local_part_;
            case 'o': return sender_domain_;
            case 'd': return domain;
            case 'h': return std::string(request_.helo);
            case 'p': return p_macro(domain);
            case 'v': return request_.ip.is_v4() ? "in-addr" : "ip6";
            case 'c': return request_.ip.to_string();
            case 'r': return request_.receiver.empty() ? "unknown" : std::string(request_.receiver);
            case 't': return std::to_string(request_.time->time_since_epoch().count());
            default: break;
        }
        if (request_.ip.is_v4()) return request_.ip.to_string();
        auto labels = labels_of(reverse_name());  // i: nibbles in forward order
        labels.resize(32);
        std::string dotted;
        for (std::size_t i = labels.size(); i-- > 0;) dotted += labels[i] + (i > 0 ? "." : "");
        std::transform(dotted.begin(), dotted.end(), dotted.begin(), [](char c) {
            return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
        });
        return dotted;
    }

    std::string expand_one(std::string_view inner, const std::string& domain) {
        const std::string lowered = lower(inner);
        std::string value = value_of(lowered[0], domain);
        std::size_t at = 1;
        std::size_t wanted = 0;
        while (at < lowered.size() && lowered[at] >= '0' && lowered[at] <= '9') {
            wanted = std::min<std::size_t>(
                100'000, wanted * 10 + static_cast<std::size_t>(lowered[at++] - '0'));
        }
        const bool reversed = at < lowered.size() && lowered[at] == 'r';
        if (reversed) ++at;
        std::string delimiters = lowered.substr(at);
        if (delimiters.empty()) delimiters = ".";
        std::vector<std::string> parts{""};
        for (const char c : value) {
            if (delimiters.find(c) != std::string::npos) {
                parts.emplace_back();
            } else {
                parts.back() += c;
            }
        }
        if (reversed) std::reverse(parts.begin(), parts.end());
        if (wanted > 0 && wanted < parts.size()) {
            parts.erase(parts.begin(), parts.end() - static_cast<std::ptrdiff_t>(wanted));
        }
        std::string joined;
        for (const auto& part : parts) joined += (&part == parts.data() ? "" : ".") + part;
        return inner[0] == lowered[0] ? joined : url_escaped(joined);
    }

    std::string expand(std::string_view text, const std::string& domain) {
        std::string out;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] != '%') {
                out += text[at];
            } else if (text[++at] == '{') {
                const auto end = text.find('}', at);
                out += expand_one(text.substr(at + 1, end - at - 1), domain);
                at = end;
            } else {
                out += text[at] == '%' ? "%" : text[at] == '_' ? " " : "%20";
            }
        }
        return out;
    }

    /// The target-name of a term (4.8); nothing if it cannot be used (RFC 8616 section 4).
    std::optional<std::string> target(const Term& term, const std::string& domain) {
        if (!term.domain_spec) return domain;
        const std::string spec = lower(*term.domain_spec);
        for (const std::string_view macro : {"%{s", "%{l"}) {
            if (has_high_octets(local_part_) && spec.find(macro) != std::string::npos) return {};
        }
        std::string name = without_trailing_dot(lower(expand(*term.domain_spec, domain)));
        std::size_t cut = 0;  // 7.3: labels are removed from the left until the rest fits
        while (name.size() - cut > 253 && name.find('.', cut) != std::string::npos) {
            cut = name.find('.', cut) + 1;
        }
        return name.substr(cut);
    }

    // --- 5 -------------------------------------------------------------------------------------
    bool matches(const Term& term, const std::string& domain) {
        if (term.kind == Kind::all) return true;
        if (term.kind == Kind::ip4 || term.kind == Kind::ip6) {
            const unsigned length = term.kind == Kind::ip4 ? term.ip4_length : term.ip6_length;
            return same_network(term.network, bits_of(request_.ip), length);
        }
        spend_term();
        const auto name = target(term, domain);
        if (!name) return false;
        if (term.kind == Kind::include) {
            const Result result = check_host(*name, false);
            if (result == Result::none) throw Ended{Result::permerror};
            return result == Result::pass;
        }
        if (!is_name(*name)) return false;
        switch (term.kind) {
            case Kind::a: return host_has_client(*name, term);
            case Kind::mx: {
                const auto answer = ask_or_end(*name, RecordType::mx);
                if (answer.status != dns::Status::ok) return false;
                if (answer.exchanges.size() > 10) throw Ended{Result::permerror};
                for (const auto& exchange : answer.exchanges) {
                    if (host_has_client(without_trailing_dot(lower(exchange.host)), term))
                        return true;
                }
                return false;
            }
            case Kind::ptr: {
                const auto& names = validated_names();
                return std::any_of(names.begin(), names.end(), [&](const auto& validated) {
                    return is_below(validated, *name);
                });
            }
            case Kind::exists: {
                const auto answer = ask_or_end(*name, RecordType::a);
                return answer.status == dns::Status::ok &&
                       std::any_of(answer.addresses.begin(), answer.addresses.end(),
                                   [](const IpAddress& address) { return address.is_v4(); });
            }
            default: return false;
        }
    }

    // --- 4 -------------------------------------------------------------------------------------
    Result check_host(const std::string& domain, bool outermost) {
        if (!is_domain(domain)) return Result::none;                     // 4.3
        const auto answer = ask_or_end(lower(domain), RecordType::txt);  // 4.4
        if (answer.status != dns::Status::ok) return Result::none;
        std::vector<std::string> records;
        for (const auto& text : answer.texts) {  // 4.5
            if (has_version_section(text)) records.push_back(text);
        }
        if (records.empty()) return Result::none;
        if (records.size() > 1) throw Ended{Result::permerror};
        const auto terms = read_record(records[0]);
        if (!terms) throw Ended{Result::permerror};  // 4.6
        return evaluate(*terms, domain, outermost);
    }

    Result evaluate(const std::vector<Term>& terms, const std::string& domain, bool outermost) {
        for (const auto& term : terms) {  // 4.6.2
            if (term.kind >= Kind::redirect || !matches(term, domain)) continue;
            if (outermost) verdict_.mechanism = term.text;
            if (outermost && term.qualifier == '-') explain(terms, domain);
            return term.qualifier == '-'   ? Result::fail
                   : term.qualifier == '~' ? Result::softfail
                   : term.qualifier == '?' ? Result::neutral
                                           : Result::pass;
        }
        for (const auto& term : terms) {  // 6.1
            if (term.kind != Kind::redirect) continue;
            spend_term();
            const auto name = target(term, domain);
            const Result result = name ? check_host(*name, outermost) : Result::none;
            if (result == Result::none) throw Ended{Result::permerror};
            return result;
        }
        if (outermost) verdict_.mechanism = "default";  // 4.7
        return Result::neutral;
    }

    // --- 6.2 -----------------------------------------------------------------------------------
    void explain(const std::vector<Term>& terms, const std::string& domain) {
        term_counts_ = false;
        for (const auto& term : terms) {
            if (term.kind != Kind::explanation) continue;
            const auto name = target(term, domain);
            if (!name || !is_name(*name)) return;
            const auto answer = ask(*name, RecordType::txt);
            if (answer.status != dns::Status::ok || answer.texts.size() != 1) return;
            if (!is_explain_string(answer.texts[0])) return;
            const std::string text = expand(answer.texts[0], domain).substr(0, 1024);
            if (!is_printable(text)) return;
            verdict_.explanation = text;
        }
    }

    const Request& request_;
    dns::Resolver& resolver_;
    std::string local_part_;
    std::string sender_domain_;
    Verdict verdict_;
    bool term_counts_ = false;  ///< false before the first term and in exp=
    bool term_was_void_ = false;
    bool reverse_was_asked_ = false;
    std::vector<std::string> validated_;
};

}  // namespace

std::ostream& operator<<(std::ostream& out, const Verdict& verdict) {
    return out << to_string(verdict.result) << ", " << verdict.dns_lookups << " terms, "
               << verdict.void_lookups << " void, mechanism \"" << verdict.mechanism
               << "\", explanation \"" << verdict.explanation << '"';
}

Verdict verdict_of(const Outcome& outcome) {
    const bool is_default = outcome.decided_by() == Outcome::DecidedBy::default_result;
    return {outcome.result, outcome.dns_lookups, outcome.void_lookups,
            is_default ? "default" : outcome.mechanism, outcome.explanation};
}

Verdict check_host(const Request& request, dns::Resolver& resolver) {
    return Check(request, resolver).run();
}

}  // namespace spf::oracle

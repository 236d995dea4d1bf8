// The mechanisms of RFC 7208 sections 5.3 (a), 5.4 (mx), 5.5 (ptr) and 5.7 (exists). The mechanisms
// "all", "ip4" and "ip6" (5.1, 5.6) are in immediate.hpp, and "include" (5.2) is in check_host.cpp.
//
// Each mechanism has a function evaluate(), which asks a DNS question, and a second function, which
// receives the answer. Before the second function is called, Check::take() has already handled
// failed lookups, void lookups and the TTL.

#include <algorithm>
#include <utility>
#include <variant>

#include "base/octets.hpp"
#include "evaluation/check.hpp"
#include "spf/dns/name.hpp"

namespace spf {

/// Asks DNS for records of the target-name (4.8). If the target-name is not a legal domain name,
/// the mechanism does not match (see "Readings" in evaluation/evaluation.hpp).
Progress Check::ask_target(std::string_view target, dns::RecordType type, Taker taker) {
    return is_askable(target) ? ask(target, type, taker) : Progress::no_match();
}

/// Returns whether the client's address and at least one address in the answer begin with the same
/// bits. The prefix length is the number of bits that are compared (5).
inline bool Check::contains_client(const dns::Answer& answer, DualPrefixLength prefix) {
    const IpAddress ip = outcome_.ip;
    const unsigned length = ip.is_v4() ? prefix.ip4 : prefix.ip6;
    if (recorder_.records_comparisons()) [[unlikely]]
        return recorder_.contains_client(answer, length);
    return std::any_of(answer.addresses.begin(), answer.addresses.end(),
                       [ip, length](IpAddress address) {
                           return Network{address, length}.contains(ip);
                       });
}

/// Returns a name from an answer in canonical form, in which DNS can be asked for it; an empty text
/// if the name is not a legal domain name. The result is a view of the answer or of made_name_, and
/// is valid while the answer exists and made_name_ is unchanged.
inline std::string_view Check::askable_name(std::string_view name) {
    return octets::is_short_plain_name(name) ? name : make_askable_name(name);
}

[[gnu::noinline]] std::string_view Check::make_askable_name(std::string_view name) {
    if (dns::name_problem(name)) return {};
    made_name_.assign(name);
    dns::make_canonical(made_name_);
    return made_name_;
}

// Section 5.3: the mechanism a

/// Asks for the addresses of the target-name, in the family of the client's address. The mechanism
/// matches if one of these addresses and the client's address have the same prefix.
Progress Check::evaluate(const A& /*term*/, std::string_view target) {
    return ask_target(target, address_type(), &Check::address_answered);
}

Progress Check::address_answered(dns::AnswerPtr& answer) {
    const A& term = std::get<A>(innermost_->directive().mechanism);
    return Progress::match_if(contains_client(*answer, term.prefix));
}

// Section 5.4: the mechanism mx

/// Asks for the mail exchanges of the target-name. The mechanism matches if an address of any mail
/// exchange has the same prefix as the client's address. If there are no mail exchanges, the
/// addresses of the target-name itself are not used instead: 5.4 has no "implicit MX".
Progress Check::evaluate(const Mx& /*term*/, std::string_view target) {
    return ask_target(target, dns::RecordType::mx, &Check::exchanges_answered);
}

/// Asks for the addresses of the mail exchanges. If there are more than ten, the result is
/// permerror, even if one of the first ten would match (4.6.4).
Progress Check::exchanges_answered(dns::AnswerPtr& answer) {
    if (answer->exchanges.size() > options_.limits.mx_names) {
        return stop(Result::permerror,
                    problem_at_term(Problem::Code::too_many_mx_names, pending_.name));
    }
    hints_.add_hosts(*answer, address_type());
    held_ = std::move(answer);
    next_host_ = 0;
    return ask_next_exchange();
}

/// Asks for the addresses of the next mail exchange. Skips names that DNS cannot be asked for, such
/// as the root in a null MX (RFC 7505).
Progress Check::ask_next_exchange() {
    while (next_host_ < held_->exchanges.size()) {
        const std::string_view host = askable_name(held_->exchanges[next_host_++].host);
        if (!host.empty()) return ask(host, address_type(), &Check::exchange_answered);
    }
    return Progress::no_match();
}

Progress Check::exchange_answered(dns::AnswerPtr& answer) {
    const Mx& term = std::get<Mx>(innermost_->directive().mechanism);
    return contains_client(*answer, term.prefix) ? Progress::match() : ask_next_exchange();
}

// Section 5.5: the mechanism ptr

Progress Check::evaluate(const Ptr& /*term*/, std::string_view target) {
    return is_askable(target) ? find_names(&Check::compare_names) : Progress::no_match();
}

/// Decides whether `ptr` matches: a validated name must be the target-name or a subdomain of it
/// (5.5).
Progress Check::compare_names() {
    const std::string_view target = target_of(domain_spec_of(innermost_->directive().mechanism));
    return Progress::match_if(names_.any_within(target));
}

/// Finds the client's validated names, unless they are already known. Then calls `then`.
Progress Check::find_names(Continuation then) {
    if (!is_explaining_) recorder_.note_address_dependence(accounts_, innermost_->domain);
    if (!names_.are_unknown()) return (this->*then)();
    after_names_ = then;
    names_.begin_search();
    write_reverse_name(outcome_.ip, made_name_);
    return ask(made_name_, dns::RecordType::ptr, &Check::reverse_answered);
}

/// Reads the names from the reverse mapping of the client's address. Only the first ten names are
/// used (4.6.4).
Progress Check::reverse_answered(dns::AnswerPtr& answer) {
    names_.take_candidates(std::move(answer), options_.limits.ptr_names);
    return ask_next_name();
}

Progress Check::ask_next_name() {
    while (const std::string* const candidate = names_.next_candidate()) {
        const std::string_view host = askable_name(*candidate);
        if (!host.empty()) return ask(host, address_type(), &Check::name_answered);
    }
    return (this->*after_names_)();
}

Progress Check::name_answered(dns::AnswerPtr& answer) {
    if (contains_client(*answer, {})) names_.add(pending_.name);
    return ask_next_name();
}

// Section 5.7: the mechanism exists

/// Asks for the A records of the target-name, even if the client has an IPv6 address. The mechanism
/// matches if there is any A record.
Progress Check::evaluate(const Exists& /*term*/, std::string_view target) {
    return ask_target(target, dns::RecordType::a, &Check::exists_answered);
}

Progress Check::exists_answered(dns::AnswerPtr& answer) {
    return Progress::match_if(std::any_of(answer->addresses.begin(), answer->addresses.end(),
                                          [](IpAddress address) { return address.is_v4(); }));
}

}  // namespace spf

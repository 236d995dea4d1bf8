// The mechanisms that ask for addresses and names: RFC 7208 sections 5.3 to 5.5 and 5.7.

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.hpp"
#include "base/octets.hpp"
#include "evaluation/state.hpp"
#include "spf/dns/name.hpp"

namespace spf {
namespace {

/// The name of the client's reverse mapping (5.5).
std::string_view reverse_name(IpAddress ip, std::array<char, 80>& buffer) noexcept {
    char* out = buffer.data();
    const auto append = [&out](std::string_view text) {
        out = std::copy(text.begin(), text.end(), out);
    };
    if (ip.is_v4()) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            out = std::to_chars(out, out + 3, ip.v4_bits() >> shift & 0xffU).ptr;
            *out++ = '.';
        }
        append("in-addr.arpa");
    } else {
        for (const std::uint64_t half : {ip.low(), ip.high()}) {
            for (unsigned shift = 0; shift < 64; shift += 4) {
                *out++ = "0123456789abcdef"[half >> shift & 0xfU];
                *out++ = '.';
            }
        }
        append("ip6.arpa");
    }
    return {buffer.data(), static_cast<std::size_t>(out - buffer.data())};
}

}  // namespace

bool Evaluation::State::any_contains_client(const dns::Answer& answer, DualPrefixLength prefix) {
    const unsigned length = outcome_.ip.is_v4() ? prefix.ip4 : prefix.ip6;
    if (survey_ != nullptr) [[unlikely]] {
        const Survey::Contained found = survey_->contains(answer, length, outcome_.ip);
        narrow(found.range);
        return found.is_contained;
    }
    for (const IpAddress address : answer.addresses) {
        const Network network{address, length};
        if (!network.contains(outcome_.ip)) continue;
        narrow(network, true);
        return true;
    }
    if (options_.scope) {
        for (const IpAddress address : answer.addresses) narrow(Network{address, length}, false);
    }
    return false;
}

/// Makes a name out of an answer that the caller holds the one to ask for; empty where it is none. Copied
/// only where it has to be changed: then the result is the memory behind it.
ArenaText Evaluation::State::make_pending(std::string_view name) {
    if (octets::is_short_plain_name(name)) {
        pending_.name = name;
        return ArenaText{arena_};
    }
    if (dns::name_problem(name)) {
        pending_.name = {};
        return ArenaText{arena_};
    }
    scratch_.assign(name);
    dns::make_canonical(scratch_);
    ArenaText copy{arena_, scratch_};
    pending_.name = copy.view();
    return copy;
}

/// The coroutine for a mechanism that asks for addresses or names.
Task<Evaluation::State::Match> Evaluation::State::query(const Mechanism& mechanism,
                                                        std::string_view target, unsigned depth) {
    if (const auto* a = std::get_if<A>(&mechanism)) return match_address(target, a->prefix, depth);
    if (const auto* mx = std::get_if<Mx>(&mechanism)) return match_mx(target, mx->prefix, depth);
    if (std::holds_alternative<Ptr>(mechanism)) return match_ptr(target, depth);
    return match_exists(target, depth);
}

/// 5.3: any address of the name, of the client's family.
Task<Evaluation::State::Match> Evaluation::State::match_address(std::string_view target,
                                                                DualPrefixLength prefix,
                                                                unsigned depth) {
    const ArenaText memory = keep(target);
    const Reply reply = co_await ask(target, address_type());
    trace_lookup(depth, target, address_type(), reply);
    if (!acceptable(reply)) co_return Match::exception;
    if (reply.status != dns::Status::ok) co_return Match::no_match;
    co_return any_contains_client(*reply.answer, prefix) ? Match::match : Match::no_match;
}

Evaluation::State::Match Evaluation::State::stop_at_mx_names(std::string_view target) {
    return stop(Result::permerror, problem_at_term(Problem::Code::too_many_mx_names, target));
}

/// 5.4: any address of any mail exchange; no implicit MX.
Task<Evaluation::State::Match> Evaluation::State::match_mx(std::string_view target,
                                                           DualPrefixLength prefix,
                                                           unsigned depth) {
    const ArenaText memory = keep(target);
    const Reply exchanges = co_await ask(target, dns::RecordType::mx);
    trace_lookup(depth, target, dns::RecordType::mx, exchanges);
    if (!acceptable(exchanges)) co_return Match::exception;
    if (exchanges.status != dns::Status::ok) co_return Match::no_match;
    // 4.6.4: more than ten is a permerror, whichever of them would have matched.
    if (exchanges.answer->exchanges.size() > options_.limits.mx_names) {
        co_return stop_at_mx_names(target);
    }
    if (options_.hints) hint_hosts(*exchanges.answer);
    for (const dns::MailExchange& exchange : exchanges.answer->exchanges) {
        const ArenaText changed = make_pending(exchange.host);
        if (pending_.name.empty()) continue;  // the null MX of RFC 7505 among them
        const Reply reply = co_await ask(address_type());
        trace_lookup(depth, pending_.name, address_type(), reply);
        if (!acceptable(reply)) co_return Match::exception;
        if (reply.status == dns::Status::ok && any_contains_client(*reply.answer, prefix))
            co_return Match::match;
    }
    co_return Match::no_match;
}

/// 5.5, first half: the names of the client that are confirmed by their addresses. Found once, then
/// shared by every "ptr" and %{p} of the evaluation.
Task<Evaluation::State::Match> Evaluation::State::find_validated_names(unsigned depth) {
    if (!explaining_) {
        if (survey_ != nullptr) survey_dependence();
        outcome_.scope.reset();
    }
    if (validated_names_known_) co_return Match::match;
    validated_names_known_ = true;
    std::array<char, 80> buffer{};
    const ArenaText reverse{arena_, reverse_name(outcome_.ip, buffer)};
    const Reply names = co_await ask(reverse.view(), dns::RecordType::ptr);
    trace_lookup(depth, reverse.view(), dns::RecordType::ptr, names);
    if (!count_void(names.status)) co_return Match::exception;
    if (!known(names)) co_return Match::exception;
    // 5.5: after a DNS error the mechanism fails to match; 7.3: %{p} is "unknown" then.
    if (names.status != dns::Status::ok) co_return Match::match;

    // 4.6.4: all but the first ten are ignored.
    const std::size_t count =
        std::min<std::size_t>(names.answer->names.size(), options_.limits.ptr_names);
    for (std::size_t i = 0; i < count; ++i) {
        const ArenaText changed = make_pending(names.answer->names[i]);
        if (pending_.name.empty()) continue;
        const Reply reply = co_await ask(address_type());
        trace_lookup(depth, pending_.name, address_type(), reply);
        if (!count_void(reply.status) || !known(reply)) co_return Match::exception;
        // 5.5: after a DNS error the name is skipped and the search goes on.
        if (reply.status == dns::Status::ok && any_contains_client(*reply.answer, {})) {
            if (validated_count_ == validated_names_.size()) validated_names_.emplace_back();
            validated_names_[validated_count_++].assign(pending_.name);
        }
    }
    co_return Match::match;
}

/// %{p}: costs a look-up of its own where it is the first to need the reverse mapping (readings).
Task<Evaluation::State::Match> Evaluation::State::names_for_macro(std::string_view domain,
                                                                  unsigned depth) {
    if (term_counts_ && ++outcome_.dns_lookups > most_lookups_) {
        stop_at_lookups(domain);
        co_return Match::exception;
    }
    const Match found = co_await find_validated_names(depth);
    co_return found;
}

/// 5.5, second half: a validated name that is the target or lies below it.
Task<Evaluation::State::Match> Evaluation::State::match_ptr(std::string_view target,
                                                            unsigned depth) {
    const ArenaText memory = keep(target);
    const Match found = co_await find_validated_names(depth);
    if (found == Match::exception) co_return found;
    const bool within =
        std::any_of(validated_names().begin(), validated_names().end(),
                    [target](const std::string& name) { return dns::is_within(name, target); });
    co_return within ? Match::match : Match::no_match;
}

/// 5.7: any A record, also for IPv6 clients.
Task<Evaluation::State::Match> Evaluation::State::match_exists(std::string_view target,
                                                               unsigned depth) {
    const ArenaText memory = keep(target);
    const Reply reply = co_await ask(target, dns::RecordType::a);
    trace_lookup(depth, target, dns::RecordType::a, reply);
    if (!acceptable(reply)) co_return Match::exception;
    const bool exists = reply.status == dns::Status::ok &&
                        std::any_of(reply.answer->addresses.begin(), reply.answer->addresses.end(),
                                    [](IpAddress address) { return address.is_v4(); });
    co_return exists ? Match::match : Match::no_match;
}

void Evaluation::State::hint_hosts(const dns::Answer& answer) {
    for (const dns::MailExchange& exchange : answer.exchanges) {
        if (octets::is_short_plain_name(exchange.host)) add_hint({exchange.host, address_type()});
    }
}

/// The questions that the directives of this record will ask for sure if none before them matches. In the
/// whole check, no more terms than may be evaluated (4.6.4): nested records of ten terms each would
/// otherwise make a stranger's name servers be asked a hundred times.
void Evaluation::State::hint_record(const Record& record) {
    const auto hint = [this](const std::optional<MacroString>& domain, dns::RecordType type) {
        if (domain && domain->is_plain_name() && hinted_terms_ < most_lookups_) {
            ++hinted_terms_;
            add_hint({domain->text(), type});
        }
    };
    for (const Directive& directive : record.directives) {
        if (const auto* include = std::get_if<Include>(&directive.mechanism))
            hint(include->domain, dns::RecordType::txt);
        if (const auto* exists = std::get_if<Exists>(&directive.mechanism))
            hint(exists->domain, dns::RecordType::a);
        if (const auto* a = std::get_if<A>(&directive.mechanism)) hint(a->domain, address_type());
        if (const auto* mx = std::get_if<Mx>(&directive.mechanism))
            hint(mx->domain, dns::RecordType::mx);
    }
    const Redirect* const redirect = record.redirect();
    if (redirect != nullptr && !record.has_all()) hint(redirect->domain, dns::RecordType::txt);
}

void Evaluation::State::add_hint(const dns::Question& question) {
    if (std::find(hints_.begin(), hints_.end(), question) == hints_.end())
        hints_.push_back(question);
}

}  // namespace spf

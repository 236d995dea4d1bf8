// The stub resolver: decides which name server is asked next, and what the result is if no server
// answers.

#include "spf/resolver/ldns.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "wire/handle.hpp"
#include "wire/message.hpp"
#include "wire/transport.hpp"

namespace spf {
namespace {

using ldns_adapter::Bytes;
using ldns_adapter::Chain;
using ldns_adapter::Clock;
using ldns_adapter::Delivery;
using ldns_adapter::Reply;
using ldns_adapter::weight;

dns::Status status_of(Delivery delivery) noexcept {
    switch (delivery) {
        case Delivery::silent: return dns::Status::timeout;
        case Delivery::unreachable: return dns::Status::unreachable;
        case Delivery::replied:
        case Delivery::broken: break;
    }
    return dns::Status::error;
}

/// A question with the name in wire format, and the aliases that led to this name.
struct Asked {
    std::string name;
    dns::RecordType type{};
    Chain chain;
};

Reply failed(dns::Status status) {
    Reply reply;
    reply.failure = status;
    return reply;
}

/// Sends a query to a server once and returns the reply. Uses TCP if LdnsOptions::tcp_only is set,
/// otherwise UDP. If the reply over UDP is truncated, sends the query again over TCP.
Reply try_once(const dns::NameServer& server, const Asked& asked, const LdnsOptions& options,
               bool edns, Clock::time_point deadline) {
    const Bytes query =
        ldns_adapter::make_query(asked.name, asked.type, ldns_adapter::random_id(), edns);
    Bytes bytes;
    bool over_tcp = options.tcp_only;
    if (!over_tcp) {
        const Delivery delivery = ldns_adapter::exchange_udp(server, query, deadline, bytes);
        if (delivery != Delivery::replied) return failed(status_of(delivery));
        over_tcp = ldns_adapter::is_truncated(bytes);
    }
    if (over_tcp) {
        const Delivery delivery = ldns_adapter::exchange_tcp(server, query, deadline, bytes);
        if (delivery == Delivery::unreachable && !options.tcp_only) {
            // The server has sent a truncated reply over UDP, so it was neither silent nor
            // unreachable, although TCP failed.
            Reply truncated = failed(dns::Status::error);
            truncated.answer.texts.emplace_back(ldns_adapter::truncated_text);
            return truncated;
        }
        if (delivery != Delivery::replied) return failed(status_of(delivery));
    }
    return ldns_adapter::read_reply(bytes, asked.name, asked.type, asked.chain,
                                    LdnsResolver::max_aliases);
}

/// Calls try_once(). If the reply shows that the server may not understand EDNS, calls try_once()
/// again without EDNS.
Reply ask_one(const dns::NameServer& server, const Asked& asked, const LdnsOptions& options,
              Clock::time_point deadline) {
    Reply reply = try_once(server, asked, options, options.edns, deadline);
    if (reply.kind == Reply::Kind::no_edns && options.edns) {
        reply = try_once(server, asked, options, false, deadline);
    }
    if (reply.kind == Reply::Kind::no_edns) return failed(dns::Status::error);
    return reply;
}

/// Returns the maximum number of tries of a question, for all servers together.
std::uint64_t tries_of(const LdnsOptions& options) noexcept {
    return std::uint64_t{options.servers.size()} * std::max(options.tries, 1U);
}

/// Returns the maximum time for a question, which is the timeout of one try multiplied by the
/// number of tries.
std::chrono::milliseconds whole_time(const LdnsOptions& options) noexcept {
    constexpr auto longest = std::chrono::milliseconds::max();
    const auto tries = static_cast<std::int64_t>(std::max<std::uint64_t>(tries_of(options), 1));
    const auto once = std::max(options.timeout, std::chrono::milliseconds{0});
    return once > longest / tries ? longest : once * tries;
}

/// Returns the time at which the next try ends. `tries_left` is the number of tries that may
/// follow, including the next one. The time that remains until `deadline` is divided evenly among
/// these tries. Each try waits at least 10 ms for its reply, however many tries there are, so that
/// the servers are not flooded with queries.
Clock::time_point end_of_try(std::chrono::milliseconds timeout, Clock::time_point deadline,
                             std::uint64_t tries_left) noexcept {
    const auto now = Clock::now();
    const auto share = (deadline - now) / static_cast<Clock::rep>(tries_left);
    constexpr Clock::duration shortest = std::chrono::milliseconds{10};
    return std::min({dns::deadline_after(timeout), deadline, now + std::max(share, shortest)});
}

/// Asks the servers one after the other until one answers. A server that has reported a failure is
/// not asked again. A server that was silent or unreachable is asked again, because a packet may
/// have been lost.
Reply ask(const Asked& asked, const LdnsOptions& options, Clock::time_point deadline) {
    std::vector<bool> spoke(options.servers.size());
    std::uint64_t tries_left = tries_of(options);
    Reply worst = failed(dns::Status::unreachable);
    for (unsigned round = std::max(options.tries, 1U); round > 0; --round) {
        for (std::size_t i = 0; i < options.servers.size(); ++i) {
            if (spoke[i]) continue;
            if (Clock::now() >= deadline) {
                constexpr auto late = dns::Status::timeout;
                return weight(worst.failure) > weight(late) ? worst : failed(late);
            }
            Reply reply = ask_one(options.servers[i], asked, options,
                                  end_of_try(options.timeout, deadline, tries_left));
            if (reply.kind != Reply::Kind::failure) return reply;
            spoke[i] = weight(reply.failure) > weight(dns::Status::timeout);
            if (weight(reply.failure) > weight(worst.failure)) worst = std::move(reply);
            tries_left -= spoke[i] ? round : 1;
        }
        // All servers have reported a failure.
        if (std::ranges::find(spoke, false) == spoke.end()) break;
    }
    return worst;
}

}  // namespace

LdnsResolver::LdnsResolver(LdnsOptions options) : options_(std::move(options)) {
    if (options_.servers.empty()) options_.servers = dns::system_name_servers(options_.resolv_conf);
}

dns::AnswerPtr LdnsResolver::resolve(const dns::Question& question) {
    std::optional<std::string> name = ldns_adapter::wire_name(question.name);
    if (!name) return dns::make_answer(dns::Status::nxdomain);
    Asked asked{*std::move(name), question.type, {}};
    // All aliases of the question share one deadline. Otherwise a chain of slow aliases would
    // multiply the time.
    const Clock::time_point deadline =
        std::min(question.deadline, dns::deadline_after(whole_time(options_)));
    while (true) {  // this ends, because each round follows an alias and their number is limited
        Reply reply = ask(asked, options_, deadline);
        if (Clock::now() >= question.deadline) return dns::make_answer(dns::Status::timeout);
        switch (reply.kind) {
            case Reply::Kind::answer:
                return std::make_shared<const dns::Answer>(std::move(reply.answer));
            case Reply::Kind::alias:
                asked.name = std::move(reply.target);
                asked.chain = reply.chain;
                break;
            case Reply::Kind::no_edns:
            case Reply::Kind::failure:
                reply.answer.status = reply.failure;
                return std::make_shared<const dns::Answer>(std::move(reply.answer));
        }
    }
}

}  // namespace spf

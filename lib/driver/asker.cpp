// Decides which name server is asked next, and what the result is if no server answers. The rules
// are those of resolver/ldns.cpp, but no function waits.
//
// A lookup passes through these functions:
//
//  want() ─▶ queues ─▶ begin ─▶ send ─▶ (UDP, TCP) ─▶ on_end ─▶ settle ─▶ finish ─▶ next_answered()
//                               ▲                              │
//                               └── next server, TCP, no EDNS, alias
//
// on_end() is called while sockets are read or written. It only stores how a try ended. Everything
// else happens in work(), which processes the queues in a loop and needs no recursion.

#include "driver/asker.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "spf/policy/cache.hpp"
#include "spf/record/select.hpp"
#include "spf/resolver/cache.hpp"
#include "spf/resolver/ldns.hpp"
#include "wire/handle.hpp"

namespace spf::cares_adapter {
namespace {

using ldns_adapter::Reply;
using ldns_adapter::weight;

/// A lookup that has no answer after this time is late. In this case, the recursive server is
/// probably waiting for a distant name server, or for one that will never answer.
constexpr std::chrono::milliseconds soon{20};

/// How long the servers are regarded as busy after a sign that they are overloaded (see late_at()).
constexpr std::chrono::seconds spared{10};

CaresOptions completed(CaresOptions options) {
    if (options.servers.empty()) options.servers = dns::system_name_servers(options.resolv_conf);
    if (options.policies != nullptr) options.cache = &options.policies->answers();
    options.tries = std::max(options.tries, 1U);
    options.max_outstanding = std::clamp<std::size_t>(options.max_outstanding, 1, QueryIds::most);
    constexpr std::chrono::milliseconds longest = std::chrono::hours{1};
    options.timeout = std::clamp(options.timeout, std::chrono::milliseconds{1}, longest);
    return options;
}

}  // namespace

Asker::Asker(CaresOptions options)
    : options_(completed(std::move(options))),
      pending_(options_.timeout, *this),
      udp_(options_.servers, pending_, watches_),
      tcp_(options_.servers, pending_, watches_) {}

Lookup& Asker::want(const dns::Question& question) {
    ++statistics_.lookups;
    const std::size_t hash = table_.hash(question);
    if (Lookup* const known = table_.find(question, hash)) {
        ++statistics_.coalesced;
        ++known->references;
        return *known;
    }

    Lookup& lookup = lookups_.take();
    lookup.name = question.name;
    lookup.type = question.type;
    lookup.hash = hash;
    lookup.references = 1;
    if (options_.cache != nullptr) lookup.answer = options_.cache->lookup(question);
    if (lookup.answer != nullptr) {
        ++statistics_.from_cache;
        lookup.state = Lookup::State::answered;
        return lookup;
    }
    lookup.state = Lookup::State::queued;
    lookup.ahead = true;
    table_.insert(lookup);
    ahead_.push(lookup);
    return lookup;
}

void Asker::need(Lookup& lookup) noexcept {
    if (!lookup.ahead || lookup.state == Lookup::State::answered) return;
    if (lookup.state == Lookup::State::asking) {
        if (!lookup.late) --soon_ahead_;
        lookup.ahead = false;
        return;
    }
    lookup.ahead = false;
    ahead_.remove(lookup);
    needed_.push(lookup);
}

void Asker::release(Lookup& lookup) {
    if (--lookup.references > 0 || lookup.state == Lookup::State::asking) return;
    if (lookup.state == Lookup::State::queued) {
        (lookup.ahead ? ahead_ : needed_).remove(lookup);
        table_.erase(lookup);
    }
    forget(lookup);
}

void Asker::forget(Lookup& lookup) {
    lookup.answer.reset();
    lookups_.give_back(lookup);
}

void Asker::work() {
    while (true) {
        if (Lookup* const ended = ended_.pop()) {
            settle(*ended);
            continue;
        }
        Queue<Lookup>* const queue = next_queue();
        if (queue == nullptr) return;
        Lookup& lookup = *queue->pop();
        if (queue != &again_) {
            begin(lookup);
        } else if (lookup.references == 0) {
            finish(lookup, lookup.worst);
        } else {
            enter_soon(lookup);
            send(lookup);
        }
    }
}

void Asker::flush() {
    udp_.flush();
    tcp_.close_idle();
}

void Asker::begin(Lookup& lookup) {
    lookup.state = Lookup::State::asking;
    lookup.socket = 0;
    ++outstanding_;
    enter_soon(lookup);
    auto wire = ldns_adapter::wire_name(lookup.name);
    if (!wire) {  // such a name cannot exist in DNS
        finish(lookup, dns::Status::nxdomain);
        return;
    }
    lookup.chain = {};
    ask_for(lookup, *std::move(wire));
}

Lookup* Asker::next_late(Clock::time_point now) noexcept {
    Lookup* const lookup = soon_.front();
    if (lookup == nullptr || late_at(*lookup) > now) return nullptr;
    leave_soon(*lookup);
    lookup->late = true;
    return lookup;
}

/// Returns the time at which a lookup becomes late. This is `soon` after it was sent, unless the
/// server is busy.
///
/// An overloaded server answers queries in their order, but slowly. More queries would only fill
/// the buffer of its socket, and the kernel drops queries that do not fit. Therefore a lookup at a
/// busy server becomes late only after a part of the timeout. There is an exception: if a query
/// that was sent later has already got its reply, the server itself is waiting for another name
/// server before it can answer this lookup. Such a lookup becomes late after `soon`.
Clock::time_point Asker::late_at(const Lookup& lookup) const noexcept {
    // While the server seems busy, a lookup becomes late after a quarter of the timeout. Until
    // then, it delays other lookups, even if it waits for a silent remote server.
    constexpr int parts = 4;
    const bool spare = lookup.begun < busy_until_ && lookup.begun > overtaken_;
    return lookup.begun + (spare ? std::max(soon, options_.timeout / parts) : soon);
}

void Asker::note_reply(const Lookup& lookup) noexcept {
    const bool in_order = lookup.begun > overtaken_;
    if (lookup.late && in_order && outstanding_ > options_.max_outstanding) {
        busy_until_ = Clock::now() + spared;
    }
    overtaken_ = std::max(overtaken_, lookup.begun - soon);
}

void Asker::enter_soon(Lookup& lookup) noexcept {
    lookup.begun = Clock::now();
    lookup.late = false;
    soon_.push(lookup);
    if (lookup.ahead) ++soon_ahead_;
}

void Asker::leave_soon(Lookup& lookup) noexcept {
    if (lookup.late) return;
    soon_.remove(lookup);
    if (lookup.ahead) --soon_ahead_;
}

void Asker::ask_for(Lookup& lookup, std::string&& wire_name) {
    lookup.wire_name = std::move(wire_name);
    lookup.worst = dns::Status::unreachable;
    lookup.lacks_tcp = false;
    lookup.server = 0;
    lookup.round = 0;
    lookup.spoke.assign(options_.servers.size(), false);
    first_way(lookup);
    send(lookup);
}

void Asker::first_way(Lookup& lookup) const noexcept {
    lookup.edns = options_.edns;
    lookup.tcp = options_.tcp_only;
}

void Asker::send(Lookup& lookup) {
    if (options_.servers.empty()) {
        finish(lookup, dns::Status::unreachable);
        return;
    }
    // The id of the previous try is released after the new id has been chosen. Therefore the two
    // ids are different.
    const std::uint16_t id = ids_.take();
    if (lookup.id) ids_.give_back(*lookup.id);
    lookup.id = id;
    lookup.query = ldns_adapter::make_query(lookup.wire_name, lookup.type, id, lookup.edns);
    ++statistics_.queries;
    if (lookup.tcp) {
        ++statistics_.tcp_queries;
        tcp_.ask(lookup);
    } else {
        udp_.ask(lookup);
    }
}

void Asker::on_end(Exchange& exchange, Delivery delivery,
                   std::span<const std::uint8_t> reply) noexcept {
    auto& lookup = static_cast<Lookup&>(exchange);
    lookup.delivery = delivery;
    lookup.truncated = false;
    ended_.push(lookup);
    if (delivery != Delivery::replied) return;
    note_reply(lookup);
    lookup.truncated = !lookup.tcp && ldns_adapter::is_truncated(reply);
    if (lookup.truncated) return;
    try {
        lookup.reply = ldns_adapter::read_reply(reply, lookup.wire_name, lookup.type, lookup.chain,
                                                LdnsResolver::max_aliases);
    } catch (const std::bad_alloc&) {
        lookup.delivery = Delivery::broken;
    }
}

void Asker::settle(Lookup& lookup) {
    switch (lookup.delivery) {
        case Delivery::silent:
            ++statistics_.silent;
            next_try(lookup, dns::Status::timeout);
            return;
        case Delivery::broken: next_try(lookup, dns::Status::error); return;
        // If `tcp_only` is not set, TCP is used only after the server has sent a truncated reply
        // over UDP. Such a server is not unreachable, even if it cannot be reached over TCP.
        case Delivery::unreachable:
            lookup.lacks_tcp = lookup.tcp && !options_.tcp_only;
            next_try(lookup, lookup.lacks_tcp ? dns::Status::error : dns::Status::unreachable);
            return;
        case Delivery::replied: break;
    }
    if (lookup.truncated) {
        lookup.tcp = true;
        send(lookup);
        return;
    }
    Reply& reply = lookup.reply;
    switch (reply.kind) {
        case Reply::Kind::answer: finish(lookup, std::move(reply.answer)); return;
        case Reply::Kind::alias:
            lookup.chain = reply.chain;
            ask_for(lookup, std::move(reply.target));
            return;
        case Reply::Kind::no_edns:
            if (lookup.edns) {
                lookup.edns = false;
                lookup.tcp = options_.tcp_only;
                send(lookup);
            } else {
                next_try(lookup, dns::Status::error);
            }
            return;
        case Reply::Kind::failure: next_try(lookup, reply.failure); return;
    }
}

/// Sends a lookup to the next server after a try has failed, or finishes the lookup if no try is
/// left. A server that has reported a failure is not asked again. A server that was silent or
/// unreachable is asked again, because a packet may have been lost.
void Asker::next_try(Lookup& lookup, dns::Status failure) {
    if (weight(failure) > weight(lookup.worst)) lookup.worst = failure;
    if (lookup.references == 0) {  // no check needs the answer any more
        finish(lookup, lookup.worst);
        return;
    }
    lookup.spoke[lookup.server] = weight(failure) > weight(dns::Status::timeout);
    // All servers have reported a failure, so no server is left to ask, even if more tries are
    // allowed.
    if (std::ranges::find(lookup.spoke, false) == lookup.spoke.end()) {
        finish(lookup, lookup.worst);
        return;
    }
    do {
        if (++lookup.server == options_.servers.size()) {
            lookup.server = 0;
            if (++lookup.round == options_.tries) {
                finish(lookup, lookup.worst);
                return;
            }
        }
    } while (lookup.spoke[lookup.server]);
    first_way(lookup);
    if (lookup.late) {
        // Many lookups may be late at the same time. If all of them were sent at once, the buffer
        // of the server's socket would overflow. Therefore they wait in a queue.
        again_.push(lookup);
    } else {
        send(lookup);
    }
}

void Asker::finish(Lookup& lookup, dns::Status status) {
    dns::Answer answer;
    answer.status = status;
    if (status == dns::Status::error && lookup.lacks_tcp) {
        answer.texts.emplace_back(ldns_adapter::truncated_text);
    }
    finish(lookup, std::move(answer));
}

void Asker::finish(Lookup& lookup, dns::Answer&& answer) {
    --outstanding_;
    leave_soon(lookup);
    if (lookup.id) ids_.give_back(*std::exchange(lookup.id, std::nullopt));
    table_.erase(lookup);
    // The SPF record is parsed here, and thus only once. The cache and all checks that wait for the
    // answer use the parsed record, unless the cache is to save the memory.
    const bool parses = options_.cache == nullptr || options_.cache->parses_records();
    if (parses && answer.status == dns::Status::ok && lookup.type == dns::RecordType::txt) {
        answer.selected = std::make_shared<const SelectedRecord>(select_record(answer.texts));
    }
    lookup.answer = std::make_shared<const dns::Answer>(std::move(answer));
    const bool given_up = lookup.references == 0 && lookup.answer->is_failure();
    if (options_.cache != nullptr && !given_up) {
        lookup.answer = options_.cache->store({lookup.name, lookup.type}, lookup.answer);
    }
    lookup.state = Lookup::State::answered;
    ++lookup.references;  // the caller of next_answered() releases this reference
    answered_.push(lookup);
}

void Asker::process(int fd, bool readable, bool writable) {
    if (!udp_.process(fd)) tcp_.process(fd, readable, writable);
}

void Asker::process_timeouts(Clock::time_point now) {
    while (Exchange* const exchange = pending_.first()) {
        if (exchange->due > now) return;
        if (exchange->tcp) {
            tcp_.give_up(*exchange);
        } else {
            udp_.give_up(*exchange);
        }
        pending_.end(*exchange, Delivery::silent);
    }
}

std::optional<Clock::time_point> Asker::due(bool somebody_waits) const noexcept {
    std::optional<Clock::time_point> first;
    if (const Exchange* const exchange = pending_.first()) first = exchange->due;
    const Lookup* const lookup = soon_.front();
    if (lookup != nullptr && (somebody_waits || next_waits())) {
        const Clock::time_point late = late_at(*lookup);
        if (!first || late < *first) first = late;
    }
    return first;
}

}  // namespace spf::cares_adapter

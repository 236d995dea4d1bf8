// Which server is asked next, and what their silence means: as in ldns.cpp, but in steps.
//
//     want() ─▶ queues ─▶ begin ─▶ send ─▶ (c-ares) ─▶ on_end ─▶ settle ─▶ finish ─▶ next_answered()
//                                  ▲                              │
//                                  └── next server, TCP, no EDNS, alias
//
// on_end() is called by c-ares, in the midst of reading or even of sending, so it only takes notes;
// all else happens in work(), from a list, without recursion.

#include "resolver/cares_asker.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "resolver/ldns_handle.hpp"
#include "spf/policy_cache.hpp"
#include "spf/resolver/cache.hpp"
#include "spf/select.hpp"

namespace spf::cares_adapter {
namespace {

using ldns_adapter::Reply;
using ldns_adapter::weight;

/// After so many questions a UDP channel, and with it the local port, is replaced: who wants to forge
/// a reply has to guess the port anew. c-ares itself closes the socket whenever nothing is on its way.
constexpr std::size_t questions_per_port = 512;

}  // namespace

Asker::Asker(CaresOptions options) : options_(std::move(options)) {
    if (options_.servers.empty()) options_.servers = system_name_servers(options_.resolv_conf);
    if (options_.policies != nullptr) options_.cache = &options_.policies->answers();
    options_.tries = std::max(options_.tries, 1U);
    options_.max_outstanding = std::clamp<std::size_t>(options_.max_outstanding, 1, QueryIds::most);
    channels_.resize(options_.servers.size());
}

Asker::~Asker() {
    sockets_.on_change({});  // nobody is called back any more
}

bool Asker::usable() {
    return channels_.empty() || channel_to(0, options_.tcp_only ? Way::tcp : Way::udp) != nullptr;
}

Lookup& Asker::want(const dns::Question& question) {
    const std::size_t hash = table_.hash(question);
    if (Lookup* const known = table_.find(question, hash)) {
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
    lookup.ahead = false;
    if (lookup.state == Lookup::State::asking) {
        --outstanding_ahead_;
        return;
    }
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
    drop_retired();
    while (true) {
        if (Lookup* const ended = ended_.pop()) {
            settle(*ended);
            continue;
        }
        Queue<Lookup>* const queue = next_queue();
        if (queue == nullptr) return;
        begin(*queue->pop());
    }
}

void Asker::flush() {
    const int failed = sockets_.flush();
    if (Channel* const channel = sockets_.owner(failed)) channel->fail(failed);
}

void Asker::begin(Lookup& lookup) {
    lookup.state = Lookup::State::asking;
    ++outstanding_;
    if (lookup.ahead) ++outstanding_ahead_;
    auto wire = ldns_adapter::wire_name(lookup.name);
    if (!wire) {  // no zone can hold it
        finish(lookup, dns::Status::nxdomain);
        return;
    }
    lookup.chain = {};
    ask_for(lookup, *std::move(wire));
}

void Asker::ask_for(Lookup& lookup, std::string&& wire_name) {
    lookup.wire_name = std::move(wire_name);
    lookup.worst = dns::Status::unreachable;
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
    Channel* const channel = channel_to(
        lookup.server, lookup.tcp ? Way::tcp : (lookup.edns ? Way::udp : Way::udp_without_edns));
    if (channel == nullptr) {
        finish(lookup, dns::Status::unreachable);
        return;
    }
    lookup.id = ids_.take();
    lookup.query = ldns_adapter::make_query(lookup.wire_name, lookup.type, lookup.id, lookup.edns);
    channel->ask(lookup);
}

Channel* Asker::channel_to(std::size_t server, Way way) {
    std::unique_ptr<Channel>& channel = channels_[server][static_cast<std::size_t>(way)];
    if (channel != nullptr && way != Way::tcp && channel->asked() >= questions_per_port) {
        retired_.push_back(std::move(channel));
    }
    if (channel == nullptr) {
        const Route route{&options_.servers[server], options_.timeout, way == Way::tcp,
                          way == Way::udp};
        channel = Channel::make(route, sockets_, *this);
    }
    return channel.get();
}

void Asker::drop_retired() {
    std::erase_if(retired_, [](const auto& channel) { return channel->outstanding() == 0; });
}

void Asker::on_end(Exchange& exchange, Delivery delivery,
                   std::span<const std::uint8_t> reply) noexcept {
    auto& lookup = static_cast<Lookup&>(exchange);
    lookup.delivery = delivery;
    lookup.truncated = false;
    ended_.push(lookup);
    if (delivery != Delivery::replied) return;
    lookup.truncated = !lookup.tcp && ldns_adapter::is_truncated(reply);
    if (lookup.truncated) return;
    try {
        if (!ldns_adapter::is_reply(reply, lookup.query)) {
            lookup.delivery = Delivery::broken;
            return;
        }
        lookup.reply = ldns_adapter::read_reply(reply, lookup.wire_name, lookup.type, lookup.chain,
                                                LdnsResolver::max_aliases);
    } catch (const std::bad_alloc&) {  // must not pass through c-ares
        lookup.delivery = Delivery::broken;
    }
}

void Asker::settle(Lookup& lookup) {
    ids_.give_back(lookup.id);
    switch (lookup.delivery) {
        case Delivery::silent: next_try(lookup, dns::Status::timeout); return;
        case Delivery::broken: next_try(lookup, dns::Status::error); return;
        case Delivery::unreachable:  // where only TCP fails, the server did answer, but not in full
            next_try(lookup, lookup.tcp && !options_.tcp_only ? dns::Status::error
                                                              : dns::Status::unreachable);
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

/// The servers in turn until one has an answer. Who failed has said what there is to say, but who
/// kept silent, or could not be reached, may have been unlucky.
void Asker::next_try(Lookup& lookup, dns::Status failure) {
    if (weight(failure) > weight(lookup.worst)) lookup.worst = failure;
    if (lookup.references == 0) {  // whoever waited has given up
        finish(lookup, lookup.worst);
        return;
    }
    lookup.spoke[lookup.server] = weight(failure) > weight(dns::Status::timeout);
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
    send(lookup);
}

void Asker::finish(Lookup& lookup, dns::Status status) {
    dns::Answer answer;
    answer.status = status;
    finish(lookup, std::move(answer));
}

void Asker::finish(Lookup& lookup, dns::Answer&& answer) {
    --outstanding_;
    if (lookup.ahead) --outstanding_ahead_;
    table_.erase(lookup);
    // Parsed once for all who wait, and for the cache.
    if (answer.status == dns::Status::ok && lookup.type == dns::RecordType::txt) {
        answer.selected = std::make_shared<const SelectedRecord>(select_record(answer.texts));
    }
    lookup.answer = std::make_shared<const dns::Answer>(std::move(answer));
    const bool given_up = lookup.references == 0 && lookup.answer->is_failure();
    if (options_.cache != nullptr && !given_up) {
        lookup.answer = options_.cache->store({lookup.name, lookup.type}, lookup.answer);
    }
    lookup.state = Lookup::State::answered;
    ++lookup.references;  // of whoever calls next_answered()
    answered_.push(lookup);
}

void Asker::process(int fd, bool readable, bool writable) {
    if (Channel* const channel = sockets_.owner(fd)) channel->process(fd, readable, writable);
}

void Asker::process_timeouts(Clock::time_point now) {
    const auto process = [now](const std::unique_ptr<Channel>& channel) {
        if (channel == nullptr) return;
        if (const auto due = channel->due(); due && *due <= now) channel->process_timeouts();
    };
    for (const Channels& channels : channels_) std::ranges::for_each(channels, process);
    std::ranges::for_each(retired_, process);
}

std::optional<Clock::time_point> Asker::due() const noexcept {
    std::optional<Clock::time_point> first;
    const auto consider = [&first](const std::unique_ptr<Channel>& channel) {
        if (channel == nullptr) return;
        const auto due = channel->due();
        if (due && (!first || *due < *first)) first = due;
    };
    for (const Channels& channels : channels_) std::ranges::for_each(channels, consider);
    std::ranges::for_each(retired_, consider);
    return first;
}

}  // namespace spf::cares_adapter

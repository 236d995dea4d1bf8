// What c-ares is asked to do, and what it is kept from.
//
// A channel is told everything, so that it reads no file and no environment. It has one server and
// one try: c-ares's own way through several would hide a SERVFAIL behind "connection refused" and
// double the time with every round. Truncated replies come to us (ARES_FLAG_IGNTC), who ask again
// through a channel for TCP, because a failure there means something else. The size that c-ares
// accepts over UDP depends on ARES_FLAG_EDNS, which it takes back for the whole channel when a server
// answers FORMERR. Without that it cuts what is larger than 512 octets, complete or not; whoever is to
// read a reply gets it as it came.

#include "resolver/cares_channel.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <netinet/in.h>

namespace spf::cares_adapter {
namespace {

constexpr std::size_t header_size = 12;
constexpr int largest_reply = 4096;  // over UDP; what we offer is less, see udp_size

bool is_response_to_query(std::span<const std::uint8_t> message) noexcept {
    constexpr unsigned qr_bit = 0x80;
    constexpr unsigned opcode_bits = 0x78;
    return message.size() >= header_size && (message[2] & (qr_bit | opcode_bits)) == qr_bit;
}

Delivery delivery_of(int status) noexcept {
    switch (status) {
        case ARES_SUCCESS: return Delivery::replied;
        case ARES_ETIMEOUT: return Delivery::silent;
        case ARES_ECONNREFUSED: return Delivery::unreachable;
        default: return Delivery::broken;
    }
}

/// c-ares counts its users; we are one for as long as the program runs. Thread-safe.
bool library_ready() noexcept {
    static const int status = ares_library_init(ARES_LIB_INIT_ALL);
    return status == ARES_SUCCESS;
}

ares_addr_port_node node_of(const NameServer& server) noexcept {
    ares_addr_port_node node{};
    node.udp_port = server.port;
    node.tcp_port = server.port;
    if (server.address.is_v4()) {
        node.family = AF_INET;
        node.addr.addr4.s_addr = htonl(server.address.v4_bits());
        return node;
    }
    node.family = AF_INET6;
    std::array<std::uint8_t, 16> bytes{};
    for (unsigned i = 0; i < 8; ++i) {
        const unsigned shift = 56U - 8U * i;
        bytes[i] = static_cast<std::uint8_t>(server.address.high() >> shift);
        bytes[i + 8] = static_cast<std::uint8_t>(server.address.low() >> shift);
    }
    std::memcpy(&node.addr.addr6, bytes.data(), bytes.size());
    return node;
}

}  // namespace

std::unique_ptr<Channel> Channel::make(const Route& route, Sockets& sockets, Listener& listener) {
    std::unique_ptr<Channel> channel{new Channel{route, sockets, listener}};
    if (!library_ready() || !channel->init()) return nullptr;
    return channel;
}

bool Channel::init() {
    std::array<char, 2> lookups{"b"};  // DNS alone, no hosts file
    in_addr placeholder{};
    ares_options options{};
    options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP |
                    ARES_FLAG_IGNTC | (route_.tcp ? ARES_FLAG_USEVC : 0) |
                    (route_.edns ? ARES_FLAG_EDNS : 0);
    constexpr std::int64_t longest = 3'600'000;
    options.timeout =
        static_cast<int>(std::clamp<std::int64_t>(route_.timeout.count(), 1, longest));
    options.tries = 1;
    options.ndots = 1;
    options.ednspsz = largest_reply;
    options.lookups = lookups.data();
    options.servers = &placeholder;
    options.nservers = 1;
    options.sock_state_cb = Sockets::on_state;
    options.sock_state_cb_data = this;
    constexpr int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS |
                         ARES_OPT_EDNSPSZ | ARES_OPT_LOOKUPS | ARES_OPT_SERVERS | ARES_OPT_DOMAINS |
                         ARES_OPT_SORTLIST | ARES_OPT_SOCK_STATE_CB;
    if (ares_init_options(&channel_, &options, mask) != ARES_SUCCESS) {
        channel_ = nullptr;
        return false;
    }
    ares_set_socket_functions(channel_, &Sockets::functions(), this);
    ares_addr_port_node server = node_of(*route_.server);
    return ares_set_servers_ports(channel_, &server) == ARES_SUCCESS;
}

Channel::~Channel() {
    if (channel_ != nullptr) ares_destroy(channel_);
}

void Channel::link(Exchange& exchange) noexcept {
    exchange.channel = this;
    exchange.older_ = newest_;
    exchange.newer_ = nullptr;
    (newest_ == nullptr ? oldest_ : newest_->newer_) = &exchange;
    newest_ = &exchange;
    ++outstanding_;
}

void Channel::unlink(Exchange& exchange) noexcept {
    (exchange.older_ == nullptr ? oldest_ : exchange.older_->newer_) = exchange.newer_;
    (exchange.newer_ == nullptr ? newest_ : exchange.newer_->older_) = exchange.older_;
    exchange.channel = nullptr;
    --outstanding_;
}

void Channel::ask(Exchange& exchange) {
    exchange.due = Clock::now() + route_.timeout;
    link(exchange);
    ++asked_;
    ares_send(channel_, exchange.query.data(), static_cast<int>(exchange.query.size()), on_reply,
              &exchange);
}

void Channel::on_reply(void* arg, int status, int /*timeouts*/, unsigned char* data, int size) {
    Exchange& exchange = *static_cast<Exchange*>(arg);
    Channel& channel = *exchange.channel;
    channel.unlink(exchange);
    if (status == ARES_EDESTRUCTION) return;
    const std::span<const std::uint8_t> reply{data, static_cast<std::size_t>(size)};
    channel.listener_.on_end(exchange, delivery_of(status), channel.uncut(reply));
}

/// The datagram that a reply is the beginning of, or else the reply itself.
std::span<const std::uint8_t> Channel::uncut(std::span<const std::uint8_t> reply) const noexcept {
    const bool is_cut = reply.size() >= header_size && reply.size() < datagram_.size() &&
                        std::ranges::equal(reply, datagram_.first(reply.size()));
    return is_cut ? datagram_ : reply;
}

void Channel::process(int fd, bool readable, bool writable) {
    if (readable && sockets_.is_datagram(fd) && !sockets_.fetch(fd)) readable = false;
    if (!readable && !writable) return;
    ares_process_fd(channel_, readable ? fd : ARES_SOCKET_BAD, writable ? fd : ARES_SOCKET_BAD);
    datagram_ = {};
}

void Channel::fail(int fd) {
    sockets_.fail(fd);
    ares_process_fd(channel_, fd, ARES_SOCKET_BAD);
}

void Channel::process_timeouts() {
    ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    // c-ares counts a try anew when it repeats a query without EDNS, and rounds in its own way. What
    // it still waits for is looked at again shortly.
    constexpr std::chrono::milliseconds shortly{10};
    const Clock::time_point now = Clock::now();
    if (oldest_ != nullptr && oldest_->due <= now) oldest_->due = now + shortly;
}

std::optional<Clock::time_point> Channel::due() const noexcept {
    if (oldest_ == nullptr) return std::nullopt;
    return oldest_->due;
}

std::size_t Channel::take(std::span<const std::uint8_t> datagram,
                          std::span<std::uint8_t> out) noexcept {
    datagram_ = {};
    if (datagram.size() > out.size() || !is_response_to_query(datagram)) return 0;
    std::ranges::copy(datagram, out.begin());
    if (datagram[4] != 0 || datagram[5] != 0) {
        datagram_ = datagram;
        return datagram.size();
    }

    // A server that did not understand the query may leave out the question, which c-ares wants to
    // see; is_reply() says when that is right.
    for (const Exchange* exchange = oldest_; exchange != nullptr; exchange = exchange->newer_) {
        if (!ldns_adapter::is_reply(datagram, exchange->query)) continue;
        const std::size_t opt = exchange->query[11] == 0 ? 0 : 11;
        const auto question = std::span{exchange->query}.subspan(
            header_size, exchange->query.size() - header_size - opt);
        std::ranges::copy(datagram.first(header_size), out.begin());
        out[5] = 1;                                                              // QDCOUNT
        std::fill(out.begin() + 6, out.begin() + header_size, std::uint8_t{0});  // no records
        std::ranges::copy(question, out.begin() + header_size);
        return header_size + question.size();
    }
    return 0;
}

}  // namespace spf::cares_adapter

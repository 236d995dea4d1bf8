#include "integration/cares_support.hpp"

#include <array>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "integration/message_builder.hpp"

namespace spf::test {
namespace {

Message octets_of(IpAddress address) {
    Message data;
    const auto append = [&data](std::uint64_t bits, int count) {
        while (count > 0) data.push_back(static_cast<std::uint8_t>(bits >> (8 * --count)));
    };
    if (address.is_v4()) {
        append(address.v4_bits(), 4);
    } else {
        append(address.high(), 8);
        append(address.low(), 8);
    }
    return data;
}

}  // namespace

Message reply_from(const ZoneResolver& zone, const Message& query) {
    const Asked asked = asked_in(query);
    return reply_from(*zone.lookup({asked.name, asked.type}), query);
}

Message reply_from(const dns::Answer& answer, const Message& query) {
    const auto type = static_cast<std::uint16_t>(asked_in(query).type);
    Message reply = reply_to(query, answer.status == dns::Status::nxdomain ? nxdomain : 0);
    const auto ttl = static_cast<std::uint32_t>(answer.ttl.count());
    Message owner = name_asked_for();
    if (!answer.canonical_name.empty()) {
        add_record(reply, answer_section, owner, type_cname, ttl, name_of(answer.canonical_name));
        owner = name_of(answer.canonical_name);
    }
    for (const std::string& text : answer.texts) {
        add_record(reply, answer_section, owner, type_txt, ttl, text_data(text));
    }
    for (const IpAddress address : answer.addresses) {
        add_record(reply, answer_section, owner, type, ttl, octets_of(address));
    }
    for (const dns::MailExchange& exchange : answer.exchanges) {
        Message data;
        append16(data, exchange.preference);
        const Message host = name_of(exchange.host);
        data.insert(data.end(), host.begin(), host.end());
        add_record(reply, answer_section, owner, type, ttl, data);
    }
    if (answer.is_void()) add_soa(reply, "", 120, 60);
    return reply;
}

LockstepServer::LockstepServer(const ZoneResolver& zone)
    : LockstepServer([&zone](const Message& query) { return reply_from(zone, query); }) {}

LockstepServer::LockstepServer(Script script)
    : script_(std::move(script)),
      fd_(bound_socket(SOCK_DGRAM | SOCK_NONBLOCK, 0)),
      port_(port_of(fd_)) {}

LockstepServer::~LockstepServer() { ::close(fd_); }

dns::NameServer LockstepServer::server() const { return server_at(port_); }

std::size_t LockstepServer::answer_all() {
    std::size_t count = 0;
    std::array<std::uint8_t, 4096> buffer{};
    sockaddr_in from{};
    auto* const peer = reinterpret_cast<sockaddr*>(&from);
    while (true) {
        socklen_t size = sizeof from;
        const ssize_t got = ::recvfrom(fd_, buffer.data(), buffer.size(), 0, peer, &size);
        if (got < 0) return count;
        client_ports_.insert(ntohs(from.sin_port));
        const Message reply = script_({buffer.begin(), buffer.begin() + got});
        ::sendto(fd_, reply.data(), reply.size(), 0, peer, size);
        ++count;
    }
}

std::size_t rounds(CaresDriver& driver, LockstepServer& server) {
    std::size_t count = 0;
    while (driver.in_flight() > 0) {
        if (server.answer_all() > 0) ++count;
        driver.poll(std::chrono::milliseconds{100});
    }
    return count;
}

CaresDriver driver_for(const dns::NameServer& server, CaresOptions options) {
    options.servers.insert(options.servers.begin(), server);
    auto driver = CaresDriver::make(std::move(options));
    if (!driver) throw std::runtime_error(std::string{driver.error().message()});
    return *std::move(driver);
}

Request request_for(std::string_view sender) {
    Request request;
    request.ip = IpAddress::v4({192, 0, 2, 1});
    request.mail_from = sender;
    request.helo = "mx.example.net";
    request.time = std::chrono::sys_seconds{};
    return request;
}

std::string difference(const Outcome& left, const Outcome& right) {
    std::string text;
    const auto compare = [&text](std::string_view what, const auto& one, const auto& other) {
        if (one != other) text.append(text.empty() ? "" : ", ").append(what);
    };
    compare("ip", left.ip, right.ip);
    compare("identity", left.identity, right.identity);
    compare("domain", left.domain, right.domain);
    compare("sender", left.sender, right.sender);
    compare("helo", left.helo, right.helo);
    compare("receiver", left.receiver, right.receiver);
    compare("null_sender", left.null_sender, right.null_sender);
    compare("result", left.result, right.result);
    compare("mechanism", left.mechanism, right.mechanism);
    compare("mechanism_domain", left.mechanism_domain, right.mechanism_domain);
    compare("explanation", left.explanation, right.explanation);
    compare("explanation_domain", left.explanation_domain, right.explanation_domain);
    compare("dns_lookups", left.dns_lookups, right.dns_lookups);
    compare("void_lookups", left.void_lookups, right.void_lookups);
    compare("ttl", left.ttl, right.ttl);
    compare("scope", left.scope, right.scope);
    compare("depends_on_sender", left.depends_on_sender, right.depends_on_sender);
    compare("size of the trace", left.trace.size(), right.trace.size());
    compare("presence of a problem", left.problem.has_value(), right.problem.has_value());
    if (left.problem && right.problem) {
        compare("problem", left.problem->message(), right.problem->message());
    }
    return text;
}

std::size_t open_descriptors() {
    const std::filesystem::directory_iterator all{"/proc/self/fd"};
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace spf::test

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

const Message name_asked_for{0xc0, 12};
constexpr std::size_t answer_section = 6;

void add_text(Message& reply, std::string_view text) {
    Message data;
    do {
        const std::string_view string = text.substr(0, 255);
        data.push_back(static_cast<std::uint8_t>(string.size()));
        data.insert(data.end(), string.begin(), string.end());
        text.remove_prefix(string.size());
    } while (!text.empty());
    add_record(reply, answer_section, name_asked_for, type_txt, 300, data);
}

}  // namespace

Asked asked_in(const Message& query) {
    Asked asked;
    std::size_t at = 12;
    while (query.at(at) != 0) {
        if (!asked.name.empty()) asked.name += '.';
        const auto begin = query.begin() + static_cast<std::ptrdiff_t>(at) + 1;
        asked.name.append(begin, begin + query.at(at));
        at += query.at(at) + std::size_t{1};
    }
    asked.type = static_cast<dns::RecordType>(query.at(at + 1) * 256 + query.at(at + 2));
    asked.edns = query.at(11) == 1;
    return asked;
}

Message txt_reply(const Message& query, std::string_view text) {
    Message reply = reply_to(query);
    add_text(reply, text);
    return reply;
}

Message alias_reply(const Message& query, std::string_view target) {
    Message reply = reply_to(query);
    add_record(reply, answer_section, name_asked_for, type_cname, 300, name_of(target));
    return reply;
}

Message truncated_reply(const Message& query) {
    Message reply = reply_to(query);
    reply[2] |= 0x02;
    return reply;
}

Message reply_from(const ZoneResolver& zone, const Message& query) {
    const Asked asked = asked_in(query);
    const dns::AnswerPtr answer = zone.lookup({asked.name, asked.type});
    unsigned rcode = 0;
    if (answer->status == dns::Status::nxdomain) rcode = nxdomain;
    Message reply = reply_to(query, rcode);
    for (const std::string& text : answer->texts) add_text(reply, text);
    for (const IpAddress address : answer->addresses) {
        if (!address.is_v4()) continue;
        Message data;
        append16(data, address.v4_bits() >> 16U);
        append16(data, address.v4_bits() & 0xffffU);
        add_record(reply, answer_section, name_asked_for, type_a, 300, data);
    }
    return reply;
}

LockstepServer::LockstepServer(const ZoneResolver& zone)
    : zone_(zone), fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(fd_, generic, size) != 0 || ::getsockname(fd_, generic, &size) != 0) {
        throw std::runtime_error("no socket");
    }
    port_ = ntohs(address.sin_port);
}

LockstepServer::~LockstepServer() { ::close(fd_); }

NameServer LockstepServer::server() const { return {IpAddress::v4({127, 0, 0, 1}), port_, {}}; }

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
        const Message reply = reply_from(zone_, {buffer.begin(), buffer.begin() + got});
        ::sendto(fd_, reply.data(), reply.size(), 0, peer, size);
        ++count;
    }
}

CaresDriver driver_for(const NameServer& server, CaresOptions options) {
    options.servers.insert(options.servers.begin(), server);
    auto driver = CaresDriver::make(std::move(options));
    if (!driver) throw std::runtime_error(std::string{driver.error().message});
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
    compare("result", left.result, right.result);
    compare("mechanism", left.mechanism, right.mechanism);
    compare("mechanism_domain", left.mechanism_domain, right.mechanism_domain);
    compare("explanation", left.explanation, right.explanation);
    compare("explanation_domain", left.explanation_domain, right.explanation_domain);
    compare("dns_lookups", left.dns_lookups, right.dns_lookups);
    compare("void_lookups", left.void_lookups, right.void_lookups);
    compare("ttl", left.ttl, right.ttl);
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

/// \file hostile_scripts.hpp  What the tables of hostile servers are written with.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "integration/hostile_cases.hpp"
#include "integration/hostile_server.hpp"
#include "integration/message_builder.hpp"

namespace spf::test {

using Make = std::function<Message(const Message& query)>;

inline constexpr std::size_t additional_section = 10;  ///< where its records are counted
inline constexpr std::uint16_t type_opt = 41;

/// A reply that lets the client pass.
inline Message good(const Message& query) { return txt_reply(query, pass_record); }

/// Answers each query with datagrams; nothing over TCP.
inline HostileScript datagrams(std::function<std::vector<Datagram>(const Message& query)> make) {
    return {[make = std::move(make)](const Message& query, std::size_t) { return make(query); },
            {}};
}

/// The same with one.
inline HostileScript by_udp(Make make,
                            std::chrono::milliseconds delay = std::chrono::milliseconds{0}) {
    return datagrams([make = std::move(make), delay](const Message& query) {
        return std::vector<Datagram>{{make(query), delay}};
    });
}

/// Truncated over UDP, the stream over TCP.
inline HostileScript by_tcp(std::function<Stream(const Message& query)> make) {
    return {[](const Message& query, std::size_t) {
                return std::vector<Datagram>{{truncated_reply(query)}};
            },
            [make = std::move(make)](const Message& query, std::size_t) { return make(query); }};
}

/// The same with one whole message.
inline HostileScript whole_by_tcp(Make make) {
    return by_tcp(
        [make = std::move(make)](const Message& query) { return Stream{framed(make(query))}; });
}

/// Messages that are not as they should be.
void add_messages(std::vector<HostileCase>& cases);
/// Servers that do not do as they should.
void add_behaviour(std::vector<HostileCase>& cases);

}  // namespace spf::test

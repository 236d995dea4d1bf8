/// \file hostile_scripts.hpp  Helpers for the tables of hostile servers.
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

inline constexpr std::size_t additional_section = 10;  ///< offset of the number of records
inline constexpr std::uint16_t type_opt = 41;

/// A reply that lets the client pass.
inline Message good(const Message& query) { return txt_reply(query, pass_record); }

/// Answers each query with datagrams; nothing over TCP.
inline HostileScript datagrams(std::function<std::vector<Datagram>(const Message& query)> make) {
    return {[make = std::move(make)](const Message& query, std::size_t) { return make(query); },
            {}};
}

/// Answers each query with one datagram; nothing over TCP.
inline HostileScript by_udp(Make make,
                            std::chrono::milliseconds delay = std::chrono::milliseconds{0}) {
    return datagrams([make = std::move(make), delay](const Message& query) {
        return std::vector<Datagram>{{make(query), delay}};
    });
}

/// Answers over UDP with a truncated reply, over TCP with the stream.
inline HostileScript by_tcp(std::function<Stream(const Message& query)> make) {
    return {[](const Message& query, std::size_t) {
                return std::vector<Datagram>{{truncated_reply(query)}};
            },
            [make = std::move(make)](const Message& query, std::size_t) { return make(query); }};
}

/// Answers over UDP with a truncated reply, over TCP with one whole message.
inline HostileScript whole_by_tcp(Make make) {
    return by_tcp(
        [make = std::move(make)](const Message& query) { return Stream{framed(make(query))}; });
}

/// Adds the cases with wrong messages.
void add_messages(std::vector<HostileCase>& cases);
/// Adds the cases with misbehaving servers.
void add_behaviour(std::vector<HostileCase>& cases);

}  // namespace spf::test

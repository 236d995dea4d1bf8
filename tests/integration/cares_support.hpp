/// \file cares_support.hpp  Replies out of a zone, and a server that answers in rounds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "integration/message_builder.hpp"
#include "integration/sockets.hpp"
#include "spf/driver/cares.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/resolver/zone.hpp"

namespace spf::test {

/// What a resolver with that data replies. TXT, addresses and MX records; others are "no data".
[[nodiscard]] Message reply_from(const ZoneResolver& zone, const Message& query);

/// Answers all that has arrived, when it is told to: a round trip without a clock.
class LockstepServer {
public:
    using Script = std::function<Message(const Message& query)>;

    explicit LockstepServer(const ZoneResolver& zone);
    explicit LockstepServer(Script script);
    ~LockstepServer();
    LockstepServer(const LockstepServer&) = delete;
    LockstepServer& operator=(const LockstepServer&) = delete;

    [[nodiscard]] dns::NameServer server() const;
    /// \return how many queries were answered
    std::size_t answer_all();
    /// The ports that queries have come from.
    [[nodiscard]] const std::multiset<std::uint16_t>& client_ports() const noexcept {
        return client_ports_;
    }

private:
    Script script_;
    int fd_;
    std::uint16_t port_ = 0;
    std::multiset<std::uint16_t> client_ports_;
};

/// Lets client and server take turns until no check is left.
/// \return how many round trips that took
std::size_t rounds(CaresDriver& driver, LockstepServer& server);

/// A driver that asks one server.
[[nodiscard]] CaresDriver driver_for(const dns::NameServer& server, CaresOptions options = {});
[[nodiscard]] Request request_for(std::string_view sender);

/// What two outcomes differ in, for people; empty: nothing.
[[nodiscard]] std::string difference(const Outcome& left, const Outcome& right);

/// How many descriptors this process has open.
[[nodiscard]] std::size_t open_descriptors();

}  // namespace spf::test

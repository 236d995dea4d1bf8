/// \file cares_support.hpp  Replies from a zone, and a server that answers in rounds.
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

/// The reply of a resolver with that data: TXT, address and MX records; other types are "no data".
[[nodiscard]] Message reply_from(const ZoneResolver& zone, const Message& query);
/// The reply with that answer, which is not a failure. An alias is one CNAME record.
[[nodiscard]] Message reply_from(const dns::Answer& answer, const Message& query);

/// Answers all queries that have arrived, when the test calls it: a round trip without a clock.
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
    /// The ports from which queries have come.
    [[nodiscard]] const std::multiset<std::uint16_t>& client_ports() const noexcept {
        return client_ports_;
    }

private:
    Script script_;
    int fd_;
    std::uint16_t port_ = 0;
    std::multiset<std::uint16_t> client_ports_;
};

/// Runs client and server alternately until no check is left.
/// \return the number of round trips
std::size_t rounds(CaresDriver& driver, LockstepServer& server);

/// A driver that asks one server.
[[nodiscard]] CaresDriver driver_for(const dns::NameServer& server, CaresOptions options = {});
[[nodiscard]] Request request_for(std::string_view sender);

/// Describes the differences of two outcomes for people; empty if there are none.
[[nodiscard]] std::string difference(const Outcome& left, const Outcome& right);

/// The number of descriptors that this process has open.
[[nodiscard]] std::size_t open_descriptors();

}  // namespace spf::test

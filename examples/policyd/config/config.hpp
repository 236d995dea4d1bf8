// What the operator decides: the configuration of the daemon as data.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/endpoint.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/receiver/receiver_policy.hpp"

namespace policyd {

/// A header field that the daemon can have added to an accepted message.
enum class Header : std::uint8_t { received_spf, authentication_results };

/// How a message is refused for now. Postfix sends 451 at once for `literal_451`. For
/// `defer_if_permit` it goes on with its other restrictions, which may refuse the message
/// permanently, and otherwise sends 450.
enum class DeferWith : std::uint8_t { literal_451, defer_if_permit };

/// Where log lines go. `automatic` is `journal` if standard error is connected to the journal,
/// otherwise `standard_error`. For `journal`, each line begins with its priority (sd-daemon(3)).
enum class LogTarget : std::uint8_t { automatic, standard_error, journal, syslog };

/// Which log lines are written: each level also has those before it.
enum class LogLevel : std::uint8_t { error, warning, info, debug };

/// What is fixed when the daemon starts. A reload does not change it.
struct StartConfig {
    std::vector<Endpoint> listen{};     ///< where Postfix asks; empty for the default
    std::optional<Endpoint> metrics{};  ///< where Prometheus asks; absent for no metrics
    std::vector<spf::dns::NameServer> name_servers{};   ///< empty for those of the system
    std::size_t cache_octets = std::size_t{32} << 20U;  ///< for DNS answers; policies: half of it
    std::size_t max_connections = 1000;  ///< further clients wait until one is closed
    LogTarget log_target = LogTarget::automatic;
    friend bool operator==(const StartConfig&, const StartConfig&) = default;
};

/// The whole configuration. The defaults are those of the daemon without a file.
struct Config {
    StartConfig start{};
    /// The name in header fields and for `%{r}`; empty for the name of the host.
    std::string receiver{};
    /// The authserv-id of Authentication-Results; empty for `receiver`.
    std::string authserv_id{};
    /// The fields to add, in this order. Postfix accepts one for each answer, see README.md.
    std::vector<Header> headers{Header::received_spf};
    DeferWith defer_with = DeferWith::literal_451;
    spf::receiver::ReceiverPolicy policy{};  ///< what is done with a message
    spf::Options options{};                  ///< the limits of each check
    /// After which time without a request a connection is closed. Postfix itself closes it after
    /// 300 s without a request, and after 1000 s in any case. If the daemon closed it earlier, the
    /// next message would be delayed by a second.
    std::chrono::seconds idle_timeout{1100};
    LogLevel log_level = LogLevel::info;
};

/// Where the daemon listens if nothing else is configured.
[[nodiscard]] Endpoint default_endpoint();

/// Fills `receiver` and `authserv_id` in if they are empty, with the name of this host.
void complete(Config& config);

}  // namespace policyd

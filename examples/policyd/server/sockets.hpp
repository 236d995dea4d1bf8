// Sockets that listen, the daemon's own and those of systemd.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/endpoint.hpp"
#include "server/file_descriptor.hpp"
#include "spf/base/expected.hpp"

namespace policyd {

/// A socket that listens.
struct Listener {
    FileDescriptor socket{};
    std::string name{};          ///< for messages: the endpoint
    std::string systemd_name{};  ///< FileDescriptorName= of the socket unit, if it is from systemd
    /// The path to remove at the end; empty if the daemon has not made the UNIX socket itself.
    std::string path{};
};

/// Opens a socket. A UNIX socket that was left behind is replaced; one that is in use is an error.
/// Every user who may reach its folder may connect to a UNIX socket. The error is one line of
/// English.
[[nodiscard]] spf::Expected<Listener, std::string> listen_at(const Endpoint& endpoint);

/// Returns the sockets that systemd has passed (sd_listen_fds(3)), and removes the environment
/// variables that describe them. Each must listen for streams. To be called once, before there are
/// threads.
[[nodiscard]] spf::Expected<std::vector<Listener>, std::string> inherited_listeners();

/// Tells systemd about the state of the daemon, such as "READY=1" (sd_notify(3)). Does nothing if
/// there is no NOTIFY_SOCKET in the environment.
void notify_systemd(std::string_view state);

/// Returns who is at the other end of a connection: an address and a port, or "process:NUMBER" for
/// a UNIX socket. It is "unknown" if the system does not tell, as after the client has gone.
[[nodiscard]] std::string peer_of(int fd);

/// Accepts a connection. If the descriptor is negative, there is none, and errno tells why.
[[nodiscard]] FileDescriptor accept_from(const Listener& listener);

}  // namespace policyd

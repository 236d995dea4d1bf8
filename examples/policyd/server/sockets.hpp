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
    std::string name{};  ///< the endpoint, for messages
    /// The path to remove at the end; empty if the daemon has not made the UNIX socket itself.
    std::string path{};
    std::string systemd_name{};  ///< the name that systemd gave (FileDescriptorName=)
};

/// Opens a socket. A UNIX socket that was left behind is replaced; one that is in use is an error.
/// Everybody may connect to a UNIX socket who may reach its folder. The error is one line of
/// English.
[[nodiscard]] spf::Expected<Listener, std::string> listen_at(const Endpoint& endpoint);

/// Returns the sockets that systemd has passed (sd_listen_fds(3)), and removes the environment
/// variables that describe them. To be called once, before there are threads.
[[nodiscard]] std::vector<Listener> inherited_listeners();

/// Tells systemd about the state of the daemon, such as "READY=1" (sd_notify(3)). Does nothing if
/// nobody wants to know.
void notify_systemd(std::string_view state);

/// Accepts a connection. The descriptor is negative if there is none.
[[nodiscard]] FileDescriptor accept_from(const Listener& listener);

}  // namespace policyd

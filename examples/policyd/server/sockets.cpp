// Adapter to the sockets of the operating system, and the only file with their structures.
#include "server/sockets.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace policyd {
namespace {

constexpr int backlog = 1024;
constexpr int first_inherited = 3;  // SD_LISTEN_FDS_START
constexpr int max_inherited = 64;

struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;
    [[nodiscard]] const sockaddr* get() const noexcept {
        return reinterpret_cast<const sockaddr*>(&storage);
    }
};

Address unix_address(std::string_view path) {
    Address address;
    auto* const local = reinterpret_cast<sockaddr_un*>(&address.storage);
    local->sun_family = AF_UNIX;
    const std::size_t size = std::min(path.size(), sizeof local->sun_path - 1);
    std::memcpy(local->sun_path, path.data(), size);
    address.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + size + 1);
    if (path.starts_with('@')) {  // an abstract name, which has no NUL at its end
        local->sun_path[0] = '\0';
        --address.size;
    }
    return address;
}

Address tcp_address(const Endpoint& endpoint) {
    Address address;
    if (endpoint.address.is_v4()) {
        auto* const v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
        v4->sin_family = AF_INET;
        v4->sin_port = htons(endpoint.port);
        v4->sin_addr.s_addr = htonl(endpoint.address.v4_bits());
        address.size = sizeof *v4;
        return address;
    }
    auto* const v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(endpoint.port);
    for (unsigned i = 0; i < 8; ++i) {
        const unsigned shift = 56 - 8 * i;
        v6->sin6_addr.s6_addr[i] = static_cast<std::uint8_t>(endpoint.address.high() >> shift);
        v6->sin6_addr.s6_addr[8 + i] = static_cast<std::uint8_t>(endpoint.address.low() >> shift);
    }
    address.size = sizeof *v6;
    return address;
}

FileDescriptor open_socket(int family) {
    FileDescriptor fd{::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    const int one = 1;
    if (family != AF_UNIX) setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (family == AF_INET6) setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    return fd;
}

std::string cannot_listen(const Endpoint& endpoint, int error) {
    return "cannot listen at " + to_string(endpoint) + ": " +
           std::generic_category().message(error);
}

/// Removes a UNIX socket without a listener, which a daemon that was killed leaves behind. Returns
/// an error number if the path is not free then.
int make_free(const std::string& path, const Address& address) {
    struct stat file {};
    if (::lstat(path.c_str(), &file) != 0) return errno == ENOENT ? 0 : errno;
    if (!S_ISSOCK(file.st_mode)) return EEXIST;
    const FileDescriptor probe = open_socket(AF_UNIX);
    if (::connect(probe.get(), address.get(), address.size) == 0) return EADDRINUSE;
    if (errno != ECONNREFUSED) return errno == EAGAIN ? EADDRINUSE : errno;
    return ::unlink(path.c_str()) == 0 ? 0 : errno;
}

/// Returns the address and port of a TCP socket.
std::string name_of(const sockaddr& tcp) {
    const auto ip = spf::IpAddress::from(tcp);
    const auto port = tcp.sa_family == AF_INET6
                          ? reinterpret_cast<const sockaddr_in6&>(tcp).sin6_port
                          : reinterpret_cast<const sockaddr_in&>(tcp).sin_port;
    return ip ? to_string(Endpoint{.address = *ip, .port = ntohs(port)}) : std::string();
}

/// Returns the endpoint of a socket that listens.
std::string name_of(int fd) {
    Address address;
    address.size = sizeof address.storage;
    auto* const bound = reinterpret_cast<sockaddr*>(&address.storage);
    if (::getsockname(fd, bound, &address.size) != 0) return {};
    if (bound->sa_family == AF_UNIX) {
        const auto* const local = reinterpret_cast<const sockaddr_un*>(bound);
        return "unix:" +
               std::string(local->sun_path, ::strnlen(local->sun_path, sizeof local->sun_path));
    }
    return name_of(*bound);
}

bool listens_for_streams(int fd) {
    int type = 0;
    int listens = 0;
    socklen_t size = sizeof type;
    if (::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0) return false;
    size = sizeof listens;
    return type == SOCK_STREAM &&
           ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens != 0;
}

/// Returns the value of an environment variable, and removes the variable.
std::string take_variable(const char* name) {
    // There is no other thread yet. NOLINTBEGIN(concurrency-mt-unsafe)
    const char* const value = std::getenv(name);
    std::string text = value != nullptr ? value : "";
    ::unsetenv(name);
    // NOLINTEND(concurrency-mt-unsafe)
    return text;
}

std::optional<long> number_in(std::string_view text) {
    long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

spf::Expected<Listener, std::string> listen_at(const Endpoint& endpoint) {
    const bool is_unix = !endpoint.path.empty();
    const Address address = is_unix ? unix_address(endpoint.path) : tcp_address(endpoint);
    const int error = is_unix ? make_free(endpoint.path, address) : 0;
    if (error != 0) return cannot_listen(endpoint, error);
    FileDescriptor fd = open_socket(address.storage.ss_family);
    if (fd.get() < 0 || ::bind(fd.get(), address.get(), address.size) != 0)
        return cannot_listen(endpoint, errno);
    if (is_unix && ::chmod(endpoint.path.c_str(), 0666) != 0) return cannot_listen(endpoint, errno);
    if (::listen(fd.get(), backlog) != 0) return cannot_listen(endpoint, errno);
    return Listener{std::move(fd), to_string(endpoint), {}, endpoint.path};
}

spf::Expected<std::vector<Listener>, std::string> inherited_listeners() {
    const auto process = number_in(take_variable("LISTEN_PID"));
    const auto count = number_in(take_variable("LISTEN_FDS"));
    std::string names = take_variable("LISTEN_FDNAMES");
    std::vector<Listener> listeners;
    if (process != ::getpid() || !count) return listeners;
    for (int i = 0; i < std::min<long>(*count, max_inherited); ++i) {
        const std::size_t end = std::min(names.find(':'), names.size());
        const int fd = first_inherited + i;
        if (!listens_for_streams(fd))
            return "the descriptor " + std::to_string(fd) +
                   " that systemd passed does not listen for streams: use ListenStream= and "
                   "Accept=no in the socket unit";
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
        ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
        listeners.push_back({FileDescriptor{fd}, name_of(fd), names.substr(0, end), {}});
        names.erase(0, end + 1);
    }
    return listeners;
}

void notify_systemd(std::string_view state) {
    // There is no other thread. NOLINTNEXTLINE(concurrency-mt-unsafe)
    const char* const path = std::getenv("NOTIFY_SOCKET");
    if (path == nullptr || (path[0] != '/' && path[0] != '@')) return;
    const Address address = unix_address(path);
    const FileDescriptor fd{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    ::sendto(fd.get(), state.data(), state.size(), MSG_NOSIGNAL, address.get(), address.size);
}

std::string peer_of(int fd) {
    Address address;
    address.size = sizeof address.storage;
    auto* const peer = reinterpret_cast<sockaddr*>(&address.storage);
    if (::getpeername(fd, peer, &address.size) != 0) return "unknown";
    if (peer->sa_family != AF_UNIX) return name_of(*peer);
    ucred process{};
    socklen_t size = sizeof process;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &process, &size) != 0) return "unknown";
    return "process:" + std::to_string(process.pid);
}

FileDescriptor accept_from(const Listener& listener) {
    FileDescriptor fd{
        ::accept4(listener.socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
    const int one = 1;  // an answer is one small write: it is not to wait for an acknowledgement
    if (fd.get() >= 0) setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

}  // namespace policyd

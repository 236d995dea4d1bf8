// Adapter to libmicrohttpd.
#include "metrics/http.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <microhttpd.h>
#include <sys/socket.h>

namespace policyd {
namespace {

constexpr unsigned max_connections = 16;
constexpr unsigned connection_timeout = 10;       // seconds
constexpr std::size_t connection_memory = 16384;  // octets

MHD_Result answer(MHD_Connection* connection, unsigned status, const std::string& body) {
    // With MHD_RESPMEM_MUST_COPY, the library only reads the text.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
    auto* const text = const_cast<char*>(body.data());
    MHD_Response* const response =
        MHD_create_response_from_buffer(body.size(), text, MHD_RESPMEM_MUST_COPY);
    if (response == nullptr) return MHD_NO;
    MHD_add_response_header(response, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED) MHD_add_response_header(response, "Allow", "GET");
    const MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

MHD_Result on_request(void* context, MHD_Connection* connection, const char* url,
                      const char* method, const char* /*version*/, const char* /*upload*/,
                      std::size_t* /*upload_size*/, void** /*state*/) {
    if (std::string_view(method) != "GET")
        return answer(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET is allowed\n");
    if (std::string_view(url) != "/metrics")
        return answer(connection, MHD_HTTP_NOT_FOUND, "the metrics are at /metrics\n");
    return answer(connection, MHD_HTTP_OK, (*static_cast<MetricsServer::Text*>(context))());
}

}  // namespace

MetricsServer::MetricsServer(Text text)
    : text_(std::move(text)),
      daemon_(MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET, 0, nullptr, nullptr,
                               &on_request, &text_, MHD_OPTION_CONNECTION_LIMIT, max_connections,
                               MHD_OPTION_CONNECTION_TIMEOUT, connection_timeout,
                               MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory,
                               MHD_OPTION_END)) {
    if (daemon_ == nullptr || fd() < 0) throw std::runtime_error("libmicrohttpd cannot start");
}

void MetricsServer::add(int connection) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    auto* const address = reinterpret_cast<sockaddr*>(&peer);
    if (::getpeername(connection, address, &size) != 0) size = 0;
    MHD_add_connection(daemon_, connection, address, size);  // closes it if this fails
    run();
}

MetricsServer::~MetricsServer() { MHD_stop_daemon(daemon_); }

int MetricsServer::fd() const {
    const MHD_DaemonInfo* const info = MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_EPOLL_FD);
    return info != nullptr ? info->epoll_fd : -1;
}

std::optional<std::chrono::milliseconds> MetricsServer::timeout() const {
    MHD_UNSIGNED_LONG_LONG milliseconds = 0;
    if (MHD_get_timeout(daemon_, &milliseconds) != MHD_YES) return std::nullopt;
    return std::chrono::milliseconds(std::min<MHD_UNSIGNED_LONG_LONG>(milliseconds, 60'000));
}

void MetricsServer::run() { MHD_run(daemon_); }

}  // namespace policyd

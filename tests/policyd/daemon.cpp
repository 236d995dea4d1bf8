#include "policyd/daemon.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace policyd_test {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 20s;

/// Replaces this process, which is a new child, by the daemon.
[[noreturn]] void become_daemon(const Start& start, const std::filesystem::path& log) {
    const int out =
        ::open(start.log.empty() ? log.c_str() : start.log.c_str(), O_WRONLY | O_APPEND);
    ::dup2(out, STDERR_FILENO);
    if (start.inherited_socket >= 0) ::dup2(start.inherited_socket, 3);
    const rlimit files{start.max_files, start.max_files};
    if (start.max_files != 0) ::setrlimit(RLIMIT_NOFILE, &files);
    std::vector<std::string> environment = start.environment;
    for (std::string& each : environment) {
        if (each == "LISTEN_PID=") each += std::to_string(::getpid());
    }
    std::vector<std::string> words{SPF_POLICYD};
    words.insert(words.end(), start.arguments.begin(), start.arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::vector<char*> envp;
    for (std::string& each : environment) envp.push_back(each.data());
    envp.push_back(nullptr);
    ::execve(SPF_POLICYD, argv.data(), envp.data());
    ::_exit(127);
}

int connected(const sockaddr* address, socklen_t size) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end) {
        const int fd = ::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(fd, address, size) == 0) return fd;
        ::close(fd);
        std::this_thread::sleep_for(5ms);
    }
    throw std::runtime_error("the daemon does not accept connections");
}

}  // namespace

Daemon::Daemon(const Start& start) {
    std::string name = (std::filesystem::temp_directory_path() / "policyd-log-XXXXXX").string();
    ::close(::mkostemp(name.data(), O_CLOEXEC));
    log_ = name;
    process_ = ::fork();
    if (process_ == 0) become_daemon(start, log_);
}

Daemon::~Daemon() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    std::filesystem::remove(log_);
}

void Daemon::signal(int number) const { ::kill(process_, number); }

int Daemon::wait() {
    int status = 0;
    const bool ended =
        becomes_true([&] { return ::waitpid(process_, &status, WNOHANG) == process_; });
    if (!ended) throw std::runtime_error("the daemon does not end");
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string Daemon::log() const {
    std::ifstream file(log_);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool Daemon::logs(std::string_view text) const {
    return becomes_true([&] { return log().find(text) != std::string::npos; });
}

Client::Client(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fd_ = connected(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

Client::Client(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    fd_ = connected(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

Client::~Client() { ::close(fd_); }

void Client::send(std::string_view text) const {
    while (!text.empty()) {
        const ssize_t sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Client::end_of_input() const { ::shutdown(fd_, SHUT_WR); }

bool Client::has_answer() const {
    pollfd waiting{fd_, POLLIN, 0};
    return ::poll(&waiting, 1, 0) == 1;
}

std::string Client::receive() {
    constexpr std::string_view begin = "action=";
    for (;;) {
        const std::size_t end = in_.find("\n\n");
        if (end != std::string::npos) {
            std::string answer = in_.substr(0, end);
            in_.erase(0, end + 2);
            if (!answer.starts_with(begin)) return "broken: " + answer;
            return answer.substr(begin.size());
        }
        pollfd waiting{fd_, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) != 1)
            return "silence";
        std::array<char, 4096> octets{};
        const ssize_t size = ::recv(fd_, octets.data(), octets.size(), 0);
        if (size <= 0) return "closed";
        in_.append(octets.data(), static_cast<std::size_t>(size));
    }
}

std::string request(const Attributes& attributes) {
    std::string out = "request=smtpd_access_policy\n";
    const auto add = [&out](std::string_view name, std::string_view value) {
        out += std::string(name) + '=' + std::string(value) + '\n';
    };
    add("protocol_state", attributes.state);
    add("client_address", attributes.client);
    add("helo_name", attributes.helo);
    add("sender", attributes.sender);
    add("recipient", attributes.recipient);
    add("instance", attributes.instance);
    return out + '\n';
}

bool becomes_true(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(5ms);
    }
    return true;
}

}  // namespace policyd_test

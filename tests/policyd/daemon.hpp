// Runs spf-policyd, and asks it as Postfix does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace policyd_test {

/// The command line of a daemon, and what else it gets.
struct Start {
    std::vector<std::string> arguments{};
    std::vector<std::string> environment{};  ///< "NAME=value"; "LISTEN_PID=" becomes its own
    int inherited_socket = -1;               ///< passed as descriptor 3
    std::string log{};       ///< the file for standard error; empty for one of its own
    unsigned max_files = 0;  ///< how many files the daemon may open; 0 for as many as this process
};

/// A daemon from the constructor to the destructor.
class Daemon {
public:
    explicit Daemon(const Start& start);
    ~Daemon();
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    void signal(int number) const;
    /// Waits until the daemon ends. Returns its exit status, or 128 plus the number of a signal.
    int wait();
    /// Returns what the daemon has written to standard error.
    [[nodiscard]] std::string log() const;
    /// Waits until the log has a text, and returns whether it came.
    [[nodiscard]] bool logs(std::string_view text) const;

private:
    std::filesystem::path log_;
    pid_t process_ = -1;
};

/// A connection to the daemon.
class Client {
public:
    /// Connects to a port of 127.0.0.1, or to a UNIX socket. Tries again for some seconds, as a
    /// daemon needs time to start.
    explicit Client(std::uint16_t port);
    explicit Client(const std::string& path);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void send(std::string_view text) const;
    void end_of_input() const;
    /// Returns the next answer without its "action=" and line breaks, "closed" if the daemon has
    /// closed the connection, or "silence" after a long time without one.
    [[nodiscard]] std::string receive();
    [[nodiscard]] std::string ask(std::string_view request) {
        send(request);
        return receive();
    }
    /// Returns what was received and is no answer.
    [[nodiscard]] const std::string& received() const noexcept { return in_; }
    /// Returns whether an answer has come.
    [[nodiscard]] bool has_answer() const;

private:
    int fd_ = -1;
    std::string in_;
};

/// A request as Postfix sends it, with the attributes that matter.
struct Attributes {
    std::string_view client = "192.0.2.1";
    std::string_view sender = "a@example.com";
    std::string_view recipient = "user@receiver.test";
    std::string_view instance = "1.2.3.4";
    std::string_view helo = "";
    std::string_view state = "RCPT";
};
[[nodiscard]] std::string request(const Attributes& attributes = {});

/// Waits until something is true, and returns whether it became true within some seconds.
[[nodiscard]] bool becomes_true(const std::function<bool()>& condition);

}  // namespace policyd_test

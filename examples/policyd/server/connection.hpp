// One connection of Postfix.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/answer.hpp"
#include "server/file_descriptor.hpp"
#include "service/policy_service.hpp"

namespace policyd {

/// A connection reads a request only after the former is answered and the answer is sent, so a
/// client cannot fill the memory.
class Connection {
public:
    using Clock = std::chrono::steady_clock;
    enum class State : std::uint8_t { open, at_end, broken };

    explicit Connection(FileDescriptor socket) : socket_(std::move(socket)) {}

    [[nodiscard]] int fd() const noexcept { return socket_.get(); }
    [[nodiscard]] Conversation& conversation() noexcept { return conversation_; }

    /// Reads what has come, at most as much as one request may have. A connection at its end may
    /// still have requests.
    [[nodiscard]] State receive();
    /// Returns the next request without its empty line, or nothing if there is none yet. It is
    /// valid until answer().
    [[nodiscard]] std::optional<std::string_view> next_request();
    /// Returns whether what was read cannot become a request, because it is too long.
    [[nodiscard]] bool is_too_long() const noexcept;
    /// Ends the request that next_request() returned last. Its answer is sent by send_rest().
    void answer(const Answer& answer);
    /// Sends as much of the answer as the client takes.
    [[nodiscard]] State send_rest();

    /// Returns whether a request was returned and is not answered.
    [[nodiscard]] bool is_busy() const noexcept { return request_size_ != 0; }
    /// Returns whether something is still to be sent.
    [[nodiscard]] bool has_rest() const noexcept { return !out_.empty(); }
    /// Returns whether the first part of a request has come.
    [[nodiscard]] bool has_begun() const noexcept { return !in_.empty(); }
    /// Returns since when the connection has waited for its client.
    [[nodiscard]] Clock::time_point since() const noexcept { return since_; }

    /// Closes the socket. After that, fd() is negative.
    void disconnect() noexcept { socket_ = FileDescriptor(); }

    /// The events for which the owner of the connection waits.
    std::uint32_t events = 0;
    bool is_at_end = false;  ///< whether the client will send nothing more

private:
    FileDescriptor socket_;
    Conversation conversation_;
    std::string in_;
    std::size_t searched_ = 0;      // octets of in_ that have no empty line
    std::size_t request_size_ = 0;  // octets of the request that is being answered
    std::string out_;
    Clock::time_point since_ = Clock::now();
};

}  // namespace policyd

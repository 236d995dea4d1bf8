/// \file driver/cares.hpp  Many checks in flight on one thread. Needs spf::cares.
///
/// A `CaresDriver` owns the evaluations, sends their questions and calls back with each outcome. It
/// runs by itself, or inside an event loop of the host program. (It is named after the library that
/// used to send the questions. From 1.28 on, c-ares rewrites queries and refuses names that macros
/// produce.)
///
///     auto driver = spf::CaresDriver::make();
///     if (!driver) return complain(driver.error().message());
///     for (const Client& client : clients) {
///         driver->submit(request_of(client), [&client](const spf::Outcome& outcome) { ... });
///     }
///     driver->run();  // until every outcome has been handed out
///
/// In an event loop of your own: watch the sockets in `watches()` (on_watch_change() reports
/// changes), sleep no longer than `next_timeout()`, then call `process()` for each socket that is
/// ready and `process_timeouts()` when the timeout has passed.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/mail/mail_check.hpp"

namespace spf {

class AnswerCache;
class PolicyCache;
namespace cares_adapter {
class MailInFlight;
}

/// Which servers to ask, how long to wait, and how much to do at once.
struct CaresOptions {
    /// The servers in order of preference; empty: system_name_servers().
    std::vector<dns::NameServer> servers{};
    /// The file that make() reads if `servers` is empty.
    std::filesystem::path resolv_conf = "/etc/resolv.conf";
    /// For one try at one server. A question that has to be repeated over TCP gets as much again.
    std::chrono::milliseconds timeout{2000};
    unsigned tries = 2;     ///< attempts at a silent server, at least 1
    bool edns = true;       ///< offer replies over UDP of up to 1232 octets (RFC 6891)
    bool tcp_only = false;  ///< never try UDP
    /// Maximum number of questions in flight, and of checks that may ask questions at once (1 to
    /// 16384). Further checks are queued. More than a few hundred gains no speed, but fills the
    /// buffers of sockets and servers.
    ///
    /// A question without an answer after 20 ms no longer counts, so that silent servers delay only
    /// the checks that need them. All questions together are at most sixteen times as many, and at
    /// most 16384. If a server proves to be slow itself, a question stops counting after a quarter
    /// of `timeout` instead, or when a later question is answered before it.
    std::size_t max_outstanding = 256;
    /// Searched before a question is sent; stores the answers. Not owned: has to outlive the
    /// driver. May be shared with other drivers and threads. Null: no cache.
    AnswerCache* cache = nullptr;
    /// If it knows the policy of a domain, checks of the domain end without evaluation; it learns
    /// from all others. Its answers() replace `cache`. Not owned: has to outlive the driver. May be
    /// shared with other drivers and threads. Null: no policies.
    PolicyCache* policies = nullptr;
};

/// Why there is no driver. Refers only to static storage.
struct SPF_EXPORT CaresError {
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        no_random_numbers,  ///< the kernel provides no random numbers
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::no_random_numbers) + 1;

    Code code{};  ///< what is wrong

    /// One line of English without trailing dot. Static storage.
    [[nodiscard]] std::string_view message() const noexcept;

    /// Compares all members.
    friend bool operator==(const CaresError&, const CaresError&) = default;
};

/// The name of the enumerator, such as "no_random_numbers": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(CaresError::Code code) noexcept;

/// A socket that the driver waits for.
struct SocketWatch {
    int fd = -1;         ///< the file descriptor
    bool read = false;   ///< the driver waits until it is readable
    bool write = false;  ///< the driver waits until it is writable

    /// Compares all members.
    friend bool operator==(const SocketWatch&, const SocketWatch&) = default;
};

/// What a driver has done so far. The numbers never decrease.
struct CaresStatistics {
    std::uint64_t checks = 0;      ///< checks that have ended, without cancelled checks
    std::uint64_t by_policy = 0;   ///< checks that CaresOptions::policies decided
    std::uint64_t lookups = 0;     ///< questions of checks and hints
    std::uint64_t from_cache = 0;  ///< lookups that the cache answered
    std::uint64_t coalesced = 0;   ///< lookups that another check was already waiting for
    std::uint64_t queries = 0;  ///< messages to name servers: retries, other servers, aliases, TCP
    std::uint64_t tcp_queries = 0;  ///< queries over TCP
    std::uint64_t silent = 0;       ///< queries without a reply within CaresOptions::timeout
};

/// Checks in flight, and the sockets for their questions.
///
/// Results are those of the blocking check_host() with an LdnsResolver: it accepts the same
/// replies, tries the same servers in the same order, follows aliases as far, and gives failures
/// the same status. With CaresOptions::policies, results are those of check_host() with policies.
/// Policies are compiled from answers to checks, so no question is asked for them alone.
///
/// A question that several checks have at the same time is asked once. With Options::hints,
/// questions that will probably follow are asked at once, as part of their check, as far as other
/// checks leave room within CaresOptions::max_outstanding: records of untrusted domains cannot
/// delay the checks of other domains.
///
/// A reply counts only if it comes from the server's address and port and repeats the question and
/// its random number. The kernel chooses the local port: a new port for at most sixteen questions
/// over UDP, and whenever no question is in flight. No try has the port or the number of the try
/// before (RFC 5452). If so many questions are unanswered that 128 ports are open, more questions
/// share a port. Servers that have less than their share of the 128 ports may exceed that number.
///
/// Over TCP, each question has a connection of its own, up to that many connections. If the server
/// closes it without an answer, the question is asked again on another connection (RFC 7766,
/// 6.2.4), within the same time and at most three times.
///
/// A check ends at its deadline: answers that arrive, or are read, later are discarded.
///
/// Memory: about 4 KiB for each check in flight, kept for later checks. Once warm, a check
/// allocates only its answers and its queries; a check that a policy answers allocates nothing.
///
/// Callbacks are called only by process(), process_timeouts(), poll() and run(), never by submit()
/// or cancel(). They may call submit(), cancel() and the const members, but not the four members
/// that call them, and must not destroy the driver. Exceptions of a callback pass through; its
/// check is over. Otherwise only std::bad_alloc is thrown, after which the driver may only be
/// destroyed.
///
/// Threads: one at a time. A program with several threads gives each thread a driver of its own,
/// and shares one AnswerCache among them. Movable, but not by a callback. A moved-from driver may
/// only be assigned to or destroyed.
class SPF_EXPORT CaresDriver {
public:
    /// Receives an outcome, which is valid until the callback returns: copy what you keep. Captures
    /// of up to two pointers cost no allocation.
    using Callback = std::function<void(const Outcome&)>;
    /// Receives the outcomes for both identities of a message, as Callback does.
    using MailCallback = std::function<void(const MailCheck&)>;
    /// Receives every change of watches(). Neither `read` nor `write`: the driver is about to close
    /// the socket. Must not call the driver.
    using WatchCallback = std::function<void(const SocketWatch&)>;

    /// Identifies a check in flight. A plain value; tickets are not reused.
    class Ticket {
    public:
        /// Identifies no check.
        Ticket() = default;
        /// Whether both identify the same check.
        friend bool operator==(const Ticket&, const Ticket&) = default;

    private:
        friend class CaresDriver;
        std::uint32_t index_ = 0;
        std::uint64_t number_ = 0;
    };

    /// Identifies a message in flight. A plain value, which may outlive the message and the driver.
    class MailTicket {
    public:
        /// Identifies no message.
        MailTicket() = default;

    private:
        friend class CaresDriver;
        std::weak_ptr<cares_adapter::MailInFlight> mail_;
    };

    /// Makes a driver. Reads the system's configuration if no servers are given; opens no socket.
    /// Without any server, each answer is dns::Status::unreachable.
    /// \return the driver, or why there is none: the kernel provides no random numbers.
    [[nodiscard]] static Expected<CaresDriver, CaresError> make(CaresOptions options = {});

    /// Moves all checks and sockets.
    CaresDriver(CaresDriver&&) noexcept;
    /// Moves all checks and sockets; drops the checks that this driver had.
    CaresDriver& operator=(CaresDriver&&) noexcept;
    CaresDriver(const CaresDriver&) = delete;
    CaresDriver& operator=(const CaresDriver&) = delete;
    /// Drops all checks without calling back; closes the sockets.
    ~CaresDriver();

    /// The defaults of Options, with hints.
    [[nodiscard]] static Options default_options();

    /// Starts a check, or queues it if CaresOptions::max_outstanding is reached. Copies the
    /// request. The deadline (4.6.4, Limits::deadline) runs from the start of the check; after it,
    /// the result is temperror. A caller that does not want to wait in the queue can cancel().
    Ticket submit(const Request& request, Callback callback,
                  const Options& options = default_options());

    /// Starts the checks of HELO and MAIL FROM of a message, with the outcomes of check_mail()
    /// (mail/mail_check.hpp), but both at the same time if neither depends on the other. Copies its
    /// arguments.
    MailTicket submit_mail(const Client& client, std::string_view reverse_path,
                           MailCallback callback, const Options& options = default_options());

    /// Drops a check: its callback will not be called.
    /// \return whether the check was in flight.
    bool cancel(Ticket ticket);
    /// Drops the checks of a message: its callback will not be called.
    /// \return whether the message was in flight.
    bool cancel(const MailTicket& ticket);

    /// The number of checks whose callback has not been called; a message has at most two.
    [[nodiscard]] std::size_t in_flight() const noexcept;
    /// The number of questions in flight, those included that CaresOptions::max_outstanding does
    /// not count.
    [[nodiscard]] std::size_t outstanding() const noexcept;
    /// The number of checks in the queue.
    [[nodiscard]] std::size_t queued() const noexcept;
    /// What the driver has done so far.
    [[nodiscard]] CaresStatistics statistics() const noexcept;
    /// The servers that the driver asks.
    [[nodiscard]] const std::vector<dns::NameServer>& servers() const noexcept;

    // Inside an event loop of the host program

    /// The sockets to wait for. Valid until the next call of a member that is not const.
    [[nodiscard]] std::span<const SocketWatch> watches() const noexcept;
    /// Sets the callback for changes of watches(): sockets come and go with questions. Empty: no
    /// callback.
    void on_watch_change(WatchCallback callback);
    /// The maximum time to wait for the sockets. Zero if there is something to do at once; nothing
    /// if no check and no question is in flight.
    [[nodiscard]] std::optional<std::chrono::milliseconds> next_timeout() const;
    /// Handles a socket that is ready (if it has an error, pass true for both). Reads at most a few
    /// dozen replies, so that other sockets are handled too. Ignores sockets that are not the
    /// driver's.
    void process(int fd, bool readable, bool writable);
    /// Ends the tries and checks whose time is over; does nothing if there are none.
    void process_timeouts();

    // Without another event loop

    /// Waits until something happens, but at most `longest` (absent: without limit), and handles
    /// it.
    void poll(std::optional<std::chrono::milliseconds> longest = {});
    /// Calls poll() until no check is in flight, including checks that callbacks submit.
    void run();

private:
    class Impl;
    friend class cares_adapter::MailInFlight;
    explicit CaresDriver(std::unique_ptr<Impl> impl) noexcept;
    std::unique_ptr<Impl> impl_;
};

}  // namespace spf

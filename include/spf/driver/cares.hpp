/// \file driver/cares.hpp  Many checks in flight on one thread. Needs spf::cares.
///
/// A `CaresDriver` owns the evaluations, asks their questions and calls back with each outcome. It runs by
/// itself, or inside an event loop that the host has already. (Its name is that of the library that used to
/// ask the questions. From 1.28 on c-ares writes queries anew, and refuses the names that macros make.)
///
///     auto driver = spf::CaresDriver::make();
///     if (!driver) return complain(driver.error().message());
///     for (const Client& client : clients) {
///         driver->submit(request_of(client), [&client](const spf::Outcome& outcome) { ... });
///     }
///     driver->run();  // until every outcome has been handed out
///
/// In a loop of the host's own: watch what `watches()` names (on_watch_change() tells of changes),
/// sleep no longer than `next_timeout()`, then call `process()` for each socket that is ready and
/// `process_timeouts()` where the time is over.
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

/// Whom to ask, for how long, and how much at once.
struct CaresOptions {
    std::vector<dns::NameServer>
        servers{};  ///< in order of preference; empty: system_name_servers()
    std::filesystem::path resolv_conf =
        "/etc/resolv.conf";                   ///< read once, where `servers` is empty
    std::chrono::milliseconds timeout{2000};  ///< for one try at one server; TCP gets as much again
    unsigned tries = 2;                       ///< how often a silent server is tried, 1 at least
    bool edns = true;       ///< offer replies over UDP of up to 1232 octets (RFC 6891)
    bool tcp_only = false;  ///< do not even try UDP
    /// Questions on their way at the same time, from 1 to 16384, and so many checks that ask; further ones
    /// wait for their turn. More than some hundred make nothing faster, but fill the buffers of sockets and
    /// servers. What has no answer after 20 ms no longer counts, so that silent servers hold up nobody but
    /// those who need them; all together it is sixteen times as many, and 16384 at most. Where a server turns
    /// out to be slow itself, this takes a quarter of `timeout`, save for what later questions overtake.
    std::size_t max_outstanding = 256;
    /// Looked into before anything is asked; keeps what is answered. Not owned: has to outlive the
    /// driver. May be shared with other drivers and threads. Null: none.
    AnswerCache* cache = nullptr;
    /// Where it knows the policy of a domain, its checks are over without evaluation; the others are
    /// learned from. Its answers() take the place of `cache`. Not owned, shared and null as that.
    PolicyCache* policies = nullptr;
};

/// Why there is no driver. Refers to nothing but static storage.
struct SPF_EXPORT CaresError {
    /// Stable codes; a new one may be appended, none changes its meaning.
    enum class Code : std::uint8_t {
        no_random_numbers,  ///< the kernel has none to give
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::no_random_numbers) + 1;

    Code code{};

    /// One line of English without trailing dot. Static storage.
    [[nodiscard]] std::string_view message() const noexcept;

    friend bool operator==(const CaresError&, const CaresError&) = default;
};

/// The code as written in the enum, such as "no_random_numbers": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(CaresError::Code code) noexcept;

/// A socket that the driver waits for.
struct SocketWatch {
    int fd = -1;
    bool read = false;
    bool write = false;

    friend bool operator==(const SocketWatch&, const SocketWatch&) = default;
};

/// What a driver has done so far. Each number only grows.
struct CaresStatistics {
    std::uint64_t checks = 0;      ///< that have ended, cancelled ones not included
    std::uint64_t by_policy = 0;   ///< of them, those that CaresOptions::policies decided
    std::uint64_t lookups = 0;     ///< questions that checks had, or hints named
    std::uint64_t from_cache = 0;  ///< of them, those that the cache answered
    std::uint64_t coalesced = 0;   ///< of them, those that another check was asking already
    std::uint64_t queries = 0;  ///< messages to name servers: retries, other servers, aliases, TCP
    std::uint64_t tcp_queries = 0;  ///< of them, those over TCP
    std::uint64_t silent = 0;       ///< queries without reply within CaresOptions::timeout
};

/// Checks in flight, and the sockets that their questions go through.
///
/// Results are those of the blocking check_host() with an LdnsResolver: the same replies count, the
/// same servers are tried in the same order, aliases are followed as far, failures get the same
/// status. With CaresOptions::policies they are those of check_host() with policies; these are compiled
/// out of answers that checks have brought, so no question is asked for them.
///
/// A question that several checks have at the same time is asked once, and with Options::hints those that
/// will probably follow are asked at once, each as part of its check, as long as no other check needs
/// the room: what strangers publish makes nobody else's check wait.
///
/// A reply counts only where it comes from the server's address and port and repeats the question and
/// its random number. The local port is the kernel's choice, new for each sixteen questions over UDP at the
/// most and whenever nothing is on its way; no try has the port or the number of the one before (RFC 5452).
/// Where so many questions stay without answer that 128 ports are open, ports are shared by more.
/// Servers that have fewer than their share of the 128 may go beyond.
///
/// Over TCP a question has a connection of its own, up to as many of them; it is asked again on another where
/// the server closes that one unanswered (RFC 7766, 6.2.4), within the same time and three times at most.
///
/// A check is over at its deadline: answers that come, or are read, later count as none.
///
/// Memory: about 4 KiB for each check in flight, kept for later ones. A check that follows others
/// allocates nothing but its answers and its queries; one that a policy answers, nothing at all.
///
/// Callbacks come out of process(), process_timeouts(), poll() and run() only, never out of submit()
/// or cancel(), and may call submit(), cancel() and the const members; they must not call the four,
/// nor destroy the driver. What a callback throws passes through, its check being over. Else nothing
/// throws but std::bad_alloc, after which the driver may only be destroyed.
///
/// Threads: one at a time. A program with several threads gives each a driver of its own, and a shared
/// AnswerCache to all. Movable, but not by a callback. What was moved from may only be assigned to or
/// destroyed.
class SPF_EXPORT CaresDriver {
public:
    /// Receives an outcome, which is valid until it returns: copy what is to be kept. A capture of up
    /// to two pointers costs no allocation.
    using Callback = std::function<void(const Outcome&)>;
    /// Receives the outcomes for both identities of a message, as Callback does.
    using MailCallback = std::function<void(const MailCheck&)>;
    /// Told of every change to what watches() says; neither read nor write: the socket is about to be
    /// closed. Must not call the driver.
    using WatchCallback = std::function<void(const SocketWatch&)>;

    /// A check in flight. A plain value; tickets are not used again.
    class Ticket {
    public:
        Ticket() = default;  ///< of no check
        friend bool operator==(const Ticket&, const Ticket&) = default;

    private:
        friend class CaresDriver;
        std::uint32_t index_ = 0;
        std::uint64_t number_ = 0;
    };

    /// A message in flight. A plain value, which may outlive message and driver.
    class MailTicket {
    public:
        MailTicket() = default;  ///< of no message

    private:
        friend class CaresDriver;
        std::weak_ptr<cares_adapter::MailInFlight> mail_;
    };

    /// Reads the system's configuration where no servers are given; opens no socket. Without any server
    /// each answer is dns::Status::unreachable.
    /// \return the driver, or why there is none: the kernel has no random numbers to give.
    [[nodiscard]] static Expected<CaresDriver, CaresError> make(CaresOptions options = {});

    CaresDriver(CaresDriver&&) noexcept;
    CaresDriver& operator=(CaresDriver&&) noexcept;
    CaresDriver(const CaresDriver&) = delete;
    CaresDriver& operator=(const CaresDriver&) = delete;
    /// Drops all checks without calling back; closes its sockets.
    ~CaresDriver();

    /// The defaults, with hints.
    [[nodiscard]] static Options default_options();

    /// Starts a check, at once while CaresOptions::max_outstanding allows it. Copies what it
    /// needs of the request. Its deadline (4.6.4, Limits::deadline) runs from when it is its turn; when it
    /// is over the outcome is temperror. Whoever does not want to wait for the turn either may cancel().
    Ticket submit(const Request& request, Callback callback,
                  const Options& options = default_options());

    /// Starts the checks of HELO and MAIL FROM of a message: what check_mail() says (mail/mail_check.hpp),
    /// but both at the same time where neither depends on the other. Copies what it needs.
    MailTicket submit_mail(const Client& client, std::string_view reverse_path,
                           MailCallback callback, const Options& options = default_options());

    /// Drops a check: its callback is not called any more.
    /// \return whether it was in flight.
    bool cancel(Ticket ticket);
    bool cancel(const MailTicket& ticket);

    /// Checks whose callback is still to come; a message has two of them at most.
    [[nodiscard]] std::size_t in_flight() const noexcept;
    /// Questions on their way to servers, late ones included: see CaresOptions::max_outstanding.
    [[nodiscard]] std::size_t outstanding() const noexcept;
    /// Checks that wait for their turn.
    [[nodiscard]] std::size_t queued() const noexcept;
    [[nodiscard]] CaresStatistics statistics() const noexcept;
    /// The servers that are asked.
    [[nodiscard]] const std::vector<dns::NameServer>& servers() const noexcept;

    // Inside somebody else's event loop

    /// The sockets to wait for. Valid until the next call of a member that is not const.
    [[nodiscard]] std::span<const SocketWatch> watches() const noexcept;
    /// Sets what is to be told of changes; sockets come and go with questions. Empty: nothing.
    void on_watch_change(WatchCallback callback);
    /// How long to wait for the sockets, at most; zero where there is something to do at once, nothing
    /// where no check is in flight and no question on its way.
    [[nodiscard]] std::optional<std::chrono::milliseconds> next_timeout() const;
    /// A socket is ready (or has an error: then say both). Reads a few dozen replies at most, so that
    /// other sockets get their turn. A socket that is not the driver's any more is ignored.
    void process(int fd, bool readable, bool writable);
    /// Ends what took too long. Harmless where nothing did.
    void process_timeouts();

    // Without one

    /// Waits until something happens, but no longer than `longest` (absent: as long as it takes), and
    /// handles it.
    void poll(std::optional<std::chrono::milliseconds> longest = {});
    /// Does so until no check is in flight, those included that callbacks submit.
    void run();

private:
    class Impl;
    friend class cares_adapter::MailInFlight;
    explicit CaresDriver(std::unique_ptr<Impl> impl) noexcept;
    std::unique_ptr<Impl> impl_;
};

}  // namespace spf

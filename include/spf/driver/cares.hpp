/// \file driver/cares.hpp  Runs many checks at the same time on one thread. Programs that include
/// this header must link the target spf::cares.
///
/// A `CaresDriver` evaluates the checks, sends their questions to name servers and calls a function
/// of yours with each outcome. Either the driver waits for replies itself, or the event loop of
/// your program does.
///
/// The name comes from the library c-ares, which the driver used in the past to send the questions.
/// It no longer does, because c-ares rewrites queries and refuses some names that macros produce
/// (since its version 1.28).
///
///     auto driver = spf::CaresDriver::make();
///     if (!driver) return complain(driver.error().message());
///     for (const Client& client : clients) {
///         driver->submit(request_of(client), [&client](const spf::Outcome& outcome) { ... });
///     }
///     driver->run();  // until every outcome has been handed out
///
/// A mail server calls `submit_reception()` instead, which also decides what to do with a message.
///
/// In an event loop of your own, do three things. Wait for the sockets in `watches()`;
/// on_watch_change() reports when they change. Wait no longer than `next_timeout()`. Then call
/// `process()` for each socket that is ready, and `process_timeouts()` if this time has passed.
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
#include "spf/base/language.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/receiver/reception.hpp"

namespace spf {

class AnswerCache;
class PolicyCache;
namespace cares_adapter {
class MailInFlight;
}

/// Which servers to ask, how long to wait, and how many questions to ask at the same time.
struct CaresOptions {
    /// The servers in order of preference. If the vector is empty, system_name_servers() finds
    /// them.
    std::vector<dns::NameServer> servers{};
    /// The file in which make() finds the servers if `servers` is empty.
    std::filesystem::path resolv_conf = "/etc/resolv.conf";
    /// The maximum time for one try at one server. If a question has to be repeated over TCP, the
    /// repetition has the same time again.
    std::chrono::milliseconds timeout{2000};
    /// The maximum number of tries at a server that does not reply, at least 1.
    unsigned tries = 2;
    /// Whether to tell servers that replies over UDP may have up to 1232 octets (RFC 6891).
    bool edns = true;
    bool tcp_only = false;  ///< whether to use TCP for all questions and never UDP
    /// The maximum number of questions that wait for their answers, and also the maximum number of
    /// checks that may ask questions at the same time (1 to 16384). Further checks wait in a queue.
    /// A value above a few hundred does not make checks faster, but fills the buffers of sockets
    /// and servers.
    ///
    /// A question that has no answer after 20 ms is no longer counted, so servers that do not reply
    /// delay only the checks that need them. All questions together, including those not counted,
    /// are at most sixteen times this number, and at most 16384.
    ///
    /// If the name server that the driver asks seems to be overloaded itself, and not only to wait
    /// for other servers, a quarter of `timeout` replaces the 20 ms. The 20 ms remain for a
    /// question if another question that was sent later is answered first.
    std::size_t max_outstanding = 256;
    /// The cache in which the driver looks for an answer before it sends a question, and in which
    /// it stores the answers. Not owned: the cache must exist longer than the driver. Other drivers
    /// and threads may use the same cache. If the pointer is null, there is no cache.
    AnswerCache* cache = nullptr;
    /// The cache of policies. If it has the policy of a domain, a check of this domain needs no
    /// evaluation. If it does not, the check is evaluated, and the policy cache may then compile
    /// the policy of the domain. The driver uses PolicyCache::answers() instead of `cache`. Not
    /// owned: the policy cache must exist longer than the driver. Other drivers and threads may use
    /// the same one. If the pointer is null, every check is evaluated.
    PolicyCache* policies = nullptr;
};

/// Why a driver could not be made. Refers only to static storage.
struct SPF_EXPORT CaresError {
    /// The codes are stable: new codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        no_random_numbers,  ///< the kernel provides no random numbers
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::no_random_numbers) + 1;

    Code code{};  ///< what is wrong

    /// Returns what is wrong in one line of English, without trailing dot. The text has static
    /// storage.
    [[nodiscard]] std::string_view message() const noexcept;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string_view message(const Language& language) const;

    /// Compares all members.
    friend bool operator==(const CaresError&, const CaresError&) = default;
};

/// Returns the name of the enumerator, such as "no_random_numbers". The name is stable, so programs
/// may compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(CaresError::Code code) noexcept;

/// A socket, and the events for which the driver waits on it.
struct SocketWatch {
    int fd = -1;         ///< the file descriptor
    bool read = false;   ///< whether the driver waits until the socket is readable
    bool write = false;  ///< whether the driver waits until the socket is writable

    /// Compares all members.
    friend bool operator==(const SocketWatch&, const SocketWatch&) = default;
};

/// What a driver has done since its construction. The numbers never decrease.
struct CaresStatistics {
    std::uint64_t checks = 0;  ///< the number of checks that have ended, without cancelled checks
    std::uint64_t by_policy = 0;  ///< the number of checks that CaresOptions::policies decided
    /// The number of questions that checks needed, or that were asked in advance because of
    /// Options::hints.
    std::uint64_t lookups = 0;
    std::uint64_t from_cache = 0;  ///< how many of `lookups` the cache answered
    /// How many of `lookups` were already in progress for another check.
    std::uint64_t coalesced = 0;
    /// The number of messages to name servers. One question may need several: for retries, other
    /// servers, aliases and TCP.
    std::uint64_t queries = 0;
    std::uint64_t tcp_queries = 0;  ///< how many of `queries` were sent over TCP
    std::uint64_t silent = 0;  ///< how many of `queries` had no reply within CaresOptions::timeout
};

/// Runs checks, and owns the sockets for their questions. A check is "in flight" from submit()
/// until its callback is called.
///
/// The results are the same as those of the blocking check_host() with an LdnsResolver. The driver
/// accepts the same replies, tries the same servers in the same order, follows as many aliases, and
/// gives failures the same status. If there are CaresOptions::policies, the results are those of
/// check_host() with a PolicyCache. The policies are compiled from the answers that checks
/// received: the driver asks no additional questions for them.
///
/// If several checks have the same question at the same time, the driver asks it once.
///
/// With Options::hints, the driver also asks the questions that a check will probably have next. It
/// does so only while CaresOptions::max_outstanding leaves enough room for the questions that
/// checks already need. Therefore records of untrusted domains cannot delay the checks of other
/// domains.
///
/// A reply is accepted only if it comes from the address and port of the server and repeats the
/// question and its random number. The kernel chooses the local port. The driver uses a port for at
/// most sixteen questions over UDP, and takes a new one whenever no question is in flight. A try
/// never has the same port or the same number as the try before it (RFC 5452).
///
/// The driver opens at most 128 ports. If more are needed because many questions have no answer
/// yet, more questions share a port. If there are several servers, each of them may always have its
/// share of the 128 ports, even if the others already have more than theirs. The total may then
/// exceed 128.
///
/// Over TCP, each question has its own connection. If there are already 128 connections, questions
/// share them. If the server closes a connection without an answer, the question is asked again on
/// another connection (RFC 7766, 6.2.4), within the same time and at most three times.
///
/// A check ends at its deadline. An answer that the driver reads after the deadline is discarded,
/// even if it arrived earlier.
///
/// Memory: a check in flight takes about 4 KiB, which the driver keeps for later checks. If it has
/// such memory left from earlier checks, a check allocates only its answers and queries. A check
/// that a policy decides allocates nothing.
///
/// Only process(), process_timeouts(), poll() and run() call callbacks; submit() and cancel() never
/// do. A callback may call submit(), cancel() and the const members. It must not call any of the
/// four members that call callbacks, and must not destroy the driver. If a callback throws, its
/// check has ended, and the exception reaches the caller of the member. Otherwise the members throw
/// only std::bad_alloc. After std::bad_alloc, the driver may only be destroyed.
///
/// Threads: only one thread at a time may use a driver. A program with several threads makes a
/// driver for each of them. All drivers may use one AnswerCache. A driver may be moved, but not by
/// a callback. A moved-from driver may only be assigned to or destroyed.
class SPF_EXPORT CaresDriver {
public:
    /// Receives an outcome. The outcome is valid until the callback returns, so copy what you need
    /// later. A function object whose captures have the size of at most two pointers needs no
    /// allocation.
    using Callback = std::function<void(const Outcome&)>;
    /// Receives the outcomes for both identities of a message. They are valid until the callback
    /// returns.
    using MailCallback = std::function<void(const MailCheck&)>;
    /// Receives the decision about a message. It is valid until the callback returns.
    using DecisionCallback = std::function<void(const receiver::Decision&)>;
    /// Receives the answer to a question, which is never null. Copy the pointer to keep the answer.
    using AnswerCallback = std::function<void(const dns::AnswerPtr&)>;
    /// Receives a socket whenever watches() changes. If neither `read` nor `write` is set, the
    /// driver is about to close the socket. The callback must not call the driver.
    using WatchCallback = std::function<void(const SocketWatch&)>;

    /// Identifies a check or a question in flight. It is a plain value, and no two of them in a
    /// driver ever have the same ticket.
    class Ticket {
    public:
        /// Makes a ticket that identifies nothing.
        Ticket() = default;
        /// Returns whether both tickets identify the same check or question.
        friend bool operator==(const Ticket&, const Ticket&) = default;

    private:
        friend class CaresDriver;
        std::uint32_t index_ = 0;
        std::uint64_t number_ = 0;
    };

    /// Identifies a message in flight. It is a plain value, which may exist longer than the message
    /// and the driver. No two messages in a driver ever have the same ticket.
    class MailTicket {
    public:
        /// Makes a ticket that identifies no message.
        MailTicket() = default;

    private:
        friend class CaresDriver;
        std::uint32_t index_ = 0;
        std::uint64_t number_ = 0;
    };

    /// Makes a driver. Reads the configuration of the system if `options` names no servers. Opens
    /// no socket. If there is no server at all, every answer has dns::Status::unreachable.
    /// \return the driver, or an error if the kernel provides no random numbers.
    [[nodiscard]] static Expected<CaresDriver, CaresError> make(CaresOptions options = {});

    /// Moves all checks and sockets.
    CaresDriver(CaresDriver&&) noexcept;
    /// Moves all checks and sockets to this driver. Drops the checks that this driver had before,
    /// without calling their callbacks.
    CaresDriver& operator=(CaresDriver&&) noexcept;
    CaresDriver(const CaresDriver&) = delete;
    CaresDriver& operator=(const CaresDriver&) = delete;
    /// Drops all checks without calling their callbacks, and closes the sockets.
    ~CaresDriver();

    /// Returns the default Options, but with Options::hints set.
    [[nodiscard]] static Options default_options();

    /// Starts a check. If the maximum CaresOptions::max_outstanding is reached, the check waits in
    /// the queue. Copies the request. The deadline (4.6.4, Limits::deadline) is measured from the
    /// time when the check leaves the queue. At the deadline the result is temperror. A caller that
    /// does not want to wait while the check is in the queue can cancel() it.
    Ticket submit(const Request& request, Callback callback,
                  const Options& options = default_options());

    /// Starts the checks of HELO and MAIL FROM of a message. The outcomes are those of check_mail()
    /// (mail/mail_check.hpp), but the driver makes both checks at the same time if neither depends
    /// on the other. Copies the arguments.
    MailTicket submit_mail(const Client& client, std::string_view reverse_path,
                           MailCallback callback, const Options& options = default_options());

    /// Starts the decision about the message of a session. The decision is that of
    /// receiver::receive() (receiver/reception.hpp), but the driver makes all checks at the same
    /// time that receiver::Reception::checks() lists together. If a client matches several relays
    /// of the policy, Verdict::matched may therefore be any of them.
    ///
    /// Copies the session with its texts. `policy` must exist, unchanged, until the callback is
    /// called or the message is dropped. The callback may destroy it.
    ///
    /// If the policy skips the message, no check is needed. Even then, the callback is called only
    /// by the members that call callbacks. next_timeout() is zero until then.
    MailTicket submit_reception(const receiver::Session& session,
                                const receiver::ReceiverPolicy& policy, DecisionCallback callback,
                                const Options& options = default_options());
    /// Refused, because a temporary policy would not exist until the callback is called.
    MailTicket submit_reception(const receiver::Session& session,
                                const receiver::ReceiverPolicy&& policy, DecisionCallback callback,
                                const Options& options = default_options()) = delete;

    /// Asks one question, for programs that need DNS answers themselves, such as an analysis that
    /// asks for a domain's tree of records (analysis/tree_questions.hpp). The question is treated
    /// as one of a check: it uses the cache, is not sent a second time while it is in flight, is
    /// sent again to the same servers, and counts for CaresOptions::max_outstanding, so that it may
    /// wait in the queue. It counts as a check in in_flight() and queued(), but not in
    /// statistics().
    ///
    /// Copies the name of the question. If the question's deadline passes first, the callback
    /// receives Status::timeout. A question in the queue is only examined for its deadline when it
    /// leaves the queue.
    Ticket submit_question(const dns::Question& question, AnswerCallback callback);

    /// Drops a check or a question, so its callback will not be called.
    /// \return whether it was in flight.
    bool cancel(Ticket ticket);
    /// Drops a message and its checks, so its callback will not be called.
    /// \return whether the message was in flight.
    bool cancel(const MailTicket& ticket);

    /// Returns the number of checks whose callback has not been called yet. A message of
    /// submit_mail() has at most two checks. A message of submit_reception() may also have a check
    /// for each relay of the policy. A message that needs no check counts as one check, and so does
    /// a question of submit_question().
    [[nodiscard]] std::size_t in_flight() const noexcept;
    /// Returns the number of questions in flight, including those that
    /// CaresOptions::max_outstanding does not count.
    [[nodiscard]] std::size_t outstanding() const noexcept;
    /// Returns the number of checks in the queue.
    [[nodiscard]] std::size_t queued() const noexcept;
    /// Returns what the driver has done since its construction.
    [[nodiscard]] CaresStatistics statistics() const noexcept;
    /// Returns the servers that the driver asks.
    [[nodiscard]] const std::vector<dns::NameServer>& servers() const noexcept;

    // The following members are for programs with an event loop of their own.

    /// Returns the sockets to wait for. The span is valid until the next call of a member that is
    /// not const.
    [[nodiscard]] std::span<const SocketWatch> watches() const noexcept;
    /// Sets the callback for changes of watches(). They change often, because sockets are opened
    /// and closed as questions are asked. An empty function removes the callback.
    void on_watch_change(WatchCallback callback);
    /// Returns the maximum time to wait for the sockets. It is zero if the driver has something to
    /// do at once. It is absent if no check and no question is in flight.
    [[nodiscard]] std::optional<std::chrono::milliseconds> next_timeout() const;
    /// Handles a socket that is ready. If the socket has an error, pass true for both `readable`
    /// and `writable`. Reads at most a few dozen replies at a time, so that other sockets are
    /// handled too. Ignores a socket that is not one of the driver's.
    void process(int fd, bool readable, bool writable);
    /// Ends the tries and checks whose time is over. Does nothing if there are none.
    void process_timeouts();

    // The following members are for programs without an event loop.

    /// Waits until a socket is ready, or until the time of a try or of a check is over. Then calls
    /// process() or process_timeouts(). Waits at most `longest`; if `longest` is absent, there is
    /// no maximum.
    void poll(std::optional<std::chrono::milliseconds> longest = {});
    /// Calls poll() until no check is in flight, including the checks that callbacks submit
    /// meanwhile.
    void run();

private:
    class Impl;
    friend class cares_adapter::MailInFlight;
    explicit CaresDriver(std::unique_ptr<Impl> impl) noexcept;
    std::unique_ptr<Impl> impl_;
};

}  // namespace spf

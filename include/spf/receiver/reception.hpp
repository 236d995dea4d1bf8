/// \file receiver/reception.hpp  Decides about a message: finds out whether HELO and MAIL FROM have
/// to be checked, and whether the client is a trusted relay.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/mail/checker.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/receiver/receiver_policy.hpp"
#include "spf/receiver/session.hpp"
#include "spf/receiver/verdict.hpp"

namespace spf::receiver {

/// What is to be done with a message, and the results on which this is based.
struct Decision {
    Verdict verdict{};  ///< what is to be done, and why
    /// The outcomes for HELO and MAIL FROM; both absent if the message was not checked.
    MailCheck mail{};
    /// The text for the reply in the words of the site, if the message is refused and the policy
    /// has a ReceiverPolicy::reason; otherwise empty.
    std::string reason{};
};

/// Decides about one message without I/O: the caller makes the checks() and passes each outcome to
/// take().
///
///     spf::receiver::Reception reception{session, policy};
///     while (!reception.done()) {
///         const auto& check = reception.checks().front();
///         reception.take(check.id, spf::check_host(check.request(), resolver));
///     }
///     use(reception.decision());
///
/// A server that makes many checks at once may start all checks() at the same time. After each
/// take(), it starts the checks that checks() did not contain before.
///
/// Few checks are needed for most messages. The addresses of a HELO name are needed only if
/// ReceiverPolicy::skip_helo_names has the name. Whether the client is a relay has to be found out
/// only if the message would be refused.
///
/// Each check has a deadline of its own (Limits::deadline), 20 s by default. Made one after the
/// other, the checks take at most that time for the HELO name, HELO and MAIL FROM each, and again
/// for each relay of the policy if the message would be refused.
///
/// An object may be used by one thread at a time. Throws only std::bad_alloc; after that, it may
/// only be destroyed.
class SPF_EXPORT Reception {
public:
    /// A call of check_host() that the caller has to make.
    class Check {
    public:
        /// Identifies the check among all checks of its Reception. Checks that checks() contains
        /// later have greater ids.
        unsigned id = 0;
        /// Returns the arguments of check_host(). They refer to texts of this object.
        [[nodiscard]] Request request() const noexcept;

    private:
        friend class Reception;
        enum class Purpose : std::uint8_t { helo_name, helo, mail_from, relay_host, relay_domain };
        Purpose purpose_{};
        IpAddress ip_{};
        std::string mail_from_;
        std::string helo_;
        std::string receiver_;
        std::string record_;
        std::string relay_;
    };

    /// Starts the decision about the message of a session. Copies the texts of the session. The
    /// policy must exist, unchanged, as long as the Reception is not done().
    ///
    /// `options` are the options of all checks. If Options::stop_on_helo_fail is set, the result
    /// for HELO is fail, and the policy refuses the message for that, MAIL FROM is not checked.
    Reception(const Session& session, const ReceiverPolicy& policy, const Options& options = {});
    /// Refused, because a temporary policy would not exist as long as the Reception.
    Reception(const Session& session, const ReceiverPolicy&& policy,
              const Options& options = {}) = delete;

    /// Starts the decision about another message, as the constructor does. Keeps the memory of the
    /// previous one, so that a server that reuses its objects allocates almost nothing.
    void reset(const Session& session, const ReceiverPolicy& policy, const Options& options = {});
    /// Refused, because a temporary policy would not exist as long as the Reception.
    void reset(const Session& session, const ReceiverPolicy&& policy,
               const Options& options = {}) = delete;

    /// Returns whether there is a decision(). If so, the outcomes of checks that have not ended are
    /// not needed.
    [[nodiscard]] bool done() const noexcept { return is_done_; }
    /// Returns the checks whose outcomes are needed now. A server that makes one check after the
    /// other makes the first of them. If !done(), the list is not empty. The list is valid until
    /// take().
    [[nodiscard]] std::span<const Check> checks() const noexcept { return checks_; }
    /// Accepts the outcome of the check whose Check::id is `id`, and updates checks() or makes the
    /// decision. Ignores the outcome if checks() has no such check.
    void take(unsigned id, const Outcome& outcome);

    /// Returns the decision. Requires done().
    [[nodiscard]] const Decision& decision() const& noexcept { return decision_; }
    /// Moves the decision out. Requires done().
    [[nodiscard]] Decision decision() && noexcept { return std::move(decision_); }

private:
    [[nodiscard]] Session session() const noexcept;
    [[nodiscard]] Client client() const noexcept;
    void start();
    Check& add(Check::Purpose purpose);
    void drop(std::vector<Check>::iterator check);
    void set(std::optional<Outcome>& place, const Outcome& outcome);
    void clear(std::optional<Outcome>& place);
    void check_identities();
    void check_mail_from();
    void helo_checked(const Outcome& outcome);
    void check_relays();
    Check& check_host_name(Check::Purpose purpose, const std::string& name);
    [[nodiscard]] bool skips();
    void decide_by_identities();
    void relay_checked(const std::string& relay, Ground ground, const Outcome& outcome);
    void conclude();

    const ReceiverPolicy* policy_;
    Options options_;
    IpAddress ip_{};
    std::string helo_;
    std::string receiver_;
    std::string reverse_path_;
    std::string recipient_;
    bool is_authenticated_ = false;

    std::vector<Check> checks_;
    std::vector<Check> ended_checks_;     // their memory is used for further checks
    std::vector<Outcome> past_outcomes_;  // and theirs for further outcomes
    unsigned next_id_ = 0;
    Evidence evidence_;
    Decision decision_;
    bool is_done_ = false;
};

/// Decides about a message. Calls `check` for each check_host() that is needed, one after the
/// other.
///
/// Is as thread-safe as `check`. Throws only std::bad_alloc and what `check` throws.
[[nodiscard]] SPF_EXPORT Decision receive(const Session& session, const ReceiverPolicy& policy,
                                          const std::function<Outcome(const Request&)>& check,
                                          const Options& options = {});
/// Decides about a message. Asks `resolver` one question after the other.
///
/// Is as thread-safe as the resolver. Throws only std::bad_alloc and what the resolver throws.
[[nodiscard]] SPF_EXPORT Decision receive(const Session& session, const ReceiverPolicy& policy,
                                          dns::Resolver& resolver, const Options& options = {});

/// Decides about a message. Uses the caches of `checker`, as most servers should do.
///
/// Is as thread-safe as the Checker. Throws only std::bad_alloc and what its resolver throws.
[[nodiscard]] SPF_EXPORT Decision receive(const Session& session, const ReceiverPolicy& policy,
                                          Checker& checker, const Options& options = {});

}  // namespace spf::receiver

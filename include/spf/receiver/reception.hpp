/// \file receiver/reception.hpp  From a session to a verdict: which checks are needed, in what
/// order.
#pragma once

#include <cstdint>
#include <functional>
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

/// The verdict on a message, and the results that it is based on.
struct Decision {
    Verdict verdict{};  ///< what is to be done, and why
    MailCheck mail{};   ///< the results; without outcomes if the message was not checked
};

/// The verdict on one message, without I/O: checks out, outcomes in.
///
///     spf::receiver::Reception reception{session, policy};
///     while (!reception.done()) {
///         const auto& check = reception.checks().front();
///         reception.take(check.id, spf::check_host(check.request(), resolver));
///     }
///     use(reception.decision());
///
/// A server that makes many checks at once may start all checks() at the same time. After each
/// take(), it starts those that are new in the list.
///
/// DNS is asked for as little as possible: for the address of a HELO name only if
/// ReceiverPolicy::skip_helo_names has the name, for relays only if the message would be refused.
///
/// One thread at a time. Throws only std::bad_alloc.
class SPF_EXPORT Reception {
public:
    /// One check_host() that is needed.
    class Check {
    public:
        /// Identifies the check among all checks of its Reception.
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

    /// Starts with a message. Copies the texts of the session. The policy must exist, unchanged, as
    /// long as the Reception is not done().
    /// \param options  for all checks; Options::stop_on_helo_fail skips the check of MAIL FROM
    Reception(const Session& session, const ReceiverPolicy& policy, const Options& options = {});

    /// Returns whether there is a decision(). Then checks that are still in flight can be dropped.
    [[nodiscard]] bool done() const noexcept { return is_done_; }
    /// Returns the checks whose outcomes are needed. A server that makes one check after the other
    /// makes the first. Not empty unless done(). Valid until take().
    [[nodiscard]] std::span<const Check> checks() const noexcept { return checks_; }
    /// Continues with the outcome of a check. Ignores it if the check is not among checks().
    void take(unsigned id, const Outcome& outcome);

    /// Returns the decision. Requires done().
    [[nodiscard]] const Decision& decision() const& noexcept { return decision_; }
    /// Moves the decision out. Requires done().
    [[nodiscard]] Decision decision() && noexcept { return std::move(decision_); }

private:
    [[nodiscard]] Session session() const noexcept;
    [[nodiscard]] Client client() const noexcept;
    Check& add(Check::Purpose purpose);
    void check_identities();
    void check_mail_from();
    void helo_checked(const Outcome& outcome);
    void check_relays();

    const ReceiverPolicy* policy_;
    Options options_;
    IpAddress ip_{};
    std::string helo_;
    std::string receiver_;
    std::string reverse_path_;
    std::string recipient_;
    bool is_authenticated_ = false;

    std::vector<Check> checks_;
    unsigned next_id_ = 0;
    Evidence evidence_;
    Decision decision_;
    bool is_done_ = false;
};

/// Decides about a message, one check after the other, each made by `check`.
///
/// As thread-safe as `check`. Throws only std::bad_alloc and what `check` throws.
[[nodiscard]] SPF_EXPORT Decision receive(const Session& session, const ReceiverPolicy& policy,
                                          const std::function<Outcome(const Request&)>& check,
                                          const Options& options = {});
/// Decides about a message, asking `resolver` one question after the other.
///
/// As thread-safe as the resolver. Throws only std::bad_alloc and what the resolver throws.
[[nodiscard]] SPF_EXPORT Decision receive(const Session& session, const ReceiverPolicy& policy,
                                          dns::Resolver& resolver, const Options& options = {});

/// Decides about a message with the caches of a Checker. This is what most servers call.
///
/// As thread-safe as the Checker. Throws only std::bad_alloc and what its resolver throws.
[[nodiscard]] SPF_EXPORT Decision receive(const Session& session, const ReceiverPolicy& policy,
                                          Checker& checker, const Options& options = {});

}  // namespace spf::receiver

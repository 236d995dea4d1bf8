// Determines which checks a message needs: by RFC 7208 sections 2.3 and 2.4, and by the
// ReceiverPolicy.
//
// There are up to three stages, and the result of each may make the next one unnecessary. In the
// first stage, if the policy skips checks for the HELO name of the client, the addresses of this
// name are looked up, to find out whether the client may use the name. In the second stage, HELO
// and MAIL FROM are checked. In the third stage, if the message would be refused, it is checked
// whether a relay that the policy trusts sent the message.

#include "spf/receiver/reception.hpp"

#include <algorithm>
#include <utility>

#include "evaluation/arguments.hpp"
#include "mail/identities.hpp"
#include "spf/evaluation/check_host.hpp"

namespace spf::receiver {

Request Reception::Check::request() const noexcept {
    return {.ip = ip_,
            .mail_from = mail_from_,
            .helo = helo_,
            .identity = purpose_ == Purpose::helo ? Identity::helo : Identity::mail_from,
            .receiver = receiver_,
            .record = record_};
}

Reception::Reception(const Session& session, const ReceiverPolicy& policy, const Options& options)
    : policy_(&policy),
      options_(options),
      ip_(session.client.ip),
      helo_(session.client.helo),
      receiver_(session.client.receiver),
      reverse_path_(session.reverse_path),
      recipient_(session.recipient),
      is_authenticated_(session.is_authenticated) {
    start();
}

void Reception::reset(const Session& session, const ReceiverPolicy& policy,
                      const Options& options) {
    policy_ = &policy;
    options_ = options;
    ip_ = session.client.ip;
    helo_.assign(session.client.helo);
    receiver_.assign(session.client.receiver);
    reverse_path_.assign(session.reverse_path);
    recipient_.assign(session.recipient);
    is_authenticated_ = session.is_authenticated;
    while (!checks_.empty()) drop(checks_.end() - 1);
    next_id_ = 0;
    evidence_ = {};
    decision_.verdict = {};
    clear(decision_.mail.helo);
    clear(decision_.mail.mail_from);
    decision_.reason.clear();
    is_done_ = false;
    start();
}

void Reception::start() {
    if (skips()) return;
    if (is_skipped_helo(helo_, *policy_)) {
        check_host_name(Check::Purpose::helo_name, helo_);
    } else {
        check_identities();
    }
}

/// Ends with the verdict on a message that the policy skips. Returns whether the policy skips it.
bool Reception::skips() {
    auto verdict = decide_unchecked(session(), *policy_, evidence_);
    if (!verdict) return false;
    decision_.verdict = *std::move(verdict);
    is_done_ = true;
    return true;
}

Client Reception::client() const noexcept {
    return {.ip = ip_, .helo = helo_, .receiver = receiver_};
}

Session Reception::session() const noexcept {
    return {.client = client(),
            .reverse_path = reverse_path_,
            .recipient = recipient_,
            .is_authenticated = is_authenticated_};
}

Reception::Check& Reception::add(Check::Purpose purpose) {
    if (ended_checks_.empty()) {
        checks_.emplace_back();
    } else {
        checks_.push_back(std::move(ended_checks_.back()));
        ended_checks_.pop_back();
    }
    Check& check = checks_.back();
    check.id = next_id_++;
    check.purpose_ = purpose;
    check.ip_ = ip_;
    check.mail_from_.clear();
    check.helo_ = helo_;
    check.receiver_ = receiver_;
    check.record_.clear();
    check.relay_.clear();
    return check;
}

/// Removes a check, and keeps its memory for add().
void Reception::drop(std::vector<Check>::iterator check) {
    ended_checks_.push_back(std::move(*check));
    checks_.erase(check);
}

/// Copies an outcome to a place, with the memory of an earlier outcome.
void Reception::set(std::optional<Outcome>& place, const Outcome& outcome) {
    if (!place && !past_outcomes_.empty()) {
        place = std::move(past_outcomes_.back());
        past_outcomes_.pop_back();
    }
    place = outcome;
}

/// Removes the outcome from a place, and keeps its memory for set().
void Reception::clear(std::optional<Outcome>& place) {
    if (place) past_outcomes_.push_back(*std::move(place));
    place.reset();
}

/// Adds the checks of HELO and MAIL FROM. Adds only the check of HELO if its outcome may make the
/// check of MAIL FROM unnecessary.
void Reception::check_identities() {
    const bool has_helo = identities::is_checkable(helo_);
    if (has_helo) add(Check::Purpose::helo);
    if (!has_helo || !identities::waits_for_helo(reverse_path_, options_)) check_mail_from();
}

void Reception::check_mail_from() { add(Check::Purpose::mail_from).mail_from_ = reverse_path_; }

void Reception::helo_checked(const Outcome& outcome) {
    MailCheck& mail = decision_.mail;
    set(mail.helo, outcome);
    if (!checks_.empty() || mail.mail_from) return;
    // A HELO that fails ends the checks only if the message is refused for it. Otherwise a sender
    // could keep MAIL FROM from being checked by a HELO name that is made to fail.
    Options options = options_;
    options.stop_on_helo_fail =
        options_.stop_on_helo_fail && refuses(decide(session(), *policy_, mail).demanded);
    if (identities::must_check_mail_from(mail, is_null_path(reverse_path_), options))
        check_mail_from();
}

void Reception::take(unsigned id, const Outcome& outcome) {
    const auto found = std::find_if(checks_.begin(), checks_.end(),
                                    [id](const Check& check) { return check.id == id; });
    if (found == checks_.end() || is_done_) return;
    drop(found);
    const Check& check = ended_checks_.back();
    switch (check.purpose_) {
        case Check::Purpose::helo_name:
            evidence_.helo_is_confirmed = outcome.result == Result::pass;
            if (!skips()) check_identities();
            return;
        case Check::Purpose::helo: helo_checked(outcome); return decide_by_identities();
        case Check::Purpose::mail_from:
            set(decision_.mail.mail_from, outcome);
            return decide_by_identities();
        case Check::Purpose::relay_host:
            return relay_checked(check.relay_, Ground::relay_host, outcome);
        case Check::Purpose::relay_domain:
            return relay_checked(check.relay_, Ground::relay_domain, outcome);
    }
}

/// Decides once both identities are checked, unless the relays have to be checked first.
void Reception::decide_by_identities() {
    if (!checks_.empty()) return;
    decision_.verdict = decide(session(), *policy_, decision_.mail, evidence_);
    if (refuses(decision_.verdict.demanded)) check_relays();
    if (checks_.empty()) conclude();
}

/// Decides once the client is found to be a relay, or all relays are checked.
void Reception::relay_checked(const std::string& relay, Ground ground, const Outcome& outcome) {
    if (outcome.result == Result::temperror) evidence_.relay_is_unknown = true;
    if (outcome.result == Result::pass) {
        evidence_.relay = relay;
        evidence_.relay_ground = ground;
        checks_.clear();
    }
    if (!checks_.empty()) return;
    decision_.verdict = decide(session(), *policy_, decision_.mail, evidence_);
    conclude();
}

void Reception::conclude() {
    const Outcome* const outcome = outcome_of(decision_.verdict, decision_.mail);
    if (policy_->reason && outcome != nullptr && refuses(decision_.verdict.action))
        decision_.reason = policy_->reason->text(*outcome);
    is_done_ = true;
}

/// Adds the check whether an address of a host name is that of the client.
Reception::Check& Reception::check_host_name(Check::Purpose purpose, const std::string& name) {
    Check& check = add(purpose);
    check.mail_from_ = "postmaster@" + name;
    check.record_ = "v=spf1 a -all";
    return check;
}

void Reception::check_relays() {
    for (const std::string& host : policy_->relay_hosts)
        check_host_name(Check::Purpose::relay_host, host).relay_ = host;
    for (const std::string& domain : policy_->relay_domains) {
        Check& check = add(Check::Purpose::relay_domain);
        check.relay_ = domain;
        check.mail_from_ = "postmaster@" + domain;
        check.helo_ = domain;  // else the client could choose what %{h} in the relay's record is
    }
}

Decision receive(const Session& session, const ReceiverPolicy& policy,
                 const std::function<Outcome(const Request&)>& check, const Options& options) {
    Reception reception{session, policy, options};
    while (!reception.done()) {
        const Reception::Check& next = reception.checks().front();
        reception.take(next.id, check(next.request()));
    }
    return std::move(reception).decision();
}

Decision receive(const Session& session, const ReceiverPolicy& policy, dns::Resolver& resolver,
                 const Options& options) {
    return receive(
        session, policy,
        [&](const Request& request) { return check_host(request, resolver, options); }, options);
}

Decision receive(const Session& session, const ReceiverPolicy& policy, Checker& checker,
                 const Options& options) {
    return receive(
        session, policy,
        [&](const Request& request) { return checker.check_host(request, options); }, options);
}

}  // namespace spf::receiver

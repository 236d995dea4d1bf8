/// \file advice/advice.hpp  Advises people what to do about an outcome (RFC 7208 section 8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/base/message.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/lint/domain.hpp"
#include "spf/report/text.hpp"

namespace spf::advice {

/// Identifies a text of advice. To show advice in another language, translate the pattern that
/// pattern_of() returns for each text. Advice::message contains the values for its placeholders.
enum class Sentence : std::uint8_t {
    // Headings that name the person who receives the advice.
    label_receiver,
    label_owner,
    label_sender,
    // For the receiver: what to do with the message. The result decides which text is chosen.
    nothing_to_do,
    not_aligned,
    reject_or_record,
    do_not_reject,
    treat_as_no_record,
    decide_by_other_means,
    accept_or_defer,
    accept_or_reject,
    // For the receiver, about the client: {1} is its address, {2} describes what kind of address
    // this is.
    check_other_address,
    trust_filter,
    find_hidden_client,
    trust_relay,
    // For the receiver: which messages to check, and what to pass to the check.
    do_not_check_users,
    do_not_check_users_of,
    give_helo,
    complete_zone,
    // For the owner of the domain: {1} is the address of the client, {2} is the domain.
    whose_server,
    whose_server_as_nothing_sends,
    whose_helo,
    whose_helo_as_nothing_sends,
    publish_record,
    // For the owner of the domain, about the client: {3} is a list of services whose records list
    // it, or the name of which the domain is an alias. In `no_service`, {2} is how many were asked.
    service_sends,
    service_sends_for_nothing,
    whose_server_for_alias,
    find_service,
    no_service,
    // For the owner of a domain: how to correct the Problem of the outcome. In the messages from
    // `do_remedy` on, {1} is the remedy. In `about_record`, {1} is what is wrong, and {2} the
    // remedy.
    fix_similar_record,
    merge_both_records,
    merge_all_records,
    fix_record,
    about_record,
    do_remedy,
    do_remedy_with,
    ask_for_remedy,
    open_tcp,
    repair_name_servers,
    // For the administrator of the client that was checked.
    use_listed_server,
    use_own_helo,
    use_full_domain,
    register_domain,
    // For the administrator of the client: {1} is the domain in From:, {2} the domain that passed.
    send_as_author,
    // What a command shows (Next::purpose). In `next_host`, {1} is a term. In `next_of_alias`, {1}
    // is the name to which the alias leads.
    next_fix,
    next_choice,
    next_flatten,
    next_text,
    next_host,
    next_of_alias,
    next_first_record,
    next_findings,
    next_networks,
    next_check,
    next_overview,
    next_again,
};
/// The number of texts. The values 0 to sentence_count - 1 are valid.
inline constexpr std::size_t sentence_count = static_cast<std::size_t>(Sentence::next_again) + 1;

/// Returns the English pattern of a text, with placeholders as in rendered(). The pattern is in
/// static storage.
[[nodiscard]] SPF_EXPORT std::string_view pattern_of(Sentence sentence) noexcept;

/// One thing to do, and who has to do it.
struct SPF_EXPORT Advice {
    /// Who has to do it.
    enum class To : std::uint8_t {
        receiver,  ///< the administrator of the server that checked the message
        owner,     ///< the owner of the domain's record
        sender,    ///< the administrator of the client that was checked
    };

    To to{};                      ///< who has to do it
    Message<Sentence> message{};  ///< what to do
    std::string command{};        ///< the command to run next, in one line; empty if there is none

    /// Returns what to do, in English sentences. Printable US-ASCII.
    [[nodiscard]] std::string text() const;
    /// Returns what to do, in sentences of a language. It must be the language for which
    /// what_to_do() made the advice (Context::language).
    [[nodiscard]] std::string text(const Language& language) const;
};

/// Returns "receiver", "owner" or "sender".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Advice::To to) noexcept;

/// What the caller of what_to_do() knows in addition to the outcome. With it, the advice is more
/// specific, and its commands are complete.
struct Context {
    /// Options of `spfcheck` that select the source of DNS answers, such as `--zone` and its file.
    /// They are written into the commands. Each option and each file is an element.
    std::vector<std::string> dns_options{};
    /// The path of the file with the message, if the client was found in Received fields of the
    /// message. Otherwise empty.
    std::string message{};
    /// The relays that are trusted already: addresses or networks.
    std::vector<std::string> trusted{};
    /// Whether the message has Received fields below the field that named the client. If so, the
    /// client may have received the message from another client.
    bool has_lines_below = false;
    /// If the client had authenticated, the protocol that shows this, such as ESMTPSA (RFC 3848):
    /// then the client was a user's program, not a server. Otherwise empty.
    std::string signed_in{};
    /// The server to which the client handed the message. Empty if it is not known.
    std::string taken_by{};
    /// The domain in the From: field of the message, which its reader sees. Empty if there is no
    /// message, or if the field does not have exactly one domain.
    std::string author_domain{};
    /// What lint_domain() found about the domain of the outcome, with which the advice uses the
    /// same words as lint. Not owned. Null if the domain was not examined.
    const lint::DomainLint* lint = nullptr;
    /// The names of the sending services whose records list the client's address.
    std::vector<std::string> services{};
    /// How many services were asked. Zero if it is not known whether a service has the address.
    std::size_t services_asked = 0;
    /// The language of texts within the advice, such as what lint says. The function text() gets
    /// the same one.
    Language language{};
};

/// Returns what to do next, never an empty vector. Advice for the receiver comes first. Does not
/// propose a record: only the owner of the domain knows whether the record should authorise an
/// address that failed. For such an address, authorize() (analysis/authorize.hpp) finds the
/// necessary change and proves that the address then passes. If the outcome has a trace
/// (Options::trace), the advice is more specific. Thread-safe. Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::vector<Advice> what_to_do(const Outcome& outcome,
                                                        const Context& context = {});

/// Returns the advice as a table in the layout of report::report(). The first column names who has
/// to act, the second contains what to do. Each command is on lines of its own, so that it can be
/// copied. Ends with a line break, unless there is no advice. Printable US-ASCII. Thread-safe.
/// Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string text(std::span<const Advice> advice,
                                          const report::TextStyle& style = {});

}  // namespace spf::advice

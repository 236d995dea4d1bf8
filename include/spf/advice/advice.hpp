/// \file advice/advice.hpp  What a person can do about an outcome (RFC 7208 section 8).
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
#include "spf/report/text.hpp"

namespace spf::advice {

/// All advice that there is. For another language, translate pattern_of() of each sentence;
/// Advice::message has the arguments.
enum class Sentence : std::uint8_t {
    // To whom: labels.
    label_receiver,
    label_owner,
    label_sender,
    // For the receiver, by the result.
    nothing_to_do,
    reject_or_record,
    do_not_reject,
    treat_as_no_record,
    decide_by_other_means,
    accept_or_defer,
    accept_or_reject,
    // For the receiver, about the client: {1} is its address, {2} what kind of address that is.
    check_other_address,
    trust_filter,
    find_hidden_client,
    trust_relay,
    // For the receiver, about how to check.
    do_not_check_users,
    do_not_check_users_of,
    give_helo,
    complete_zone,
    // For the owner of the domain: {1} is the client's address, {2} the domain.
    whose_server,
    whose_server_as_nothing_sends,
    whose_helo,
    whose_helo_as_nothing_sends,
    publish_record,
    // For the owner of the domain, about a problem.
    fix_similar_record,
    fix_record,
    do_remedy,
    ask_for_remedy,
    repair_name_servers,
    // For the administrator of the server that was checked.
    use_listed_server,
    use_own_helo,
    use_full_domain,
    register_domain,
};
/// The number of sentences: 0 .. sentence_count - 1 are valid.
inline constexpr std::size_t sentence_count =
    static_cast<std::size_t>(Sentence::register_domain) + 1;

/// The English words of a sentence, with placeholders as in rendered(). Static storage.
[[nodiscard]] SPF_EXPORT std::string_view pattern_of(Sentence sentence) noexcept;

/// One thing to do, and who has to do it.
struct SPF_EXPORT Advice {
    /// Who has to do it.
    enum class To : std::uint8_t {
        receiver,  ///< the administrator of the server that checked
        owner,     ///< the owner of the domain's record
        sender,    ///< the administrator of the server that was checked
    };

    To to{};                    ///< who has to do it
    Message<Sentence> message;  ///< what to do
    std::string command{};  ///< the command line to run next, in one line; empty if there is none

    /// What to do, in English sentences. Printable US-ASCII.
    [[nodiscard]] std::string text() const;
};

/// "receiver", "owner", "sender".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Advice::To to) noexcept;

/// What is known besides the outcome: where the client was found, and how to ask again.
struct Context {
    /// Options that select the source of the answers, such as `--zone` and its file, as words of a
    /// command line.
    std::vector<std::string> dns_options;
    std::string message;  ///< the file whose Received fields named the client; may be empty
    std::vector<std::string> trusted;  ///< the relays already trusted: addresses, networks
    bool has_lines_below = false;      ///< the message has Received fields below that of the client
    /// The protocol if it says that the client had authenticated, such as ESMTPSA (RFC 3848): the
    /// client was a user, not a server. Otherwise empty.
    std::string signed_in;
    std::string taken_by;  ///< the server that the client handed the message to; may be empty
};

/// What to do next, the receiver's part first; never empty. Proposes no record: only the owner can
/// say whether an address that failed belongs in one, and authorize() (analysis/authorize.hpp)
/// proves the change. An outcome with a trace (Options::trace) results in more specific advice.
/// Thread-safe; throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::vector<Advice> what_to_do(const Outcome& outcome,
                                                        const Context& context = {});

/// Advice as rows of the table that report::report() prints: who, and what to do, with each command
/// in lines of its own that can be copied. Ends with a line break, unless there is no advice.
/// Printable US-ASCII. Thread-safe; throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string text(std::span<const Advice> advice,
                                          const report::TextStyle& style = {});

}  // namespace spf::advice

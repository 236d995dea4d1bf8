/// \file report/advice.hpp  What a person can do about an outcome (RFC 7208 section 8).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spf::report {

/// One thing to do, and who has to do it.
struct Advice {
    /// Who has to do it.
    enum class To : std::uint8_t {
        receiver,  ///< the administrator of the server that checked
        owner,     ///< the owner of the domain's record
        sender,    ///< the administrator of the server that was checked
    };

    To to{};              ///< who has to do it
    std::string text;     ///< English sentences, printable US-ASCII
    std::string command;  ///< the command line to run next, in one line; empty if there is none
};

/// "receiver", "owner", "sender".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Advice::To to) noexcept;

/// What is known besides the outcome: where the client was found, and how to ask again.
struct AdviceContext {
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
[[nodiscard]] SPF_EXPORT std::vector<Advice> advice(const Outcome& outcome,
                                                    const AdviceContext& context = {});

}  // namespace spf::report

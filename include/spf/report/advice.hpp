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
    /// To whom it is addressed.
    enum class To : std::uint8_t {
        receiver,  ///< whoever runs the server that checked
        owner,     ///< whoever publishes the domain's record
        sender,    ///< whoever runs the server that was checked
    };

    To to{};
    std::string text;     ///< English sentences, printable US-ASCII
    std::string command;  ///< the command line that comes next, in one line; empty: none
};

/// "receiver", "owner", "sender".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Advice::To to) noexcept;

/// What is known besides the outcome: where the client was found, and how to ask again.
struct AdviceContext {
    /// Options that say where answers come from, such as `--zone` and its file; words of a command line.
    std::vector<std::string> dns_options;
    std::string message;  ///< the file whose Received lines named the client; empty: there is none
    std::vector<std::string> trusted;  ///< the relays that are trusted already: addresses, networks
    bool has_lines_below = false;  ///< the message has Received lines of servers before the client
    /// How the client had signed in, such as ESMTPSA (RFC 3848): then it was a user, not a server. Empty:
    /// it had not, or nothing says so.
    std::string signed_in;
    std::string taken_by;  ///< the server that the client handed the message to; may be empty
};

/// What to do next, the receiver's part first; never empty. No record is proposed: whether an address that
/// failed belongs into one is for its owner to say, and authorize() (analysis/authorize.hpp) to prove.
/// An outcome with a trace (Options::trace) tells more. Thread-safe; never throws but std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::vector<Advice> advice(const Outcome& outcome,
                                                    const AdviceContext& context = {});

}  // namespace spf::report

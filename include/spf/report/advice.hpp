/// \file advice.hpp  What a person can do about an outcome (RFC 7208 section 8).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spf/outcome.hpp"

namespace spf {

/// One thing to do, and who has to do it.
struct Advice {
    /// To whom it is addressed.
    enum class To : std::uint8_t {
        receiver,  ///< whoever runs the server that checked
        owner,     ///< whoever publishes the domain's record
        sender,    ///< whoever runs the server that was checked
    };

    To to{};
    std::string text;    ///< English sentences, printable US-ASCII
    std::string record;  ///< the record that `text` speaks of, to be shown unbroken; empty: none
};

/// "receiver", "owner", "sender".
[[nodiscard]] std::string_view to_string(Advice::To to) noexcept;

/// What to do next, the receiver's part first; never empty. A changed record of Outcome::domain is
/// proposed where the outcome has a trace (Options::trace), as that holds the record. Thread-safe;
/// never throws but std::bad_alloc.
[[nodiscard]] std::vector<Advice> advice(const Outcome& outcome);

}  // namespace spf

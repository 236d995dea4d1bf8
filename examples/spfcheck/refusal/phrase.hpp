// The table of what servers say. Each phrase is something that servers say; what they mean by it is
// what people who run them say about it.
#pragma once

#include <span>
#include <string_view>

#include "refusal/refusal.hpp"

namespace spfcheck {

/// Words in lower case, and the cause that they name. A "*" stands for any words in between.
struct Phrase {
    Cause cause;
    std::string_view words;
};

[[nodiscard]] std::span<const Phrase> phrases_of_certain_lists() noexcept;
[[nodiscard]] std::span<const Phrase> phrases_of_full_mailboxes() noexcept;
[[nodiscard]] std::span<const Phrase> phrases_of_unknown_mailboxes() noexcept;
[[nodiscard]] std::span<const Phrase> phrases_of_clients() noexcept;
[[nodiscard]] std::span<const Phrase> phrases_of_domains() noexcept;
[[nodiscard]] std::span<const Phrase> phrases_of_failures() noexcept;
[[nodiscard]] std::span<const Phrase> phrases_of_lists() noexcept;
[[nodiscard]] std::span<const Phrase> phrases_of_content() noexcept;
[[nodiscard]] std::span<const Phrase> phrases_of_rules() noexcept;

}  // namespace spfcheck

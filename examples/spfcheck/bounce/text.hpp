// Lines and addresses in the text of a report.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spfcheck {

/// The maximum size of FailedRecipient::line in octets.
inline constexpr std::size_t longest_evidence = 1000;

/// Returns the lines of a text, without their ends.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

[[nodiscard]] bool equals_ignoring_case(std::string_view left, std::string_view right) noexcept;
[[nodiscard]] bool starts_ignoring_case(std::string_view text, std::string_view start) noexcept;
/// Returns the place of a word in a text, whatever the case of ASCII letters; npos if there is
/// none.
[[nodiscard]] std::size_t find_ignoring_case(std::string_view text, std::string_view word,
                                             std::size_t from = 0) noexcept;
[[nodiscard]] inline bool has_ignoring_case(std::string_view text, std::string_view word) noexcept {
    return find_ignoring_case(text, word) != std::string_view::npos;
}

/// Returns the address of a mailbox in a word such as "<u@example.net>:" or "rfc822;u@example.net";
/// an empty text if it is none.
[[nodiscard]] std::string address_in_word(std::string_view word);

/// Returns the first address in a text, or an empty text.
[[nodiscard]] std::string first_address_in(std::string_view text);
/// Returns the first address that fits, or an empty text.
[[nodiscard]] std::string first_address_in(
    std::string_view text,
    const std::function<bool(std::string_view before, std::string_view address)>& fits);

/// Returns the domain of an address in lower case, or an empty text.
[[nodiscard]] std::string domain_of_address(std::string_view address);

/// A field of a header, unfolded.
struct Field {
    std::string_view name{};
    std::string value{};
};
/// Returns the fields at the beginning of some lines, up to an empty line or one that is no field,
/// and sets `end` to the number of lines read.
[[nodiscard]] std::vector<Field> fields_of(const std::vector<std::string_view>& lines,
                                           std::size_t begin, std::size_t& end);

/// Returns whether a line begins with a name of a field and a colon.
[[nodiscard]] bool begins_field(std::string_view line) noexcept;

}  // namespace spfcheck

// The names and numbers of types, classes and statuses in master files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "spf/dns/resolver.hpp"

namespace spf::zone_text {

/// Returns the type of this name that check_host() may ask for; nothing for any other word.
[[nodiscard]] std::optional<dns::RecordType> type_called(std::string_view word) noexcept;

/// Returns the status that an entry $STATUS calls so; nothing for any other word.
[[nodiscard]] std::optional<dns::Status> status_called(std::string_view word) noexcept;

/// Returns the number of a class by its name or as in CLASS1 (RFC 3597, 5); nothing for any other
/// word.
[[nodiscard]] std::optional<unsigned> class_number(const std::string& word);

/// Returns the number of a record type by its name or as in TYPE16 (RFC 3597, 5); nothing for any
/// other word.
[[nodiscard]] std::optional<unsigned> type_number(const std::string& word);

}  // namespace spf::zone_text

// The list of public suffixes, which psl.cpp reads with libpsl. Without libpsl, no_psl.cpp replaces
// psl.cpp.
#pragma once

#include <optional>
#include <string>

namespace spfcheck {

/// Returns whether the program was built with libpsl.
[[nodiscard]] bool has_public_suffixes() noexcept;

/// Returns the organizational domain of a domain (RFC 7489, 3.2): the public suffix and one label
/// more, or the domain itself if it is a public suffix. Nothing if there is no list.
/// \param domain  in lower case and with A-labels
[[nodiscard]] std::optional<std::string> organizational_domain(const std::string& domain);

}  // namespace spfcheck

// Converts A-labels into U-labels (RFC 5890, 2.3.2.1), so that names can be compared.
#pragma once

#include <string>
#include <string_view>

namespace spf::fields {

/// Returns a name in lower case (US-ASCII letters only), in which each A-label is replaced by its
/// U-label in UTF-8. A label that only looks like an A-label is kept. The text need not be a domain
/// name: labels are what is between dots. Takes linear time.
std::string with_u_labels(std::string_view name);

}  // namespace spf::fields

#include "spf/receiver/by_domain.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "spf/dns/name.hpp"

namespace spf::receiver {
namespace {

/// Returns whether an octet may be in a domain name of a configuration. Other octets are typing
/// errors there, such as those of a network, of an address or of a U-label.
bool is_host_character(char octet) noexcept {
    return ascii::is_alpha(octet) || ascii::is_digit(octet) || octet == '-' || octet == '_' ||
           octet == '.';
}

}  // namespace

std::string domain_of_pattern(std::string_view pattern) {
    if (pattern.starts_with("*.")) pattern.remove_prefix(2);
    const bool is_readable = std::all_of(pattern.begin(), pattern.end(), is_host_character);
    if (!is_readable || dns::name_problem(pattern)) return {};
    std::string domain{pattern};
    dns::make_canonical(domain);
    return domain;
}

}  // namespace spf::receiver

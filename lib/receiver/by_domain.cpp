#include "spf/receiver/by_domain.hpp"

#include "spf/dns/name.hpp"

namespace spf::receiver {

std::string domain_of_pattern(std::string_view pattern) {
    if (pattern.starts_with("*.")) pattern.remove_prefix(2);
    std::string domain{pattern};
    if (domain.find('*') != std::string::npos || dns::name_problem(domain)) return {};
    dns::make_canonical(domain);
    return domain;
}

}  // namespace spf::receiver

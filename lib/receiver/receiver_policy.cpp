#include "spf/receiver/receiver_policy.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/mail_octets.hpp"
#include "evaluation/arguments.hpp"
#include "spf/dns/name.hpp"

namespace spf::receiver {
namespace {

/// Returns a local-part without quotation marks that it does not need ("ann"@example.com).
std::string_view unquoted(std::string_view local_part) noexcept {
    if (local_part.size() < 3 || local_part.front() != '"' || local_part.back() != '"')
        return local_part;
    const std::string_view inside = local_part.substr(1, local_part.size() - 2);
    const bool is_plain = ascii::is_dot_atom_text.has_all(inside);
    return is_plain ? inside : local_part;
}

/// Returns the mailbox of a path in the form in which addresses are compared: in lower case, with
/// no more quotation marks than it needs, without a dot at the end.
std::string address_key(std::string_view path) {
    const std::string_view address = dns::without_trailing_dot(mailbox_of(path));
    const std::size_t at = address.rfind('@');
    if (at == std::string_view::npos) return {};
    std::string key{unquoted(address.substr(0, at))};
    key += address.substr(at);
    ascii::make_lower(key);
    return key;
}

}  // namespace

NetworkSet ReceiverPolicy::loopback() {
    const std::array<Network, 2> networks{Network{IpAddress::v4({127, 0, 0, 0}), 8},
                                          Network{IpAddress::v6(0, 1), 128}};
    return NetworkSet{networks};
}

bool ByRecipient::add(std::string_view recipient, Exceptions exceptions) {
    const std::size_t at = recipient.rfind('@');
    if (at == std::string_view::npos) return domains_.add(recipient, exceptions);
    const std::string_view domain = recipient.substr(at + 1);
    const std::string_view local_part = recipient.substr(0, at);
    const bool is_address = !local_part.empty() && local_part != "*" &&
                            mailbox_of(recipient) == recipient && !domain.starts_with("*.") &&
                            !domain_of_pattern(domain).empty();
    if (!is_address) return false;
    return addresses_.try_emplace(address_key(recipient), exceptions).second;
}

const Exceptions* ByRecipient::find(std::string_view recipient) const {
    if (empty() || recipient.empty()) return nullptr;
    const std::string key = address_key(recipient);
    if (const auto found = addresses_.find(key); found != addresses_.end()) return &found->second;
    const std::size_t at = key.rfind('@');
    return at == std::string::npos ? nullptr : domains_.find(std::string_view{key}.substr(at + 1));
}

}  // namespace spf::receiver

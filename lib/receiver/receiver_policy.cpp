#include "spf/receiver/receiver_policy.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "spf/dns/name.hpp"

namespace spf::receiver {
namespace {

/// Returns a mail address without `<>` around it and in lower case, so that it can be compared.
std::string address_key(std::string_view address) {
    if (address.size() >= 2 && address.front() == '<' && address.back() == '>')
        address = address.substr(1, address.size() - 2);
    std::string key{dns::without_trailing_dot(address)};
    std::transform(key.begin(), key.end(), key.begin(), ascii::lower);
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
    if (at == 0 || dns::name_problem(recipient.substr(at + 1))) return false;
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

/// \file dns_printing.hpp  Makes Catch2 print the names of DNS values. Include it before the tests.
#pragma once

#include <string>

#include "spf/dns/resolver.hpp"
#include "support/catch.hpp"

namespace Catch {
template <>
struct StringMaker<spf::dns::Status> {
    static std::string convert(spf::dns::Status status) { return std::string(to_string(status)); }
};
template <>
struct StringMaker<spf::dns::MailExchange> {
    static std::string convert(const spf::dns::MailExchange& mx) {
        return std::to_string(mx.preference) + ' ' + mx.host;
    }
};
}  // namespace Catch

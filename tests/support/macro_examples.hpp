/// \file macro_examples.hpp  The examples of RFC 7208, 7.4, for the sender
/// strong-bad@email.example.com.
#pragma once

#include <string>
#include <tuple>
#include <vector>

namespace spf::test {

/// Returns the examples of the second table there. Each consists of a macro string, the address of
/// the client, and the name to which the macro string expands.
inline const std::vector<std::tuple<std::string, std::string, std::string>>& macro_examples() {
    static const std::vector<std::tuple<std::string, std::string, std::string>> all{
        {"%{ir}.%{v}._spf.%{d2}", "192.0.2.3", "3.2.0.192.in-addr._spf.example.com"},
        {"%{lr-}.lp._spf.%{d2}", "192.0.2.3", "bad.strong.lp._spf.example.com"},
        {"%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "192.0.2.3",
         "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"},
        {"%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "192.0.2.3",
         "3.2.0.192.in-addr.strong.lp._spf.example.com"},
        {"%{d2}.trusted-domains.example.net", "192.0.2.3",
         "example.com.trusted-domains.example.net"},
        {"%{ir}.%{v}._spf.%{d2}", "2001:db8::cb01",
         "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com"},
    };
    return all;
}

}  // namespace spf::test

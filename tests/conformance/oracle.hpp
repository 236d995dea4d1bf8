/// \file oracle.hpp  A second check_host(), to compare with the library's.
///
/// It is slow and obviously right: the grammar is read by trying every way to split a text
/// (oracle_grammar.hpp), addresses are compared bit by bit, every question is asked anew, nested
/// checks are function calls, and errors are thrown. It shares no code with the library except the
/// types of its interface. Where RFC 7208 leaves room, it follows the readings listed in
/// spf/evaluation/evaluation.hpp.
#pragma once

#include <iosfwd>
#include <string>

#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf::oracle {

/// The part of an Outcome that is compared.
struct Verdict {
    Result result = Result::none;
    unsigned dns_lookups = 0;
    unsigned void_lookups = 0;
    std::string mechanism;
    std::string explanation;

    friend bool operator==(const Verdict&, const Verdict&) = default;
};

std::ostream& operator<<(std::ostream& out, const Verdict& verdict);

[[nodiscard]] Verdict verdict_of(const Outcome& outcome);

/// check_host() within the default limits.
[[nodiscard]] Verdict check_host(const Request& request, dns::Resolver& resolver);

}  // namespace spf::oracle

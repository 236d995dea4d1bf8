// What an overview shows of a domain.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/report.hpp"
#include "networks/missing.hpp"
#include "providers/catalogue.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/lint/domain.hpp"
#include "spf/net/network_set.hpp"

namespace spfcheck {

/// How many addresses of each family there are.
struct Size {
    spf::AddressCount ip4{};
    spf::AddressCount ip6{};
};

/// A term of the domain's record.
struct TermView {
    std::string text;                         ///< the term as written in the record
    std::string meaning;                      ///< what the term does, for people
    std::string service;                      ///< the known service that it names; may be empty
    std::optional<spf::lint::TermCost> cost;  ///< absent if the term needs no lookup
    Size decides;  ///< the addresses whose result this term decides; 0 if it is not known
};

/// The result of the addresses that no term names: the result that most addresses have.
struct Ending {
    spf::Result result = spf::Result::none;
    bool depends_on_message = false;  ///< `result` is not known without the message
    std::string term;                 ///< the term that decides; empty if no term matches
    std::string domain;               ///< the domain whose record decides
};

/// What is known about a domain.
struct Picture {
    LintReport lint;
    std::vector<TermView> terms;  ///< in the order of the record; empty if it cannot be read
    spf::analysis::NetworkMap map;
    Missing missing;
    Ending others;
    Size may_send;              ///< the addresses that certainly pass
    unsigned void_lookups = 0;  ///< the maximum number of void lookups of the whole record
};

/// Examines a domain. Asks DNS each question once.
[[nodiscard]] Picture picture_of(std::string_view domain, spf::dns::Resolver& resolver,
                                 const Catalogue& catalogue, const TimeLimit& limit);

}  // namespace spfcheck

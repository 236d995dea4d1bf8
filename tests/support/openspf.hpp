/// \file openspf.hpp  The published test suite of RFC 7208 (openspf.org, release 2014.04), as data.
///
/// One file of 16 scenarios: a scenario is a set of DNS data, and cases that are checked against
/// it. The suite is not part of this project; it is looked for in SPF_SUITES_DIR/openspf.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/dns/resolver.hpp"
#include "spf/resolver/zone.hpp"

namespace spf::test {

/// The number of cases in the release.
inline constexpr std::size_t openspf_case_count = 203;

struct OpenspfCase {
    std::string name;
    std::string ip;
    std::string helo;
    std::string mail_from;
    std::vector<std::string> results;  ///< any of these is right
    /// The publisher's explanation; "DEFAULT" if no explanation may be used.
    std::optional<std::string> explanation;
};

struct OpenspfRecord {
    std::string name;
    std::string type;  ///< "A", "AAAA", "CNAME", "MX", "PTR", "SPF" (type 99), "TXT"
    /// The words of the data; for texts the strings, with any octets.
    std::vector<std::string> data;
};

struct OpenspfScenario {
    std::string description;
    std::vector<OpenspfCase> cases;
    /// Includes a TXT record for each SPF record whose name has no TXT entry.
    std::vector<OpenspfRecord> records;
    std::vector<std::string> silent;  ///< names that answer only the types in `records`

    /// Whether a question gets no answer.
    [[nodiscard]] bool times_out(std::string_view name, std::string_view type) const;
    /// The data in memory.
    [[nodiscard]] ZoneResolver zone(ZoneOptions options = {}) const;
    /// The data as a master file of the root zone, except for the silence.
    [[nodiscard]] std::string master_file() const;
};

/// All scenarios, in the order of the file; empty if there is no such file. The file is read once.
[[nodiscard]] const std::vector<OpenspfScenario>& openspf_suite();

/// Checks one case. Returns an empty text if the outcome is right, otherwise a line that says what
/// is wrong.
[[nodiscard]] std::string openspf_complaint(const OpenspfCase& test, dns::Resolver& resolver);

}  // namespace spf::test

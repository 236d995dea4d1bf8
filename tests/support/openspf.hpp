/// \file openspf.hpp  The published test suite of RFC 7208 (openspf.org, release 2014.04), as data.
///
/// The suite is one file with 16 scenarios. A scenario consists of DNS data, and of cases that are
/// checked against this data. The suite is not part of this project. Tests look for it in
/// SPF_SUITES_DIR/openspf.
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
    std::vector<std::string> results;  ///< each of these results is correct
    /// The explanation that the publisher of the record gives. "DEFAULT" means that there must be
    /// no explanation from DNS. Absent if any explanation is acceptable.
    std::optional<std::string> explanation;
};

struct OpenspfRecord {
    std::string name;
    std::string type;  ///< "A", "AAAA", "CNAME", "MX", "PTR", "SPF" (type 99) or "TXT"
    /// The fields of the data. For a TXT or SPF record, these are its strings, which may contain
    /// any octets.
    std::vector<std::string> data;
};

struct OpenspfScenario {
    std::string description;
    std::vector<OpenspfCase> cases;
    /// All records. They include a TXT record for each SPF record whose name has no TXT entry.
    std::vector<OpenspfRecord> records;
    /// Names for which DNS answers only questions about the types in `records`.
    std::vector<std::string> silent;

    /// Returns whether a question has no answer, so that it times out.
    [[nodiscard]] bool times_out(std::string_view name, std::string_view type) const;
    /// Returns the data as a zone in memory.
    [[nodiscard]] ZoneResolver zone(ZoneOptions options = {}) const;
    /// Returns the data as a master file of the root zone. A master file cannot represent `silent`.
    [[nodiscard]] std::string master_file() const;
};

/// Returns all scenarios in the order of the file, or nothing if there is no such file. The file is
/// read once.
[[nodiscard]] const std::vector<OpenspfScenario>& openspf_suite();

/// Checks one case. Returns an empty text if the outcome is correct, otherwise a line that
/// describes the difference.
[[nodiscard]] std::string openspf_complaint(const OpenspfCase& test, dns::Resolver& resolver);

}  // namespace spf::test

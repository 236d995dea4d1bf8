// Where findings are in the zone files that were read.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/report.hpp"
#include "spf/resolver/zone_text.hpp"

namespace spfcheck {

/// A place in a zone file.
struct Place {
    std::string file;        ///< the path of the file
    spf::FileRegion region;  ///< the part of the file
    /// Whether the region is what the finding underlines; otherwise it is the record or the term
    /// that leads to the finding.
    bool is_exact = false;
};

/// The TXT records of zone files, and which place in them a finding is about.
class ZonePlaces {
public:
    ZonePlaces() = default;
    /// \param texts  the TXT records of the files; this object keeps a view of them
    /// \param file   the first file
    ZonePlaces(std::span<const spf::ZoneText> texts, std::string file);

    /// Returns whether there are no zone files, so that no finding has a place.
    [[nodiscard]] bool empty() const noexcept { return file_.empty(); }
    /// Returns the domains that have an SPF record, or a text that is meant as one, in the order of
    /// the files.
    [[nodiscard]] std::vector<std::string> domains() const;
    /// Returns the place of a finding. If no file contains its record, it is the place of the term
    /// of the examined domain that names the domain of the finding, or else of the whole record.
    /// If no file contains that record either, it is the start of the first file, because code
    /// scanners refuse a log with a place that is in no file. Returns nothing if there are no
    /// files.
    [[nodiscard]] std::optional<Place> find(const LintReport& report,
                                            const spf::lint::Finding& finding) const;

private:
    [[nodiscard]] const spf::ZoneText* text_of(std::string_view domain,
                                               std::string_view text) const;

    std::span<const spf::ZoneText> texts_;
    std::string file_;
    std::multimap<std::string_view, std::size_t> by_owner_;  // in the order of the files
};

}  // namespace spfcheck

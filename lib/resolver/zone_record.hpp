// Converts one record of a master file from words to data in a ZoneResolver.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "resolver/zone_words.hpp"
#include "spf/resolver/zone.hpp"
#include "spf/resolver/zone_file.hpp"

struct ldns_struct_rdf;  // declared here because ldns.h would redefine `false` for later headers

namespace spf::zone_text {

/// A record of class IN, except its data.
struct RecordHead {
    std::string owner;
    std::chrono::seconds ttl{0};
    unsigned type = 0;           ///< the number of the type (RFC 1035, 3.2.2)
    std::string_view type_word;  ///< the type as written in the file
};

/// Adds a record to a zone. If check_host() never asks for the type, the data is ignored, and only
/// the name is added.
/// \param data    the words of the data, all escapes valid; empty only if the type has no data
/// \param entry   the type and the data as in the current entry, which ldns reads
/// \param origin  the origin, which is appended to relative names
/// \return the error in the data, without file and line, or nothing
[[nodiscard]] std::optional<ZoneFileError> add_record(const RecordHead& head,
                                                      std::span<const Word> data,
                                                      std::string_view entry,
                                                      const ldns_struct_rdf* origin,
                                                      ZoneResolver& zone);

}  // namespace spf::zone_text

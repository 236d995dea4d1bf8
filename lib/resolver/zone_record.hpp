// One record of a master file, from words to a ZoneResolver.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "resolver/zone_words.hpp"
#include "spf/resolver/zone.hpp"
#include "spf/resolver/zone_file.hpp"

struct ldns_struct_rdf;  // not included: ldns.h redefines `false` for the headers after it

namespace spf::zone_text {

/// A record of class IN, without its data.
struct RecordHead {
    std::string owner;
    std::chrono::seconds ttl{0};
    unsigned type = 0;           ///< the number of the type
    std::string_view type_word;  ///< the type as written
};

/// Adds a record to a zone. The data of a type that check_host() does not ask for is ignored, but
/// its name then exists.
/// \param data    the words of the data, without bad escapes; empty only if the type has no data
/// \param entry   type and data as written, for ldns
/// \param origin  of relative names
/// \return what is wrong with the data, without file and line, or nothing
[[nodiscard]] std::optional<ZoneFileError> add_record(const RecordHead& head,
                                                      std::span<const Word> data,
                                                      std::string_view entry,
                                                      const ldns_struct_rdf* origin,
                                                      ZoneResolver& zone);

}  // namespace spf::zone_text

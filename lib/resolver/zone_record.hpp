// Adds a record of a master file to a ZoneResolver.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "resolver/zone_words.hpp"
#include "spf/resolver/zone.hpp"
#include "spf/resolver/zone_file.hpp"

// This type of ldns is declared here, because ldns.h would redefine `false` for headers that are
// included later.
struct ldns_struct_rdf;

namespace spf::zone_text {

/// Everything in a record of class IN except its data.
struct RecordHead {
    std::string owner;
    std::chrono::seconds ttl{0};
    unsigned type = 0;           ///< the number of the record type (RFC 1035, 3.2.2)
    std::string_view type_word;  ///< the record type as written in the file
};

/// Adds a record to a zone. If check_host() never asks for its type, only the name of the record is
/// added, without its data.
/// \param data    the words of the data; their escapes must be valid; there must be at least one
/// word, except for a type whose data may be empty (APL)
/// \param entry   the type and the data as they are written in the current entry; ldns reads them
/// \param origin  the domain name that is appended to relative names
/// \return the error in the data, without a file name and a line number; nothing if there is no
/// error
[[nodiscard]] std::optional<ZoneFileError> add_record(const RecordHead& head,
                                                      std::span<const Word> data,
                                                      std::string_view entry,
                                                      const ldns_struct_rdf* origin,
                                                      ZoneResolver& zone);

}  // namespace spf::zone_text

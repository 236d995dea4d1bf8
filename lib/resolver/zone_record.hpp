// One record of a master file, from words to ZoneResolver.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "resolver/zone_words.hpp"
#include "spf/resolver/zone.hpp"
#include "spf/resolver/zone_file.hpp"

struct ldns_struct_rdf;  // ldns.h turns `false` into a number for the headers behind it

namespace spf::zone_text {

/// A record of class IN, without its data.
struct RecordHead {
    std::string owner;
    std::chrono::seconds ttl{0};
    unsigned type = 0;           ///< by its number
    std::string_view type_word;  ///< as it is written
};

/// Adds a record to a zone. The data of a type that check_host() does not ask for is not looked at; the
/// name exists then.
/// \param data    the words of the data, without bad escapes; none only where the type has none
/// \param entry   type and data as they are written, for ldns
/// \param origin  of relative names
/// \return what is wrong with the data, without file and line, or nothing
[[nodiscard]] std::optional<ZoneFileError> add_record(const RecordHead& head,
                                                      std::span<const Word> data,
                                                      std::string_view entry,
                                                      const ldns_struct_rdf* origin,
                                                      ZoneResolver& zone);

}  // namespace spf::zone_text

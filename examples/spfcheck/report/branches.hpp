// Where the lookups of a check go, as rows of a picture.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "report/contents.hpp"
#include "spf/lint/domain.hpp"

namespace spfcheck {

/// Returns the name of the known service that a term of a record names; empty if there is none.
using ServiceOf = std::function<std::string(std::string_view term)>;

/// Returns the rows for a tree of records (spf::lint::DomainLint::tree), the terms of each record
/// below the first term that leads to it. There are at most `most` rows. Not recursive, as the
/// records are those of strangers.
[[nodiscard]] Branches branches_of(std::span<const spf::lint::TreeRecord> tree,
                                   std::span<const spf::lint::Finding> findings,
                                   const ServiceOf& service_of, std::size_t most);

}  // namespace spfcheck

/// \file analysis.hpp  All of spf::analysis in one include, and where to begin.
///
/// - What is wrong with a record, and with all records of a domain: `lint()` in lint/lint.hpp and
///   `lint_domain()` in lint/domain.hpp.
/// - Which addresses may send for a domain: `map_networks()` in analysis/networks.hpp; what two maps
///   differ in: `diff()` in analysis/diff.hpp.
/// - A record without lookups that says the same: `flatten()` in analysis/flatten.hpp.
/// - Is this relay authorised, and what must be published so that it is: `authorize()` in
///   analysis/authorize.hpp.
/// - Texts for a zone file: analysis/master_file.hpp.
///
/// Needs the target spf::analysis, which builds on spf::spf and the standard library alone.
#pragma once

#include "spf/analysis/authorize.hpp"
#include "spf/analysis/diff.hpp"
#include "spf/analysis/flatten.hpp"
#include "spf/analysis/master_file.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/lint/domain.hpp"
#include "spf/lint/lint.hpp"

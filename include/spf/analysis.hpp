/// \file analysis.hpp  All of spf::analysis in one include, and where to begin.
///
/// - What is wrong with a record, and with all records of a domain? `lint()` in lint/lint.hpp and
///   `lint_domain()` in lint/domain.hpp.
/// - Which addresses may send for a domain? `map_networks()` in analysis/networks.hpp. The
///   differences between two maps: `diff()` in analysis/diff.hpp.
/// - Records without includes that mean the same: `flatten()` in analysis/flatten.hpp.
/// - Is this relay authorised, and which record would authorise it? `authorize()` in
///   analysis/authorize.hpp.
/// - What can a person do about an outcome? `what_to_do()` in advice/advice.hpp. Command lines that
///   can be copied: advice/command.hpp.
/// - Names and texts for a zone file: analysis/master_file.hpp.
///
/// Needs the target spf::analysis, which builds on spf::spf and the standard library alone.

/// \namespace spf::lint  What is wrong, doubtful or wasteful in records, and what would be right.

/// \namespace spf::advice  What a person can do about the outcome of a check.

/// \namespace spf::analysis  Maps of networks, differences, flattened records, proposed records.
#pragma once

#include "spf/advice/advice.hpp"
#include "spf/advice/command.hpp"
#include "spf/analysis/authorize.hpp"
#include "spf/analysis/diff.hpp"
#include "spf/analysis/flatten.hpp"
#include "spf/analysis/master_file.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/lint/domain.hpp"
#include "spf/lint/lint.hpp"
#include "spf/lint/sentence.hpp"

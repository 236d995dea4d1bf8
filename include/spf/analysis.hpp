/// \file analysis.hpp  Includes all headers of the library spf::analysis. The list names the
/// function to begin with for each question.
///
/// - What is wrong with a record, and with all records of a domain? Call `lint()` in lint/lint.hpp
///   and `lint_domain()` in lint/domain.hpp.
/// - Which addresses may send for a domain? Call `map_networks()` in analysis/networks.hpp. To
///   compare two maps, call `diff()` in analysis/diff.hpp.
/// - Which record without includes has the same meaning as a given record? Call `flatten()` in
///   analysis/flatten.hpp.
/// - Is this relay authorised, and which record would authorise it? Call `authorize()` in
///   analysis/authorize.hpp.
/// - Which change repairs a record, or brings it within the limits? Call `fix()` in
///   analysis/fix.hpp.
/// - What can a person do about an outcome? Call `what_to_do()` in advice/advice.hpp. To show
///   commands that a person can copy into a shell, use advice/command.hpp.
/// - How are names and texts written in a zone file? Use analysis/master_file.hpp.
/// - Which texts are there to translate? Call `all_texts()` in texts/all_texts.hpp.
///
/// Link the target spf::analysis, which needs only spf::spf and the standard library.

/// \namespace spf::lint  Findings: what is wrong, doubtful or wasteful in records, and what would
/// be right.

/// \namespace spf::advice  What a person can do about the outcome of a check.

/// \namespace spf::analysis  Finds which networks may send for a domain, compares the policies of
/// domains, rewrites records without includes, and proposes changes of records.
#pragma once

#include "spf/advice/advice.hpp"
#include "spf/advice/command.hpp"
#include "spf/advice/next.hpp"
#include "spf/analysis/authorize.hpp"
#include "spf/analysis/diff.hpp"
#include "spf/analysis/fix.hpp"
#include "spf/analysis/flatten.hpp"
#include "spf/analysis/master_file.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/analysis/split.hpp"
#include "spf/analysis/tree_questions.hpp"
#include "spf/lint/domain.hpp"
#include "spf/lint/lint.hpp"
#include "spf/lint/sentence.hpp"
#include "spf/texts/all_texts.hpp"

/// \file c/checker.h  The spf_checker, which a mail server keeps between messages. It has the
/// server's way to ask DNS, and keeps DNS answers and compiled policies of domains.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "spf/c/base.h"
#include "spf/c/dns.h"
#include "spf/c/outcome.h"
#include "spf/c/session.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A callback that asks DNS, and caches. DNS answers are kept as long as their TTL allows. For
/// domains with much mail, a table of the results for all addresses is kept, so that most of their
/// messages are checked without DNS.
typedef struct spf_checker spf_checker;

/// How much an spf_checker keeps. All members may be 0.
typedef struct spf_checker_options {
    /// The maximum size of all DNS answers that are kept, in octets. 0 means 64 MiB.
    size_t max_answer_bytes;
    /// The maximum number of domains whose compiled policy is kept. 0 means 1024. Each policy has
    /// at most 64 KiB.
    size_t max_domains;
} spf_checker_options;

/// Returns a new checker, which the caller frees with spf_checker_free(); NULL if there is not
/// enough memory. `options` may be NULL.
///
/// `resolve` asks DNS; it gets `context`, which must exist as long as the checker. Any number of
/// threads may use the checker if they may all call `resolve` at once. While one thread asks a
/// question, the others with the same question wait for its answer.
///
/// If `resolve` is NULL, the checker is only a cache for spf_evaluation_new() and
/// spf_reception_new(), and spf_check_mail() and spf_receive() return SPFC_NO_RESOLVER.
SPFC_API spf_checker* spf_checker_new(spf_resolve_function* resolve, void* context,
                                      const spf_checker_options* options);
/// Frees a checker. No thread may use it any more, and no spf_evaluation or spf_reception may exist
/// that was made with it.
SPFC_API void spf_checker_free(spf_checker* checker);

/// Checks HELO and MAIL FROM of one message, and waits for DNS. The caller frees the check with
/// spf_check_free(). `options` may be NULL.
///
/// Returns SPFC_BAD_ADDRESS if the address of the client is not an IP address, SPFC_NULL_ARGUMENT
/// if there is none, SPFC_TOO_LARGE if a text has more than 65535 octets, SPFC_NO_RESOLVER, or
/// SPFC_NO_MEMORY.
SPFC_API spf_error spf_check_mail(spf_checker* checker, const spf_session* session,
                                  const spf_options* options, spf_check** check);

/// Removes all answers and policies. Checks that other threads have begun are not affected.
SPFC_API void spf_checker_clear(spf_checker* checker);

/// What a checker has done since it was made, and what it holds now.
typedef struct spf_statistics {
    uint64_t answer_hits;    ///< the number of questions that were answered from the cache
    uint64_t answer_misses;  ///< the number of questions for which the cache had no answer
    uint64_t answers;        ///< the number of answers in the cache now
    uint64_t answer_bytes;   ///< the estimated size of these answers in octets
    uint64_t policy_hits;    ///< the number of identities that a compiled policy decided
    uint64_t policy_misses;  ///< the number of identities that needed an evaluation
} spf_statistics;

/// Returns what a checker has done since it was made. All numbers are 0 if `checker` is NULL.
SPFC_API spf_statistics spf_checker_statistics(const spf_checker* checker);

#ifdef __cplusplus
}
#endif

/// \file c/dns.h  DNS questions and answers, and the callback that asks DNS.
///
/// The C API does not ask DNS by itself, so you answer its questions: either in a callback that
/// waits for the answer (spf_checker_new()), or with answers that your event loop receives
/// (c/evaluation.h). In both cases you fill an spf_answer:
///
///     spf_answer_set_status(answer, SPFC_DNS_OK, 3600);
///     spf_answer_add_exchange(answer, 10, "mx1.example.com");
///     spf_answer_add_exchange(answer, 20, "mx2.example.com");
///
/// The example system_dns.c is a callback that asks the name servers of the system, with the
/// resolver of the C library.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "spf/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The types of the DNS records that are asked for, all of class IN. The values are those of the
/// DNS (RFC 1035, RFC 3596).
enum spf_record_type SPFC_INT {
    SPFC_TYPE_A = 1,     ///< IPv4 addresses: spf_answer_add_address(), spf_answer_add_ipv4()
    SPFC_TYPE_PTR = 12,  ///< names of an address: spf_answer_add_name()
    SPFC_TYPE_MX = 15,   ///< mail exchanges: spf_answer_add_exchange()
    SPFC_TYPE_TXT = 16,  ///< texts: spf_answer_add_text()
    SPFC_TYPE_AAAA = 28  ///< IPv6 addresses: spf_answer_add_address(), spf_answer_add_ipv6()
};
/// The type of the enumeration.
typedef enum spf_record_type spf_record_type;

/// Returns "A", "AAAA", "MX", "PTR" or "TXT". Returns "unknown" for other numbers. The text is a
/// constant.
SPFC_API const char* spf_record_type_name(spf_record_type type);

/// A DNS question. A pointer to a question, and the texts in it, are valid until the callback
/// returns. A question of an spf_evaluation or spf_reception is valid until the object is used
/// again.
typedef struct spf_question {
    /// Identifies the question among all questions of its spf_evaluation or spf_reception. Numbers
    /// begin with 1 and are never used again. It is 0 in a callback.
    unsigned long id;
    /// The type of the records asked for.
    spf_record_type type;
    /// The domain name as DNS libraries such as res_query() and c-ares read it: in lower case,
    /// without trailing dot, with the escapes of RFC 1035 section 5.1 (`\"`, `\032`). Nearly all
    /// names need no escapes.
    const char* name;
    /// The same name without escapes, for a program that encodes DNS messages itself: labels of 1
    /// to 63 octets, joined by dots. A label may have any octet except the dot, also NUL, so it is
    /// not a C string.
    const unsigned char* octets;
    /// The number of octets in `octets`, 1 to 253.
    size_t length;
    /// The time that is left for the answer in milliseconds, as for poll(2): at least 0, or -1 if
    /// there is no limit. Retries, aliases and TCP must fit into this time. An answer that comes
    /// later is ignored. It is -1 in an spf_evaluation or spf_reception, which measure no time.
    int timeout_ms;
} spf_question;

/// How a lookup ended.
enum spf_dns_status SPFC_INT {
    SPFC_DNS_OK = 0,  ///< RCODE 0, with at least one record of the requested type
    /// RCODE 0, but no record of the requested type (RFC 2308, 2.2). Also if the name is an alias
    /// (CNAME) that leads to a name without such a record.
    SPFC_DNS_NO_DATA = 1,
    SPFC_DNS_NXDOMAIN = 2,  ///< RCODE 3: the name does not exist
    SPFC_DNS_SERVFAIL = 3,  ///< RCODE 2
    SPFC_DNS_ERROR = 4,     ///< any other RCODE, a malformed message, or a loop of aliases
    SPFC_DNS_TIMEOUT = 5,   ///< no answer was received in time
    /// The question could not be sent to any name server.
    SPFC_DNS_UNREACHABLE = 6
};
/// The type of the enumeration.
typedef enum spf_dns_status spf_dns_status;

/// Returns "ok", "no data", "nxdomain", "servfail", "error", "timeout" or "unreachable". Returns
/// "unknown" for other numbers. The text is a constant.
SPFC_API const char* spf_dns_status_name(spf_dns_status status);

/// An answer that is being filled. It has a status, a TTL, and the records of the type asked for.
/// Leave CNAME records out: the DNS library follows them. Records of other types are ignored.
///
/// A new answer has the status SPFC_DNS_ERROR, so a callback that sets nothing reports a failed
/// lookup, and the result of the check is SPFC_RESULT_TEMPERROR.
///
/// An answer has at most 4096 records, and texts of together at most 65535 octets, as in a DNS
/// message. Functions that would exceed this return SPFC_TOO_LARGE, and the answer then counts as
/// failed: its status becomes SPFC_DNS_ERROR, because a part of the records must not be taken for
/// all of them. The same is true for SPFC_NO_MEMORY. Other errors do not change the answer.
typedef struct spf_answer spf_answer;

/// Returns a new answer, which the caller frees with spf_answer_free(); NULL if there is not enough
/// memory. A callback does not need it, because it gets an answer to fill.
SPFC_API spf_answer* spf_answer_new(void);
/// Frees an answer that spf_answer_new() has returned. Never call it for the answer of a callback.
SPFC_API void spf_answer_free(spf_answer* answer);
/// Makes the answer as it was when it was new, so that it can be filled again.
SPFC_API void spf_answer_clear(spf_answer* answer);

/// Sets how the lookup ended, and for how many seconds the answer may be kept. For a chain of
/// aliases, this is the smallest TTL. For SPFC_DNS_NO_DATA and SPFC_DNS_NXDOMAIN, it is the TTL of
/// RFC 2308 section 5, or 0 if it is not known. For failures, it is not used. Values above
/// 2147483647 mean 0 (RFC 2181, 8).
///
/// If the status is SPFC_DNS_OK, but the answer has no record of the requested type, the answer is
/// treated as SPFC_DNS_NO_DATA. Returns SPFC_BAD_VALUE for a number that is not a status.
SPFC_API spf_error spf_answer_set_status(spf_answer* answer, spf_dns_status status,
                                         uint32_t ttl_seconds);

/// Adds a TXT record, or its first string. `text` has `length` octets, which may be any, and need
/// not end with NUL. `text` may be NULL if `length` is 0.
SPFC_API spf_error spf_answer_add_text(spf_answer* answer, const void* text, size_t length);
/// Appends a string to the TXT record that was added last: a TXT record of several strings is one
/// text (RFC 7208, 3.3). Returns SPFC_BAD_TEXT if no TXT record was added before.
SPFC_API spf_error spf_answer_append_text(spf_answer* answer, const void* text, size_t length);

/// Adds the address in an A or AAAA record as text, such as "192.0.2.10" or "2001:db8::1". Returns
/// SPFC_BAD_ADDRESS if the text is not an address.
SPFC_API spf_error spf_answer_add_address(spf_answer* answer, const char* address);
/// Adds the address in an A record: four octets in network order, such as a `struct in_addr`.
SPFC_API spf_error spf_answer_add_ipv4(spf_answer* answer, const void* octets);
/// Adds the address in an AAAA record: sixteen octets in network order, such as a
/// `struct in6_addr`.
SPFC_API spf_error spf_answer_add_ipv6(spf_answer* answer, const void* octets);

/// Adds an MX record. `host` is a name as DNS libraries write it, with or without trailing dot and
/// with the escapes of RFC 1035 section 5.1. "." or "" is the root, which makes the record a null
/// MX (RFC 7505). Returns SPFC_BAD_NAME if it is not a name, or if it has a label with a dot.
SPFC_API spf_error spf_answer_add_exchange(spf_answer* answer, uint16_t preference,
                                           const char* host);
/// Adds the name in a PTR record, in the form that spf_answer_add_exchange() accepts.
SPFC_API spf_error spf_answer_add_name(spf_answer* answer, const char* name);

/// A function of the program that asks DNS, waits, and fills `answer`. `context` is what was passed
/// to spf_checker_new(). Neither `question` nor `answer` may be used after the function has
/// returned.
///
/// The function follows aliases, and returns when question->timeout_ms has passed. It must not
/// throw C++ exceptions, leave with longjmp(), or let its thread be cancelled (pthread_cancel()).
typedef void spf_resolve_function(void* context, const spf_question* question, spf_answer* answer);

#ifdef __cplusplus
}
#endif

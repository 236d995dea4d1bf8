/// \file c/report.h  Header fields and SMTP replies about the results of a check.
#pragma once

#include <stddef.h>

#include "spf/c/base.h"
#include "spf/c/outcome.h"
#include "spf/c/policy.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Whether a header field is divided into lines, and with which line breaks.
enum spf_folding SPFC_INT {
    /// Lines of at most 78 octets if possible, divided by CRLF and a space.
    SPFC_FOLDED = 0,
    /// The same lines, divided by LF and a space, as milters need them.
    SPFC_FOLDED_WITH_LF = 1,
    /// One line, as Postfix's policy protocol needs it.
    SPFC_UNFOLDED = 2
};
/// The type of the enumeration.
typedef enum spf_folding spf_folding;

/// A list of header fields. Untrusted texts in them are escaped: a field is printable US-ASCII
/// except for its folding, and a sender cannot add lines to it.
typedef struct spf_fields spf_fields;

/// Frees a list of fields.
SPFC_API void spf_fields_free(spf_fields* fields);
/// Returns the number of fields.
SPFC_API size_t spf_fields_count(const spf_fields* fields);
/// Returns a whole field with its name, such as "Received-SPF: pass ...", without the line break at
/// its end. Returns NULL if `index` is not below spf_fields_count().
SPFC_API const char* spf_fields_text(const spf_fields* fields, size_t index);
/// Returns the name of a field, such as "Received-SPF". Returns NULL if `index` is not below
/// spf_fields_count().
SPFC_API const char* spf_fields_name(const spf_fields* fields, size_t index);
/// Returns what follows the colon and the space after the name, as smfi_insheader() of a milter
/// needs it. Returns NULL if `index` is not below spf_fields_count().
SPFC_API const char* spf_fields_value(const spf_fields* fields, size_t index);

/// Makes the field Authentication-Results with the results for both identities, for a server that
/// decides by itself (RFC 8601). There is always one field. The caller frees it with
/// spf_fields_free(). `authserv_id` names the service that checked the message, usually the host or
/// domain of the receiver. Returns SPFC_BAD_TEXT if it is "".
SPFC_API spf_error spf_check_authentication_results(const spf_check* check, const char* authserv_id,
                                                    spf_folding folding, spf_fields** fields);
/// Makes the fields Received-SPF, one for each identity that was checked, MAIL FROM first (RFC
/// 7208, 9.1). For a null reverse-path, there is only one field. The caller frees them with
/// spf_fields_free(). `receiver` is the name of the host that checked the message; if it is NULL or
/// "", the fields do not contain a name.
SPFC_API spf_error spf_check_received_spf(const spf_check* check, const char* receiver,
                                          spf_folding folding, spf_fields** fields);

/// A reply that refuses a message (RFC 7208 section 8, RFC 7372). Its texts are printable US-ASCII.
typedef struct spf_reply spf_reply;

/// Makes the reply that refuses a message because of an outcome, for a server that decides by
/// itself. It can be made for every result. With SPFC_ACTION_REJECT, its codes are 550 and 5.7.x;
/// with SPFC_ACTION_DEFER, they are 451 and 4.7.x. Other actions are SPFC_BAD_VALUE. The caller
/// frees it with spf_reply_free().
SPFC_API spf_error spf_outcome_reply(const spf_outcome* outcome, spf_action action,
                                     spf_reply** reply);
/// Frees a reply that spf_outcome_reply() has made. Never call it for spf_decision_reply().
SPFC_API void spf_reply_free(spf_reply* reply);

/// Returns the reply code: 550 or 451.
SPFC_API int spf_reply_code(const spf_reply* reply);
/// Returns the enhanced status code, such as "5.7.23".
SPFC_API const char* spf_reply_enhanced(const spf_reply* reply);
/// Returns the whole text in one line, without codes.
SPFC_API const char* spf_reply_text(const spf_reply* reply);
/// Returns the number of lines, at least 1.
SPFC_API size_t spf_reply_line_count(const spf_reply* reply);
/// Returns a line without codes. Returns NULL if `index` is not below spf_reply_line_count().
SPFC_API const char* spf_reply_line(const spf_reply* reply, size_t index);
/// Returns the reply as a server sends it: each line with codes and CRLF. No line exceeds 512
/// octets.
SPFC_API const char* spf_reply_smtp(const spf_reply* reply);

/// The interfaces through which a program passes a reply to a mail server. Each has rules of its
/// own, and a mail server drops or spoils a text that does not follow them.
enum spf_interface SPFC_INT {
    /// The program speaks SMTP itself: any number of lines, each of at most 512 octets with codes.
    SPFC_INTERFACE_SMTP = 0,
    /// smfi_setmlreply() of a milter: at most 32 lines, in which each "%" is doubled.
    SPFC_INTERFACE_MILTER = 1,
    /// The policy delegation protocol of Postfix: one line, short enough for what Postfix writes
    /// before it.
    SPFC_INTERFACE_POSTFIX = 2
};
/// The type of the enumeration.
typedef enum spf_interface spf_interface;

/// Makes a reply whose lines, and the text of spf_reply_text(), follow the rules of an interface.
/// Its codes are those of `reply`. What is too long is wrapped, and otherwise cut after a word. The
/// caller frees it with spf_reply_free().
///
/// `address` is only used for SPFC_INTERFACE_POSTFIX: the longest name that Postfix may write
/// before the text, which is the longer one of the attributes `recipient` and `sender`. It may be
/// NULL.
SPFC_API spf_error spf_reply_for(const spf_reply* reply, spf_interface interface,
                                 const char* address, spf_reply** adapted);

#ifdef __cplusplus
}
#endif

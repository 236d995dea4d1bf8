/// \file c/base.h  What all parts of the C API have in common: errors, and texts that the caller
/// frees.
#pragma once

/// Marks a function of the C API. CMake or pkg-config defines SPF_SHARED for a program that links
/// the shared library. With the static library the macro is empty, so a plug-in that links the
/// static library exports none of the functions.
#if defined(SPF_SHARED)
#define SPFC_API __attribute__((visibility("default")))
#else
#define SPFC_API
#endif

/// Follows the name of an enumeration where it is defined. It makes every `int` a value of the
/// enumeration for C++, as it is for C.
#ifdef __cplusplus
#define SPFC_INT : int
#else
#define SPFC_INT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/// Why a function has failed.
enum spf_error SPFC_INT {
    SPFC_OK = 0,             ///< it has not failed
    SPFC_NO_MEMORY = 1,      ///< there is not enough memory
    SPFC_NULL_ARGUMENT = 2,  ///< an argument is NULL that must not be NULL
    SPFC_BAD_VALUE = 3,      ///< a number is not a value of its enumeration, or not in its range
    /// A text is not an IPv4 or IPv6 address, or a `sockaddr` has another family.
    SPFC_BAD_ADDRESS = 4,
    /// A text is not an address or an address with a prefix length, such as "192.0.2.0/24".
    SPFC_BAD_NETWORK = 5,
    SPFC_BAD_NAME = 6,   ///< a text is not a domain name, a pattern or a mail address, as required
    SPFC_BAD_TEXT = 7,   ///< a text does not have the form that the function describes
    SPFC_DUPLICATE = 8,  ///< the name has been added before
    SPFC_TOO_LARGE = 9,  ///< a text is too long, or an answer has too many records
    /// An answer has a number that no open question has, because it was asked by another object,
    /// was answered already, or has expired.
    SPFC_NOT_ASKED = 10,
    SPFC_NO_RESOLVER = 11  ///< the spf_checker was made without a callback
};
/// The type of the enumeration.
typedef enum spf_error spf_error;

/// Returns the name of an error for programs, such as "bad_address". It never changes. Returns
/// "unknown" for a number that is not an #spf_error. The text is a constant.
SPFC_API const char* spf_error_name(spf_error error);
/// Returns one line of English about an error, in printable US-ASCII and without trailing dot. The
/// text is a constant.
SPFC_API const char* spf_error_message(spf_error error);

/// Returns the version of the library, such as "0.2.0". The text is a constant.
SPFC_API const char* spf_version(void);

/// Frees a text that a function has returned as `char*`. Accepts NULL.
SPFC_API void spf_text_free(char* text);

#ifdef __cplusplus
}
#endif

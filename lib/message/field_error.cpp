#include <array>

#include "base/code_table.hpp"
#include "spf/message/reading.hpp"

namespace spf {
namespace {

using Code = FieldError::Code;
using Entry = CodeEntry<Code>;

constexpr std::array<Entry, FieldError::code_count> entries{{
    {Code::too_long, "too_long", "the field has more than 65536 octets"},
    {Code::control_character, "control_character",
     "the field contains a control character, or a line break that is not followed by white space"},
    {Code::not_utf8, "not_utf8",
     "the field contains an octet that is neither US-ASCII nor part of UTF-8"},
    {Code::unclosed_comment, "unclosed_comment", "a parenthesis is opened here and never closed"},
    {Code::comment_too_deep, "comment_too_deep",
     "a comment within more than 50 other comments begins here"},
    {Code::unclosed_quote, "unclosed_quote", "a quotation mark is opened here and never closed"},
    {Code::unknown_result, "unknown_result",
     "the field must begin with pass, fail, softfail, neutral, none, temperror or permerror"},
    {Code::result_of_an_old_draft, "result_of_an_old_draft",
     "the result must be permerror instead of unknown, and temperror instead of error"},
    {Code::no_space, "no_space", "white space must follow the result, and also its comment"},
    {Code::no_key, "no_key",
     "a key such as client-ip must be here; a key begins with a letter, and contains letters, "
     "digits, \"-\", \"_\" and \".\""},
    {Code::no_equals_sign, "no_equals_sign", "an equals sign must follow the key"},
    {Code::value_not_a_dot_atom, "value_not_a_dot_atom",
     "a value with this character must be in quotes, and so must an empty value"},
    {Code::no_semicolon, "no_semicolon", "a semicolon must separate a pair from the next"},
    {Code::no_instance, "no_instance",
     "the field must begin with its instance, from i=1 to i=50, and a semicolon"},
    {Code::no_authserv_id, "no_authserv_id",
     "the field must begin with the name of the service that made the checks, and a semicolon"},
    {Code::unknown_version, "unknown_version",
     "the version of the field is not 1, so what follows may have another meaning"},
    {Code::junk_behind_authserv_id, "junk_behind_authserv_id",
     "only a version or a semicolon may follow the name of the service"},
    {Code::no_resinfo, "no_resinfo",
     "a semicolon must follow, and then \"none\" or a result such as spf=pass"},
    {Code::empty_resinfo, "empty_resinfo", "a result such as spf=pass must follow each semicolon"},
    {Code::not_a_method, "not_a_method",
     "a result must begin with a method and an equals sign, as in spf=pass"},
    {Code::no_result, "no_result", "a result such as pass must follow the method"},
    {Code::junk_in_resinfo, "junk_in_resinfo",
     "only a reason or a property such as smtp.mailfrom=example.com may follow, after white space"},
    {Code::misplaced_reason, "misplaced_reason", "the reason must be before the properties"},
    {Code::property_without_ptype, "property_without_ptype",
     "a property must begin with its type and a dot, as in smtp.mailfrom=example.com"},
    {Code::no_pvalue, "no_pvalue", "a value must follow the equals sign"},
    {Code::pvalue_not_allowed, "pvalue_not_allowed",
     "a value with this character must be in quotes; an e-mail address ends with a domain name of "
     "two or more labels"},
}};
static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

}  // namespace

std::string_view FieldError::message() const noexcept { return row_of(entries, code).message; }

std::string_view to_string(FieldError::Code code) noexcept { return row_of(entries, code).name; }

}  // namespace spf

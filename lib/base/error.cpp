// The table of the texts for all syntax errors. The rows are in the order of the enumeration
// ParseError::Code.

#include "spf/base/error.hpp"

#include <array>

#include "base/code_table.hpp"
#include "base/term_messages.hpp"

namespace spf {
namespace {

struct Entry {
    ParseError::Code code;
    std::string_view name;
    std::string_view section;
    std::string_view message;
};

using Code = ParseError::Code;

constexpr std::array<Entry, ParseError::code_count> entries{{
    {Code::not_spf, "not_spf", "4.5",
     "an SPF record begins with \"v=spf1\" and a space, or is just that"},
    {Code::invalid_character, "invalid_character", "4.6.1",
     "only visible US-ASCII characters are allowed here, and plain spaces between terms"},
    {Code::missing_mechanism, "missing_mechanism", "4.6.1",
     "a mechanism such as \"all\" must follow the qualifier without a space"},
    {Code::unknown_mechanism, "unknown_mechanism", "4.6.1", no_such_mechanism},
    {Code::modifier_as_mechanism, "modifier_as_mechanism", "4.6.1", modifiers_have_equals},
    {Code::qualified_modifier, "qualified_modifier", "4.6.1",
     "a modifier (name=value) takes no qualifier; mechanisms are written with \":\""},
    {Code::modifier_name, "modifier_name", "4.6.1",
     "the name before \"=\" must begin with a letter and hold only letters, digits, \"-\", \"_\" "
     "and "
     "\".\""},
    {Code::duplicate_modifier, "duplicate_modifier", "6", modifiers_stand_once},
    {Code::missing_argument, "missing_argument", "5",
     "this mechanism needs \":\" and a value directly after its name"},
    {Code::unexpected_argument, "unexpected_argument", "5",
     "nothing may be attached to this mechanism here; put a space before the next term"},
    {Code::prefix_length_ip4, "prefix_length_ip4", "5.6",
     "an IPv4 prefix length must be a number from 0 to 32 without leading zero"},
    {Code::prefix_length_ip6, "prefix_length_ip6", "5.6",
     "an IPv6 prefix length must be a number from 0 to 128 without leading zero"},
    {Code::prefix_length_dual, "prefix_length_dual", "5.6",
     "an IPv6 prefix length after an IPv4 one is written with two slashes, as in a/24//64"},
    {Code::prefix_length_forbidden, "prefix_length_forbidden", "5", prefix_length_elsewhere},
    {Code::address_ip4, "address_ip4", "5.6",
     "an IPv4 address must be four numbers from 0 to 255 with dots between, without leading zeros"},
    {Code::address_ip6, "address_ip6", "5.6",
     "an IPv6 address must be written as in 2001:db8::1 (RFC 4291, section 2.2)"},
    {Code::address, "address", "5.6",
     "an IP address must be written as in 192.0.2.1 or 2001:db8::1"},
    {Code::domain_missing, "domain_missing", "7.1",
     "a domain name must follow here without a space"},
    {Code::domain_toplabel, "domain_toplabel", "7.1",
     "a domain must end in a dot and a top-level label such as \".com\", or in a macro"},
    {Code::domain_address, "domain_address", "7.1",
     "a domain name is meant here; addresses are listed with ip4: or ip6:"},
    {Code::macro_percent, "macro_percent", "7.3",
     "\"%\" must be followed by \"{\", \"%\", \"_\" or \"-\"; a percent sign itself is \"%%\""},
    {Code::macro_unterminated, "macro_unterminated", "7.1", "\"%{\" must be closed by \"}\""},
    {Code::macro_letter, "macro_letter", "7.2",
     "there is no such macro; the letters are s, l, o, d, i, p, v and h, in explanations also c, r "
     "and t"},
    {Code::macro_exp_only, "macro_exp_only", "7.2",
     "the macros c, r and t may be used in explanation texts only"},
    {Code::macro_zero, "macro_zero", "7.3", "the number of parts in a macro must not be zero"},
    {Code::macro_transformer, "macro_transformer", "7.1",
     "only digits, then \"r\", then delimiters (. - + , / _ =) may follow the macro letter"},
    {Code::name_empty, "name_empty", "4.3", "a domain name must not be empty"},
    {Code::name_too_long, "name_too_long", "4.3",
     "a domain name must not be longer than 253 octets"},
    {Code::name_label_empty, "name_label_empty", "4.3",
     "a domain name must not have an empty label (two dots in a row, or one at the start)"},
    {Code::name_label_too_long, "name_label_too_long", "4.3",
     "a label of a domain name must not be longer than 63 octets"},
    {Code::name_character, "name_character", "4.3",
     "a domain name must be written in visible US-ASCII; international names as A-labels "
     "(xn--...)"},
    {Code::name_literal, "name_literal", "4.3", "an address literal is not a domain name"},
    {Code::name_single_label, "name_single_label", "4.3",
     "a domain name must have at least two labels here, such as example.com"},
}};

static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

}  // namespace

std::string_view ParseError::message() const noexcept { return row_of(entries, code).message; }
std::string_view ParseError::message(const Language& language) const { return language(message()); }
std::string_view ParseError::section() const noexcept { return row_of(entries, code).section; }
std::string_view to_string(ParseError::Code code) noexcept { return row_of(entries, code).name; }

}  // namespace spf

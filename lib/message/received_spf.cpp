// RFC 7208, 9.1:
//     header-field   = "Received-SPF:" [CFWS] result FWS [comment FWS] [ key-value-list ] CRLF
//     key-value-list = key-value-pair *( ";" [CFWS] key-value-pair ) [";"]
//     key-value-pair = key [CFWS] "=" ( dot-atom / quoted-string )
// where a dot-atom and a quoted-string may have CFWS on both sides (RFC 5322, 3.2.3 and 3.2.4).

#include "spf/message/received_spf.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "message/field_scanner.hpp"

namespace spf {
namespace {

using Code = FieldError::Code;
using fields::Scanner;

/// The octets of a name: name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." ) (RFC 7208, 12).
constexpr ascii::OctetSet is_name{
    [](char c) { return ascii::is_alnum(c) || ascii::contains("-_.", c); }};

std::optional<Result> result_of(std::string_view word) noexcept {
    for (const Result result : {Result::none, Result::neutral, Result::pass, Result::fail,
                                Result::softfail, Result::temperror, Result::permerror}) {
        if (ascii::equal_ignoring_case(word, to_string(result))) return result;
    }
    return std::nullopt;
}

/// Returns what a result of the drafts before RFC 4408 is called now.
std::optional<Result> result_of_old_draft(std::string_view word) noexcept {
    if (ascii::equal_ignoring_case(word, "unknown")) return Result::permerror;
    if (ascii::equal_ignoring_case(word, "error")) return Result::temperror;
    return std::nullopt;
}

Result read_result(Scanner& scanner) {
    scanner.take_cfws();
    const std::size_t begin = scanner.at();
    const std::string_view word =
        scanner.take_all([](char c) { return c != ';' && c != '(' && !fields::is_space(c); });
    if (const auto result = result_of(word)) return *result;
    const auto old = result_of_old_draft(word);
    if (!old)
        scanner.fail(Code::unknown_result, begin);
    else
        scanner.forgive(Code::result_of_an_old_draft, scanner.at());
    return old.value_or(Result::none);
}

/// Reads the white space and the comment between the result and the first key.
std::optional<std::string> read_comment(Scanner& scanner) {
    bool spaced = scanner.take_space();
    std::optional<std::string> comment;
    if (scanner.at('(')) {
        if (!spaced) scanner.forgive(Code::no_space, scanner.at());
        comment = scanner.take_comment();
        spaced = scanner.take_space();
    }
    if (!spaced && !scanner.at_end()) scanner.forgive(Code::no_space, scanner.at());
    return comment;
}

std::string_view take_key(Scanner& scanner) noexcept {
    const std::size_t begin = scanner.at();
    const std::string_view key = scanner.take_all(is_name);
    if (key.empty() || ascii::is_alpha(key.front())) return key;
    scanner.go_back(begin);
    return {};
}

std::string read_value(Scanner& scanner) {
    scanner.take_cfws();
    const std::size_t begin = scanner.at();
    if (const auto quoted = scanner.take_quoted()) {
        if (scanner.at_delimiter()) return fields::unquoted(*quoted);
    } else if (const auto atom = scanner.take_dot_atom(); atom && scanner.at_delimiter()) {
        return std::string(*atom);
    }
    scanner.forgive(Code::value_not_a_dot_atom, scanner.at());
    scanner.go_back(begin);
    return scanner.take_raw();
}

/// Reads a pair. If there is none, skips to the next semicolon.
void read_pair(Scanner& scanner, std::vector<ReceivedSpf::Pair>& pairs) {
    const std::string_view key = take_key(scanner);
    if (key.empty()) {
        scanner.forgive(Code::no_key, scanner.at());
    } else {
        scanner.take_cfws();
        if (scanner.take('=')) {
            std::string value = read_value(scanner);
            pairs.push_back({std::string(key), std::move(value)});
            return;
        }
        scanner.forgive(Code::no_equals_sign, scanner.at());
    }
    scanner.skip_to_semicolon();
}

}  // namespace

const std::string* ReceivedSpf::find(std::string_view key) const& noexcept {
    const auto found = std::find_if(pairs.begin(), pairs.end(), [key](const Pair& pair) {
        return ascii::equal_ignoring_case(pair.key, key);
    });
    return found == pairs.end() ? nullptr : &found->value;
}

Expected<ReceivedSpf, FieldError> parse_received_spf(std::string_view body, Reading reading) {
    Scanner scanner(body, reading);
    scanner.check_octets();
    ReceivedSpf field;
    field.result = read_result(scanner);
    field.comment = read_comment(scanner);
    // Only the first comment is allowed before the first key.
    if (scanner.at('(')) {
        scanner.forgive(Code::no_key, scanner.at());
        scanner.take_cfws();
    }
    while (!scanner.at_end()) {
        read_pair(scanner, field.pairs);
        scanner.take_cfws();
        if (scanner.at_end()) break;
        if (!scanner.take(';')) scanner.forgive(Code::no_semicolon, scanner.at());
        scanner.take_cfws();
    }
    if (scanner.error()) return *scanner.error();
    field.notes = std::move(scanner).notes();
    return field;
}

}  // namespace spf

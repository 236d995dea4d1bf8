// RFC 8601, 2.2:
//     authres-payload = [CFWS] authserv-id [ CFWS authres-version ]
//                       ( no-result / 1*resinfo ) [CFWS] CRLF
//     no-result       = [CFWS] ";" [CFWS] "none"
//     resinfo         = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
//     methodspec      = [CFWS] method [CFWS] "=" [CFWS] result
//     method          = Keyword [ [CFWS] "/" [CFWS] method-version ]
//     reasonspec      = "reason" [CFWS] "=" [CFWS] value
//     propspec        = ptype [CFWS] "." [CFWS] property [CFWS] "=" pvalue
//     pvalue          = [CFWS] ( value / [ [ local-part ] "@" ] domain-name ) [CFWS]
// where value is a token or a quoted-string (RFC 2045, 5.1), and a domain-name has two or more
// labels (RFC 6376, 3.5). RFC 8617, 4.1.1, puts `i=1;` before the payload.

#include "spf/message/authentication_results.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "message/field_scanner.hpp"

namespace spf {
namespace {

using Code = FieldError::Code;
using fields::Scanner;

/// Reads a domain-name. Stops where an octet is missing or not allowed.
/// \return whether there was a domain-name
bool take_domain(Scanner& scanner) noexcept {
    constexpr ascii::OctetSet is_label{
        [](char c) { return !ascii::is_ascii(c) || ascii::is_alnum(c) || c == '-'; }};
    std::size_t labels = 0;
    do {
        if (scanner.at('-')) return false;
        const std::string_view label = scanner.take_all(is_label);
        if (label.empty() || label.ends_with('-')) return false;
        ++labels;
    } while (scanner.take('.'));
    return labels >= 2;
}

/// Reads the value of a property after its equals sign.
class ValueReader {
public:
    explicit ValueReader(Scanner& scanner) noexcept : scanner_(scanner), begin_(scanner.at()) {}

    std::string pvalue() {
        if (const auto quoted = scanner_.take_quoted()) {
            // A ptype may follow a quoted-string without white space, so no delimiter is required
            // here.
            if (!scanner_.at('@')) return fields::unquoted(*quoted);
            if (take_rest_of_address()) return as_sent();
            return not_allowed(scanner_.at());
        }
        const auto local_part = scanner_.take_dot_atom();
        const bool is_address = scanner_.at('@') && (local_part || scanner_.at() == begin_);
        if (is_address && take_rest_of_address()) return as_sent();
        const std::size_t stopped = is_address ? scanner_.at() : begin_;
        scanner_.go_back(begin_);
        const std::string_view name = scanner_.take_all(fields::is_name_text);
        if (!name.empty() && scanner_.at_delimiter()) return std::string(name);
        return not_allowed(std::max(stopped, scanner_.at()));
    }

    std::string value() {
        if (const auto quoted = scanner_.take_quoted()) return fields::unquoted(*quoted);
        const std::string_view token = scanner_.take_all(ascii::is_token_text);
        if (!token.empty() && scanner_.at_delimiter()) return std::string(token);
        return not_allowed(scanner_.at());
    }

private:
    bool take_rest_of_address() noexcept {
        return scanner_.take('@') && take_domain(scanner_) && scanner_.at_delimiter();
    }
    /// Returns the text since `begin_`, which is an address.
    std::string as_sent() {
        scanner_.go_back(begin_);
        return scanner_.take_raw();
    }
    std::string not_allowed(std::size_t stopped) {
        scanner_.go_back(begin_);
        const bool missing = scanner_.at_delimiter();
        scanner_.forgive(missing ? Code::no_pvalue : Code::pvalue_not_allowed, stopped);
        return scanner_.take_raw();
    }

    Scanner& scanner_;
    std::size_t begin_;
};

/// Reads what follows the result of a method, up to the semicolon.
class DetailsReader {
public:
    DetailsReader(Scanner& scanner, AuthenticationResult& result) noexcept
        : scanner_(scanner), result_(result) {}

    void read() {
        spaced_ = scanner_.take_space();
        if (const auto comment = scanner_.take_comment()) {
            result_.comment = *comment;
            spaced_ = true;
        }
        spaced_ = scanner_.take_cfws() || spaced_;
        while (!scanner_.at_end() && !scanner_.at(';')) {
            if (spaced_ && read_detail()) continue;
            scanner_.forgive(Code::junk_in_resinfo, scanner_.at());
            scanner_.skip_to_semicolon();
        }
    }

private:
    /// Reads a reason or a property, and the white space after it. Returns false if there is
    /// neither a reason nor a property.
    bool read_detail() {
        const std::string_view word = scanner_.take_keyword();
        if (word.empty()) return false;
        scanner_.take_cfws();
        if (scanner_.take('.')) return read_property(word);
        if (!scanner_.take('=')) return false;
        if (ascii::equal_ignoring_case(word, "reason") && !result_.reason) {
            read_reason();
        } else {
            scanner_.forgive(Code::property_without_ptype, scanner_.at());
            read_pvalue(std::nullopt, word);
        }
        return true;
    }

    bool read_property(std::string_view ptype) {
        scanner_.take_cfws();
        const std::string_view property = scanner_.take_keyword();
        if (property.empty()) return false;
        scanner_.take_cfws();
        if (!scanner_.take('=')) return false;
        read_pvalue(fields::lower(ptype), property);
        return true;
    }

    void read_pvalue(std::optional<std::string> ptype, std::string_view property) {
        scanner_.take_cfws();
        std::string value = ValueReader(scanner_).pvalue();
        scanner_.take_cfws();
        spaced_ = true;  // the grammar demands no white space between properties
        result_.properties.push_back({std::move(ptype), fields::lower(property), std::move(value)});
    }

    void read_reason() {
        if (!result_.properties.empty()) scanner_.forgive(Code::misplaced_reason, scanner_.at());
        scanner_.take_cfws();
        result_.reason = ValueReader(scanner_).value();
        spaced_ = scanner_.take_cfws();
    }

    Scanner& scanner_;
    AuthenticationResult& result_;
    bool spaced_ = false;  // whether a reason or a property may begin here
};

/// Reads `method=result` and the white space around the equals sign.
/// \return whether the method and the result could be read
bool read_method(Scanner& scanner, AuthenticationResult& result) {
    result.method = fields::lower(scanner.take_keyword());
    bool readable = !result.method.empty();
    scanner.take_cfws();
    if (readable && scanner.take('/')) {
        scanner.take_cfws();
        result.method_version = scanner.take_number();
        readable = result.method_version.has_value();
        scanner.take_cfws();
    }
    if (!readable || !scanner.take('=')) {
        scanner.forgive(Code::not_a_method, scanner.at());
        return false;
    }
    scanner.take_cfws();
    result.result = fields::lower(scanner.take_keyword());
    if (result.result.empty()) scanner.forgive(Code::no_result, scanner.at());
    return !result.result.empty();
}

/// Reads a resinfo, up to the next semicolon, and adds it to `results`. If its method or its result
/// cannot be read, skips it.
void read_resinfo(Scanner& scanner, std::vector<AuthenticationResult>& results) {
    AuthenticationResult result;
    if (!read_method(scanner, result)) return scanner.skip_to_semicolon();
    DetailsReader(scanner, result).read();
    results.push_back(std::move(result));
}

/// Reads the word `none` if it is the end of the field. If not, reads nothing and returns false.
bool take_none(Scanner& scanner) {
    const std::size_t begin = scanner.at();
    if (ascii::equal_ignoring_case(scanner.take_keyword(), "none")) {
        scanner.take_cfws();
        if (scanner.at_end()) return true;
    }
    scanner.go_back(begin);
    return false;
}

void read_resinfos(Scanner& scanner, AuthenticationResults& field) {
    if (scanner.at_end()) scanner.forgive(Code::no_resinfo, scanner.at());
    for (bool first = true; scanner.take(';'); first = false) {
        scanner.take_cfws();
        if (first && take_none(scanner)) return;
        if (scanner.at_end() || scanner.at(';')) {
            scanner.forgive(Code::empty_resinfo, scanner.at());
        } else {
            read_resinfo(scanner, field.results);
        }
    }
}

/// Reads the authserv-id. If there is none, reads nothing.
std::optional<std::string> read_authserv_id(Scanner& scanner) {
    scanner.take_cfws();
    const std::size_t begin = scanner.at();
    std::optional<std::string> id;
    if (const auto quoted = scanner.take_quoted()) {
        id = fields::unquoted(*quoted);
    } else if (const auto token = scanner.take_all(fields::is_name_text); !token.empty()) {
        id = token;
    }
    const std::size_t end = scanner.at();
    scanner.take_cfws();
    if (id && !scanner.at('=')) {
        scanner.go_back(end);
        return id;
    }
    scanner.forgive(Code::no_authserv_id, scanner.at());
    scanner.go_back(begin);
    return std::nullopt;
}

/// Reads the version, if there is one, and all white space before the semicolon.
std::optional<std::uint32_t> read_version(Scanner& scanner) {
    if (!scanner.take_cfws()) return std::nullopt;
    const std::size_t begin = scanner.at();
    const auto version = scanner.take_number();
    if (!scanner.at_delimiter()) {
        scanner.go_back(begin);
        return std::nullopt;
    }
    if (version && *version != 1) scanner.forgive(Code::unknown_version, begin);
    scanner.take_cfws();
    return version;
}

void read_payload(Scanner& scanner, AuthenticationResults& field) {
    field.authserv_id = read_authserv_id(scanner);
    if (field.authserv_id) {
        field.version = read_version(scanner);
        if (!scanner.at_end() && !scanner.at(';')) {
            scanner.forgive(Code::junk_behind_authserv_id, scanner.at());
            scanner.skip_to_semicolon();
        }
    } else if (!scanner.at_end() && !scanner.at(';')) {
        read_resinfo(scanner, field.results);
    }
    read_resinfos(scanner, field);
}

/// Reads `i=1;`.
std::optional<std::uint32_t> read_instance(Scanner& scanner) {
    scanner.take_cfws();
    const std::size_t begin = scanner.at();
    if (scanner.take('i')) {
        scanner.take_cfws();
        if (scanner.take('=')) {
            scanner.take_cfws();
            const std::size_t digits = scanner.at();
            const auto instance = scanner.take_number();
            const bool is_legal = instance && *instance >= 1 && *instance <= 50 &&
                                  scanner.at() - digits <= 2;  // position = 1*2DIGIT
            scanner.take_cfws();
            if (is_legal && scanner.take(';')) return instance;
        }
    }
    scanner.fail(Code::no_instance, begin);
    return std::nullopt;
}

Expected<AuthenticationResults, FieldError> parse(std::string_view body, Reading reading,
                                                  bool with_instance) {
    Scanner scanner(body, reading);
    scanner.check_octets();
    AuthenticationResults field;
    if (with_instance) field.instance = read_instance(scanner);
    read_payload(scanner, field);
    if (scanner.error()) return *scanner.error();
    field.notes = std::move(scanner).notes();
    return field;
}

}  // namespace

Expected<AuthenticationResults, FieldError> parse_authentication_results(std::string_view body,
                                                                         Reading reading) {
    return parse(body, reading, false);
}

Expected<AuthenticationResults, FieldError> parse_arc_authentication_results(std::string_view body,
                                                                             Reading reading) {
    return parse(body, reading, true);
}

}  // namespace spf

// Tests Authentication-Results fields. Strict and lenient reading agree, nothing is read that is
// not in the field, what was read can be written and read again, and a field whose authserv-id can
// be read is recognised as forged.

#include "spf/message/authentication_results.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.hpp"
#include "result_field.hpp"

namespace {

using spf::AuthenticationResult;
using spf::AuthenticationResults;
using spf::Expected;
using spf::FieldError;
using spf::Reading;

std::size_t size_of(const AuthenticationResult& result) {
    REQUIRE_THAT(!result.method.empty() && !result.result.empty());
    std::size_t size = result.method.size() + result.result.size() +
                       result.comment.value_or("").size() + result.reason.value_or("").size();
    for (const auto& each : result.properties) {
        REQUIRE_THAT(!each.property.empty() && (!each.ptype || !each.ptype->empty()));
        REQUIRE_THAT(each.value.find_first_of("\r\n") == std::string::npos);
        size += each.ptype.value_or("").size() + each.property.size() + each.value.size();
    }
    return size;
}

/// Checks that the texts are together no longer than the field.
void check_size(const AuthenticationResults& field, std::string_view body) {
    std::size_t size = field.authserv_id.value_or("").size();
    for (const AuthenticationResult& result : field.results) {
        size += size_of(result);
        if (result.comment)
            REQUIRE_THAT(body.find("(" + *result.comment + ")") != std::string_view::npos);
    }
    REQUIRE_THAT(size <= body.size());
}

void append(std::string& body, const AuthenticationResult& result) {
    body += "; " + result.method;
    if (result.method_version) body += "/" + std::to_string(*result.method_version);
    body += "=" + result.result;
    if (result.comment) body += " (" + *result.comment + ")";
    if (result.reason) body += " reason=" + quoted(*result.reason);
    for (const auto& each : result.properties)
        body += " " + each.ptype.value() + "." + each.property + "=" + quoted(each.value);
}

void check_written(const AuthenticationResults& field) {
    std::string body;
    if (field.instance) body += "i=" + std::to_string(*field.instance) + "; ";
    body += quoted(field.authserv_id.value());
    if (field.version) body += " " + std::to_string(*field.version);
    for (const AuthenticationResult& result : field.results) append(body, result);
    if (field.results.empty()) body += "; none";
    if (body.size() > spf::longest_result_field) return;
    const auto again = field.instance ? spf::parse_arc_authentication_results(body)
                                      : spf::parse_authentication_results(body);
    REQUIRE_THAT(again && *again == field);
}

using Parser = Expected<AuthenticationResults, FieldError> (*)(std::string_view, Reading);

void check_reading(std::string_view text, Parser parse) {
    const auto strict = parse(text, Reading::strict);
    const auto lenient = parse(text, Reading::lenient);
    check_agreement(strict, lenient, text);
    if (strict) check_written(*strict);
    if (lenient) check_size(*lenient, text);
}

void check_forged(std::string_view text) {
    const auto field = spf::parse_authentication_results(text, Reading::lenient);
    if (field && field->authserv_id && !field->authserv_id->empty())
        REQUIRE_THAT(spf::should_remove(*field->authserv_id, text));
    // Whatever follows the MTA's own name, and whatever comment is before it, the field is forged.
    const std::string own = "mx.example.org; ";
    REQUIRE_THAT(spf::should_remove("mx.example.org", own + std::string(text)));
    REQUIRE_THAT(
        spf::should_remove("mx.xn--bcher-kva", "\"mx.b\u00fccher\"; " + std::string(text)));
    // The first half of the text is compared with the second half.
    static_cast<void>(
        spf::should_remove(text.substr(0, text.size() / 2), text.substr(text.size() / 2)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    check_reading(text, spf::parse_authentication_results);
    check_reading(text, spf::parse_arc_authentication_results);
    check_forged(text);
    return 0;
}

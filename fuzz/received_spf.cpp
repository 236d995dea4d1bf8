// Tests Received-SPF fields. Strict and lenient reading agree, nothing is read that is not in the
// field, and what was read can be written and read again.

#include "spf/message/received_spf.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.hpp"
#include "result_field.hpp"

namespace {

using spf::Reading;
using spf::ReceivedSpf;

/// Checks that the texts are together no longer than the field, and that no value contains a line
/// break.
void check_size(const ReceivedSpf& field, std::string_view body) {
    std::size_t size = field.comment.value_or("").size();
    for (const auto& pair : field.pairs) {
        size += pair.key.size() + pair.value.size();
        REQUIRE_THAT(!pair.key.empty() && body.find(pair.key) != std::string_view::npos);
        REQUIRE_THAT(pair.value.find_first_of("\r\n") == std::string::npos);
    }
    REQUIRE_THAT(size <= body.size());
    if (field.comment)
        REQUIRE_THAT(body.find("(" + *field.comment + ")") != std::string_view::npos);
}

void check_written(const ReceivedSpf& field) {
    std::string body(to_string(field.result));
    if (field.comment) body += " (" + *field.comment + ")";
    std::string_view separator = " ";
    for (const auto& pair : field.pairs) {
        body.append(separator).append(pair.key).append("=").append(quoted(pair.value));
        separator = "; ";
    }
    if (body.size() > spf::longest_result_field) return;
    const auto again = spf::parse_received_spf(body);
    REQUIRE_THAT(again && *again == field);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto strict = spf::parse_received_spf(text, Reading::strict);
    const auto lenient = spf::parse_received_spf(text, Reading::lenient);
    check_agreement(strict, lenient, text);
    if (strict) check_written(*strict);
    if (lenient) check_size(*lenient, text);
    return 0;
}

// Tests macro strings. Every valid macro string can be expanded. The result has a limited length
// and the properties that RFC 7208, 7 requires.

#include "spf/record/macro.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "record/expand.hpp"
#include "require.hpp"
#include "spf/dns/name.hpp"

namespace {

std::string_view take(std::string_view& text) {
    const std::size_t end = std::min(text.find('\0'), text.size());
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return field;
}

void check_error(const spf::ParseError& error, std::string_view text) {
    REQUIRE_THAT(error.offset <= text.size());
    REQUIRE_THAT(error.length <= text.size() - error.offset);
    REQUIRE_THAT(!error.message().empty());
}

void check_domain(std::string_view text, const spf::MacroValues& values) {
    const auto macro = spf::MacroString::parse_domain_spec(text);
    if (!macro) {
        check_error(macro.error(), text);
        return;
    }
    std::string name;
    expand_domain(*macro, values, name);
    const std::size_t longest_value =
        std::max({values.local_part.size(), values.sender_domain.size(), values.domain.size(),
                  values.helo.size(), std::size_t{64}});
    REQUIRE_THAT(name.size() <= 4096 + 8 * longest_value + text.size());
    REQUIRE_THAT(
        std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
    // If a name is too long, expand_domain() removes labels from its left. The name stays too long
    // only if its last label alone is too long.
    if (name.size() > spf::dns::max_name_length) {
        REQUIRE_THAT(name.find('.', name.size() - spf::dns::max_name_length - 1) ==
                     std::string::npos);
    }
    if (macro->is_plain_name()) {
        REQUIRE_THAT(name == text);
        REQUIRE_THAT(!spf::dns::name_problem(name));
    }
    if (!macro->depends_on_sender()) {
        spf::MacroValues other = values;
        other.local_part = "other";
        other.sender_domain = "other.example";
        other.helo = "other.example";
        std::string same;
        expand_domain(*macro, other, same);
        REQUIRE_THAT(same == name);
    }
    // A domain-spec is a macro-string, and a macro-string is an explain-string.
    REQUIRE_THAT(spf::MacroString::parse_macro_string(text));
    REQUIRE_THAT(spf::MacroString::parse_explain_string(text));
}

void check_explanation(std::string_view text, const spf::MacroValues& values, std::size_t longest) {
    const auto macro = spf::MacroString::parse_explain_string(text);
    if (!macro) {
        check_error(macro.error(), text);
        return;
    }
    std::string whole;
    expand_text(*macro, values, 1U << 20U, whole);
    std::string cut;
    expand_text(*macro, values, longest, cut);
    REQUIRE_THAT(cut == whole.substr(0, longest));
    if (!macro->has_macros()) REQUIRE_THAT(whole == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    if (input.size() < 2) return 0;
    std::string_view rest = input;
    const auto choice = static_cast<unsigned char>(rest[0]);
    const auto longest = static_cast<std::size_t>(static_cast<unsigned char>(rest[1]));
    rest.remove_prefix(2);

    spf::MacroValues values;
    values.ip =
        choice % 2 == 0
            ? spf::IpAddress::v4({192, 0, 2, choice})
            : spf::IpAddress::v6({0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, choice});
    values.local_part = take(rest);
    values.sender_domain = take(rest);
    values.domain = values.sender_domain;
    values.helo = take(rest);
    values.validated_domain = "unknown";
    values.receiver = "mx.example.org";
    check_domain(rest, values);
    check_explanation(rest, values, longest);
    return 0;
}

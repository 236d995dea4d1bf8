// Tests headers of messages. All Received fields are returned unchanged and in their order, but
// none from below the header. A second, simpler reader determines the expected fields. The result
// of find_handover() does not depend on anything below the line that it returns.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "message/trace_fields.hpp"
#include "require.hpp"
#include "spf/message/received.hpp"

namespace {

using spfcheck::TraceFields;

/// Returns a text in which the octets are replaced that a mail server would not have accepted.
std::string without_lost_octets(std::string text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool lone = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
        if (lone || text[i] == '\0') text[i] = '\x01';
    }
    return text;
}

/// Returns the text with LF as the only line end, and without surrounding white space.
std::string plain(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return c != '\r'; });
    const std::size_t begin = out.find_first_not_of(" \t\n");
    if (begin == std::string::npos) return {};
    return out.substr(begin, out.find_last_not_of(" \t\n") + 1 - begin);
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Returns the bodies of the fields with that name, up to the first line that is neither a field
/// nor a continuation.
std::vector<std::string> bodies(std::string_view text, std::string_view name) {
    std::vector<std::string> found;
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    if (text.starts_with("From "))
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    bool wanted = false;
    bool first = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!first && !line.empty() && is_blank(line.front())) {
            if (wanted) found.back().append("\n").append(line);
            continue;
        }
        first = false;
        std::size_t size = 0;
        while (size < line.size() && spf::ascii::is_visible(line[size]) && line[size] != ':')
            ++size;
        std::size_t colon = size;
        while (colon < line.size() && is_blank(line[colon])) ++colon;
        if (size == 0 || colon == line.size() || line[colon] != ':') break;
        wanted = spf::ascii::equal_ignoring_case(line.substr(0, size), name);
        if (wanted) found.emplace_back(line.substr(colon + 1));
    }
    return found;
}

void check_fields(std::string_view text, const TraceFields& fields) {
    const std::vector<std::string> expected = bodies(text, "Received");
    REQUIRE_THAT(fields.received.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        REQUIRE_THAT(plain(fields.received[i]) == plain(expected[i]));
    const std::vector<std::string> paths = bodies(text, "Return-Path");
    REQUIRE_THAT(fields.return_path.has_value() == !paths.empty());
    if (!paths.empty()) REQUIRE_THAT(plain(*fields.return_path) == plain(paths.front()));
    REQUIRE_THAT(fields.above_return_path <= fields.received.size());
}

/// Checks that the client is found from the top of the header, so that lines which untrusted
/// senders write below have no effect.
void check_handover(const TraceFields& fields) {
    const auto trusted_address = spf::IpAddress::v4({192, 0, 2, 1});
    const std::array<spf::Network, 1> networks{spf::Network{trusted_address, 8}};
    const spf::NetworkSet trusted(networks);
    std::vector<std::string_view> lines(fields.received.begin(), fields.received.end());
    const auto found = spf::find_handover(lines, trusted);
    REQUIRE_THAT((found ? found->line : found.error().line) <= lines.size());
    if (!found) return;
    REQUIRE_THAT(found->line >= 1 && !trusted.contains(found->ip));
    lines.resize(found->line);
    const auto shorter = spf::find_handover(lines, trusted);
    REQUIRE_THAT(shorter && *shorter == *found);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto fields = spfcheck::trace_fields_of(text);
    if (!fields) {
        REQUIRE_THAT(!fields.error().message.empty());
        return 0;
    }
    check_fields(without_lost_octets(text), *fields);
    check_handover(*fields);
    // A field below the header has no effect.
    const auto longer = spfcheck::trace_fields_of(text + (text.ends_with('\n') ? "" : "\n") +
                                                  "\nReceived: from x ([198.51.100.7]) by y; z\n");
    REQUIRE_THAT(longer && longer->received.size() == fields->received.size());
    return 0;
}

// Tests Received fields. Whatever the client sends as its name and as the recipient, the result is
// the address that the server wrote.
//
// The input is used as a complete line, as a HELO name, and, after its first line break, as a
// recipient. Several kinds of servers write both unchanged.

#include "spf/message/received.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "require.hpp"

namespace {

const auto truth = spf::IpAddress::v4({192, 0, 2, 1});

/// Checks that an unfolded line has no white space except single spaces, and that unfolding does
/// not change the line again.
void check_unfolded(std::string_view body) {
    const std::string line = spf::unfolded(body);
    REQUIRE_THAT(line.size() <= body.size() && spf::unfolded(line) == line);
    REQUIRE_THAT(line.find('\t') == std::string::npos && line.find("  ") == std::string::npos);
    REQUIRE_THAT(!line.starts_with(' ') && !line.ends_with(' '));
}

/// Checks that all parts that were read are in the line, and that an error points into the line and
/// has a message.
void check_line(std::string_view body) {
    const auto line = spf::parse_received(body);
    if (!line) {
        REQUIRE_THAT(line.error().offset <= spf::unfolded(body).size());
        REQUIRE_THAT(line.error().line == 0 && !line.error().message().empty());
        return;
    }
    REQUIRE_THAT(body.find(line->helo) != std::string_view::npos);
    REQUIRE_THAT(body.find(line->by) != std::string_view::npos);
    REQUIRE_THAT(body.find(line->protocol) != std::string_view::npos);
    REQUIRE_THAT(*spf::parse_received(spf::unfolded(body)) == *line);
    // A server named "by" would be a second "by", which is rejected. A name with an address in
    // brackets would be a second address.
    if (!line->ip || line->by.empty() || spf::ascii::equal_ignoring_case(line->by, "by")) return;
    if (line->helo.find('[') != std::string::npos) return;
    const auto again =
        spf::parse_received("from " + line->helo + " ([" + line->ip->to_string() + "]) by " +
                            line->by + (line->protocol.empty() ? "" : " with ") + line->protocol);
    REQUIRE_THAT(again && *again == *line);
}

/// Checks that the result is the true address or an error. It must never be another address, nor
/// the absence of an address.
void check_imitation(std::string_view helo, std::string_view recipient) {
    struct Form {
        std::string_view before;
        std::string_view behind;
    };
    constexpr std::array<Form, 31> forms{{
        {"from ", " (host.example [192.0.2.1])"},
        {"from ", " ([192.0.2.1])"},
        {"from ", " (192.0.2.1)"},
        {"from ", " (192.0.2.1:25)"},
        {"from ", " (host.example[192.0.2.1])"},
        {"from host.example ([192.0.2.1] helo=", ")"},
        {"from [192.0.2.1] (helo=", ")"},
        {"from [192.0.2.1] (port=25 helo=", " ident=root)"},
        {"from host.example (HELO ", ") (192.0.2.1)"},
        {"from host.example (HELO ", ") ([192.0.2.1])"},
        {"from host.example (HELO ", ") (x@[192.0.2.1])"},
        {"from ", " (IDENT:x@[192.0.2.1])"},
        {"from host.example (IDENT:", "@[192.0.2.1])"},
        {"from host.example (", " [192.0.2.1])"},
        {"from host.example ([192.0.2.1] ", ")"},
        {"from host.example ([192.0.2.1]:25 \"EHLO ", "\" rhost-flags-OK)"},
        {"from [192.0.2.1] (account ann HELO ", ")"},
        {"from ", " [192.0.2.1]"},
        {"from ", " [(192.0.2.1)]"},
        {"from ", " - 192.0.2.1"},
        {"from ", "(192.0.2.1)"},
        {"from ", " (192.0.2.1 with login)"},
        {"from ", " (IDENT:[x]@host.example [192.0.2.1] (may be forged))"},
        {"from ", " (x 192.0.2.1)"},
        {"from host.example [192.0.2.1] (EHLO ", ")"},
        {"from host.example(192.0.2.1, HELO ", ")"},
        {"from host.example(192.0.2.1), claiming to be \"", "\" via SMTP"},
        {"from 192.0.2.1 (HELO ", ")"},
        {"from [192.0.2.1]:25 (HELO ", ")"},
        {"from [192.0.2.1] (account ", " [192.0.2.1] verified)"},
        {"from [192.0.2.1] (ident=", ")"},
    }};
    for (const Form& form : forms) {
        std::string body(form.before);
        body.append(helo).append(form.behind);
        body.append("\n\tby mx.example.com with SMTP id 1\n\tfor <").append(recipient);
        body.append(">; Tue, 3 Jun 2025 09:00:00 +0000");
        const auto line = spf::parse_received(body);
        REQUIRE_THAT(!line || line->ip == truth);
    }
}

/// Checks that find_handover() reads each line like parse_received() does, and that lines below the
/// result have no effect.
void check_walk(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() < 20) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1);
        lines.push_back(text.substr(0, end + 1));
        text.remove_prefix(end + 1);
    }
    const std::array<spf::Network, 2> networks{spf::Network{truth, 8},
                                               spf::Network{spf::IpAddress::v6(0, 1), 128}};
    const spf::NetworkSet trusted(networks);
    const auto found = spf::find_handover(lines, trusted);
    const std::size_t line = found ? found->line : found.error().line;
    REQUIRE_THAT(line <= lines.size());
    if (!found) return;
    REQUIRE_THAT(line >= 1 && !trusted.contains(found->ip));
    REQUIRE_THAT(spf::parse_received(lines[line - 1])->ip == found->ip);
    lines.resize(line);
    REQUIRE_THAT(*spf::find_handover(lines, trusted) == *found);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const std::string_view view = text;
    check_unfolded(view);
    check_line(view);
    const std::size_t end = std::min(view.find('\n'), view.size());
    check_imitation(view.substr(0, end), view.substr(std::min(end + 1, view.size())));
    check_walk(view);
    return 0;
}

// Header fields and replies about messages whose senders try to inject into them. The values come
// through receive() as a server would get them, and once more directly into all texts of an
// outcome. Besides the parsers of the library, a check of the octets alone judges what is written.

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/message/authentication_results.hpp"
#include "spf/message/received_spf.hpp"
#include "spf/report/fields.hpp"
#include "spf/report/log_line.hpp"
#include "spf/report/smtp_reply.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "support/outcomes.hpp"

using namespace report_test;
using spf::Result;
using spf::receiver::Action;
using spf::receiver::Decision;
using spf::receiver::ReceiverPolicy;
using spf::receiver::Session;
using spf::report::Folding;
using spf::report::log_line;
using spf::report::smtp_reply;
using spf::report::SmtpReply;

namespace {

constexpr std::size_t longest_line = 998;  // octets without CRLF (RFC 5322, 2.1.1)

/// Returns all octets between letters, pairs of parts that are difficult to write, and long
/// repetitions of these parts.
std::vector<std::string> hostile_values() {
    static const std::vector<std::string> parts{
        "\r\nBcc: x@evil.example",
        "\nBcc: x@evil.example",
        "\rBcc: x@evil.example",
        "\r\n\r\nbody",
        "\r\n .\r\n",
        "\r\n250 OK",
        std::string(1, '\0'),
        "\"",
        "\\",
        "\\\"",
        "(",
        ")",
        "a(b)c",
        ";",
        "; spf=pass smtp.mailfrom=evil.example",
        "; receiver=evil.example",
        " identity=helo ",
        "%",
        "%s%n",
        "%0d%0a",
        "\t",
        "  ",
        "\x1b[31m",
        "\x7f",
        "\xe9t\xe9",                              // Latin-1
        "\xe2\x82",                               // UTF-8 that is cut off
        "\xc0\xaf",                               // UTF-8 that is longer than necessary
        "\xed\xa0\x80",                           // a surrogate
        "\u202egro.elpmaxe\u202c",                // right-to-left override
        "\u0085",                                 // a line break in Unicode
        "=?utf-8?q?=0D=0ABcc:_x@evil.example?=",  // an encoded word
        "<a@example.com>",
        "@",
        ".",
        "",
    };
    std::vector<std::string> values;
    for (int octet = 0; octet < 256; ++octet)
        values.push_back({'a', static_cast<char>(octet), 'b'});
    for (const std::string& part : parts) {
        for (const std::string& other : std::span{parts}.first(20))
            values.push_back(part + "a" + other);
        std::string repeated = part.empty() ? std::string(10'000, 'a') : std::string{};
        while (repeated.size() < 10'000) repeated += part;
        values.push_back(repeated);
        values.push_back(std::string(300, 'a') + repeated);
    }
    return values;
}

/// Where a hostile value is.
enum class Place { sender, local_part, helo, receiver, authserv_id, explanation };

constexpr std::array places{Place::sender,   Place::local_part,  Place::helo,
                            Place::receiver, Place::authserv_id, Place::explanation};

/// What a server sends and writes about a message.
struct Written {
    std::vector<SmtpReply> replies;
    std::string sender;       // the address that Postfix may write before a reply
    std::string authserv_id;  // the name of the server in fields
    Decision accepted;
    std::string log;
};

ReceiverPolicy policy_with(Action action, bool has_reason) {
    ReceiverPolicy policy;
    for (spf::receiver::Actions* actions : {&policy.rules.mail_from, &policy.rules.null_sender})
        *actions = {action, action, action, action, action, action, action};
    policy.rules.helo = policy.rules.mail_from;
    if (has_reason) {
        policy.reason = *spf::receiver::ReasonText::parse(
            "{sender} {helo} {receiver} {domain} {explanation} {problem} {client} {identity} "
            "{result}: 100%");
    }
    return policy;
}

/// Receives a message with a hostile value, and decides in all ways about it.
Written received(Place place, const std::string& value) {
    static const ReceiverPolicy marks = policy_with(Action::mark, false);
    static const std::array refuses{policy_with(Action::reject, false),
                                    policy_with(Action::defer, true)};
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 -all exp=why.example.com");
    zone.add_txt("why.example.com",
                 place == Place::explanation ? value : "%{s} %{l} %{h} %{r} %{c}");

    Written out;
    out.authserv_id = place == Place::authserv_id ? value : "mx.example.org";
    out.sender = place == Place::sender       ? value
                 : place == Place::local_part ? value + "@example.com"
                                              : "ann@example.com";
    const std::string helo = place == Place::helo ? value : "mx.example.com";
    const std::string receiver = place == Place::receiver ? value : "mx.example.org";
    const Session session{
        .client = {.ip = spf::test::ip("192.0.2.10"), .helo = helo, .receiver = receiver},
        .reverse_path = out.sender,
        .recipient = "bob@example.org"};
    out.accepted = receive(session, marks, zone);
    for (const ReceiverPolicy& policy : refuses)
        out.replies.push_back(*smtp_reply(receive(session, policy, zone)));
    out.log = log_line(session, out.accepted);
    return out;
}

/// Returns what is written if all texts of the outcomes are hostile.
Written with_all_texts(const std::string& value, Result result) {
    static const ReceiverPolicy policy = policy_with(Action::reject, true);
    Written out;
    out.authserv_id = value;
    out.sender = value;
    out.accepted.verdict.action = Action::mark;
    out.accepted.mail = {.helo = hostile_outcome(result, value),
                         .mail_from = hostile_outcome(result, value)};
    out.accepted.mail.helo->identity = spf::Identity::helo;
    Decision refused = out.accepted;
    refused.verdict.action = Action::reject;
    out.replies.push_back(*smtp_reply(refused));
    refused.reason = policy.reason->text(*refused.mail.mail_from);
    out.replies.push_back(*smtp_reply(refused));
    return out;
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + separator.size());
    }
}

/// Judges a field by its octets. Returns what is wrong, or an empty text.
std::string fault_of_field(const std::string& field, Folding folding) {
    const bool has_lines = folding != Folding::unfolded;
    const std::vector<std::string> lines =
        has_lines ? split(field, folding == Folding::folded ? "\r\n" : "\n")
                  : std::vector<std::string>{field};
    if (!field.starts_with("Received-SPF: ") && !field.starts_with("Authentication-Results: "))
        return "name";
    for (const std::string& line : lines) {
        // No other octet is allowed, so neither a line break nor UTF-8 can be wrong.
        if (!is_printable(line)) return "octet";
        if (line.size() > longest_line) return "long line";
        if (line.find_first_not_of(' ') == std::string::npos) return "blank line";
        if (&line != &lines.front() && line.front() != ' ') return "line that begins a field";
    }
    return field.size() > longest_line ? "long field" : "";
}

/// Undoes folding (RFC 5322, 2.2.3), for each kind of line break.
std::string without_line_breaks(std::string field) {
    std::erase_if(field, [](char c) { return c == '\r' || c == '\n'; });
    return field;
}

/// Judges a field by the parsers of the library.
std::string fault_of_grammar(const std::string& field) {
    const std::string body = field.substr(field.find(' ') + 1);
    if (field.starts_with("Received-SPF")) {
        const auto read = spf::parse_received_spf(body);
        if (!read) return std::string{read.error().message()};
        std::set<std::string> keys;
        for (const auto& pair : read->pairs)
            if (!keys.insert(pair.key).second) return "two " + pair.key;
        return keys.contains("client-ip") && keys.contains("identity") ? "" : "no key";
    }
    const auto read = spf::parse_authentication_results(body);
    if (!read) return std::string{read.error().message()};
    for (const auto& result : read->results)
        if (result.method != "spf" || result.properties.size() > 1) return "other result";
    return read->results.empty() || read->results.size() > 2 ? "number of results" : "";
}

std::string fault_of_fields(const Written& written) {
    std::vector<std::string> first;
    for (const Folding folding : {Folding::unfolded, Folding::folded, Folding::folded_with_lf}) {
        const auto fields = spf::report::fields(written.authserv_id, written.accepted, folding);
        if (fields.size() < 2 || fields.size() > 3) return "number of fields";
        if (first.empty()) first = fields;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (auto fault = fault_of_field(fields[i], folding); !fault.empty()) return fault;
            if (auto fault = fault_of_grammar(fields[i]); !fault.empty()) return fault;
            if (without_line_breaks(fields[i]) != first[i]) return "text depends on the folding";
        }
    }
    return "";
}

/// Judges what a client would read of a reply (RFC 5321, 4.2.1).
std::string fault_in_smtp(const SmtpReply& reply) {
    std::vector<std::string> lines = split(reply.to_string(), "\r\n");
    if (lines.size() < 2 || !lines.back().empty()) return "no CRLF at the end";
    lines.pop_back();
    for (const std::string& line : lines) {
        if (!is_printable(line)) return "octet";
        if (line.size() + 2 > 512) return "long line";
        if (!line.starts_with(std::to_string(reply.code))) return "other code";
        if (line[3] != (&line == &lines.back() ? ' ' : '-')) return "end of the reply";
    }
    return "";
}

std::string fault_in_milter(const SmtpReply& reply) {
    const auto lines = reply.lines_for(spf::report::milter_rules());
    if (lines.empty() || lines.size() > 32) return "number of lines";
    for (const std::string& line : lines) {
        if (line.empty() || line.size() > 980 || !is_printable(line)) return "line";
        for (std::size_t at = line.find('%'); at != std::string::npos; at = line.find('%', at + 2))
            if (line.substr(at, 2) != "%%") return "single percent sign";
    }
    return "";
}

std::string fault_in_postfix(const SmtpReply& reply, const std::string& sender) {
    const auto lines = reply.lines_for(spf::report::postfix_policy_rules(sender));
    if (lines.size() != 1) return "number of lines";
    if (lines.front().empty() || !is_printable(lines.front())) return "line";
    if (sender.size() > 364) return lines.front().size() > 100 ? "long line" : "";
    const std::string sent = std::to_string(reply.code) + " " + reply.enhanced + " <" + sender +
                             ">: Recipient address rejected: " + lines.front() + "\r\n";
    return sent.size() > 512 ? "long line" : "";
}

/// Returns what is wrong with what is written, or an empty text.
std::string fault_of(const Written& written) {
    if (auto fault = fault_of_fields(written); !fault.empty()) return "field: " + fault;
    for (const SmtpReply& reply : written.replies) {
        if (auto fault = fault_in_smtp(reply); !fault.empty()) return "SMTP: " + fault;
        if (auto fault = fault_in_milter(reply); !fault.empty()) return "milter: " + fault;
        if (auto fault = fault_in_postfix(reply, written.sender); !fault.empty())
            return "Postfix: " + fault;
    }
    return is_printable(written.log) && written.log.size() <= 3'000 ? "" : "log";
}

}  // namespace

TEST_CASE("no value from outside breaks a header field or a reply, wherever it is",
          "[report][hostile][rfc7208-11.5]") {
    const std::vector<std::string> values = hostile_values();
    REQUIRE(values.size() >= 1'000);
    for (const Place place : places) {
        for (const std::string& value : values) {
            CAPTURE(static_cast<int>(place), value.substr(0, 80), value.size());
            CHECK(fault_of(received(place, value)) == "");
        }
    }
}

TEST_CASE("no text of an outcome breaks a header field or a reply, whatever the result is",
          "[report][hostile][rfc7208-11.5]") {
    std::size_t number = 0;
    for (const std::string& value : hostile_values()) {
        const Result result = all_results()[number++ % all_results().size()];
        CAPTURE(to_string(result), value.substr(0, 80), value.size());
        CHECK(fault_of(with_all_texts(value, result)) == "");
    }
}

TEST_CASE("the checks of these tests find what is injected", "[report][hostile]") {
    const std::string field = "Received-SPF: pass client-ip=192.0.2.1; identity=helo";
    CHECK(fault_of_field(field, Folding::unfolded) == "");
    CHECK(fault_of_field(field + ";\r\n receiver=a", Folding::folded) == "");
    CHECK(fault_of_field(field + ";\n receiver=a", Folding::folded_with_lf) == "");
    CHECK(fault_of_grammar(field) == "");

    CHECK(fault_of_field(field + ";\r\n receiver=a", Folding::unfolded) == "octet");
    CHECK(fault_of_field(field + ";\r\n receiver=a", Folding::folded_with_lf) == "octet");
    CHECK(fault_of_field(field + ";\n receiver=a", Folding::folded) == "octet");
    CHECK(fault_of_field(field + "\r\nBcc: a", Folding::folded) == "line that begins a field");
    CHECK(fault_of_field(field + "\r\n \r\n a", Folding::folded) == "blank line");
    CHECK(fault_of_field(field + "\r\n\r\nbody", Folding::folded) == "blank line");
    CHECK(fault_of_field(field + "\xc3\xa9", Folding::unfolded) == "octet");
    CHECK(fault_of_field(field + std::string(998, 'a'), Folding::unfolded) == "long line");
    CHECK(fault_of_grammar(field + "; identity=mailfrom") == "two identity");
    CHECK(fault_of_grammar("Authentication-Results: a; dkim=pass") == "other result");

    const auto with = [](std::string line) { return SmtpReply{550, "5.7.23", {std::move(line)}}; };
    CHECK(fault_in_smtp(with("a\r\n550 5.7.23 b")) == "end of the reply");
    CHECK(fault_in_smtp({550, "5.7.23", {"a\r\n250 OK", "b"}}) == "other code");
    CHECK(fault_in_smtp(with("\xe9")) == "octet");
    CHECK(fault_in_smtp(with(std::string(500, 'a'))) == "long line");
}

// What is measured: texts, and zones with a client to check.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/zone.hpp"

namespace bench {

/// A record to be parsed.
struct Text {
    std::string key;    ///< stable, in the JSON
    std::string label;  ///< in the table
    std::string text;
};
[[nodiscard]] std::vector<Text> texts();

/// One record of a zone, in a form that both libraries accept.
struct ZoneRecord {
    std::string name;
    spf::dns::RecordType type{};
    std::string value;  ///< an IPv4 address, a host or a text
};

/// One check that ends in pass.
struct Case {
    std::string key;
    std::string label;
    std::vector<ZoneRecord> zone;
    std::string client;
    std::string sender;
    bool with_floor = true;  ///< whether lookups and comparisons are all the work

    [[nodiscard]] spf::Request request() const {
        return {
            .ip = *spf::IpAddress::parse(client), .mail_from = sender, .helo = "mail.example.com"};
    }
    [[nodiscard]] spf::ZoneResolver resolver(bool preparse) const;
};

[[nodiscard]] Case one_ip4();
/// A record with `count` includes of ten ip4 each; the last term of the last include matches.
[[nodiscard]] Case includes(std::size_t count);
/// `count` nested records, each the only include of the previous one; the innermost matches.
[[nodiscard]] Case nested_includes(std::size_t count);
/// A record of about `size` octets of ip4 terms, the last of which matches.
[[nodiscard]] Case long_record(std::size_t size);
[[nodiscard]] std::vector<Case> cases();

/// Records that an attacker might publish to cause work, in a form that allows any size.
using Shape = std::string (*)(std::size_t size);
struct NamedShape {
    std::string_view key;
    std::string_view label;
    Shape make;
    bool valid = true;
};
[[nodiscard]] const std::vector<NamedShape>& shapes();

}  // namespace bench

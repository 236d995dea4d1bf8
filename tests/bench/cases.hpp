// The inputs of the benchmarks: texts of records to parse, and zones with a client to check.
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
    std::string key;    ///< stable key in the JSON
    std::string label;  ///< text in the table
    std::string text;
};
[[nodiscard]] std::vector<Text> texts();

/// One record of a zone, in a form that this library and libspf2 accept.
struct ZoneRecord {
    std::string name;
    spf::dns::RecordType type{};
    std::string value;  ///< an IPv4 address, a host or a text
};

/// One check, which results in pass.
struct Case {
    std::string key;
    std::string label;
    std::vector<ZoneRecord> zone;
    std::string client;
    std::string sender;
    bool with_floor = true;  ///< whether the check consists of lookups and comparisons only

    [[nodiscard]] spf::Request request() const {
        return {
            .ip = *spf::IpAddress::parse(client), .mail_from = sender, .helo = "mail.example.com"};
    }
    [[nodiscard]] spf::ZoneResolver resolver(bool preparse) const;
};

[[nodiscard]] Case one_ip4();
/// Returns a check with `count` includes of ten ip4 terms each; the last ip4 term of the last
/// include matches.
[[nodiscard]] Case includes(std::size_t count);
/// Returns a check with `count` nested includes: each record includes only the next record, and the
/// innermost record matches.
[[nodiscard]] Case nested_includes(std::size_t count);
/// Returns a check of one record with about `size` octets of ip4 terms, the last of which matches.
[[nodiscard]] Case long_record(std::size_t size);
[[nodiscard]] std::vector<Case> cases();

/// Makes a record of at most `size` octets that an attacker might publish to cause work.
using Shape = std::string (*)(std::size_t size);
struct NamedShape {
    std::string_view key;
    std::string_view label;
    Shape make;
    bool valid = true;
};
[[nodiscard]] const std::vector<NamedShape>& shapes();

}  // namespace bench

// A domain, and hosts and records that it may name, for the tests of authorize().
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "spf/analysis/authorize.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"

namespace authorize_test {

struct Example {
    spf::ZoneResolver zone;

    Example() {
        zone.add_txt("mailer.example", "v=spf1 ip4:203.0.113.0/26 ip6:2001:db8::/32 -all");
        zone.add_txt("closed.example", "v=spf1 -all");
        zone.add_txt("open.example", "v=spf1 +all");
        zone.add_txt("macro.example", "v=spf1 exists:%{i}.list.example -all");
        zone.add_txt("dead.example", "v=spf1 include:nowhere.example -all");
        zone.add_a("host.example", spf::test::ip("198.51.100.1"));
        zone.add_aaaa("host.example", spf::test::ip("2001:db8:ffff::1"));
        for (const char* label : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) {
            zone.add_a(std::string(label) + ".example", spf::test::ip("192.0.2.77"));
            zone.add_aaaa(std::string(label) + ".example", spf::test::ip("2001:db9::77"));
        }
        zone.set_status("failing.example", spf::dns::Status::servfail);
    }
    spf::analysis::Authorization ask(const std::vector<std::string>& relays,
                                     const spf::analysis::AuthorizeOptions& options = {}) {
        std::vector<spf::analysis::Relay> parsed;
        for (const std::string& text : relays) parsed.push_back(*spf::analysis::Relay::parse(text));
        const auto out = spf::analysis::authorize("example.com", parsed, zone, options);
        REQUIRE(out);
        return *out;
    }
    /// The proposed record; "-" if none is needed, otherwise the problem.
    std::string propose(std::string record, const std::vector<std::string>& relays,
                        const spf::analysis::AuthorizeOptions& options = {}) {
        zone.add_txt("example.com", std::move(record));
        const spf::analysis::Authorization out = ask(relays, options);
        if (out.is_whole()) return "-";
        return out.proposal ? out.proposal->record : out.problem.value().message();
    }
};

/// Eight terms of one lookup each, which match the same two addresses.
inline const std::string eight =
    "a:a.example a:b.example a:c.example a:d.example a:e.example a:f.example "
    "a:g.example a:h.example";

}  // namespace authorize_test

/// \file random_tree.hpp  Random policies and random client addresses, for property tests.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/zone.hpp"

namespace spf::test {

/// Which kinds of errors and terms the policies of a tree may contain.
struct TreeKind {
    /// Whether records may be missing, double or malformed, and name servers may fail.
    bool errors = true;
    /// Whether there may be `ptr`, `exists` and macros whose results depend on the address or the
    /// sender.
    bool dependent = false;
};

/// Policies for d0.example to d5.example. They use few addresses, so networks often overlap.
class RandomTree {
public:
    RandomTree(unsigned seed, TreeKind kind) : random_(seed), kind_(kind) {
        for (unsigned host = 0; host < 4; ++host) add_host("h" + std::to_string(host) + ".example");
        for (unsigned domain = 0; domain < 6; ++domain) add_domain(domain);
    }

    ZoneResolver zone;

    /// Returns an address in or near the networks of the tree, or any address.
    IpAddress address() {
        const unsigned kind = below(16);
        if (kind == 0) return IpAddress::v6(std::uint64_t{random_()} << 32U | random_(), random_());
        if (kind == 1) return ends_[below(7)];
        const unsigned octet = below(256);
        if (kind < 10) {
            const unsigned third = below(8) == 0 ? below(8) : 2;
            return IpAddress::v4(
                {192, 0, static_cast<std::uint8_t>(third), static_cast<std::uint8_t>(octet)});
        }
        return IpAddress::v6(0x2001'0db8'0000'0000U + (below(8) == 0 ? 1U : 0U), octet);
    }

    unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }
    /// Returns the terms of a record for a domain. They may include the records of domains with
    /// higher numbers.
    std::string terms(unsigned domain) {
        std::string out;
        for (unsigned count = below(6); count > 0; --count) out += ' ' + directive(domain);
        const unsigned end = below(8);
        if (end < 5) {
            out += std::string(" ") + "-~?+"[below(4)] + "all";
        } else if (end < 7) {
            out += " redirect=" + target(domain);
        }
        return out;
    }

private:
    std::string network() {
        if (below(3) == 0) {
            return "ip6:2001:db8::" + hex(below(256)) + "/" + std::to_string(120 + below(9));
        }
        if (below(12) == 0)
            return below(2) == 0 ? "ip4:0.0.0.0/" + std::to_string(below(2)) : "ip6:::/95";
        if (below(12) == 0) return "ip6:::fffe:0:0/95";
        return "ip4:192.0.2." + std::to_string(below(256)) + "/" + std::to_string(22 + below(11));
    }
    static std::string hex(unsigned value) {
        return std::string{"0123456789abcdef"[value >> 4U], "0123456789abcdef"[value & 0xfU]};
    }
    std::string host() { return "h" + std::to_string(below(5)) + ".example"; }
    std::string target(unsigned domain) {
        if (kind_.errors && below(20) == 0) return "d" + std::to_string(below(7)) + ".example";
        // Returns mostly domains with higher numbers, so that most trees end before they reach the
        // limits.
        return "d" + std::to_string(domain + 1 + below(3)) + ".example";
    }
    std::string prefix() {
        if (below(2) == 0) return {};
        return "/" + std::to_string(24 + below(9)) + "//" + std::to_string(120 + below(9));
    }
    std::string dependent() {
        switch (below(7)) {
            case 0: return "ptr:example";
            case 1: return "exists:%{ir}.x.example";
            case 2: return "exists:%{l}.example";
            case 3: return "a:%{h}.example";
            case 4: return "include:%{i}.example";
            case 5: return "a:%{o}";
            default: return "a:%{p}";
        }
    }
    std::string directive(unsigned domain) {
        std::string out = below(2) == 0 ? "" : std::string(1, "+-~?"[below(4)]);
        if (kind_.dependent && below(8) == 0) return out + dependent();
        switch (below(12)) {
            case 0: return out + "a:" + host() + prefix();
            case 1: return out + "mx:m" + std::to_string(below(2)) + ".example" + prefix();
            case 2: return out + (below(2) == 0 ? "a" : "mx") + prefix();
            case 3:
            case 4:
            case 5: return domain < 5 ? out + "include:" + target(domain) : out + network();
            case 6: return out + (below(2) == 0 ? "exists:" + host() : "a:%{d}");
            default: return out + network();
        }
    }
    void add_host(const std::string& name) {
        for (unsigned count = below(3); count > 0; --count) {
            zone.add_a(name, IpAddress::v4({192, 0, 2, static_cast<std::uint8_t>(below(256))}));
        }
        for (unsigned count = below(3); count > 0; --count) {
            zone.add_aaaa(name, IpAddress::v6(0x2001'0db8'0000'0000U, below(256)));
        }
        zone.add_name(name);
        zone.add_mx("m" + std::to_string(below(2)) + ".example", 10, name);
        if (kind_.errors && below(40) == 0) zone.set_status(name, dns::Status::timeout);
    }
    void add_domain(unsigned number) {
        const std::string name = "d" + std::to_string(number) + ".example";
        const unsigned luck = kind_.errors ? below(30) : 30;
        if (luck == 0) return;
        if (luck == 1) zone.set_status(name, dns::Status::servfail);
        zone.add_txt(name, "v=spf1" + terms(number) + (luck == 2 ? " nonsense" : ""));
        if (luck == 3) zone.add_txt(name, "v=spf1 ?all");
        if (below(2) == 0) add_host(name);
    }

    std::mt19937 random_;
    TreeKind kind_;
    IpAddress ends_[7] = {IpAddress::v4({0, 0, 0, 0}),
                          IpAddress::v4({255, 255, 255, 255}),
                          IpAddress::v6(0, 0),
                          IpAddress::v6(~std::uint64_t{0}, ~std::uint64_t{0}),
                          IpAddress::v6(0, 0x0000'fffe'ffff'ffffU),
                          IpAddress::v6(0, 0x0001'0000'0000'0000U),
                          IpAddress::v4({192, 0, 1, 255})};
};

/// Calls check_host() with the sender for which maps of networks and policies are computed.
inline Outcome check(std::string_view domain, IpAddress ip, dns::Resolver& resolver) {
    const std::string sender = "postmaster@" + std::string(domain);
    return check_host({.ip = ip, .mail_from = sender, .helo = domain}, resolver,
                      {.limits = {}, .explanation = false});
}

}  // namespace spf::test

/// \file resolver/zone.hpp  DNS data in memory: for tests, for dry runs, for benchmarks without a network.
///
/// Answers as a resolver would after asking authoritative servers that hold this data: follows
/// aliases (RFC 1034, 3.6.2), expands wildcards (RFC 4592), tells "no such name" from "no such
/// record" (RFC 2308, 2). Reading master files needs ldns and stands in zone_file.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// How a ZoneResolver builds its answers.
struct ZoneOptions {
    /// Whether TXT answers carry their SPF record parsed (dns::Answer::selected). It is parsed when
    /// it is added, so that no check pays for it; off, every check parses what it is answered.
    bool preparse = true;
    /// Whether the data is all there is, so that a name without any does not exist (nxdomain). Off, a
    /// name that the data neither holds nor owns is not known: dns::Status::not_in_zone.
    ///
    /// The owners are the names that anything was added at: a record of any type, an SOA record, a status.
    /// The data holds the owners and all names above them, and owns all names below them (a wildcard
    /// owns what is below its parent). So with records of `mail.example.com` alone, `x.mail.example.com`
    /// does not exist, `example.com` exists without records, and of `example.org` and
    /// `www.example.com` nothing is known. Nor of what is missing at or below a zone cut: a name with NS
    /// records, no SOA record, and a zone with one above (RFC 1034, 4.2.1). Data from several files is one.
    bool knows_all = true;
    /// What the data is called where a name is not known, such as the path of a file.
    std::string source = {};
};

/// A `dns::Resolver` that knows all there is from the start.
///
/// Names are taken in any case, with or without trailing dot, otherwise as in a dns::Question: no
/// escapes. The first label `*` makes a wildcard. A name that no question can have (more than 253
/// octets, empty labels) is ignored, and so is a record that the name has already (RFC 2181, 5).
/// A name exists as soon as anything was added at it or below it; a name that does not exist is
/// nxdomain, whatever zone it would be in, unless ZoneOptions::knows_all is off.
///
/// Nothing fails but for want of memory (std::bad_alloc).
///
/// Threads: build it in one thread; from then on any number may call lookup() and resolve(), as long
/// as none adds. Answers that were handed out never change, and outlive the ZoneResolver.
/// Cost: a question for a record that is there is one hash look-up, without allocation. Adding a record
/// takes the same time however many there are, of one name or of several.
class SPF_EXPORT ZoneResolver final : public dns::Resolver {
public:
    /// Of records that are added without a TTL.
    static constexpr std::chrono::seconds default_ttl{3600};
    /// The longest chain of aliases that is followed; beyond it the status is dns::Status::error.
    static constexpr unsigned max_aliases = 16;

    explicit ZoneResolver(ZoneOptions options = {});
    ~ZoneResolver() override;
    ZoneResolver(const ZoneResolver&) = delete;
    ZoneResolver& operator=(const ZoneResolver&) = delete;
    /// What was moved from may only be assigned to or destroyed.
    ZoneResolver(ZoneResolver&& other) noexcept;
    ZoneResolver& operator=(ZoneResolver&& other) noexcept;

    /// One A record. The address should be an IPv4 address; it is handed out as it is.
    void add_a(std::string_view name, IpAddress address, std::chrono::seconds ttl = default_ttl);
    /// One AAAA record; an IPv4-mapped address, which IpAddress takes for IPv4, stays with AAAA.
    void add_aaaa(std::string_view name, IpAddress address, std::chrono::seconds ttl = default_ttl);
    /// One MX record; `host` is empty or "." in a null MX (RFC 7505).
    void add_mx(std::string_view name, std::uint16_t preference, std::string_view host,
                std::chrono::seconds ttl = default_ttl);
    /// One PTR record; `name` is the reverse name, such as "1.2.0.192.in-addr.arpa".
    void add_ptr(std::string_view name, std::string_view target,
                 std::chrono::seconds ttl = default_ttl);
    /// One TXT record, its strings joined already; any octets.
    void add_txt(std::string_view name, std::string text, std::chrono::seconds ttl = default_ttl);
    /// One TXT record of several strings, which are joined without space (RFC 7208, 3.3).
    void add_txt(std::string_view name, std::span<const std::string> strings,
                 std::chrono::seconds ttl = default_ttl);
    /// One record of the obsolete type SPF (3.1), its strings joined already.
    void add_spf(std::string_view name, std::string text, std::chrono::seconds ttl = default_ttl);
    /// Makes `name` an alias (CNAME); the last one added counts. Records that the name has besides,
    /// which RFC 1034 forbids, answer first.
    void add_cname(std::string_view name, std::string_view target,
                   std::chrono::seconds ttl = default_ttl);
    /// Makes a name exist, as a record of any other type does.
    void add_name(std::string_view name);
    /// The SOA record of a zone's apex: negative answers at and below it, down to the next apex, may
    /// be kept for the smaller of both times (RFC 2308, 5). Without one that is zero.
    void add_soa(std::string_view apex, std::chrono::seconds ttl, std::chrono::seconds minimum);
    /// NS records of a name: the zone's own at its apex, below it those of another zone, whose data is
    /// elsewhere (ZoneOptions::knows_all). The name exists.
    void add_ns(std::string_view name);

    /// Makes all questions for `name` end in `status` instead of what was or will be added;
    /// Status::ok takes that back. The name exists, so names below it are not affected.
    void set_status(std::string_view name, dns::Status status);
    /// The same for questions of one type.
    void set_status(std::string_view name, dns::RecordType type, dns::Status status);

    /// All names that exist, without trailing dot, in the order in which they came to be; not the root.
    [[nodiscard]] std::vector<std::string> names() const;

    /// The answer; never null. Never throws but std::bad_alloc, which an exact hit never does.
    [[nodiscard]] dns::AnswerPtr lookup(const dns::Question& question) const;

    [[nodiscard]] bool is_immediate() const noexcept override { return true; }
    /// The same through the interface; changes nothing.
    dns::AnswerPtr resolve(const dns::Question& question) override;

private:
    class Tree;
    std::unique_ptr<Tree> tree_;
};

}  // namespace spf

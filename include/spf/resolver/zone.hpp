/// \file resolver/zone.hpp  DNS data in memory: for tests, for dry runs, for benchmarks without a
/// network.
///
/// A ZoneResolver answers as a resolver would that asks authoritative servers with this data: it
/// follows aliases (RFC 1034, 3.6.2), expands wildcards (RFC 4592), and distinguishes "no such
/// name" from "no such record" (RFC 2308, 2). resolver/zone_file.hpp reads master files, for which
/// it needs ldns.
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
    /// Whether TXT answers have their SPF record parsed (dns::Answer::selected). Records are parsed
    /// when they are added, so that no check pays for it. If false, every check parses the records
    /// it needs.
    bool preparse = true;
    /// Whether the data is complete, so that a name without data does not exist (nxdomain). If
    /// false, the status of a name that the data neither holds nor owns is
    /// dns::Status::not_in_zone.
    ///
    /// The owners are the names to which anything was added: a record of any type, an SOA record, a
    /// status. The data holds the owners and all names above them, and owns all names below them (a
    /// wildcard owns the names below its parent). With records of `mail.example.com` only,
    /// `x.mail.example.com` does not exist, `example.com` exists without records, and `example.org`
    /// and `www.example.com` are unknown. Missing names at or below a zone cut are unknown too: a
    /// cut is a name with NS records, but no SOA record, below a zone that has an SOA record (RFC
    /// 1034, 4.2.1). Data from several files is one set.
    bool knows_all = true;
    /// A name of the data for messages about unknown names, such as the path of a file.
    std::string source = {};
};

/// A `dns::Resolver` whose data is in memory.
///
/// Names may be in any case, with or without trailing dot, otherwise as in a dns::Question: no
/// escapes. A first label `*` makes a wildcard. A name that no question can have (more than 253
/// octets, empty labels) is ignored, and so is a record that the name already has (RFC 2181, 5). A
/// name exists as soon as anything was added to it or to a name below it. A name that does not
/// exist is nxdomain, whatever zone it would be in, unless ZoneOptions::knows_all is false.
///
/// Throws only std::bad_alloc; nothing else fails.
///
/// Threads: one thread builds it. After that, any number of threads may call lookup(),
/// resolve() and borrow(), as long as no thread adds anything. Answers never change, and outlive
/// the ZoneResolver, except those of borrow().
///
/// Cost: a question for an existing record is one hash lookup and allocates nothing. Adding a
/// record takes constant time, however many records there are, of one name or of several.
class SPF_EXPORT ZoneResolver final : public dns::Resolver {
public:
    /// The TTL of records that are added without a TTL.
    static constexpr std::chrono::seconds default_ttl{3600};
    /// Maximum length of a chain of aliases that is followed; beyond it, the status is
    /// dns::Status::error.
    static constexpr unsigned max_aliases = 16;

    /// Has no data yet.
    explicit ZoneResolver(ZoneOptions options = {});
    ~ZoneResolver() override;
    ZoneResolver(const ZoneResolver&) = delete;
    ZoneResolver& operator=(const ZoneResolver&) = delete;
    /// Moves the data. The moved-from object may only be assigned to or destroyed.
    ZoneResolver(ZoneResolver&& other) noexcept;
    /// Moves the data. The moved-from object may only be assigned to or destroyed.
    ZoneResolver& operator=(ZoneResolver&& other) noexcept;

    /// Adds an A record. The address should be an IPv4 address; it is not checked.
    void add_a(std::string_view name, IpAddress address, std::chrono::seconds ttl = default_ttl);
    /// Adds an AAAA record. An IPv4-mapped address, which IpAddress treats as IPv4, stays an AAAA
    /// record.
    void add_aaaa(std::string_view name, IpAddress address, std::chrono::seconds ttl = default_ttl);
    /// Adds an MX record; `host` is empty or "." for a null MX (RFC 7505).
    void add_mx(std::string_view name, std::uint16_t preference, std::string_view host,
                std::chrono::seconds ttl = default_ttl);
    /// Adds a PTR record; `name` is the reverse name, such as "1.2.0.192.in-addr.arpa".
    void add_ptr(std::string_view name, std::string_view target,
                 std::chrono::seconds ttl = default_ttl);
    /// Adds a TXT record whose strings are joined already; any octets.
    void add_txt(std::string_view name, std::string text, std::chrono::seconds ttl = default_ttl);
    /// Adds a TXT record of several strings, which are joined without space (RFC 7208, 3.3).
    void add_txt(std::string_view name, std::span<const std::string> strings,
                 std::chrono::seconds ttl = default_ttl);
    /// Adds a record of the obsolete type SPF (3.1) whose strings are joined already.
    void add_spf(std::string_view name, std::string text, std::chrono::seconds ttl = default_ttl);
    /// Makes `name` an alias (CNAME) and replaces an earlier alias. If the name also has other
    /// records, which RFC 1034 forbids, those are the answer.
    void add_cname(std::string_view name, std::string_view target,
                   std::chrono::seconds ttl = default_ttl);
    /// Makes a name exist, as a record of any other type does.
    void add_name(std::string_view name);
    /// Adds the SOA record of a zone's apex: negative answers at and below it, down to the next
    /// apex, may be kept for the smaller of both times (RFC 2308, 5). Without an SOA record that
    /// time is zero.
    void add_soa(std::string_view apex, std::chrono::seconds ttl, std::chrono::seconds minimum);
    /// Adds NS records: at the apex of a zone those of the zone itself, below it those of another
    /// zone, whose data is elsewhere (ZoneOptions::knows_all). The name exists.
    void add_ns(std::string_view name);

    /// Makes all questions for `name` end in `status`, whatever records were or will be added;
    /// Status::ok undoes this. The name exists, so names below it are not affected.
    void set_status(std::string_view name, dns::Status status);
    /// Makes all questions for `name` of one type end in `status`; Status::ok undoes this.
    void set_status(std::string_view name, dns::RecordType type, dns::Status status);

    /// All names that exist, except the root, without trailing dot, in the order of their creation.
    [[nodiscard]] std::vector<std::string> names() const;

    /// The answer; never null. Throws only std::bad_alloc, and nothing if the record exists.
    [[nodiscard]] dns::AnswerPtr lookup(const dns::Question& question) const;

    [[nodiscard]] bool is_immediate() const noexcept override { return true; }
    /// The answer of lookup().
    dns::AnswerPtr resolve(const dns::Question& question) override;
    /// The answer of lookup(), valid until data is added or this object is destroyed.
    dns::AnswerPtr borrow(const dns::Question& question) override;

private:
    class Tree;
    std::unique_ptr<Tree> tree_;
};

}  // namespace spf

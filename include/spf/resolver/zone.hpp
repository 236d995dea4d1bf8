/// \file resolver/zone.hpp  DNS data in memory: for tests, for trying out records before they are
/// published, and for benchmarks without a network.
///
/// A ZoneResolver gives the answers that a resolver would get from authoritative servers with this
/// data. It follows aliases (RFC 1034, 3.6.2), expands wildcards (RFC 4592), and distinguishes "no
/// such name" from "no such record" (RFC 2308, 2). resolver/zone_file.hpp fills a ZoneResolver from
/// master files. That header needs ldns, this one does not.
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

/// How a ZoneResolver makes its answers.
struct ZoneOptions {
    /// Whether TXT answers contain their parsed SPF record (dns::Answer::selected). If true, a
    /// record is parsed when it is added. If false, every check parses the records that it needs.
    bool preparse = true;
    /// Whether the data is complete. If true, a name without data does not exist (nxdomain). If
    /// false, some names are unknown, and their status is dns::Status::not_in_zone.
    ///
    /// If false, a name is known if it has data, if it is above a name with data, or if it is below
    /// one. "Data" is a record of any type, an SOA record or a status. A wildcard covers all names
    /// below its parent. For example, if there are only records of `mail.example.com`, then
    /// `x.mail.example.com` does not exist, `example.com` exists without records, and `example.org`
    /// and `www.example.com` are unknown.
    ///
    /// There is one exception. A name at or below a zone cut is unknown if it has no record of the
    /// requested type, because the missing data is in another zone. A zone cut is a name with NS
    /// records but without an SOA record, below a name that has an SOA record (RFC 1034, 4.2.1).
    ///
    /// Data from several files is treated as one set.
    bool knows_all = true;
    /// The name of the data in messages about unknown names, such as the path of a file.
    std::string source = {};
};

/// A `dns::Resolver` whose data is in memory.
///
/// Names may be in upper or lower case and may have a trailing dot. Otherwise they are written as
/// in a dns::Question, without escapes. If the first label is `*`, the name is a wildcard. The
/// functions ignore a name that no question can have (more than 253 octets, or an empty label).
/// They also ignore a record that the name already has (RFC 2181, 5). A name exists as soon as
/// anything was added to this name or to a name below it. The status of a name that does not exist
/// is nxdomain, unless ZoneOptions::knows_all is false.
///
/// Throws only std::bad_alloc. There are no other errors.
///
/// Threads: one thread adds the data. After that, any number of threads may call lookup(),
/// resolve() and borrow(), provided that no thread adds anything. Answers never change. They remain
/// valid after the ZoneResolver is destroyed, except those of borrow().
///
/// Cost: a question about an existing record takes one hash lookup and allocates nothing. Adding a
/// record takes constant time, however many records there are in total or of the same name.
class SPF_EXPORT ZoneResolver final : public dns::Resolver {
public:
    /// The TTL of records that are added without a TTL.
    static constexpr std::chrono::seconds default_ttl{3600};
    /// The maximum number of aliases in a chain. If a chain is longer, the status is
    /// dns::Status::error.
    static constexpr unsigned max_aliases = 16;

    /// Makes a resolver without data.
    explicit ZoneResolver(ZoneOptions options = {});
    ~ZoneResolver() override;
    ZoneResolver(const ZoneResolver&) = delete;
    ZoneResolver& operator=(const ZoneResolver&) = delete;
    /// Moves the data. The moved-from object may only be assigned to or destroyed.
    ZoneResolver(ZoneResolver&& other) noexcept;
    /// Moves the data. The moved-from object may only be assigned to or destroyed.
    ZoneResolver& operator=(ZoneResolver&& other) noexcept;

    /// Adds an A record. The address should be an IPv4 address, but the function does not check
    /// this.
    void add_a(std::string_view name, IpAddress address, std::chrono::seconds ttl = default_ttl);
    /// Adds an AAAA record. IpAddress treats an IPv4-mapped address as an IPv4 address, but even
    /// such an address is added as an AAAA record.
    void add_aaaa(std::string_view name, IpAddress address, std::chrono::seconds ttl = default_ttl);
    /// Adds an MX record. To add a null MX (RFC 7505), pass an empty `host` or ".".
    void add_mx(std::string_view name, std::uint16_t preference, std::string_view host,
                std::chrono::seconds ttl = default_ttl);
    /// Adds a PTR record. `name` is the reverse name, such as "1.2.0.192.in-addr.arpa".
    void add_ptr(std::string_view name, std::string_view target,
                 std::chrono::seconds ttl = default_ttl);
    /// Adds a TXT record. `text` contains the strings of the record, already joined. Any octets are
    /// allowed.
    void add_txt(std::string_view name, std::string text, std::chrono::seconds ttl = default_ttl);
    /// Adds a TXT record of several strings. They are joined without spaces (RFC 7208, 3.3).
    void add_txt(std::string_view name, std::span<const std::string> strings,
                 std::chrono::seconds ttl = default_ttl);
    /// Adds a record of the obsolete type SPF (RFC 7208, 3.1). `text` contains the strings of the
    /// record, already joined.
    void add_spf(std::string_view name, std::string text, std::chrono::seconds ttl = default_ttl);
    /// Makes `name` an alias (CNAME) and replaces an earlier alias. RFC 1034 forbids other records
    /// at an alias. If the name has other records nevertheless, a question for their type is
    /// answered with these records, not with the alias.
    void add_cname(std::string_view name, std::string_view target,
                   std::chrono::seconds ttl = default_ttl);
    /// Makes a name exist, as a record of a type that check_host() does not ask for would do.
    void add_name(std::string_view name);
    /// Adds the SOA record of the apex of a zone. The TTL of negative answers for the apex and all
    /// names below it becomes the smaller of `ttl` and `minimum` (RFC 2308, 5). Names at or below
    /// another apex are an exception. Without an SOA record, the TTL of negative answers is zero.
    void add_soa(std::string_view apex, std::chrono::seconds ttl, std::chrono::seconds minimum);
    /// Adds NS records and makes the name exist. At the apex of a zone, they are the NS records of
    /// this zone and have no other effect. Below the apex, they make the name a zone cut: the data
    /// is in another zone (ZoneOptions::knows_all).
    void add_ns(std::string_view name);

    /// Gives all questions about `name` the status `status`, whatever records the name has or will
    /// get. Status::ok undoes this. The function makes the name exist, but does not affect the
    /// names below it.
    void set_status(std::string_view name, dns::Status status);
    /// Gives questions about `name` and `type` the status `status`. Status::ok undoes this.
    void set_status(std::string_view name, dns::RecordType type, dns::Status status);

    /// Returns all names that exist, except the root, without trailing dots, in the order in which
    /// they began to exist.
    [[nodiscard]] std::vector<std::string> names() const;

    /// Returns the answer to a question, never null. Throws only std::bad_alloc, and nothing if the
    /// name has records of the requested type.
    [[nodiscard]] dns::AnswerPtr lookup(const dns::Question& question) const;

    [[nodiscard]] bool is_immediate() const noexcept override { return true; }
    /// Returns the answer of lookup().
    dns::AnswerPtr resolve(const dns::Question& question) override;
    /// Returns the answer of lookup() without owning it: the pointer is valid until data is added
    /// or this object is destroyed.
    dns::AnswerPtr borrow(const dns::Question& question) override;

private:
    class Tree;
    std::unique_ptr<Tree> tree_;
};

}  // namespace spf

// What went wrong, in words.

#include "spf/evaluation/problem.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/code_table.hpp"
#include "base/octet_name.hpp"
#include "spf/base/printable.hpp"

namespace spf {
namespace {

struct Entry {
    Problem::Code code;
    std::string_view name;
    std::string_view section;
    std::string_view remedy;
};

using Code = Problem::Code;

constexpr std::array<Entry, Problem::code_count> entries{{
    {Code::malformed_domain, "malformed_domain", "4.3",
     "the client has to present a full domain name in MAIL FROM or HELO"},
    {Code::no_such_domain, "no_such_domain", "4.3",
     "check the spelling of the domain, and that its registration has not run out"},
    {Code::no_record, "no_record", "4.5",
     "publish one TXT record at this name that begins with v=spf1 and lists the domain's senders"},
    {Code::several_records, "several_records", "4.5",
     "merge the records into one TXT record that begins with v=spf1 and delete the others"},
    {Code::syntax_error, "syntax_error", "4.6",
     "correct the term; until then receivers answer permerror"},
    {Code::include_without_record, "include_without_record", "5.2",
     "correct the name behind include:, or drop the term if the service is no longer used"},
    {Code::redirect_without_record, "redirect_without_record", "6.1",
     "correct the name behind redirect=, or publish a record there"},
    {Code::too_many_dns_lookups, "too_many_dns_lookups", "4.6.4",
     "drop includes of services no longer used, and write a and mx as ip4: and ip6: where "
     "addresses "
     "are stable"},
    {Code::too_many_void_lookups, "too_many_void_lookups", "4.6.4",
     "drop or correct the terms whose names no longer exist"},
    {Code::too_many_mx_names, "too_many_mx_names", "4.6.4",
     "list the mail servers with ip4: and ip6: instead of mx, or use fewer MX records"},
    {Code::dns_failure, "dns_failure", "4.4",
     "try again later; if it lasts, the name servers of that name have to be mended"},
    {Code::deadline, "deadline", "4.6.4",
     "try again later; if it lasts, look for slow or dead name servers"},
    {Code::not_in_zone, "not_in_zone", "2.6.6",
     "add the name to the zone data, or ask a name server (--nameserver) for what is not in it"},
}};

static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

const Entry& entry(Code code) noexcept { return entries[static_cast<std::size_t>(code)]; }

std::string_view in_words(dns::Status status) noexcept {
    switch (status) {
        case dns::Status::servfail: return "the name server reported a failure (SERVFAIL)";
        case dns::Status::timeout: return "no name server answered in time";
        case dns::Status::unreachable: return "no name server could be reached";
        case dns::Status::nxdomain: return "the name does not exist";
        case dns::Status::no_data: return "the name has no such record";
        case dns::Status::not_in_zone: return "nothing is known of the name";
        case dns::Status::ok:
        case dns::Status::error: break;
    }
    return "the name server's answer could not be used";
}

/// Describes a syntax error, and names the octet found if it is not printable.
std::string in_words(const ParseError& syntax, std::string_view text) {
    const std::string_view rest = text.substr(std::min(syntax.offset, text.size()));
    const std::string_view place = rest.substr(0, syntax.length);
    // The name is that of the whole character, of which the place may be only the first octet.
    const bool visible = std::all_of(place.begin(), place.end(), ascii::is_printable);
    const std::string octet = visible ? std::string{} : name_of_first_unprintable(rest);
    return std::string{syntax.message()} + (octet.empty() ? "" : "; found: " + octet);
}

}  // namespace

std::string Problem::message() const {
    const std::string name = printable(domain);
    const std::string term = printable(text);
    switch (code) {
        case Code::malformed_domain:
            return "\"" + name + "\" is no domain name that can be checked" +
                   (syntax ? ": " + in_words(*syntax, domain) : std::string{});
        case Code::no_such_domain: return name + " does not exist in the DNS";
        case Code::no_record:
            return name + " has no SPF record" +
                   (text.empty() ? "" : ", only a TXT record that looks like one and is none");
        case Code::several_records: return name + " has more than one SPF record";
        case Code::syntax_error:
            return "the SPF record of " + name + " is broken" +
                   (syntax ? ": " + in_words(*syntax, text) : std::string{});
        case Code::include_without_record:
        case Code::redirect_without_record:
            return "\"" + term + "\" leads to " + name + ", which has no SPF record";
        case Code::too_many_dns_lookups:
            if (!loop.empty()) {
                return "the record of " + printable(loop) +
                       " leads back to itself, so that its DNS look-ups would never end; \"" +
                       term + "\" in the record of " + name + " is the one that exceeds the limit";
            }
            return "the record needs too many DNS look-ups; \"" + term + "\" in the record of " +
                   name + " is the one that exceeds the limit";
        case Code::too_many_void_lookups:
            return "too many terms lead to names without records; \"" + term +
                   "\" is the one that exceeds the limit (" + std::string{dns::to_string(type)} +
                   " of " + name + ": " + std::string{in_words(status)} + ")";
        case Code::too_many_mx_names:
            return "\"" + term + "\" leads to too many mail servers: those of " + name;
        case Code::dns_failure:
            return "looking up " + std::string{dns::to_string(type)} + " of " + name +
                   " failed: " + std::string{in_words(status)};
        case Code::deadline:
            return "the check took too long; it was waiting for " +
                   std::string{dns::to_string(type)} + " of " + name;
        case Code::not_in_zone:
            return name + " is not in " + (source.empty() ? "the zone data" : printable(source)) +
                   ", and nobody else was asked";
    }
    return {};
}

std::string_view Problem::remedy() const noexcept {
    if (code == Code::too_many_dns_lookups && !loop.empty()) {
        return "take out the include or redirect that leads back to where it comes from";
    }
    if (code == Code::no_record && !text.empty()) {
        return "correct the TXT record so that it begins with \"v=spf1\" and a space";
    }
    return entry(code).remedy;
}
std::string_view Problem::section() const noexcept {
    return syntax ? syntax->section() : entry(code).section;
}
std::string_view to_string(Problem::Code code) noexcept { return entry(code).name; }

}  // namespace spf

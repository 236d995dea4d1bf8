// What a report shows of a domain, as plain values: the page, the picture and the graph are made
// from it, without DNS.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spf/lint/lint.hpp"

namespace spfcheck {

/// How good or bad something is.
enum class Sign : std::uint8_t { none, good, hint, warning, error };

/// A term that needs so many lookups needs endlessly many (spf::lint::TermCost::dns_lookups).
inline constexpr unsigned endless_lookups = 1000;

/// A term that needs lookups: a row of the picture.
struct Branch {
    /// What the row cannot show below itself.
    enum class Note : std::uint8_t {
        none,
        loop,      ///< the term leads back to a record above it
        repeated,  ///< the terms of the same record are rows already
    };
    std::size_t depth = 1;  ///< 1 for the terms of the domain's own record
    std::string term;       ///< as written in its record, any octets
    std::string service;    ///< the known service that it names; may be empty
    unsigned before = 0;    ///< how many lookups the terms before it need
    unsigned lookups = 0;   ///< how many it needs with all below it
    bool at_least = false;  ///< it may need more than `lookups`
    Sign sign = Sign::none;
    Note note = Note::none;
};

/// Where the lookups of a check go.
struct Branches {
    unsigned lookups = 0;  ///< how many a check needs at most
    bool at_least = false;
    unsigned allowed = 10;     ///< as Contents::allowed
    std::vector<Branch> rows;  ///< in the order of evaluation, each before those below it
    std::size_t left_out = 0;  ///< how many terms would be further rows
};

/// A term of the domain's own record.
struct TermLine {
    std::string term;  ///< any octets
    std::string lookups;
    std::string meaning;
};

/// A network whose addresses have the same result for the same reason.
struct NetworkLine {
    std::string network;
    std::string result;
    std::string term;     ///< the term that decides, any octets; empty if none does
    std::string domain;   ///< the domain whose record has the term
    std::string service;  ///< the known service of that record or term; may be empty
};

/// A term on which the result of some addresses depends with each message.
struct OpenTerm {
    std::string term;
    std::string domain;
};

/// A command to run next.
struct NextLine {
    std::string purpose;
    std::string command;  ///< empty if it cannot be shown
};

/// A DNS question and its answer.
struct AnswerLine {
    std::string name;
    std::string type;
    std::string ttl;                   ///< empty if the lookup failed
    std::string status;                ///< empty if there are records
    std::vector<std::string> records;  ///< any octets
    std::size_t left_out = 0;          ///< how many more records there are
};

/// A record to publish instead.
struct Proposed {
    std::string record;      ///< any octets
    unsigned lookups = 0;    ///< how many a check of it needs at most
    bool is_for_all = true;  ///< it was proved for all addresses, not only for samples
};

/// Everything that a report shows.
struct Contents {
    std::string language = "en";  ///< of the texts for people (BCP 47)
    std::string domain;
    std::string verdict;  ///< as the first line of `spfcheck DOMAIN`
    Sign sign = Sign::none;
    unsigned allowed = 10;              ///< how many lookups receivers allow (RFC 7208, 4.6.4)
    std::string facts;                  ///< the numbers in full; empty if there is no usable record
    std::string version;                ///< of spfcheck
    std::string time;                   ///< RFC 3339, in UTC
    std::string source;                 ///< the name servers or the zone files, as text
    std::vector<std::string> supposed;  ///< records that were given instead of those in DNS
    std::string command;                ///< the command line that shows the same in a terminal
    std::vector<std::string> records;   ///< the domain's records: none, one, or several; any octets
    std::vector<spf::lint::Finding> findings;  ///< errors first
    std::size_t findings_left_out = 0;
    std::optional<Branches> branches;  ///< absent if there is no usable record
    std::vector<TermLine> terms;
    std::size_t terms_left_out = 0;
    std::vector<NetworkLine> networks;
    std::size_t networks_left_out = 0;
    std::vector<OpenTerm> open_terms;
    std::string problem;  ///< why results are missing; empty if none are
    std::optional<Proposed> proposed;
    std::vector<NextLine> next;
    std::vector<AnswerLine> answers;
    std::size_t answers_left_out = 0;
};

}  // namespace spfcheck

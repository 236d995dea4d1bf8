/// \file check_zone.hpp  One line per case: a client, a sender, and a zone written as text.
///
///     CHECK(check("192.0.2.1", "ann@example.com", "example.com. TXT \"v=spf1 a -all\"").result ==
///           fail);
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"

namespace spf::test {

/// DNS data from text. It answers as ZoneResolver does, and keeps the questions.
///
/// A line is `name TYPE data`, as in a master file without TTL and class: names are absolute except
/// after `$ORIGIN`, `;` begins a comment, and texts are in quotes with `\DDD` for any octet. Data
/// `!servfail`, `!error`, `!timeout` and `!unreachable` makes that question fail. (The library's
/// reader of master files needs ldns, and these tests have to run without ldns.)
class TestZone final : public dns::Resolver {
public:
    TestZone(const char* text) : TestZone(std::string_view(text)) {}
    TestZone(const std::string& text) : TestZone(std::string_view(text)) {}
    TestZone(std::string_view text);

    /// Makes lookup() return exactly this answer, which may be null.
    void give(std::string_view name, dns::RecordType type, dns::AnswerPtr answer);

    dns::AnswerPtr resolve(const dns::Question& question) override;

    /// The questions of the last check(), in order: "TXT example.com".
    std::vector<std::string> asked;

private:
    ZoneResolver zone_;
    std::map<std::pair<std::string, dns::RecordType>, dns::AnswerPtr> given_;
};

/// The HELO name of all checks to which it does not matter.
inline constexpr std::string_view some_helo = "mx.client.example";

/// Makes a request with the time 2014-04-01 00:00:00 UTC and the receiver "mx.receiver.example".
[[nodiscard]] Request request_for(std::string_view ip, std::string_view mail_from,
                                  std::string_view helo = some_helo);

/// Describes all of an outcome except its trace in one text.
[[nodiscard]] std::string describe(const Outcome& outcome);

/// Returns the outcome, after requiring that every other way results in the same outcome: driven by
/// hand, with a reused Evaluation, with a trace, with hints ignored and with hints answered in
/// advance, with records parsed beforehand or not, and by the oracle.
Outcome check(const Request& request, TestZone& zone, const Options& options = {});
Outcome check(std::string_view ip, std::string_view mail_from, TestZone& zone,
              std::string_view helo = some_helo);
Outcome check(std::string_view ip, std::string_view mail_from, const char* zone,
              std::string_view helo = some_helo);
Outcome check(std::string_view ip, std::string_view mail_from, const std::string& zone,
              std::string_view helo = some_helo);

/// `check(...).result` for the sender ann@example.com, whose record is `record`, in a zone with
/// `rest`.
Result result_of(std::string_view ip, const std::string& record, const std::string& rest = {});

}  // namespace spf::test

/// Makes Catch2 print the name of a result.
namespace Catch {
template <>
struct StringMaker<spf::Result> {
    static std::string convert(spf::Result result) { return std::string(to_string(result)); }
};
}  // namespace Catch

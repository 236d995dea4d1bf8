// Answers that no sane resolver gives, and names and numbers at their limits: nothing breaks, and
// what does not fit the question is ignored (dns/resolver.hpp).
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using namespace std::string_literals;
using spf::Result;
using spf::dns::Answer;
using spf::dns::AnswerPtr;
using spf::dns::RecordType;
using spf::dns::Status;
using Asked = std::vector<std::string>;

AnswerPtr answer_of(Answer answer) { return std::make_shared<Answer>(std::move(answer)); }

AnswerPtr texts(std::vector<std::string> all) {
    Answer answer;
    answer.status = Status::ok;
    answer.ttl = std::chrono::seconds(60);
    answer.texts = std::move(all);
    return answer_of(std::move(answer));
}

AnswerPtr addresses(std::vector<std::string> all) {
    Answer answer;
    answer.status = Status::ok;
    for (const auto& one : all) answer.addresses.push_back(ip(one));
    return answer_of(std::move(answer));
}

AnswerPtr exchanges(const std::vector<std::string>& hosts) {
    Answer answer;
    answer.status = Status::ok;
    for (const auto& host : hosts) answer.exchanges.push_back({10, host});
    return answer_of(std::move(answer));
}

AnswerPtr names(std::vector<std::string> all) {
    Answer answer;
    answer.status = Status::ok;
    answer.names = std::move(all);
    return answer_of(std::move(answer));
}

AnswerPtr nothing(Status status, int ttl = 0) {
    Answer answer;
    answer.status = status;
    answer.ttl = std::chrono::seconds(ttl);
    return answer_of(std::move(answer));
}

/// An answer that contains everything, whatever was asked.
AnswerPtr everything(Status status) {
    Answer answer;
    answer.status = status;
    answer.addresses = {ip("192.0.2.1"), ip("2001:db8::1")};
    answer.exchanges = {{10, "x.example"}};
    answer.names = {"x.example.com"};
    answer.texts = {"v=spf1 +all"};
    return answer_of(std::move(answer));
}

}  // namespace

TEST_CASE("no answer at all is a failed lookup", "[check][hostile][rfc7208-4.4][rfc7208-5]") {
    const auto [record, name, type,
                result] = GENERATE(table<std::string, std::string, RecordType, Result>({
        {"v=spf1 +all", "example.com", RecordType::txt, Result::temperror},
        {"v=spf1 a:x.example +all", "x.example", RecordType::a, Result::temperror},
        {"v=spf1 mx:x.example +all", "x.example", RecordType::mx, Result::temperror},
        {"v=spf1 exists:x.example +all", "x.example", RecordType::a, Result::temperror},
        {"v=spf1 include:x.example +all", "x.example", RecordType::txt, Result::temperror},
        {"v=spf1 redirect=x.example", "x.example", RecordType::txt, Result::temperror},
        {"v=spf1 ptr ~all", "1.2.0.192.in-addr.arpa", RecordType::ptr, Result::softfail},
        {"v=spf1 exists:%{p}.x ~all", "1.2.0.192.in-addr.arpa", RecordType::ptr, Result::softfail},
        {"v=spf1 -all exp=x.example", "x.example", RecordType::txt, Result::fail},
    }));
    CAPTURE(record);
    TestZone zone("example.com. TXT \"" + record + "\"");
    zone.give(name, type, nullptr);
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == result);
    CHECK(outcome.ttl.count() == 0);
}

TEST_CASE("ok without records is the same as no data", "[check][hostile][rfc7208-4.6.4]") {
    const std::string term = GENERATE("a:x.example", "mx:x.example", "exists:x.example");
    TestZone zone("example.com. TXT \"v=spf1 " + term + " ?all\"");
    zone.give("x.example", RecordType::a, nothing(Status::ok));
    zone.give("x.example", RecordType::mx, nothing(Status::ok));
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::neutral);
    CHECK(outcome.void_lookups == 1);
}

TEST_CASE("a TXT answer that is ok but empty has no record", "[check][hostile][rfc7208-4.5]") {
    TestZone zone("");
    zone.give("example.com", RecordType::txt, nothing(Status::ok));
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::none);
    zone.give("example.com", RecordType::txt, texts({""}));
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::none);
}

TEST_CASE("an explanation that is ok but empty is not one", "[check][hostile][rfc7208-6.2]") {
    TestZone zone("example.com. TXT \"v=spf1 -all exp=why.example\"");
    const AnswerPtr empty =
        GENERATE(nothing(Status::ok), texts({""}), texts({}), names({"x.example"}));
    zone.give("why.example", RecordType::txt, empty);
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation.empty());
}

TEST_CASE("records beside a status that denies them are ignored", "[check][hostile][rfc7208-5]") {
    const auto [status, result] = GENERATE(table<Status, Result>({
        {Status::no_data, Result::neutral},
        {Status::nxdomain, Result::neutral},
        {Status::servfail, Result::temperror},
        {Status::error, Result::temperror},
        {Status::timeout, Result::temperror},
        {Status::unreachable, Result::temperror},
    }));
    const std::string term = GENERATE("a:x.example", "mx:x.example", "exists:x.example");
    TestZone zone("example.com. TXT \"v=spf1 " + term + " ?all\"");
    zone.give("x.example", RecordType::a, everything(status));
    zone.give("x.example", RecordType::mx, everything(status));
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == result);
}

TEST_CASE("a text beside a status that denies it is not a record",
          "[check][hostile][rfc7208-4.4][rfc7208-4.5]") {
    const Status status = GENERATE(Status::no_data, Status::nxdomain);
    TestZone zone("");
    zone.give("example.com", RecordType::txt, everything(status));
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::none);
}

TEST_CASE("records of another type than was asked for are ignored", "[check][hostile][rfc7208-5]") {
    const std::string term =
        GENERATE("a:x.example", "mx:x.example", "exists:x.example", "ptr", "a", "mx");
    TestZone zone("example.com. TXT \"v=spf1 " + term + " ?all\"");
    const AnswerPtr wrong_for_a =
        GENERATE(texts({"v=spf1 +all"}), names({"x.example.com"}), exchanges({"x.example"}));
    for (const auto* name : {"x.example", "example.com"}) {
        zone.give(name, RecordType::a, wrong_for_a);
        zone.give(name, RecordType::mx, addresses({"192.0.2.1"}));
    }
    zone.give("1.2.0.192.in-addr.arpa", RecordType::ptr, texts({"example.com"}));
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::neutral);
}

TEST_CASE("an answer with everything is read for what was asked", "[check][hostile]") {
    TestZone zone("");
    zone.give("example.com", RecordType::txt, everything(Status::ok));
    CHECK(check("192.0.2.9", "ann@example.com", zone).result == Result::pass);
    TestZone other("example.com. TXT \"v=spf1 a:x.example -all\"");
    other.give("x.example", RecordType::a, everything(Status::ok));
    CHECK(check("192.0.2.1", "ann@example.com", other).result == Result::pass);
    CHECK(check("192.0.2.2", "ann@example.com", other).result == Result::fail);
}

TEST_CASE("addresses of the other family match nothing", "[check][hostile][rfc7208-5]") {
    TestZone zone(
        "example.com. TXT \"v=spf1 a:x.example/0//0 mx:y.example/0//0 -all\"\ny.example. MX 10 "
        "x.example.");
    zone.give("x.example", RecordType::a, addresses({"2001:db8::1"}));
    zone.give("x.example", RecordType::aaaa, addresses({"192.0.2.1", "::ffff:192.0.2.2"}));
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::fail);
    CHECK(check("2001:db8::1", "ann@example.com", zone).result == Result::fail);
}

TEST_CASE("exists takes no IPv6 address for an A record", "[check][hostile][rfc7208-5.7]") {
    TestZone zone("example.com. TXT \"v=spf1 exists:x.example -all\"");
    zone.give("x.example", RecordType::a, addresses({"2001:db8::1"}));
    CHECK(check("2001:db8::1", "ann@example.com", zone).result == Result::fail);
}

TEST_CASE("a mapped address in an AAAA record matches no client", "[check][hostile][rfc7208-5]") {
    const char* zone = R"(
        example.com.  TXT "v=spf1 a -all"
        example.com.  AAAA ::ffff:192.0.2.1
    )";
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::fail);
    CHECK(check("::ffff:192.0.2.1", "ann@example.com", zone).result == Result::fail);
    CHECK(check("::192.0.2.1", "ann@example.com", zone).result == Result::fail);
}

TEST_CASE("hosts of an MX answer that are not names are skipped", "[check][hostile][rfc7208-5.4]") {
    TestZone zone("example.com. TXT \"v=spf1 mx:x.example -all\"\ngood.example. A 192.0.2.1");
    zone.give("x.example", RecordType::mx,
              exchanges({"", ".", "..", "a..b", std::string(300, 'a'),
                         std::string(64, 'a') + ".example", ".example", "Good.Example."}));
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::pass);
    CHECK(zone.asked == Asked{"TXT example.com", "MX x.example", "A good.example"});
}

TEST_CASE("names of a PTR answer that are not names are skipped", "[check][hostile][rfc7208-5.5]") {
    TestZone zone(
        "example.com. TXT \"v=spf1 ptr exists:%{p}.x -all\"\ngood.example.com. A 192.0.2.1");
    zone.give("1.2.0.192.in-addr.arpa", RecordType::ptr,
              names({"", ".", "a..example.com", std::string(300, 'a') + ".example.com",
                     std::string(64, 'a') + ".example.com", std::string(70'000, '.'),
                     "Good.Example.COM."}));
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::pass);
    CHECK(zone.asked ==
          Asked{"TXT example.com", "PTR 1.2.0.192.in-addr.arpa", "A good.example.com"});
}

TEST_CASE("names with any octets are asked for as they are", "[check][hostile][rfc7208-4.8]") {
    const std::string host = "a\0b\xff\n.example"s;
    TestZone zone("example.com. TXT \"v=spf1 mx:x.example -all\"");
    zone.give("x.example", RecordType::mx, exchanges({host}));
    zone.give(host, RecordType::a, addresses({"192.0.2.1"}));
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::pass);
}

TEST_CASE("far too many records in an answer do no harm", "[check][hostile][rfc7208-4.6.4]") {
    TestZone zone("example.com. TXT \"v=spf1 ptr mx:x.example -all\"");
    zone.give("1.2.0.192.in-addr.arpa", RecordType::ptr,
              names(std::vector<std::string>(60'000, "mail.example.org")));
    zone.give("x.example", RecordType::mx,
              exchanges(std::vector<std::string>(60'000, "mail.example.org")));
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::permerror);
    CHECK(zone.asked.size() == 13);
}

TEST_CASE("texts may be huge", "[check][hostile][rfc7208-3.4]") {
    TestZone zone("");
    zone.give("example.com", RecordType::txt,
              texts({std::string(1'000'000, 'x'),
                     "v=spf1 exp=why.example" + std::string(500'000, ' ') + "-all"}));
    zone.give("why.example", RecordType::txt, texts({std::string(1'000'000, 'y')}));
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation == std::string(1024, 'y'));
}

TEST_CASE("senders may be huge", "[check][hostile][rfc7208-7.3]") {
    TestZone zone(
        "example.com. TXT \"v=spf1 exists:%{l}.%{s}.%{L}.%{lr-}.%{h}.x -all exp=%{l}.x\"");
    const std::string local_part =
        GENERATE(std::string(100'000, 'a'), std::string(100'000, '.'), std::string(100'000, '-'),
                 std::string(100'000, '%'), "a" + std::string(100'000, '\0'));
    const auto outcome =
        check("192.0.2.1", local_part + "@example.com", zone, std::string(100'000, 'h'));
    CHECK(outcome.result == Result::fail);
    for (const auto& asked : zone.asked) CHECK(asked.size() <= 253 + 5);
}

TEST_CASE("records of every octet in every place never break anything",
          "[check][hostile][rfc7208-4.6]") {
    const std::string valid =
        "v=spf1 a:%{l1r-}.x.example/24//64 ip4:192.0.2.0/24 ip6:2001:db8::/32 redirect=x.example "
        "exp=%{d} y=z";
    TestZone zone("");
    for (std::size_t at = 0; at < valid.size(); ++at) {
        for (const unsigned octet : {0U, 1U, 9U, 10U, 13U, 31U, 32U, 37U, 47U, 58U, 61U, 123U, 125U,
                                     127U, 128U, 192U, 255U}) {
            std::string record = valid;
            record[at] = static_cast<char>(octet);
            zone.give("example.com", RecordType::txt, texts({record}));
            INFO("octet " << octet << " at " << at);
            check("192.0.2.1", "a-b@example.com", zone);
        }
    }
}

TEST_CASE("failures and odd TTLs never give a negative or wrong time to keep", "[check][hostile]") {
    TestZone zone("example.com. TXT \"v=spf1 ptr ~all\"");
    zone.give("1.2.0.192.in-addr.arpa", RecordType::ptr, nothing(Status::servfail, 300));
    CHECK(check("192.0.2.1", "ann@example.com", zone).ttl.count() == 0);

    Answer negative;
    negative.status = Status::ok;
    negative.ttl = std::chrono::seconds(-5);
    negative.texts = {"v=spf1 -all"};
    zone.give("example.com", RecordType::txt, answer_of(negative));
    CHECK(check("192.0.2.1", "ann@example.com", zone).ttl.count() == 0);
}

TEST_CASE("senders of odd form have a result and no more", "[check][hostile][rfc7208-4.1]") {
    TestZone zone("example.com. TXT \"v=spf1 -all\"");
    const std::string sender =
        GENERATE("<"s, ">"s, "><"s, "@"s, "<@>"s, "@@"s, ":"s, "@:"s, "<@a:>"s, "a@"s, "<a@>"s,
                 "a@b@"s, "\0"s, "<\0>"s, "\xff@\xff"s, "<<a@example.com>>"s, "a@example.com>"s);
    CAPTURE(sender);
    CHECK(check("192.0.2.1", sender, zone).result == Result::none);
}

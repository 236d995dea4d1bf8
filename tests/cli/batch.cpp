// The answers of `spfcheck batch`, a filter of lines.

#include <algorithm>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;

namespace {

/// Writes the same line again and again to the next program.
const std::string endless =
    "yes '{\"id\": 1, \"ip\": \"192.0.2.10\", \"sender\": \"alice@example.com\"}' | ";

const std::string batch = "$SPFCHECK batch --json --zone " + zone("example.zone");

/// Lines for each domain of the bundled zone, and for some of `more_zone`, with many addresses.
std::string busy_lines() {
    const std::vector<std::string> senders{
        "alice@example.com",     "bob@Example.COM",   "carol@softfail.example",
        "dan@neutral.example",   "norecord.example",  "eve@nomail.example",
        "frank@moved.example",   "broken.example",    "twice.example",
        "grace@void.example",    "toomany.example",   "a@b",
        "heidi@week.example",    "ivan@week.example", "judy@macro.example",
        "mallory@owner.example", "missing.example",   ""};
    const std::vector<std::string> addresses{"192.0.2.10", "192.0.2.33",   "203.0.113.25",
                                             "192.0.2.34", "2001:db8::25", "198.51.100.7"};
    std::string lines;
    for (std::size_t i = 0; i < 1500; ++i) {
        const nlohmann::json line{{"id", i},
                                  {"ip", addresses[i / senders.size() % addresses.size()]},
                                  {"sender", senders[i % senders.size()]},
                                  {"helo", "mx.example.com"}};
        lines += line.dump() + '\n';
    }
    return lines;
}

/// Policies with several TTLs, one of them longer than caches usually keep answers.
constexpr const char* more_zone =
    "$TTL 60\n"
    "week.example. 604800 TXT \"v=spf1 ip4:192.0.2.0/28 include:_spf.mailer.example ~all\"\n"
    "macro.example. TXT \"v=spf1 exists:%{ir}.example include:week.example -all\"\n"
    "owner.example. 604800 TXT \"v=spf1 a:mx.%{o} ip6:2001:db8::/32 -all\"\n"
    "mx.owner.example. 604800 A 192.0.2.33\n"
    "mx.owner.example. 604800 AAAA 2001:db8::33\n";

std::size_t count_of(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++count;
    return count;
}

}  // namespace

TEST_CASE("each line is answered with its id and the keys of check --json", "[cli][batch]") {
    const TemporaryFile input(
        "{\"id\": 1, \"ip\": \"192.0.2.10\", \"sender\": \"alice@example.com\", \"helo\": "
        "\"relay.example\"}\n"
        "{\"id\": \"two\", \"ip\": \"198.51.100.7\", \"sender\": \"alice@example.com\"}\n"
        "{\"id\": [3], \"ip\": \"192.0.2.10\", \"sender\": \"alice@broken.example\"}\n");
    const Run run = shell(batch + " < " + input.path());
    CHECK(run.status == 0);
    CHECK(run.err.empty());
    auto found = batch_answers(run.out);
    REQUIRE(found.size() == 3);
    CHECK(found["1"]["result"] == "pass");
    CHECK(found["\"two\""]["result"] == "fail");
    CHECK(found["[3]"]["result"] == "permerror");

    nlohmann::json single = check_json(
        {"--ip", "192.0.2.10", "--sender", "alice@example.com", "--helo", "relay.example"});
    for (const char* key : {"advice", "helo_check"}) single.erase(key);  // of a single check
    nlohmann::json batched = found["1"];
    batched.erase("id");
    CHECK(batched == single);
}

TEST_CASE("a bad line is answered with an error and its number, and the run goes on",
          "[cli][batch]") {
    const TemporaryFile input(
        "nonsense\n"
        "\n"
        "{\"id\": 3}\n"
        "{\"id\": 4, \"ip\": \"1.2.3\", \"sender\": \"a@example.com\"}\n"
        "{\"id\": 5, \"ip\": 6, \"sender\": \"a@example.com\"}\n"
        "{\"id\": 6, \"ip\": \"192.0.2.10\"}\n"
        "[1, 2]\n"
        "{\"id\": 8, \"ip\": \"192.0.2.10\", \"sender\": \"alice@example.com\"}");  // no line end
    const Run run = shell(batch + " < " + input.path());
    CHECK(run.status == 0);
    auto found = batch_answers(run.out);
    REQUIRE(found.size() == 7);
    for (const char* key : {"line 1", "3", "4", "5", "6", "line 7"}) {
        CAPTURE(key);
        CHECK(found[key]["error"].is_string());
        CHECK(found[key]["line"].is_number());
    }
    CHECK(found["4"]["line"] == 4);
    CHECK(found["8"]["result"] == "pass");
}

TEST_CASE("an id is repeated as it was, or its line refused", "[cli][batch]") {
    const std::string nested = std::string(99, '[') + std::string(99, ']');
    const auto [id, good] = GENERATE_COPY(table<std::string, bool>({
        {"18446744073709551615", true},
        {"-9007199254740993", true},
        {"1.5", true},
        {"-0", true},
        {"1.0E+2", true},
        {"1e-400", true},
        {"123456789012345678901234567890", true},
        {"0.1234567890123456789012345678901234567890", true},
        {R"({"n":9007199254740993.0,"m":[123456789012345678901,{}],"m":{"":[[],"",true]}})", true},
        {R"("\"[{:\\,")", true},
        {R"([["[","{"],":",{":":"["}])", true},
        {"{\"a\":[1,null]}", true},
        {nested, true},
        {"1e400", false},  // a double cannot hold it
        {"[1,{\"a\":-1e400}]", false},
        {"[" + nested + "]", false},
        {std::string(30'000, '[') + std::string(30'000, ']'), false},
    }));
    const TemporaryFile input("{\"id\":" + id +
                              ",\"ip\":\"192.0.2.10\",\"sender\":\"alice@example.com\"}\n");
    const Run run = shell(batch + " < " + input.path());
    CHECK(run.status == (good ? 0 : 65));
    CHECK(run.out.starts_with("{\"id\":" + (good ? id : "null") + ","));
    CHECK((run.out.find("\"error\":") != std::string::npos) != good);
    if (id.find("1e400") != std::string::npos) CHECK_THAT(run.out, Contains("too large"));
}

TEST_CASE("of a key that a line has twice, the last one counts", "[cli][batch]") {
    const TemporaryFile input(
        R"({"id":[1],"ip":7,"sender":["x"],"sender":"alice@example.com","ip":"192.0.2.10","id":2,)"
        R"("more":{"ip":8,"id":3},"helo":{},"helo":null})");
    CHECK_THAT(shell(batch + " < " + input.path()).out, Contains(R"({"id":2,"result":"pass")"));
}

TEST_CASE("other keys of a line may hold as much as fits", "[cli][batch]") {
    std::string many;
    for (int i = 0; i < 500; ++i) many += "[{}],";
    const TemporaryFile input("{\"more\":[" + many +
                              "1],\"ip\":\"192.0.2.10\",\"sender\":\"alice@example.com\"}\n");
    CHECK_THAT(shell(batch + " < " + input.path()).out, Contains("\"result\":\"pass\""));
}

TEST_CASE("kept policies make a batch no different, down to the octet", "[cli][batch][policy]") {
    const TemporaryFile more(more_zone);
    const TemporaryFile input(busy_lines());
    const std::string command = batch + " -vv --zone " + more.path() + " < " + input.path();
    const Run kept = shell(command);
    const Run plain = shell(command + " --no-cache");
    CHECK(kept.status == 0);
    CHECK(batch_answers(kept.out).size() == 1500);
    CHECK(kept.out == plain.out);
    // The caches were used: much less was looked up.
    const std::string asked = "DNS TXT neutral.example";
    CHECK(count_of(kept.err, asked) > 0);
    CHECK(10 * count_of(kept.err, asked) < count_of(plain.err, asked));
    CHECK(count_of(kept.err, "SPF neutral: ") == count_of(kept.out, "\"result\":\"neutral\""));

    const Run several = shell(command + " --jobs 3");
    CHECK(batch_answers(several.out) == batch_answers(plain.out));
}

TEST_CASE("a null reverse-path and a missing one lead to the HELO name",
          "[cli][batch][rfc7208-2.4]") {
    const TemporaryFile input(
        "{\"id\": 1, \"ip\": \"192.0.2.33\", \"sender\": \"\", \"helo\": \"mx.example.com\"}\n"
        "{\"id\": 2, \"ip\": \"192.0.2.33\", \"helo\": \"mx.example.com\"}\n");
    auto found = batch_answers(shell(batch + " < " + input.path()).out);
    CHECK(found["1"]["result"] == "pass");
    CHECK(found["1"]["identity"] == "mailfrom");
    CHECK(found["2"]["result"] == "pass");
    CHECK(found["2"]["identity"] == "helo");
}

TEST_CASE("a line that is too long is one error, however it comes and whatever its tail says",
          "[cli][batch]") {
    const std::string check = R"({"id": 1, "ip": "192.0.2.10", "sender": "alice@example.com"})";
    const auto padded = [&check](std::size_t size) {
        return check.substr(0, check.size() - 1) + std::string(size - check.size(), ' ') + '}';
    };
    const auto [line, good] = GENERATE_COPY(table<std::string, bool>({
        {padded(65536), true},
        {padded(65537), false},
        {padded(65536) + '\r', false},
        {padded(100'000), false},
        {std::string(300'000, 'x'), false},
        {std::string(300'000, ' '), false},
        {std::string(65536, '"') + check, false},  // the tail is not a separate line
        {std::string(65537, ' ') + check, false},
        {padded(65536) + '\r' + check, false},
    }));
    const auto ends = GENERATE(true, false);
    CAPTURE(line.size(), ends);
    const std::string last = R"({"id": 2, "ip": "192.0.2.10", "sender": "alice@example.com"})";
    const TemporaryFile input(ends ? line + "\n\n" + last + "\nx\n" : line);
    const std::string slow = "(head -c 40000 " + input.path() + "; sleep 0.1; tail -c +40001 " +
                             input.path() + ") | " + batch;
    for (const std::string& command : {batch + " < " + input.path(), slow}) {
        const Run run = shell(command);
        CHECK(run.status == (good || ends ? 0 : 65));
        auto found = batch_answers(run.out);
        REQUIRE(found.size() == (ends ? 3 : 1));
        CHECK(found.begin()->second["result"].is_string() == (good || ends));
        const std::string error = found["line 1"]["error"].dump();
        CHECK((error.find("longer than 65536 octets") != std::string::npos) != good);
        if (!ends) continue;
        CHECK(found["2"]["result"] == "pass");
        CHECK(found["line 4"]["error"].is_string());
    }
}

TEST_CASE("a line without end can be interrupted", "[cli][batch]") {
    const Run run = shell("timeout -s INT -k 5 1 " + batch + " < /dev/zero");
    CHECK(run.status == 124);  // the status of timeout itself; 137 if a second signal was needed
    CHECK_THAT(run.err, Contains("interrupted"));
}

TEST_CASE("a reader that waits for an answer gets it before the input ends", "[cli][batch]") {
    const Run run = shell(
        "(echo '{\"id\": 1, \"ip\": \"192.0.2.10\", \"sender\": \"alice@example.com\"}'; sleep 5) "
        "| " +
        batch + " | timeout 3 head -n 1");
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Contains("\"id\":1"));
}

TEST_CASE("a reader that goes away ends the run without complaint", "[cli][batch]") {
    const Run run = shell(endless + batch + " | head -n 3 | wc -l");
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Contains("3"));
    CHECK(run.err.empty());
}

TEST_CASE("an interrupted run has written what was answered, and says so", "[cli][batch]") {
    const Run run =
        shell(endless + "timeout -s INT 1 " + batch +
              " > /tmp/spf-batch-$$ ; status=$?; tail -c 1 /tmp/spf-batch-$$ | od -An -c; "
              "rm -f /tmp/spf-batch-$$; exit $status");
    CHECK(run.status == 124);  // the status of timeout, which sent the signal
    CHECK_THAT(run.out, Contains("\\n"));
    CHECK_THAT(run.err, Contains("interrupted"));
}

TEST_CASE("a signal that comes twice at once is one", "[cli][batch]") {
    const Run run = shell(endless +
                          "sh -c '"
                          "(sleep 0.5; kill -INT $$; sleep 0.05; kill -INT $$) & exec " +
                          batch + "' >/dev/null");
    CHECK(run.status == 130);
    CHECK_THAT(run.err, Contains("interrupted; "));
}

TEST_CASE("several threads answer every line once", "[cli][batch][threads]") {
    const Run run = shell(
        "seq 5000 | sed 's/.*/{\"id\": &, \"ip\": \"192.0.2.10\", \"sender\": "
        "\"alice@example.com\"}/' | " +
        batch + " --jobs 3");
    CHECK(run.status == 0);
    CHECK(batch_answers(run.out).size() == 5000);
}

TEST_CASE("batch composes with GNU parallel", "[cli][batch]") {
    if (shell("command -v parallel").status != 0) {
        WARN("SKIPPED: GNU parallel is not installed");
        return;
    }
    const Run run = shell(
        "seq 2000 | sed 's/.*/{\"id\": &, \"ip\": \"192.0.2.10\", \"sender\": "
        "\"alice@example.com\"}/' | "
        "parallel --will-cite --pipe --block 20k " +
        batch);
    CHECK(run.status == 0);
    CHECK(batch_answers(run.out).size() == 2000);
}

TEST_CASE("a batch that no name server answers says so, whatever other lines it has",
          "[cli][batch]") {
    const auto [lines, status] = GENERATE(table<std::string, int>({
        {R"({"id": 1, "ip": "192.0.2.10", "sender": "alice@example.com"})", 69},
        {R"({"id": 1, "ip": "192.0.2.10", "sender": "alice@example.com"}
            nonsense
            {"id": 2, "ip": "192.0.2.10", "sender": "a@localhost"})",
         69},
        {R"({"id": 2, "ip": "192.0.2.10", "sender": "a@localhost"})", 0},  // needs no DNS
        {"nonsense", 65},
        {"", 0},
    }));
    const TemporaryFile input(lines);
    const TemporaryFile zone("$STATUS slow.example timeout\n");
    const std::string servers = " --nameserver 127.0.0.1:1";
    for (const std::string& from : {servers, servers + " --zone " + zone.path()}) {
        const Run run = shell("$SPFCHECK batch --json" + from + " < " + input.path());
        CHECK(run.status == status);
        CHECK_THAT(run.err, Contains(status == 69 ? "--nameserver" : ""));
    }
}

TEST_CASE("a batch that asks no name server misses none", "[cli][batch]") {
    const TemporaryFile zone("$STATUS slow.example timeout\n");
    const Run run = shell(
        "echo '{\"id\": 1, \"ip\": \"192.0.2.10\", \"sender\": \"slow.example\"}' | "
        "$SPFCHECK batch --json --zone " +
        zone.path());
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Contains("\"result\":\"temperror\""));
}

TEST_CASE("lines of words and tables are answered as lines of JSON", "[cli][batch][csv]") {
    const TemporaryFile json(
        R"({"id": 2, "ip": "192.0.2.10", "sender": "alice@example.com"})"
        "\n"
        R"({"id": 3, "ip": "198.51.100.7", "sender": "bob@example.com", "helo": "mx.example.com"})"
        "\n"
        R"({"id": 4, "ip": "192.0.2.33", "sender": "", "helo": "mx.example.com"})"
        "\n"
        R"({"id": 5, "ip": "2001:db8::25", "helo": "mx.example.com"})"
        "\n");
    auto expected = batch_answers(shell(batch + " < " + json.path()).out);
    REQUIRE(expected.size() == 4);
    const auto [text, is_quoted] = GENERATE(table<std::string, bool>({
        {"\n192.0.2.10 alice@example.com\n198.51.100.7\tbob@example.com  mx.example.com\r\n"
         "192.0.2.33 <> mx.example.com\n"
         R"({"id": 5, "ip": "2001:db8::25", "helo": "mx.example.com"})",
         false},
        {"\xef\xbb\xbfIP,Sender,helo\n192.0.2.10,alice@example.com\n"
         "198.51.100.7, \"bob@example.com\" ,mx.example.com,more\r\n"
         "192.0.2.33,<>,mx.example.com\n2001:db8::25,,mx.example.com\n",
         false},
        {"note;helo;ip;sender;id\n\"a;\"\"b\";;192.0.2.10;alice@example.com;2\n"
         ";mx.example.com;198.51.100.7;bob@example.com;3\n"
         ";mx.example.com;192.0.2.33;<>;4\n;mx.example.com;2001:db8::25;;5\n",
         true},
    }));
    CAPTURE(text);
    const TemporaryFile input(text);
    for (const char* jobs : {"", " --jobs 3"}) {
        const Run run = shell(batch + jobs + " < " + input.path());
        CHECK(run.status == 0);
        auto found = batch_answers(run.out);
        REQUIRE(found.size() == 4);
        for (auto& [id, answer] : found) {
            CAPTURE(id);
            nlohmann::json other = expected[is_quoted ? id.substr(1, 1) : id];
            other["id"] = answer["id"];
            CHECK(answer == other);
        }
    }
}

TEST_CASE("a line that is neither JSON nor words is refused, and others are answered",
          "[cli][batch][csv]") {
    const auto [line, message] = GENERATE(table<std::string, std::string>({
        {"alice@example.com 192.0.2.10", "IP SENDER [HELO]"},
        {"192.0.2.10", "IP SENDER [HELO]"},
        {"192.0.2.10 alice@example.com a.example b.example", "b.example"},
        {"192.0.2.10 https://example.com/", "sender"},
    }));
    CAPTURE(line);
    const TemporaryFile input(line + "\n192.0.2.10 alice@example.com\n");
    const Run run = shell(batch + " < " + input.path());
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Contains(message) && Contains("\"line\":1,") && Contains("\"id\":2,"));
}

TEST_CASE("a batch of which no line can be read ends with 65, and says how lines look",
          "[cli][batch]") {
    const auto [text, count] = GENERATE(table<std::string, int>({
        {"nonsense\n", 1},
        {"{\"id\": 1}\n\n[]\n", 2},
        {"ip,sender\n\"192.0.2.10,alice@example.com\n", 1},
    }));
    const TemporaryFile input(text);
    const Run run = shell(batch + " < " + input.path());
    CHECK(run.status == 65);
    CHECK_THAT(run.err, Contains("batch --help"));
    CHECK(std::count(run.out.begin(), run.out.end(), '\n') == count);
}

TEST_CASE("batch supposes the records of --with, over name servers, too", "[cli][batch]") {
    const Run run = shell(
        "echo 192.0.2.10 ann@what.example | $SPFCHECK batch --nameserver 127.0.0.1:1 "
        "--with 'what.example TXT v=spf1 ip4:192.0.2.10 -all'");
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Contains("\"result\":\"pass\""));
}

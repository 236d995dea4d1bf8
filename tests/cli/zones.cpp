// Answers out of zone files: what they know, what they do not, and how they are read.

#include <sstream>
#include <utility>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("a name that no zone file holds is not known, and check says so", "[cli][zone]") {
    const TemporaryFile own(
        "example.com. TXT \"v=spf1 include:_spf.example.net a:gone.example.com -all\"\n"
        "example.com. A 192.0.2.1\nwww.sub.example.org. A 192.0.2.1\nalias.example.com. CNAME "
        "x.example.net.\n");
    const auto ask = [&own](const std::string& sender, std::vector<std::string> more = {}) {
        std::vector<std::string> all{"check",     "--zone",   own.path(), "--ip",
                                     "192.0.2.1", "--sender", sender};
        all.insert(all.end(), more.begin(), more.end());
        return spfcheck(all);
    };
    // The text without its line breaks.
    const auto in_one_line = [](const std::string& text) {
        std::istringstream words(text);
        std::string line;
        for (std::string word; words >> word;) line.append(line.empty() ? "" : " ").append(word);
        return line;
    };
    const std::string said = "is not in " + own.path() + ", and no name server was asked";
    for (const auto& [sender, name] : {std::pair{"a@example.net", "example.net"},
                                       {"a@example.com", "_spf.example.net"},
                                       {"a@alias.example.com", "x.example.net"},
                                       {"a@mail.sub.example.org", "mail.sub.example.org"}}) {
        CAPTURE(sender);
        const Run run = ask(sender);
        CHECK(run.status == 5);
        CHECK_THAT(in_one_line(run.out),
                   StartsWith("temperror: ") && Contains(std::string(name) + ' ' + said));
        CHECK_THAT(run.out, !Contains("does not exist") && !Contains("DNS failed"));
        const auto json = nlohmann::json::parse(ask(sender, {"--json"}).out);
        CHECK(json["result"] == "temperror");
        CHECK(json["problem"]["code"] == "not_in_zone");
        CHECK(json["problem"]["domain"] == name);
        CHECK_THAT(json["problem"]["message"].get<std::string>(), Contains(said));
    }
    // Names that do not exist in a zone of the file.
    for (const std::string sender :
         {"a@gone.example.com", "a@example.org", "a@x.www.sub.example.org"}) {
        CAPTURE(sender);
        const Run run = ask(sender);
        CHECK(run.status == 6);
        CHECK_THAT(run.out, !Contains("no name server was asked"));
    }
    // If there is a name server, too, the file says nothing about such a name.
    const Run asked = ask("a@example.net", {"--nameserver", "127.0.0.1:9", "--timeout", "2"});
    CHECK(asked.status == 69);
    CHECK_THAT(asked.out + asked.err, !Contains("no name server was asked"));
}

TEST_CASE("ptr and %{p} conclude nothing from reverse names that no zone file holds",
          "[cli][zone][rfc7208-5.5]") {
    const std::string policies =
        "example.com. TXT \"v=spf1 ptr -all\"\nexample.net. TXT \"v=spf1 exists:%{p}.example.net "
        "-all\"\nexample.org. TXT \"v=spf1 -all exp=why.%{p}.example\"\n";
    const auto status = [&](const std::string& reverse, const std::string& sender) {
        const TemporaryFile file(policies + reverse);
        const Run run = spfcheck(
            {"check", "--zone", file.path(), "--ip", "192.0.2.1", "--sender", sender, "--json"});
        const auto json = nlohmann::json::parse(run.out);
        if (run.status == 5) CHECK(json["problem"]["code"] == "not_in_zone");
        return run.status;
    };
    CHECK(status("", "a@example.com") == 5);
    CHECK(status("", "a@example.net") == 5);
    CHECK(status("", "a@example.org") == 1);  // an explanation decides nothing
    const std::string zone = "2.0.192.in-addr.arpa. SOA a. b. 1 2 3 4 5\n";
    CHECK(status(zone, "a@example.com") == 1);
    CHECK(status(zone, "a@example.net") == 1);
    const std::string name = "1.2.0.192.in-addr.arpa. PTR mail.example.com.\n";
    CHECK(status(name, "a@example.com") == 1);  // the file owns example.com, and mail is not in it
    CHECK(status("1.2.0.192.in-addr.arpa. PTR a.other.example.\n", "a@example.com") == 5);
    CHECK(status(name + "mail.example.com. A 192.0.2.1\n", "a@example.com") == 0);
    CHECK(status(name + "mail.example.com. A 192.0.2.2\n", "a@example.com") == 1);
}

TEST_CASE("a zone file is read up to a bound", "[cli][zone]") {
    const std::string check = "$SPFCHECK check --ip 192.0.2.1 --sender a@example.com --zone ";
    const Run zero = shell(check + "/dev/zero");
    CHECK(zero.status == 65);
    CHECK_THAT(zero.err, Contains("/dev/zero:1: there is a NUL octet"));
    CHECK(shell(check + "/dev/urandom").status == 65);
    const Run endless = shell("yes '; more' 2>/dev/null | " + check + "/dev/stdin");
    CHECK(endless.status == 65);
    CHECK_THAT(endless.err, Contains("is larger than 64 MiB"));
    const Run folder = shell(check + "/tmp");
    CHECK(folder.status == 65);
    CHECK_THAT(folder.err, Contains("is a directory"));
}

TEST_CASE("several zone files are one zone", "[cli]") {
    const TemporaryFile one("alias.example. CNAME real.example.\n");
    const TemporaryFile two("$ORIGIN example.\nreal TXT \"v=spf1 ip4:192.0.2.1 -all\"\n");
    const Run run = spfcheck({"check", "--zone", one.path(), "--zone", two.path(), "--ip",
                              "192.0.2.1", "--sender", "a@alias.example"});
    CHECK(run.status == 0);
}

TEST_CASE("a zone file may be a pipe, which can be read only once", "[cli][batch]") {
    const TemporaryFile other("other.example. TXT \"v=spf1 -all\"\n");
    const TemporaryFile input(
        "{\"id\": 1, \"ip\": \"192.0.2.10\", \"sender\": \"alice@example.com\"}\n");
    const std::string several = " --zone /dev/fd/3 --zone " + other.path();
    for (const std::string& arguments :
         {"check --ip 192.0.2.10 --sender alice@example.com --json" + several,
          "batch --json" + several, std::string("batch --json --jobs 3 --zone /dev/fd/3")}) {
        CAPTURE(arguments);
        const Run run = shell("cat " + zone("example.zone") + " | $SPFCHECK " + arguments +
                              " 3<&0 < " + input.path());
        CHECK(run.status == 0);
        CHECK_THAT(run.out, Contains("\"result\":\"pass\""));
    }
}

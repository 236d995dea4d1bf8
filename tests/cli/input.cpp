// What people type instead of names, and what untrusted senders put into names.

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

Run sender(const std::string& text) { return check({"--ip", "192.0.2.10", "--sender", text}); }

std::string domain_of(const std::string& sender) {
    return check_json({"--ip", "192.0.2.10", "--sender", sender})["domain"];
}

/// Runs the program on the bundled zone.
Run on_zone(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--zone", zone("example.zone")});
    return spfcheck(arguments);
}

}  // namespace

TEST_CASE("what is not an address in MAIL FROM is refused with what to write, not looked up",
          "[cli][input]") {
    const auto [text, remedy] = GENERATE(table<std::string, std::string>({
        {"Alice <alice@example.com>", "must not contain a display name; write alice@example.com\n"},
        {"\"Alice, A.\" <alice@example.com>", "write alice@example.com\n"},
        {"Alice <alice@example.com> ", "write alice@example.com\n"},
        {"mailto:alice@example.com", "write alice@example.com\n"},
        {"mailto:alice@example.com?subject=x", "write alice@example.com\n"},
        {"https://example.com/", "it is a URL; write the domain alone: example.com\n"},
        {"http://ann@example.com:80/x", "it is a URL; write the domain alone: example.com\n"},
        {"v=spf1 -all", "it is the text of a record"},
        {"192.0.2.1", "an IP address is not a domain"},
        {"alice@192.0.2.1", "an IP address is not a domain"},
        {"2001:db8::1", "an IP address is not a domain"},
        {"alice@example.com, ann@example.com", "more than one address; write one"},
        {"alice@exam ple.com", "there is white space in its domain"},
        {"alice@example.com (Alice)", "there is white space in its domain"},
        {"alice@example.com>", "does not begin with \"<\""},
        {"<alice@example.com>>", "it must not contain \">\""},
        {"alice@mailto:example.com", "it must not contain \":\""},
        {"alice@example.com/", "it must not contain \"/\""},
        {"alice@example.com(Alice)", "it must not contain \"(\""},
        {"alice\uff20example.com", "U+FF20"},
    }));
    CAPTURE(text);
    const Run run = sender(text);
    CHECK(run.status == 64);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, StartsWith("spfcheck: --sender: ") && Contains(remedy));
}

TEST_CASE("an address may have brackets, or spaces around it", "[cli][input]") {
    for (const std::string& text :
         std::vector<std::string>{"alice@example.com", "<alice@example.com>", " alice@example.com",
                                  "\talice@example.com \n", " <alice@example.com> ", "example.com",
                                  "\"a b, c\"@example.com", "a<b@example.com"}) {
        CAPTURE(text);
        CHECK(sender(text).status == 0);
        CHECK(domain_of(text) == "example.com");
    }
    // SPF has a result for these.
    CHECK(sender("alice@localhost").status == 6);
    CHECK(sender("alice@[192.0.2.1]").status == 6);
    CHECK(sender("alice@a..b").status == 6);
}

TEST_CASE("no character becomes a separator, and so another domain", "[cli][input][rfc8616-4]") {
    // Fullwidth @, solidus, percent; account of, care of; one dot leader; a digit with a dot.
    for (const std::string odd :
         {"\uff20", "\uff0f", "\uff05", "\u2100", "\u2105", "\u2024", "\u2488"}) {
        CAPTURE(odd);
        for (const std::string& text :
             {"alice@victim.example" + odd + "example.com", "alice@a" + odd + "b.example.com",
              "alice@b\u00fc" + odd + "cher.example.com"}) {
            const Run run = sender(text);
            CHECK(run.status == 64);
            CHECK_THAT(run.err, Contains("is not a domain name, and IDNA"));
        }
        const Run lint = on_zone({"lint", "example" + odd + "com"});
        CHECK(lint.status == 64);
        const Run helo = check({"--ip", "192.0.2.10", "--helo", "mx" + odd + "example.com"});
        CHECK(helo.status == 6);
        CHECK_THAT(helo.out, Contains("is not a domain name that can be checked"));
    }
}

TEST_CASE("dots of East Asian keyboards separate labels", "[cli][input][uts46-2.3]") {
    if (cli_test::lacks_idn2()) return;
    for (const std::string dot : {"\u3002", "\uff0e", "\uff61", "."}) {
        CHECK(domain_of("alice@example" + dot + "com") == "example.com");
        CHECK(domain_of("alice@b\u00fccher" + dot + "example.com") == "xn--bcher-kva.example.com");
    }
    CHECK(domain_of("alice@\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45.com") == "example.com");
}

TEST_CASE("a label in US-ASCII stays as it is beside one that is not", "[cli][input][rfc8616-4]") {
    if (cli_test::lacks_idn2()) return;
    CHECK(domain_of("alice@_spf.b\u00fccher.example") == "_spf.xn--bcher-kva.example");
    CHECK(domain_of("alice@a_b.xn--bcher-kva.example") == "a_b.xn--bcher-kva.example");
    CHECK(domain_of("b\u00fccher@example.com") == "example.com");
}

TEST_CASE("what is not a domain is refused with what to write, not looked up", "[cli][input]") {
    const auto [text, remedy] = GENERATE(table<std::string, std::string>({
        {"bob@x", "it is a mail address; write the domain alone\n"},
        {"https://x/", "it is a URL; write the domain alone\n"},
        {"example.com:53", "it must not contain \":\""},
        {"example .com", "it must not contain \" \""},
        {"include:_spf.example.com", "it must not contain \":\""},
        {"192.0.2.1", "it is an IP address; write a domain"},
        {"192.0.2.0/24", "it is an IP address; write a domain"},
        {"2001:db8::1", "it is an IP address; write a domain"},
        {"word", "\"word\" is no"},
        {"exa\x1bmple.com", "\"exa\\x1bmple.com\" is not a domain"},
    }));
    CAPTURE(text);
    for (const std::string command : {"lint", "networks", "flatten"}) {
        const Run run = on_zone({command, text});
        if (command == "lint" && (text == "word" || text.find('\x1b') != std::string::npos)) {
            CHECK(run.status == 1);  // lint has a finding about what SPF cannot check
            CHECK_THAT(run.out, Contains("[malformed_domain]"));
            continue;
        }
        CHECK(run.status == 64);
        CHECK(run.out.empty());
        const std::string told = text == "word" ? "is not a domain" : remedy;
        CHECK_THAT(run.err, StartsWith("spfcheck: DOMAIN: ") && Contains(told));
    }
    const Run authorize = on_zone({"authorize", text, "192.0.2.1"});
    CHECK(authorize.status == 64);
    CHECK_THAT(authorize.err, StartsWith("spfcheck: DOMAIN: "));
    const Run diff = on_zone({"diff", "example.com", text});
    CHECK(diff.status == 64);
    const std::string told = text == "word" ? "is neither a domain nor a record" : remedy;
    CHECK_THAT(diff.err, StartsWith("spfcheck: NEW: ") && Contains(told));
}

TEST_CASE("a mail address or a URL in place of a domain is understood, with a note",
          "[cli][input]") {
    const std::string text =
        GENERATE("bob@example.com", "Bob <bob@example.com>", "https://example.com/",
                 "ftp://example.com:21", "http://bob@example.com/x?y#z", "example.com/spf");
    CAPTURE(text);
    for (const std::string command : {"overview", "lint", "networks", "flatten"}) {
        CAPTURE(command);
        const Run meant = on_zone({command, "example.com"});
        const Run run = on_zone({command, text});
        CHECK(run.status == meant.status);
        CHECK(run.out == meant.out);
        CHECK_THAT(run.err,
                   StartsWith("spfcheck: note: \"") && Contains("the domain is example.com\n"));
        CHECK(meant.err.empty());
    }
    CHECK(nlohmann::json::parse(on_zone({"lint", text, "--json"}).out)["domain"] == "example.com");
    CHECK(on_zone({text}).out == on_zone({"example.com"}).out);
}

TEST_CASE("a name that is no domain of its own is not changed silently", "[cli][input]") {
    // The host of a URL is taken as it is: it may have a record of its own.
    const Run run = on_zone({"https://www.example.com/x"});
    CHECK_THAT(run.out, StartsWith("www.example.com: no SPF record"));
    CHECK_THAT(run.err, Contains("the domain is www.example.com\n"));
}

TEST_CASE("a pasted record is examined, with quotes and without", "[cli][input]") {
    const Run meant = spfcheck({"lint", "--record", "v=spf1 mx ip4:192.0.2.1 -all"});
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"v=spf1 mx ip4:192.0.2.1 -all"},
          {"v=spf1", "mx", "ip4:192.0.2.1", "-all"},
          {"lint", "v=spf1 mx ip4:192.0.2.1 -all"}}) {
        const Run run = spfcheck(words);
        CHECK(run.status == meant.status);
        CHECK(run.out == meant.out);
        CHECK(run.err ==
              "spfcheck: note: it is the text of a record: this is spfcheck lint --record\n");
    }
    const Run json = spfcheck({"v=spf1", "mx", "-all", "--json"});
    CHECK(nlohmann::json::parse(json.out)["record"] == "v=spf1 mx -all");
    CHECK_THAT(spfcheck({"\"v=spf1 mx -all\""}).out, Contains("[version_quoted]"));
    CHECK(on_zone({"lint", "v=spf1 -all", "example.com"}).status == 64);
}

TEST_CASE("an address in place of a sub-command is told which sub-commands take one",
          "[cli][input][usage]") {
    const std::string text = GENERATE("192.0.2.1", "2001:db8::1", "192.0.2.0/24");
    const Run run = spfcheck({text});
    CHECK(run.status == 64);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains("is an IP address; write: check " + text + " SENDER"));
}

TEST_CASE("check takes an address and a sender without options, in either order",
          "[cli][input][check]") {
    const Run meant = check({"--ip", "192.0.2.10", "--sender", "ann@example.com"});
    CHECK(meant.status == 0);
    CHECK(check({"192.0.2.10", "ann@example.com"}).out == meant.out);
    CHECK(check({"ann@example.com", "192.0.2.10"}).out == meant.out);
    CHECK(check({"--ip", "192.0.2.10", "ann@example.com"}).out == meant.out);
    CHECK(check({"192.0.2.10", "--sender", "ann@example.com"}).out == meant.out);
    CHECK(check({"192.0.2.10", "--helo", "mx.example.com"}).out ==
          check({"--ip", "192.0.2.10", "--helo", "mx.example.com"}).out);
    const auto [words, message] = GENERATE(table<std::vector<std::string>, std::string>({
        {std::vector<std::string>{"192.0.2.300", "ann@example.com"},
         "\"192.0.2.300\" is not an IP"},
        {{"192.0.2.1", "192.0.2.2"}, "\"192.0.2.2\" is given in addition to --ip"},
        {{"192.0.2.1", "a@example.com", "--sender", "b@example.com"}, "in addition to --sender"},
        {{"192.0.2.1", "Ann <ann@example.com>"}, "write ann@example.com"},
        {{"ann@example.com"}, "--ip is required"},
        {{"192.0.2.1"}, "--sender or --helo is missing"},
        {{"192.0.2.1", "ann@example.com", "more"},
         "\"more\" is one word too many: check takes [IP] SENDER"},
    }));
    CAPTURE(words);
    const Run run = check(words);
    CHECK(run.status == 64);
    CHECK_THAT(run.err, StartsWith("spfcheck: ") && Contains(message));
}

TEST_CASE("lint examines several domains, and exits as the worst of them", "[cli][input][lint]") {
    const Run both = on_zone({"lint", "example.com", "broken.example"});
    CHECK(both.status == 1);
    CHECK(both.out ==
          on_zone({"lint", "example.com"}).out + "\n" + on_zone({"lint", "broken.example"}).out);
    CHECK(on_zone({"lint", "broken.example", "absent.example"}).status == 1);
    CHECK(on_zone({"lint", "example.com", "absent.example", "nomail.example"}).status == 5);
    const Run json = on_zone({"lint", "example.com", "broken.example", "--json"});
    CHECK(json.out == on_zone({"lint", "example.com", "--json"}).out +
                          on_zone({"lint", "broken.example", "--json"}).out);
    const auto sarif =
        nlohmann::json::parse(on_zone({"lint", "twice.example", "broken.example", "--sarif"}).out);
    CHECK(sarif["runs"][0]["results"].size() == 2);
}

TEST_CASE("a record in the place of a domain is distinguished from a domain", "[cli][input]") {
    for (const std::string command : {"networks", "flatten"}) {
        CHECK_THAT(on_zone({command, "v=spf1 -all"}).err, Contains("it is the text of a record"));
    }
    CHECK_THAT(on_zone({"diff", "example.com", "v=spf1-all"}).err,
               Contains("a space is missing after \"v=spf1\""));
    CHECK(on_zone({"diff", " example.com ", "\texample.com"}).status == 0);
    CHECK(on_zone({"diff", "example.com", "example.com", "--domain", "x@y"}).status == 64);
}

TEST_CASE("a domain may have spaces around it, a final dot and underscores", "[cli][input]") {
    CHECK(on_zone({"lint", " example.com\n"}).status == on_zone({"lint", "example.com"}).status);
    CHECK(on_zone({"networks", "example.com."}).status == 0);
    CHECK_THAT(on_zone({"lint", "_spf.no-such.example"}).err, !Contains("is not a domain"));
}

TEST_CASE("a line of batch is judged as the command line is, and the run goes on",
          "[cli][input][batch]") {
    const TemporaryFile lines(
        R"({"id": 1, "ip": "192.0.2.10", "sender": "Alice <alice@example.com>"})"
        "\n"
        R"({"id": 2, "ip": "192.0.2.10", "sender": " <alice@example.com> "})"
        "\n"
        "{\"id\": 3, \"ip\": \"192.0.2.10\", \"sender\": \"alice@example\uff20com\"}"
        "\n"
        R"({"id": 4, "ip": "192.0.2.10", "sender": "mailto:alice@example.com"})"
        "\n"
        R"({"id": 5, "ip": "192.0.2.10", "sender": "alice@192.0.2.1"})"
        "\n"
        R"({"id": "\u009b\u202e\u001b", "ip": "192.0.2.10", "sender": "alice@example.com"})"
        "\n");
    const Run run = shell("\"$SPFCHECK\" batch --json --zone '" + zone("example.zone") + "' < '" +
                          lines.path() + "'");
    CHECK(run.status == 0);
    auto answers = batch_answers(run.out);
    CHECK_THAT(answers["1"]["error"].get<std::string>(), Contains("write alice@example.com"));
    CHECK(answers["2"]["result"] == "pass");
    CHECK_THAT(answers["3"]["error"].get<std::string>(), Contains("is not a domain name"));
    CHECK_THAT(answers["4"]["error"].get<std::string>(), Contains("write alice@example.com"));
    CHECK(answers["5"].contains("error"));
    CHECK_THAT(run.out, Contains(R"("id":"\u009b\u202e\u001b")"));
}

TEST_CASE("batch ends with 70 if it gets no threads, having read nothing", "[cli][input][batch]") {
    // Each thread's stack is taken from the memory limit of the process.
    const std::string limits = "ulimit -s 1000000; ulimit -v 5000000; ";
    const std::string zone_option = " --zone '" + zone("example.zone") + "'";
    const std::string line = R"({"id":1,"ip":"192.0.2.10","sender":"alice@example.com"})";
    const std::string feed = "echo '" + line + "' | \"$SPFCHECK\" batch --json" + zone_option;
    if (shell(limits + feed).status != 0) {
        WARN("SKIPPED: the program does not run within 5 GB of addresses (a sanitizer?)");
        return;
    }
    const Run run = shell(limits + feed + " --jobs 64");
    CAPTURE(run.err);
    CHECK(run.status == 70);
    CHECK(run.out.empty());
    CHECK_THAT(run.err,
               Contains("spfcheck: cannot start 64 threads: ") && Contains("try a smaller --jobs"));
    CHECK(shell(feed + " --jobs 8").status == 0);
}

TEST_CASE("numbers beyond their ends are wrong usage", "[cli][input]") {
    const std::vector<std::string> of_check{"check", "--ip", "192.0.2.1", "--sender",
                                            "a@b.example"};
    for (const auto& [option, value] : std::vector<std::pair<std::string, std::string>>{
             {"--nameserver", "192.0.2.1:0"},
             {"--nameserver", "192.0.2.1:65536"},
             {"--nameserver", "[2001:db8::1]:99999999999999999999"},
             {"--timeout", "-1"},
             {"--timeout", "1e300"},
             {"--timeout", "inf"},
             {"--limits", "dns_lookups=4294967296"},
             {"--limits", "dns_lookups=-1"}}) {
        std::vector<std::string> arguments = of_check;
        arguments.insert(arguments.end(), {option, value});
        CAPTURE(option, value);
        CHECK(spfcheck(arguments).status == 64);
    }
    for (const std::string value : {"0", "-1", "99999999999999999999", "1e3", ""}) {
        CAPTURE(value);
        for (const std::string option : {"--jobs", "--concurrency", "--questions"}) {
            CHECK(spfcheck({"batch", "--json", option, value}).status == 64);
        }
        CHECK(on_zone({"flatten", "example.com", "--max-length", value}).status == 64);
    }
}

TEST_CASE("no argument steers the terminal: its octets are shown as what they are",
          "[cli][input][hostile]") {
    const std::string evil = "\x1b[2J\x9b\x07";
    const std::string file = "/nonexistent/" + evil;
    const std::string zones = zone("example.zone");
    const std::vector<std::vector<std::string>> commands{
        {evil},
        {"--" + evil},
        {"check", "--" + evil},
        {"check", "--ip", evil},
        {"check", "--ip", "fe80::1%" + evil, "--sender", "a@b.example"},
        {"check", "--ip", "192.0.2.1", "--sender", "a@" + evil + ".example", "--zone", zones},
        {"check", "--ip", "192.0.2.1", "--sender", evil + "@x", "--helo", evil, "--zone", zones},
        {"check", "--ip", "192.0.2.1", "--sender", "x <" + evil + ">"},
        {"check", "--ip", "192.0.2.1", "--sender", "mailto:" + evil},
        {"check", "--ip", "192.0.2.1", "--helo", evil, "--zone", zones},
        {"check", "--ip", "192.0.2.1", "--sender", "a@b.example", "--limits", evil + "=1"},
        {"check", "--ip", "192.0.2.1", "--sender", "a@b.example", "--zone", file},
        {"check", "--ip", "192.0.2.1", "--sender", "a@b.example", "--nameserver", evil},
        {"check", "--ip", "192.0.2.1", "--sender", "a@b.example", "--nameserver",
         "[fe80::1%" + evil + "]:1", "--timeout", "0.2"},
        {"check", "--ip", "192.0.2.1", "--sender", "a@b.example", "--identity", evil},
        {"check", "--ip", "192.0.2.1", "--sender", "a@b.example", "--timeout", evil},
        {"check", "--message", file},
        {"check", "--message", zones, "--trusted-relay", evil},
        {"lint", evil},
        {"lint", "a." + evil},
        {"lint", "--record", "v=spf1 " + evil + " -all"},
        {"lint", "v=spf1 " + evil},
        {"networks", evil + ".example"},
        {"flatten", "x." + evil},
        {"flatten", "example.com", "--zone", zones, "--max-length", evil},
        {"diff", "v=spf1 a:" + evil + " -all", "v=spf1 -all", "--zone", zones},
        {"authorize", evil + ".example", "192.0.2.1", "--zone", zones},
        {"authorize", "example.com", evil, "--zone", zones},
        {"providers", evil},
        {"batch", "--jobs", evil},
        {"batch", "--json", "--zone", file},
    };
    for (const std::vector<std::string>& command : commands) {
        for (const bool verbose : {false, true}) {
            std::vector<std::string> arguments = command;
            if (verbose) arguments.emplace_back("-vv");
            const Run run = spfcheck(arguments);
            CAPTURE(command, run.out, run.err);
            CHECK(run.status != 0);
            for (const std::string& text : {run.out, run.err}) {
                CHECK(text.find_first_of("\x1b\x9b\x07\x7f") == std::string::npos);
                CHECK(text.find("?[2J") == std::string::npos);
            }
        }
    }
}

#include "spf/resolver/zone_file.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/catch.hpp"
#include "support/cpu_time.hpp"

using namespace std::chrono_literals;
using spf::dns::RecordType;
using spf::dns::Status;

namespace {

spf::ZoneResolver zone_of(std::string_view text, std::string_view origin = {}) {
    auto zone = spf::parse_zone(text, origin);
    if (!zone) FAIL(zone.error().message());
    return *std::move(zone);
}

/// "line: what", or "" if the text is valid.
std::string error_in(std::string_view text) {
    const auto zone = spf::parse_zone(text);
    return zone ? std::string{} : zone.error().message();
}

std::vector<std::string> texts(std::string_view file, std::string_view name = "example.com") {
    return zone_of(file).resolve({name, RecordType::txt})->texts;
}

}  // namespace

TEST_CASE("a record needs an owner, a type and data, nothing else", "[zone_file][rfc1035-5.1]") {
    for (const char* file : {
             "example.com. TXT \"v=spf1 -all\"",
             "example.com.\tIN\tTXT\t\"v=spf1 -all\"\r\n",
             "example.com. 3600 TXT \"v=spf1 -all\"\n",
             "example.com. 1h IN TXT \"v=spf1 -all\"",
             "example.com. IN 1h TXT \"v=spf1 -all\"",
             "$ORIGIN com.\nexample TXT \"v=spf1 -all\"",
             "$ORIGIN com.\n$ORIGIN example\n@ TXT \"v=spf1 -all\"",
             "EXAMPLE.com. A 192.0.2.1\n\n  ; none\n  TXT \"v=spf1 -all\"",
             "example.com. TXT ( \"v=spf1 \" ; a comment with \" in it\n\n  \"-all\"\n )\n",
             "\n\n; nothing\nexample.com. TXT \"v=spf1\" \" -all\" ; comment\n; end",
             "example TXT \"v=spf1 -all\"\n$ORIGIN com.\nexample TXT \"v=spf1 -all\"",
         }) {
        CAPTURE(file);
        CHECK(texts(file) == std::vector<std::string>{"v=spf1 -all"});
        CHECK(zone_of(file).resolve({"example.com", RecordType::txt})->ttl == 3600s);
    }
}

TEST_CASE("relative names belong to the origin that is given", "[zone_file]") {
    auto zone = zone_of("@ MX 10 mail\nmail A 192.0.2.1", "example.com");
    CHECK(zone.resolve({"example.com", RecordType::mx})->exchanges[0].host == "mail.example.com");
    CHECK(zone.resolve({"mail.example.com", RecordType::a})->status == Status::ok);
}

TEST_CASE("every type is read", "[zone_file]") {
    auto zone = zone_of(
        "$ORIGIN example.com.\n$TTL 1h\n"
        "@ 900 SOA ns root ( 1 3600 600 86400 60 )\n@ NS ns\n"
        "@ A 192.0.2.1\n@ AAAA 2001:db8::1\n@ MX 10 mail\n@ MX 0 .\n"
        "1 5 PTR mail\nwww CNAME @\n*.wild TXT x\nmapped AAAA ::ffff:192.0.2.7\n"
        "other SRV 1 2 3 mail\nunknown TYPE65280 \\# 2 abcd\nspf SPF \"v=spf1 -all\"\nch CH A "
        "1.2.3.4\n"
        "$ORIGIN example.net.\n@ SOA ns root 1 3600 600 86400 7\n");
    const auto status = [&zone](std::string_view name, RecordType type) {
        return zone.resolve({name, type})->status;
    };
    CHECK(zone.resolve({"example.com", RecordType::a})->addresses[0].to_string() == "192.0.2.1");
    CHECK(zone.resolve({"example.com", RecordType::aaaa})->addresses[0].to_string() ==
          "2001:db8::1");
    CHECK(zone.resolve({"example.com", RecordType::mx})->exchanges ==
          std::vector<spf::dns::MailExchange>{{10, "mail.example.com"}, {0, ""}});
    CHECK(zone.resolve({"1.example.com", RecordType::ptr})->ttl == 5s);
    CHECK(status("www.example.com", RecordType::a) == Status::ok);
    CHECK(status("any.wild.example.com", RecordType::txt) == Status::ok);
    CHECK(status("mapped.example.com", RecordType::aaaa) == Status::ok);
    CHECK(status("mapped.example.com", RecordType::a) == Status::no_data);
    for (const char* name : {"other.example.com", "unknown.example.com", "spf.example.com"}) {
        CHECK(status(name, RecordType::txt) == Status::no_data);
    }
    CHECK(status("ch.example.com", RecordType::a) == Status::nxdomain);
    CHECK(zone.resolve({"gone.example.com", RecordType::a})->ttl == 60s);
    CHECK(zone.resolve({"gone.example.net", RecordType::a})->ttl == 7s);
}

TEST_CASE("escapes and odd characters in texts come as octets", "[zone_file][rfc1035-5.1]") {
    CHECK(texts("example.com. TXT \"a\\\"b\\\\\" \"\\000\\255;()\"") ==
          std::vector<std::string>{std::string("a\"b\\\0\xff;()", 9)});
    CHECK(texts("example.com. TXT \"\"") == std::vector<std::string>{""});
    CHECK(texts("example.com. TXT v=spf1") == std::vector<std::string>{"v=spf1"});
}

TEST_CASE("a text may be as long as DNS allows, and is never cut", "[zone_file][rfc1035-3.2.1]") {
    const auto file = [](int strings, std::size_t rest) {
        std::string text = "example.com. TXT";
        for (int i = 0; i < strings; ++i) text += " \"" + std::string(255, 'x') + '"';
        return text + " \"" + std::string(rest, 'y') + '"';
    };
    // 255 strings of 255 octets and one of 254, each with its length: 65535.
    CHECK(
        texts(file(255, 254)) ==
        std::vector<std::string>{std::string(std::size_t{255} * 255, 'x') + std::string(254, 'y')});
    for (const auto& [strings, rest] : {std::pair{255, 255}, {256, 0}, {300, 7}}) {
        const std::size_t size = static_cast<std::size_t>(strings) * 256 + 1 + std::size_t(rest);
        CHECK(error_in("\n" + file(strings, std::size_t(rest))) ==
              "2: the strings of a TXT record must have at most 65535 octets, including one for "
              "each length, not " +
                  std::to_string(size));
    }
}

TEST_CASE("strings of a text need no blank between them, and lines may end in CR LF",
          "[zone_file]") {
    CHECK(texts("example.com. TXT \"a\"\"b\"c\"d e\"\r\n") == std::vector<std::string>{"abcd e"});
    CHECK(texts("example.com. IN TXT ( \"a\"\r\n ; b\r\n \"c\" )\r\n; end\r\n") ==
          std::vector<std::string>{"ac"});
}

TEST_CASE("names come plain, and a dot in a label keeps its escape", "[zone_file]") {
    auto zone = zone_of("a\\032b\\;\\@.example.com. PTR x\\.y.Example.com.");
    CHECK(zone.resolve({"a b;@.example.com", RecordType::ptr})->names ==
          std::vector<std::string>{"x\\046y.example.com"});
}

TEST_CASE("$STATUS makes a name fail", "[zone_file]") {
    auto zone = zone_of(
        "$ORIGIN example.com.\na A 192.0.2.1\n$STATUS a timeout\nb A 192.0.2.1\n"
        "$status b.example.com. txt ServFail ; comment\n$STATUS @ nodata\n");
    CHECK(zone.resolve({"a.example.com", RecordType::a})->status == Status::timeout);
    CHECK(zone.resolve({"b.example.com", RecordType::a})->status == Status::ok);
    CHECK(zone.resolve({"b.example.com", RecordType::txt})->status == Status::servfail);
    CHECK(zone.resolve({"example.com", RecordType::txt})->status == Status::no_data);
}

TEST_CASE("an error has the line where its entry begins, and says what is wrong", "[zone_file]") {
    const auto [file, error] = GENERATE(table<std::string, std::string>({
        {"\n\nexample.com. A 192.0.2\n", "3: the data does not fit the type A"},
        {"a. A 192.0.2.1\nb. MX 1 ( x\n y )\n", "2: the data does not fit the type MX"},
        {"a. TXT (\n\"x\"\n", "1: a parenthesis is missing"},
        {"a. TXT x )\n", "1: a parenthesis was never opened"},
        {"a. TXT \"x\nb. TXT y", "1: a quotation mark is missing"},
        {"a. TXT \"x", "1: a quotation mark is missing"},
        {"a. FOO x", "1: FOO is neither a class nor a type of records"},
        {"a. CLASS65536 A 192.0.2.1", "1: CLASS65536 is neither a class nor a type of records"},
        {"a. TYPE70000 x", "1: TYPE70000 is neither a class nor a type of records"},
        {"a. XX A 192.0.2.1", "1: XX is neither a class nor a type of records"},
        {"a. IN CH A 192.0.2.1", "1: CH is a second class"},
        {"a.", "1: type and data are missing"},
        {"a. 5 IN", "1: type and data are missing"},
        {"a. A", "1: the data is missing"},
        {"a. NS ; data", "1: the data is missing"},
        {" A 192.0.2.1", "1: the first record has no owner"},
        {"a..b. A 192.0.2.1", "1: a..b. is not a domain name"},
        {"\"a.\" A 192.0.2.1", "1: the owner is in quotation marks"},
        {"a. TXT \"" + std::string(256, 'x') + '"',
         "1: a string of a TXT record must have at most 255 octets"},
        {"$INCLUDE file", "1: $INCLUDE is not supported"},
        {"$GENERATE 1-9 a$ A 192.0.2.$", "1: $GENERATE is not supported"},
        {"$ORIGIN", "1: $ORIGIN requires a domain name"},
        {"$ORIGIN a b", "1: $ORIGIN requires a domain name"},
        {"$ORIGIN a..b", "1: a..b is not a domain name"},
        {"$STATUS a", "1: $STATUS requires a name, optionally a type, and a status"},
        {"$STATUS a NS timeout", "1: the type NS is not one of A, AAAA, MX, PTR and TXT"},
        {"$STATUS a down",
         "1: the status down is not one of timeout, servfail, error, unreachable, nxdomain and "
         "nodata"},
    }));
    CAPTURE(file);
    CHECK(error_in(file) == error);
}

TEST_CASE("a TTL is a time of 0 to 2147483647 seconds", "[zone_file][rfc2181-8]") {
    const std::string time = "3600 or 1h, up to 2147483647 s";
    const std::string argument = "1: $TTL requires a time, such as " + time;
    for (const std::string ttl :
         {"1x", "12345678901234", "2147483648", "3551w", "1h2", "1.5h", "99999999999999999999w"}) {
        CAPTURE(ttl);
        CHECK(error_in("\na. " + ttl + " IN A 192.0.2.1") ==
              "2: the TTL must be a time, such as " + time + ", not " + ttl);
        CHECK(error_in("$TTL " + ttl) == argument);
        CHECK(error_in("a. SOA ns root 1 2 3 4 " + ttl) ==
              "1: " + ttl + " is not a time for an SOA record: write for example " + time);
    }
    CHECK(error_in("$TTL soon") == argument);
    CHECK(error_in("$TTL -1") == argument);
    CHECK(error_in("$TTL") == argument);
    CHECK(error_in("a. 5 6 7 IN A 192.0.2.1") == "1: 6 is a second TTL");
    const auto [ttl, expected] = GENERATE(table<std::string, std::chrono::seconds>(
        {{"0", 0s}, {"2147483647", 2147483647s}, {"1h30m", 5400s}, {"1W2D3h4M5s", 788645s}}));
    CAPTURE(ttl);
    auto zone = zone_of("a. IN " + ttl + " A 192.0.2.1\n$TTL " + ttl + "\nb. A 192.0.2.1");
    CHECK(zone.resolve({"a", RecordType::a})->ttl == expected);
    CHECK(zone.resolve({"b", RecordType::a})->ttl == expected);
}

TEST_CASE("the preference of an MX record is 0 to 65535", "[zone_file][rfc1035-3.3.9]") {
    for (const std::string preference : {"70000", "65536", "-1", "+1", "1x", "0x10", "ten"}) {
        CAPTURE(preference);
        CHECK(error_in("a. MX " + preference + " b.") ==
              "1: the preference of an MX record must be a number from 0 to 65535, not " +
                  preference);
    }
    auto zone = zone_of("a. MX 65535 b.\na. MX 0 c.\na. MX 007 d.");
    CHECK(zone.resolve({"a", RecordType::mx})->exchanges ==
          std::vector<spf::dns::MailExchange>{{65535, "b"}, {0, "c"}, {7, "d"}});
}

TEST_CASE("data that does not fit its type is an error", "[zone_file][rfc1035-5.1]") {
    for (const std::string data :
         {"A 1.2.3.4.5", "A 192.0.2.256", "A 192.0.2.1 192.0.2.2", "A 192.0.2.1/24",
          "A 2001:db8::1", "AAAA 192.0.2.1", "AAAA 2001:db8::g", "AAAA fe80::1%eth0",
          "AAAA 1:2:3:4:5:6:7:8:9", "MX 10", "MX 10 b. c.", "PTR b. c.", "PTR b..c.", "CNAME b. c.",
          "CNAME .b.", "SOA ns. root. 1 2 3 4", "A \\# 3 c00002", "A \\# 4 c000020",
          "TXT \\# 2 0568"}) {
        CAPTURE(data);
        const std::string type = data.substr(0, data.find(' '));
        CHECK(error_in("a. " + data) == "1: the data does not fit the type " + type);
    }
    CHECK(error_in("a. A \"192.0.2.1\"") == "1: only texts may be in quotation marks");
    CHECK(error_in("a. SOA ns. root. 4294967296 1 1 1 1") ==
          "1: the serial number of an SOA record must be at most 4294967295, not 4294967296");
    auto zone =
        zone_of("a. A \\# 4 c0000201\na. TXT \\# 3 026869\na. TYPE16 there\na. TYPE1 192.0.2.2");
    CHECK(zone.resolve({"a", RecordType::a})->addresses.size() == 2);
    CHECK(zone.resolve({"a", RecordType::txt})->texts == std::vector<std::string>{"hi", "there"});
}

TEST_CASE("labels and names have their length", "[zone_file][rfc1035-2.3.4]") {
    const std::string label(63, 'a');
    const std::string longest = label + '.' + label + '.' + label + '.' + label.substr(0, 61) + '.';
    CHECK(error_in(longest + " A 192.0.2.1").empty());
    CHECK(error_in(label + "a. A 192.0.2.1") ==
          "1: a label is longer than 63 octets: " + label + "a.");
    CHECK_FALSE(error_in("a" + longest + " A 192.0.2.1").empty());
    CHECK_FALSE(error_in("a. PTR " + label + "a.").empty());
    CHECK_FALSE(error_in("a. PTR x." + longest).empty());
    // The origin counts, too.
    const std::string origin = "$ORIGIN " + longest + "\n";
    CHECK(error_in(origin + "x A 192.0.2.1").starts_with("2: a domain name is longer"));
    CHECK(error_in(origin + "@ CNAME x") ==
          "2: a domain name in the data is longer than 255 octets");
    CHECK(error_in(origin + "$STATUS x timeout").starts_with("2: a domain name is longer"));
    CHECK(error_in(origin + "$ORIGIN x").starts_with("2: a domain name is longer"));
}

TEST_CASE("an escape is three digits up to 255, or no digit", "[zone_file][rfc1035-5.1]") {
    for (const std::string escape : {"\\999", "\\256", "\\12", "\\1", "\\0x1"}) {
        CAPTURE(escape);
        const std::string shown = escape.substr(0, 4);
        const std::string problem =
            " is not a valid escape: write \\ and three digits (000 to 255), or \\ and a character "
            "that "
            "is not a digit";
        const std::string expected = "2: " + shown + problem;
        CHECK(error_in("\na. TXT \"" + escape + '"') == expected);
        CHECK_THAT(error_in("\na" + escape + ". A 192.0.2.1"),
                   Catch::StartsWith("2: " + shown) && Catch::EndsWith(problem));
        CHECK(error_in("\na. NS a" + escape) == expected);
    }
    for (const char* file : {"a. TXT x\\", "a. TXT x\\\r\nb. TXT y\r\n", "a. TXT \"x\\\n\""})
        CHECK(error_in(file) == "1: the line ends in a backslash");
    CHECK(texts("example.com. TXT \"\\255\\\\999\\(\"") == std::vector<std::string>{"\xff\\999("});
}

TEST_CASE("octets that no master file holds are an error with their line", "[zone_file]") {
    CHECK(error_in(std::string("a. TXT x\0", 9)) == "1: there is a NUL octet; write \\000 instead");
    CHECK(error_in(std::string("\n; \n\n;\0\n", 8)) ==
          "4: there is a NUL octet; write \\000 instead");
    for (const std::string mark : {"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"}) {
        CHECK(error_in(mark + "a. TXT x") ==
              "1: the file begins with a byte order mark; save it without");
    }
    CHECK(texts("example.com. TXT \"\xef\xbb\xbf\"") == std::vector<std::string>{"\xef\xbb\xbf"});
}

TEST_CASE("types that SPF does not need are passed over, well written", "[zone_file]") {
    // ldns leaks the data of an IPSECKEY record; a leak sanitizer would detect it.
    auto zone = zone_of(
        "a. IPSECKEY 10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==\n"
        "b. NAPTR 100 50 \"s\" \"z3950+I2L+I2C\" \"\" _z3950._tcp.gatech.edu.\n"
        "c. LOC 42 21 54 N 71 06 18 W -24m 30m\nd. SVCB what is this\ne. TYPE65280 \\# 1 zz\n"
        "f. APL\ng. CH TXT \"x\"\n");
    for (const char* name : {"a", "b", "c", "d", "e", "f"})
        CHECK(zone.resolve({name, RecordType::txt})->status == Status::no_data);
    CHECK(zone.resolve({"g", RecordType::txt})->status == Status::nxdomain);
    CHECK(error_in("a. IPSECKEY 10 1 \"2") == "1: a quotation mark is missing");
    CHECK(error_in("a. IPSECKEY ( 10 1 2") == "1: a parenthesis is missing");
    CHECK_FALSE(error_in("a. HINFO \\777 x").empty());
    CHECK_FALSE(error_in("a. CH TXT \"\\777\"").empty());
}

TEST_CASE("an empty file is an empty zone", "[zone_file]") {
    for (const char* file : {"", "\n", "; nothing", "  \n\t\n"}) CHECK(error_in(file).empty());
}

TEST_CASE("garbage is an error or a zone, never worse", "[zone_file]") {
    const std::string seed =
        "$ORIGIN e.\n$TTL 1\na ( 1 ) IN TXT \"x\\\"\\001\" y ; z\n MX 1 b\n$STATUS a A timeout\n";
    for (std::size_t i = 0; i < seed.size(); ++i) {
        for (const char c : {'\\', '"', '(', ')', ';', '\n', ' ', '$', '@', '\xff', '.', '0'}) {
            std::string text = seed;
            text[i] = c;
            const auto replaced = spf::parse_zone(text);
            const auto cut = spf::parse_zone(std::string_view{text}.substr(0, i + 1));
            CHECK((replaced.has_value() || !replaced.error().message().empty()));
            CHECK((cut.has_value() || !cut.error().message().empty()));
        }
    }
}

TEST_CASE("files are loaded, and errors name them", "[zone_file]") {
    const std::filesystem::path path =
        std::filesystem::temp_directory_path() / "spf-zone-file-test.zone";
    std::ofstream{path} << "@ TXT \"v=spf1 -all\"\n";
    const auto zone = spf::load_zone_file(path, "example.com", {.preparse = false});
    REQUIRE(zone);
    CHECK(zone->lookup({"example.com", RecordType::txt})->selected == nullptr);
    std::ofstream{path} << "@ TXT \"v=spf1 -all\"\n@ A x\n";
    const auto broken = spf::load_zone_file(path);
    REQUIRE(!broken);
    CHECK(broken.error().message() == path.string() + ":2: the data does not fit the type A");
    std::filesystem::remove(path);
    CHECK(spf::load_zone_file(path).error().message() == path.string() + ": cannot be read");
    CHECK(spf::load_zone_file("/").error().message() ==
          "/: cannot be read, because it is a directory");
}

TEST_CASE("several files are one zone, and an error has the line of its own file", "[zone]") {
    const std::filesystem::path directory = std::filesystem::temp_directory_path();
    const std::vector<std::filesystem::path> paths{directory / "spf-zone-file-test-1.zone",
                                                   directory / "spf-zone-file-test-2.zone"};
    std::ofstream{paths[0]} << "$ORIGIN one.example.\n@ CNAME two.example.\n";
    std::ofstream{paths[1]} << "two.example TXT \"v=spf1 -all\"\n";
    const auto zone = spf::load_zone_files(paths);
    REQUIRE(zone);
    CHECK(zone->lookup({"one.example", RecordType::txt})->texts.front() == "v=spf1 -all");
    std::ofstream{paths[1]} << "two.example TXT \"v=spf1 -all\"\n@ A x\n";
    CHECK(spf::load_zone_files(paths).error().message() ==
          paths[1].string() + ":2: the data does not fit the type A");
    std::filesystem::remove(paths[1]);
    CHECK(spf::load_zone_files(paths).error().message() == paths[1].string() + ": cannot be read");
    std::filesystem::remove(paths[0]);
}

TEST_CASE("no more is read of a file than a bound, and of a device no more than shows it",
          "[zone_file]") {
    const std::filesystem::path path =
        std::filesystem::temp_directory_path() / "spf-zone-file-test.large";
    std::ofstream{path}.close();
    CHECK(spf::load_zone_file(path));  // an empty file
    {
        std::ofstream large{path};
        const std::string line = ";" + std::string((1U << 20U) - 2, 'x') + "\n";
        for (std::size_t size = 0; size < spf::max_zone_file_size; size += line.size())
            large << line;
    }
    CHECK(std::filesystem::file_size(path) == spf::max_zone_file_size);
    CHECK(spf::load_zone_file(path));
    std::ofstream{path, std::ios::app} << '\n';
    CHECK(spf::load_zone_file(path).error().message() ==
          path.string() + ": is larger than 64 MiB, the maximum size of a zone file");
    std::filesystem::remove(path);
    CHECK(spf::load_zone_file("/dev/zero").error().message() ==
          "/dev/zero:1: there is a NUL octet; write \\000 instead");
    CHECK(spf::load_zone_file("/dev/null"));
    CHECK_FALSE(spf::load_zone_file("/dev/urandom"));
}

TEST_CASE("loading takes time in proportion to the size", "[zone_file]") {
    const auto one_owner = [](std::size_t i) {
        return "a A 10." + std::to_string(i >> 16U) + '.' + std::to_string(i >> 8U & 255U) + '.' +
               std::to_string(i & 255U) + '\n';
    };
    const auto many_owners = [](std::size_t i) { return 'x' + std::to_string(i) + " MX 1 y\n"; };
    const auto many_texts = [](std::size_t i) {
        return "a TXT \"v=spf1 ip4:192.0.2." + std::to_string(i) + " -all\"\n";
    };
    const auto long_texts = [](std::size_t i) {
        std::string line = "t" + std::to_string(i) + " TXT";
        for (int k = 0; k < 100; ++k) line += " \"0123456789\"";
        return line + '\n';
    };
    const auto one_entry = [](std::size_t i) {
        return (i == 0 ? "a. HINFO ( " : "") + std::string("x\n");
    };
    const auto file = [](const auto& line, std::size_t lines) {
        std::string text;
        for (std::size_t i = 0; i < lines; ++i) text += line(i);
        return text;
    };
    const auto ratio = [&](const auto& line, std::size_t lines, std::string_view end) {
        double least = 1e9;
        const std::string small = file(line, lines) + std::string(end);
        const std::string large = file(line, 4 * lines) + std::string(end);
        const auto took = [](const std::string& text) {
            const auto begin = spf::test::cpu_time();
            REQUIRE(spf::parse_zone(text));
            return (spf::test::cpu_time() - begin).count();
        };
        // Four times the size; sixteen times the cost if each record is compared with each.
        for (int i = 0; i < 6 && least > 8; ++i) least = std::min(least, took(large) / took(small));
        return least;
    };
    CHECK(ratio(one_owner, 5000, "") <= 8);
    CHECK(ratio(many_owners, 2000, "") <= 8);
    CHECK(ratio(many_texts, 2000, "") <= 8);
    CHECK(ratio(long_texts, 500, "") <= 8);
    CHECK(ratio(one_entry, 50000, ")\n") <= 8);
}

#include "spf/resolver/zone_file.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <variant>
#include <vector>

#include "support/catch.hpp"

using namespace std::chrono_literals;
using spf::dns::RecordType;
using spf::dns::Status;

namespace {

spf::ZoneResolver zone_of(std::string_view text, std::string_view origin = {}) {
    auto zone = spf::parse_zone(text, origin);
    if (!zone) FAIL(zone.error().message());
    return *std::move(zone);
}

/// "line: what", or "" where the text is fine.
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

TEST_CASE("a text may be as long as DNS allows", "[zone_file]") {
    std::string file = "example.com. TXT";
    for (int i = 0; i < 250; ++i) file += " \"" + std::string(255, 'x') + '"';
    CHECK(texts(file) == std::vector<std::string>{std::string(250 * 255, 'x')});
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
        {"a. A 192.0.2.1\nb. MX x ( 1\n )\n", "2: the data does not fit the type MX"},
        {"a. TXT (\n\"x\"\n", "1: a parenthesis is missing"},
        {"a. TXT x )\n", "1: a parenthesis was never opened"},
        {"a. TXT \"x\nb. TXT y", "1: a quotation mark is missing"},
        {"a. TXT \"x", "1: a quotation mark is missing"},
        {"a. FOO x", "1: not a type of records: FOO"},
        {"a.", "1: type and data are missing"},
        {"a. 5 IN", "1: type and data are missing"},
        {"a. A", "1: the data is missing"},
        {" A 192.0.2.1", "1: the first record has no owner"},
        {"a..b. A 192.0.2.1", "1: the owner is not a domain name"},
        {std::string(64, 'a') + ". A 192.0.2.1", "1: the owner is not a domain name"},
        {"a. TXT \"" + std::string(256, 'x') + '"',
         "1: a string of a TXT record holds 255 octets at most"},
        {"$INCLUDE file", "1: $INCLUDE is not supported"},
        {"$TTL soon", "1: $TTL wants a time, such as 3600 or 1h"},
        {"$TTL", "1: $TTL wants a time, such as 3600 or 1h"},
        {"$ORIGIN", "1: $ORIGIN wants a domain name"},
        {"$STATUS a", "1: $STATUS wants a name, perhaps a type, and a status"},
        {"$STATUS a NS timeout", "1: the type is none of A, AAAA, MX, PTR, TXT: NS"},
        {"$STATUS a down",
         "1: the status is none of timeout, servfail, error, unreachable, nxdomain, nodata: down"},
        {std::string("a. TXT x\0", 9), "the file holds a NUL octet; write \\000"},
    }));
    CAPTURE(file);
    CHECK(error_in(file) == error);
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
            CHECK((replaced.has_value() || !replaced.error().what.empty()));
            CHECK((cut.has_value() || !cut.error().what.empty()));
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
    CHECK(spf::load_zone_file("/").error().message() == "/: cannot be read");
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

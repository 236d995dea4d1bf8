// Where master files contain the texts of TXT records, and files that they include.

#include "spf/resolver/zone_text.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "spf/resolver/zone_file.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using spf::FileRegion;
using spf::ZoneText;
using spf::dns::RecordType;
using Code = spf::ZoneFileError::Code;

namespace {

std::vector<ZoneText> texts_of(const std::string& file) {
    const spf::test::TemporaryFolder folder;
    folder.write("zone", file);
    const std::vector<std::filesystem::path> paths{folder.path() / "zone"};
    const auto zone = spf::load_located_zone_files(paths);
    if (!zone) FAIL(zone.error().message());
    for (const ZoneText& each : zone->texts) CHECK(each.file == paths[0].string());
    return zone->texts;
}

FileRegion region_of(const std::string& file, const std::string& part) {
    const std::vector<ZoneText> texts = texts_of(file);
    REQUIRE(texts.size() == 1);
    const std::size_t at = texts[0].text.find(part);
    REQUIRE(at != std::string::npos);
    return texts[0].region(at, part.size());
}

/// The characters of a region that is one line of US-ASCII.
std::string cut(const std::string& file, const FileRegion& region) {
    CHECK(region.line == region.end_line);
    std::size_t begin = 0;
    for (std::size_t line = 1; line < region.line; ++line) begin = file.find('\n', begin) + 1;
    return file.substr(begin + region.column - 1, region.end_column - region.column);
}

}  // namespace

TEST_CASE("a term is found in the line and the column where a file has it", "[zone_text]") {
    const auto [file, part, region] = GENERATE(table<std::string, std::string, FileRegion>({
        {"a. TXT \"v=spf1 mx -all\"", "mx", {1, 16, 1, 18, true}},
        {"$TTL 1h\n\na. 60 IN TXT \"v=spf1 mx -all\"\n", "-all", {3, 25, 3, 29, true}},
        {"a.\tTXT\t\"v=spf1 mx -all\"", "mx", {1, 16, 1, 18, true}},
        {"a. TXT ( ; one (\n  \"v=spf1 \" ; two\n  \"mx \"\r\n  \"-all\" )",
         "mx",
         {3, 4, 3, 6, true}},
        {"a. TXT ( \"v=spf1 m\"\n \"x -all\" )", "mx", {1, 18, 2, 4, false}},
        {"a. TXT \"v=sp\" \"f1 mx -all\"", "v=spf1", {1, 9, 1, 18, false}},
        {"a. TXT v=spf1", "spf1", {1, 10, 1, 14, false}},
        {"a. TXT \"v=spf1 \\\"x\\\" -all\"", "x", {1, 18, 1, 19, true}},
        {"a. TXT \"v=spf1 \\\"x\\\" -all\"", "\"x\"", {1, 16, 1, 21, false}},
        {"a. TXT \"\\118=spf1 m\\120 -all\"", "mx", {1, 19, 1, 24, false}},
        {"a. TXT \"v=spf1 \\120\\121 -all\"", "xy", {1, 16, 1, 24, false}},
        {"a. TXT \"\xc3\xa4 v=spf1 mx\"", "mx", {1, 18, 1, 20, true}},
        {"a. TXT \"\xc3\xa4 v=spf1 mx\"", "\xc3\xa4", {1, 9, 1, 10, false}},
    }));
    CAPTURE(file, part);
    const FileRegion found = region_of(file, part);
    CHECK(found.line == region.line);
    CHECK(found.column == region.column);
    CHECK(found.end_line == region.end_line);
    CHECK(found.end_column == region.end_column);
    CHECK(found.is_plain == region.is_plain);
}

TEST_CASE("each octet of a text is where its region says", "[zone_text]") {
    const std::string file =
        "$ORIGIN example.com.\n"
        "@ 300 IN SOA ns. host. 1 2 3 4 5\n"
        "@ TXT \"google-site-verification=x\"\n"
        "; a comment \"with quotes\" (and more\n"
        "@ IN TXT ( \"v=spf1 ip4:192.0.2.0/24 \"\t\"include:_spf.exam\"\n"
        "\t\"ple.net\"   \" \" ; comment\n"
        "\n"
        "   \"~all\"\n"
        ")\n"
        "mail A 192.0.2.1\n"
        "  TXT v=spf1 \"\" \" -all\"\n";
    const std::vector<ZoneText> texts = texts_of(file);
    REQUIRE(texts.size() == 3);
    CHECK(texts[1].owner == "example.com");
    CHECK(texts[1].text == "v=spf1 ip4:192.0.2.0/24 include:_spf.example.net ~all");
    CHECK(texts[2].owner == "mail.example.com");
    CHECK(texts[2].text == "v=spf1 -all");
    for (const ZoneText& each : texts) {
        for (std::size_t i = 0; i < each.text.size(); ++i)
            CHECK(cut(file, each.region(i, 1)) == each.text.substr(i, 1));
    }
    CHECK(texts[1].pieces.size() == 5);
}

TEST_CASE("a place without octets is before the next octet, or after the last", "[zone_text]") {
    const ZoneText text = texts_of("a. TXT ( \"ab\"\n \"cd\" )").front();
    CHECK(text.region(0, 0) == FileRegion{1, 11, 1, 11, true});
    CHECK(text.region(2, 0) == FileRegion{2, 3, 2, 3, true});
    CHECK(text.region(4, 0) == FileRegion{2, 5, 2, 5, true});
    CHECK(text.region(99, 99) == text.region(4, 0));
    CHECK(text.region(1, 99) == FileRegion{1, 12, 2, 5, false});
    CHECK(texts_of("a. TXT \"\"").front().region(0, 0) == FileRegion{});
    // The generic form (RFC 3597, 5) has no text to point at, but is a record.
    CHECK(texts_of("a. TXT \\# 3 026869").empty());
}

TEST_CASE("an included file is read as if it were part of the file", "[zone_file][include]") {
    const spf::test::TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "parts");
    folder.write("zone",
                 "$ORIGIN example.com.\n$TTL 60\n@ TXT \"v=spf1 -all\"\n"
                 "$INCLUDE parts/mail mail\n"
                 "  TXT \"of example.com\"\n"
                 "$INCLUDE \"parts/plain\" ; without an origin\n");
    folder.write("parts/mail",
                 "  TXT \"owner\"\n@ TXT \"v=spf1 mx -all\"\n$INCLUDE plain deep\n$TTL 5\n");
    folder.write("parts/plain", "x TXT \"v=spf1 a -all\"\n$ORIGIN other.\n");
    const std::vector<std::filesystem::path> paths{folder.path() / "zone"};
    const auto zone = spf::load_located_zone_files(paths);
    if (!zone) FAIL(zone.error().message());
    std::vector<std::string> found;
    for (const ZoneText& each : zone->texts)
        found.push_back(each.owner + " " + each.text + " " +
                        std::filesystem::path(each.file).filename().string() + ":" +
                        std::to_string(each.region(0, 1).line));
    CHECK(found == std::vector<std::string>{
                       "example.com v=spf1 -all zone:3", "example.com owner mail:1",
                       "mail.example.com v=spf1 mx -all mail:2",
                       "x.deep.mail.example.com v=spf1 a -all plain:1",
                       "example.com of example.com zone:5", "x.example.com v=spf1 a -all plain:1"});
    // The whole zone is the same without places.
    const auto plain = spf::load_zone_file(paths[0]);
    REQUIRE(plain);
    const auto answer = plain->lookup({"x.deep.mail.example.com", RecordType::txt});
    CHECK(answer->texts.at(0) == "v=spf1 a -all");
    CHECK(answer->ttl == std::chrono::seconds{60});
}

TEST_CASE("what is wrong with an included file is said with its name", "[zone_file][include]") {
    const spf::test::TemporaryFolder folder;
    const auto error_of = [&folder](const std::string& file) {
        folder.write("zone", file);
        const auto zone = spf::load_zone_file(folder.path() / "zone");
        REQUIRE_FALSE(zone);
        return zone.error();
    };
    const auto path_of = [&folder](const std::string& name) {
        return (folder.path() / name).string();
    };
    folder.write("bad", "\nx A 192.0.2.256\n");
    CHECK(error_of("$INCLUDE bad").message() ==
          path_of("bad") + ":2: the data does not fit the type A");
    CHECK(error_of("\n$INCLUDE").message() ==
          path_of("zone") + ":2: $INCLUDE requires a file and may have an origin");
    CHECK(error_of("$INCLUDE a b c").code == Code::include_arguments);
    CHECK(error_of("$INCLUDE bad a..b").code == Code::name);
    CHECK(error_of("$INCLUDE nothing").code == Code::unreadable);
    CHECK(error_of("$INCLUDE .").code == Code::directory);
    CHECK(error_of("$INCLUDE /dev/zero").code == Code::nul_octet);
    CHECK(error_of("$INCLUDE zone").code == Code::include_limit);  // itself
    // Files that include each other many times end at a number of files.
    folder.write("leaf", "");
    std::string many;
    for (int i = 0; i < 1001; ++i) many += "$INCLUDE leaf\n";
    const spf::ZoneFileError limit = error_of(many);
    CHECK(limit.code == Code::include_limit);
    CHECK(limit.line == 1001);
}

#include "spf/record/select.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"

namespace {

using namespace std::string_literals;
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("no text with a version section means no record", "[select][rfc7208-4.5]") {
    const Texts texts =
        GENERATE(Texts{}, Texts{""}, Texts{"v=spf10 -all", " v=spf1 -all", "\0v=spf1"s, "v=DKIM1"});
    CHECK(std::holds_alternative<spf::NoRecord>(spf::select_record(texts)));
}

TEST_CASE("the one record is found among other texts", "[select][rfc7208-4.5]") {
    const Texts texts{"\xff\0\x01"s, "v=spf10", "V=spf1 -all", ""};
    const auto selected = spf::select_record(texts);
    const auto* record = std::get_if<spf::Record>(&selected);
    REQUIRE(record != nullptr);
    CHECK(record->text() == "V=spf1 -all");
}

TEST_CASE("several records are counted", "[select][rfc7208-4.5]") {
    const auto selected = spf::select_record(Texts{"v=spf1 -all", "x", "v=spf1 broken", "v=spf1"});
    const auto* several = std::get_if<spf::SeveralRecords>(&selected);
    REQUIRE(several != nullptr);
    CHECK(several->count == 3);
}

TEST_CASE("a broken record keeps its text and error", "[select][rfc7208-4.6]") {
    const auto selected = spf::select_record(Texts{"x", "v=spf1 broken\0"s});
    const auto* broken = std::get_if<spf::BrokenRecord>(&selected);
    REQUIRE(broken != nullptr);
    CHECK(broken->text == "v=spf1 broken\0"s);
    CHECK(broken->error.offset == 7);
}

TEST_CASE("what was meant as a record is distinguished from what was not",
          "[select][rfc7208-4.5]") {
    const auto [text, meant] = GENERATE(table<std::string, bool>({
        {"v=spf1include:_spf.example.net?all", true},
        {" v=spf1 -all", true},
        {"\"v=spf1 -all\"", true},
        {"\ufeffv=spf1 -all", true},
        {"v = spf1 -all", true},
        {"V=SPF1;mx -all", true},
        {"spf1 mx -all", true},
        {"v=v=spf1 mx -all", true},
        {"v=spf1 -all", false},  // this is a record
        {"spf2.0/pra -all", false},
        {"v=DMARC1; p=none", false},
        {"v=DKIM1; p=x", false},
        {"google-site-verification=spf1", false},
        {"the record is v=spf1 -all", false},
        {"spf1234", false},
        {"", false},
    }));
    CAPTURE(text);
    CHECK(spf::is_almost_record(text) == meant);
}

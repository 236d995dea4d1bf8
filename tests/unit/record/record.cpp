#include "spf/record/record.hpp"

#include <optional>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/dump.hpp"

namespace {

using spf::Record;
using spf::test::dump;

const std::string some_text =
    "V=SPF1  +A:Colo.Example.com/28//128 exp=why.%{d}  ~ip4:192.0.2.77/24 x=y -all "
    "redirect=b.example ";

Record record_of(const std::string& text) {
    auto record = spf::parse_record(text);
    INFO("record: " << text);
    REQUIRE(record);
    return *std::move(record);
}

/// Whether every view of the record lies in its text.
bool views_are_inside(const Record& record) {
    const auto inside = [&](std::string_view view) {
        return view.data() >= record.text().data() &&
               view.data() + view.size() <= record.text().data() + record.text().size();
    };
    for (const auto& directive : record.directives) {
        if (!inside(directive.text)) return false;
    }
    for (const auto& modifier : record.modifiers) {
        if (!inside(modifier.text)) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("a record gives back the very text it was read from", "[record]") {
    const Record record = record_of(some_text);
    CHECK(record.text() == some_text);
    CHECK(to_string(record) == some_text);
}

TEST_CASE("terms know their text and where it is", "[record]") {
    const Record record = record_of(some_text);
    REQUIRE(record.directives.size() == 3);
    REQUIRE(record.modifiers.size() == 3);
    CHECK(record.directives[0].text == "+A:Colo.Example.com/28//128");
    CHECK(record.offset_of(record.directives[0].text) == 8);
    CHECK(record.directives[2].text == "-all");
    CHECK(some_text.substr(record.offset_of(record.directives[2].text), 4) == "-all");
    CHECK(record.modifiers[0].text == "exp=why.%{d}");
    CHECK(some_text.substr(record.offset_of(record.modifiers[2].text)) == "redirect=b.example ");
}

TEST_CASE("a record owns its text", "[record]") {
    std::optional<std::string> text = some_text;
    const Record record = record_of(*text);
    text->assign(text->size(), '!');
    text.reset();
    CHECK(record.text() == some_text);
    CHECK(dump(record) == dump(some_text));
}

TEST_CASE("copies and moved-to records keep their views valid", "[record]") {
    std::optional<Record> original = record_of(some_text);
    const Record copy = *original;
    const Record moved = std::move(*original);
    original.reset();
    Record assigned = record_of("v=spf1 a:other.example");
    assigned = copy;
    std::vector<Record> many;
    for (int i = 0; i < 20; ++i) many.push_back(copy);
    for (const Record* record :
         std::vector<const Record*>{&copy, &moved, &assigned, &many.front(), &many.back()}) {
        CHECK(record->text() == some_text);
        CHECK(views_are_inside(*record));
        CHECK(dump(*record) == dump(some_text));
        REQUIRE(record->redirect() != nullptr);
        CHECK(record->redirect()->domain.text() == "b.example");
    }
}

TEST_CASE("redirect, exp and all are found wherever they are", "[record][rfc7208-6]") {
    const Record record = record_of(some_text);
    CHECK(record.has_all());
    REQUIRE(record.explanation() != nullptr);
    CHECK(record.explanation()->domain.text() == "why.%{d}");
    const Record without = record_of("v=spf1 a x=all");
    CHECK_FALSE(without.has_all());
    CHECK(without.redirect() == nullptr);
    CHECK(without.explanation() == nullptr);
}

TEST_CASE("a tidied record is short and in lower case", "[record]") {
    const auto [text, tidy] = GENERATE(table<std::string, std::string>({
        {"V=SPF1", "v=spf1"},
        {"v=spf1   +ALL  ", "v=spf1 all"},
        {"v=spf1 A/32//128 MX/24//128 ?a/32//64", "v=spf1 a mx/24 ?a//64"},
        {"v=spf1 ip4:192.0.2.77/24 IP4:192.0.2.1/32", "v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.1"},
        {"v=spf1 ip6:2001:DB8:0:0::/32 ip6:::1/128", "v=spf1 ip6:2001:db8::/32 ip6:::1"},
        {"v=spf1 Exp=a.example REDIRECT=b.example -INCLUDE:%{d2}",
         "v=spf1 exp=a.example redirect=b.example -include:%{d2}"},
        {"v=spf1 x=y a x=z", "v=spf1 x=y a x=z"},
    }));
    CAPTURE(text);
    CHECK(canonical(record_of(text)) == tidy);
}

TEST_CASE("tidying keeps the meaning, and tidying twice changes nothing", "[record]") {
    const std::string text = GENERATE(
        as<std::string>{}, some_text, "v=spf1", "v=spf1 a/0//0 mx/0 a//0 ptr ptr:x.example",
        "v=spf1 ip4:0.0.0.0/0 ip6:::/0", "v=spf1 ip6:::ffff:192.0.2.1 ip6:::ffff:0:0/96",
        "v=spf1 a:a/24.example/8 a:%{d}/24 exists:%{L1R-}.%{d}",
        "v=spf1 a:Example.COM. x= y=%{d}%%%_%-", "v=spf1 +a -a ~a ?a");
    CAPTURE(text);
    const Record record = record_of(text);
    const Record tidy = record_of(canonical(record));
    CHECK(canonical(tidy) == canonical(record));
    CHECK(dump(tidy) == dump(record));
}

TEST_CASE("every mechanism has its name", "[record][rfc7208-5]") {
    const Record record =
        record_of("v=spf1 all include:a.example a mx ptr ip4:192.0.2.1 ip6:::1 exists:a.example");
    std::string names;
    for (const auto& directive : record.directives)
        names += std::string(name_of(directive.mechanism)) + " ";
    CHECK(names == "all include a mx ptr ip4 ip6 exists ");
}

// Texts in the markup of spfcheck report.

#include "report/markup.hpp"

#include "support/catch.hpp"

using spfcheck::Markup;
using spfcheck::markup_text;

TEST_CASE("a text can be no markup, and stays the same text", "[spfcheck][markup]") {
    CHECK(markup_text("<a href='x'>\"&amp;\"</a>]]>") ==
          "&lt;a href=&#39;x&#39;&gt;&quot;&amp;amp;&quot;&lt;/a&gt;]]&gt;");
    CHECK(markup_text("") == "");
}

TEST_CASE("characters of other languages are kept", "[spfcheck][markup]") {
    const std::string text = "perch\xc3\xa9 \xe2\x80\xa6 \xe6\x97\xa5 \xf0\x9f\x93\xa7";
    CHECK(markup_text(text) == text);
}

TEST_CASE("what is no character, or is invisible, is shown as an escape", "[spfcheck][markup]") {
    const auto [text, shown] = GENERATE(table<std::string, std::string>({
        {std::string("a\0b", 3), "a\\x00b"},
        {"\x1b[31m\r\n\t\x7f", "\\x1b[31m\\x0d\\x0a\\x09\\x7f"},
        {"\xff\xfe", "\\xff\\xfe"},
        {"\xc3", "\\xc3"},                             // cut short
        {"\xc3(", "\\xc3("},                           // goes on wrongly
        {"\xc0\xbc", "\\xc0\\xbc"},                    // "<", in too many octets
        {"\xe0\x80\xbc", "\\xe0\\x80\\xbc"},           // so, too
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},           // half of a surrogate pair
        {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // beyond U+10FFFF
        {"\xc2\x85", "\\xc2\\x85"},                    // a control of C1
        {"\xe2\x80\xae", "\\xe2\\x80\\xae"},           // reverses the text after it
        {"\xe2\x80\x8b", "\\xe2\\x80\\x8b"},           // has no width
        {"\xef\xbf\xbe", "\\xef\\xbf\\xbe"},           // U+FFFE, which XML forbids
        {"\xf3\xa0\x81\x81", "\\xf3\\xa0\\x81\\x81"},  // a tag
    }));
    CHECK(markup_text(text) == shown);
}

TEST_CASE("a document closes what it opens", "[spfcheck][markup]") {
    Markup out;
    out.start("p", {{"class", "a\"b"}});
    out.text("1 < 2 ");
    out.element("b", {}, "&");
    out.empty("br", {});
    out.data("x -all \xc3\xa9");
    out.end();
    CHECK(out.str() ==
          "<p class=\"a&quot;b\">1 &lt; 2 <b>&amp;</b><br/>x <span "
          "class=\"word\">-all</span> \\xc3\\xa9</p>");
}

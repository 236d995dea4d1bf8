// Messages in other languages: the library asks for translations of patterns, and inserts what the
// caller returns.

#include "spf/base/language.hpp"

#include <set>
#include <string>

#include "spf/base/message.hpp"
#include "spf/evaluation/problem.hpp"
#include "spf/lint/lint.hpp"
#include "spf/net/special_address.hpp"
#include "spf/report/text.hpp"
#include "spf/report/wrap.hpp"
#include "spf/spf.hpp"
#include "spf/texts/all_texts.hpp"
#include "support/catch.hpp"

using spf::Argument;
using spf::Language;

namespace {

std::string_view italian(const void*, std::string_view english) {
    if (english == "{1} has {2} {2:record|records}")
        return "{2} {2:record|registri} per {1}, \u00e8";
    if (english == "private (RFC 1918)") return "privato (RFC 1918)";
    return english;
}

/// Remembers which patterns are asked for, and returns them in brackets.
struct Asked {
    mutable std::set<std::string> patterns;
    mutable std::set<std::string> bracketed;

    static std::string_view find(const void* self, std::string_view english) {
        const auto& asked = *static_cast<const Asked*>(self);
        asked.patterns.emplace(english);
        std::string text = "<";
        for (std::size_t at = 0; at < english.size();) {
            const auto placeholder = spf::placeholder_at(english.substr(at));
            if (placeholder && !placeholder->words) {
                text += '>' + std::string(english.substr(at, placeholder->size)) + '<';
                at += placeholder->size;
            } else {
                text += english[at++];
            }
        }
        return *asked.bracketed.insert(text + '>').first;
    }
    [[nodiscard]] Language language() const { return Language(&find, this); }
};

/// Returns a text without what is in the brackets of Asked.
std::string outside(std::string_view text) {
    std::string out;
    int depth = 0;
    for (const char c : text) {
        if (c == '<') ++depth;
        if (depth == 0) out += c;
        if (c == '>') --depth;
    }
    return out;
}

std::set<std::string> all_english() {
    std::set<std::string> out;
    for (const spf::Text& each : spf::all_texts()) out.emplace(each.english);
    return out;
}

/// Checks that a message consists of translated texts and of data, and that all texts are listed.
void check_translated(const std::string& message, const Asked& asked) {
    static const std::set<std::string> listed = all_english();
    CAPTURE(message, outside(message));
    // An escape such as \x09 has an x.
    CHECK(outside(message).find_first_of("abcdefghijklmnopqrstuvwyz") == std::string::npos);
    for (const std::string& each : asked.patterns) {
        const bool has_words =
            each.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos &&
            each.find_first_not_of("{}0123456789;: ") != std::string::npos;
        CAPTURE(each);
        CHECK((!has_words || listed.contains(each)));
    }
}

}  // namespace

TEST_CASE("a pattern is translated with its placeholders in any order", "[message][language]") {
    const std::vector<Argument> arguments{"X.EXAMPLE", 2U};
    CHECK(spf::rendered("{1} has {2} {2:record|records}", arguments, Language(&italian)) ==
          "2 registri per X.EXAMPLE, \u00e8");
    CHECK(spf::rendered("{1} has {2} {2:record|records}", arguments) == "X.EXAMPLE has 2 records");
    CHECK(Language().is_english());
}

TEST_CASE("a phrase among the arguments is translated, and data is not", "[message][language]") {
    const std::string_view phrase = spf::special_range(*spf::IpAddress::parse("10.0.0.1"))->name;
    CHECK(spf::rendered("{1}", std::vector<Argument>{Argument::phrase(phrase)},
                        Language(&italian)) == "privato (RFC 1918)");
    CHECK(spf::rendered("{1}", std::vector<Argument>{phrase}, Language(&italian)) == phrase);
}

TEST_CASE("a sentence among the arguments is inserted as it is, and data is made printable",
          "[message][language]") {
    const std::string text = "\u00e8 {1}";
    CHECK(spf::rendered("{1}!", std::vector<Argument>{Argument::sentence(text)}) == text + '!');
    CHECK(spf::rendered("{1}!", std::vector<Argument>{text}) == "\\xc3\\xa8 {1}!");
}

TEST_CASE(
    "a sentence is cut between characters and escapes, never within one, and the cut is marked",
    "[message][language]") {
    const std::string begin(spf::longest_argument - 4, 'x');
    for (const char* end : {"\u00e8\u00e8\u00e8", "\\x1b and more"}) {
        CHECK(spf::rendered("{1}", std::vector<Argument>{Argument::sentence(begin + end)}) ==
              begin + "...");
    }
}

TEST_CASE("every problem is described and remedied in the language of the caller",
          "[problem][language]") {
    for (std::size_t i = 0; i < spf::Problem::code_count; ++i) {
        for (std::size_t j = 0; j < spf::ParseError::code_count; ++j) {
            const Asked asked;
            spf::Problem problem;
            problem.code = static_cast<spf::Problem::Code>(i);
            problem.domain = "X.EXAMPLE";
            problem.text = "MX\t:";
            problem.source = j % 2 == 0 ? "" : "SOURCE";
            problem.loop = j % 3 == 0 ? "" : "LOOP.EXAMPLE";
            problem.status = static_cast<spf::dns::Status>(j % 8);
            problem.syntax = spf::ParseError{static_cast<spf::ParseError::Code>(j), 2, 1};
            check_translated(problem.message(asked.language()), asked);
            check_translated(problem.remedy(asked.language()), asked);
        }
    }
}

TEST_CASE("every finding and its remedy is in the language of the caller", "[lint][language]") {
    for (std::size_t i = 0; i < spf::lint::Finding::code_count; ++i) {
        for (std::size_t j = 0; j < spf::lint::sentence_count; ++j) {
            const Asked asked;
            spf::lint::Finding finding;
            finding.code = static_cast<spf::lint::Finding::Code>(i);
            finding.text = "IP4:192.0.2.1";
            finding.said = {static_cast<spf::lint::Sentence>(j), {"2", "3", "4"}};
            finding.advised = finding.said;
            check_translated(finding.message(asked.language()), asked);
            check_translated(finding.remedy(asked.language()), asked);
        }
    }
}

TEST_CASE("no text for translators is listed twice, or is of another party's", "[language]") {
    const auto texts = spf::all_texts();
    CHECK(all_english().size() == texts.size());
    CHECK(texts.size() > 600);
    for (const spf::Text& each : texts) {
        CAPTURE(each.english);
        CHECK_FALSE(each.topic.empty());
        // Comments of Received-SPF fields and SMTP replies stay in English.
        CHECK(each.english.find("permitted sender") == std::string_view::npos);
    }
}

TEST_CASE("columns are counted as characters, not as octets", "[wrap][language]") {
    CHECK(spf::report::columns_of("") == 0);
    CHECK(spf::report::columns_of("perch\u00e9") == 6);
    CHECK(spf::report::columns_of("e\u0301") == 1);       // a combining accent
    CHECK(spf::report::columns_of("\u4f60\u597d") == 4);  // wide characters
    CHECK(spf::report::columns_of("\xe9\xff") == 2);      // not UTF-8
    CHECK(spf::report::columns_of("\xe2\x82") == 2);      // cut off
}

TEST_CASE("lines are wrapped by columns, and a word is never split within a character",
          "[wrap][language]") {
    CHECK(spf::report::wrapped("\u00e8 gi\u00e0 cos\u00ec", 5) ==
          std::vector<std::string>{"\u00e8 gi\u00e0", "cos\u00ec"});
    CHECK(spf::report::wrapped("\u00e8\u00e8\u00e8\u00e8\u00e8", 2) ==
          std::vector<std::string>{"\u00e8\u00e8", "\u00e8\u00e8", "\u00e8"});
    CHECK(spf::report::wrapped("\u4f60\u597d", 1) == std::vector<std::string>{"\u4f60", "\u597d"});
}

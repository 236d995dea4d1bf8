#include "base/padded_text.hpp"

#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/octets.hpp"
#include "net/ip_reader.hpp"
#include "record/macro_syntax.hpp"
#include "spf/record/parse.hpp"
#include "support/catch.hpp"

namespace {

using spf::PaddedText;
using namespace std::string_view_literals;

/// A padded copy in memory of exactly its size, so that AddressSanitizer detects a read beyond it.
struct ExactCopy {
    explicit ExactCopy(std::string_view of)
        : room(std::make_unique<char[]>(of.size() + PaddedText::padding)),
          text(PaddedText::copy(of, {room.get(), of.size() + PaddedText::padding})) {}
    std::unique_ptr<char[]> room;
    PaddedText text;
};

/// A copy without padding.
struct BareCopy {
    explicit BareCopy(std::string_view of)
        : room(std::make_unique<char[]>(of.size())), text(room.get(), of.size()) {
        of.copy(room.get(), of.size());
    }
    std::unique_ptr<char[]> room;
    std::string_view text;
};

/// Records and parts of records that end within a term.
constexpr std::array texts{
    "v=spf1 +include:%{d2}.example ?exists:%{ir}.%{l1r+-}._spf.%{d} ip4:192.0.2.0/24 -all"sv,
    "v=spf1 a:%{d}/24//64 mx//0 ptr:x.example ip6:2001:db8::/32 exp=%{d}.example redirect=a.b"sv,
    "v=spf1 ip4:255.255.255.255/32 IP4:1.2.3.4 unknown-1=%%%_%-%{s} ~all"sv,
};

template <class Text>
concept IsReadByMacroScanner = requires(Text text, spf::MacroString& macro,
                                        spf::ParseError& error) {
    spf::MacroScanner::domain_spec(text, macro, error);
    spf::MacroScanner::macro_string(text, false, macro, error);
};
template <class Text>
concept IsReadAsAddress = requires(Text& text, std::uint32_t& bits, spf::Network& network) {
    spf::read_quad(text, bits);
    spf::read_ip4_network(text, network);
};

}  // namespace

TEST_CASE("what reads after a text takes a padded one, which no other text becomes", "[octets]") {
    STATIC_REQUIRE(std::convertible_to<PaddedText, std::string_view>);
    STATIC_REQUIRE_FALSE(std::constructible_from<PaddedText, std::string_view>);
    STATIC_REQUIRE_FALSE(std::constructible_from<PaddedText, const std::string&>);
    STATIC_REQUIRE_FALSE(std::constructible_from<PaddedText, const char*>);
    STATIC_REQUIRE_FALSE(std::constructible_from<PaddedText, const char*, const char*>);
    STATIC_REQUIRE_FALSE(std::constructible_from<PaddedText, const char*, std::size_t>);
    STATIC_REQUIRE(IsReadByMacroScanner<PaddedText>);
    STATIC_REQUIRE_FALSE(IsReadByMacroScanner<std::string_view>);
    STATIC_REQUIRE(IsReadAsAddress<PaddedText>);
    STATIC_REQUIRE_FALSE(IsReadAsAddress<std::string_view>);
}

TEST_CASE("a padded text has its octets and spaces after them", "[octets]") {
    const ExactCopy copy{"v=spf1 -all"};
    CHECK(std::string_view{copy.text} == "v=spf1 -all");
    CHECK(copy.text.size() == 11);
    CHECK(copy.text.word() == spf::octets::word("v=spf1 -"));
    CHECK(copy.text.word(9) == spf::octets::word("ll      "));
    CHECK(copy.text.word(11) == spf::octets::word("        "));
    CHECK(copy.text[11] == ' ');
}

TEST_CASE("an empty padded text is spaces", "[octets]") {
    CHECK(PaddedText{}.empty());
    CHECK(PaddedText{}.front() == ' ');
    CHECK(PaddedText{}.word() == spf::octets::word("        "));
    CHECK(ExactCopy{""}.text.word() == spf::octets::word("        "));
}

TEST_CASE("parts of a padded text are followed by what followed them", "[octets]") {
    const ExactCopy copy{"mx/24//64"};
    const PaddedText name = copy.text.take(2);
    CHECK(std::string_view{name} == "mx");
    CHECK(name.word() == spf::octets::word("mx/24//6"));
    const PaddedText rest = copy.text.from(name.end());
    CHECK(std::string_view{rest} == "/24//64");
    CHECK(rest.word() == spf::octets::word("/24//64 "));
    CHECK(std::string_view{rest.drop(3)} == "//64");
    CHECK(rest.drop(rest.size()).empty());
    CHECK(rest.drop(rest.size()).word() == spf::octets::word("        "));
}

TEST_CASE("no part of a text makes a reader read beyond the padding", "[octets][macro][ip]") {
    std::size_t read = 0;
    for (const std::string_view text : texts) {
        for (std::size_t end = 0; end <= text.size(); ++end) {
            const ExactCopy whole{text.substr(0, end)};
            for (std::size_t begin = 0; begin <= end; ++begin) {
                PaddedText part = whole.text.drop(begin);
                spf::MacroString macro;
                spf::ParseError error;
                if (spf::MacroScanner::macro_string(part, true, macro, error))
                    REQUIRE(macro.text() == std::string_view{part});
                if (spf::MacroScanner::domain_spec(part, macro, error))
                    REQUIRE(macro.text().size() <= part.size());
                spf::Network network;
                if (!spf::read_ip4_network(part, network)) continue;
                REQUIRE(part.end() - part.begin() >= 0);
                ++read;
            }
        }
    }
    CHECK(read > 100);
}

TEST_CASE("nothing is read beyond a text that is to be parsed", "[octets][parse][macro][ip]") {
    std::size_t records = 0;
    for (const std::string_view text : texts) {
        for (std::size_t end = 0; end <= text.size(); ++end) {
            const BareCopy copy{text.substr(0, end)};
            const auto record = spf::parse_record(copy.text);
            if (record) {
                ++records;
                REQUIRE(record->text() == copy.text);
            }
            for (std::size_t begin = 0; begin <= end; ++begin) {
                const BareCopy part{copy.text.substr(begin)};
                const auto macro = spf::MacroString::parse_explain_string(part.text);
                if (macro) REQUIRE(macro->text() == part.text);
                const auto network = spf::Network::parse(part.text);
                if (network) REQUIRE(part.text.find(' ') == std::string_view::npos);
            }
        }
    }
    CHECK(records > 10);
}

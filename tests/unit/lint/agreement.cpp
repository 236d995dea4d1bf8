// lint() and parse_record() agree on which texts are a permerror, for many records, most of them
// broken.

#include <array>
#include <random>
#include <string>

#include "spf/lint/lint.hpp"
#include "spf/record/parse.hpp"
#include "support/catch.hpp"

namespace {

constexpr std::array<std::string_view, 62> pieces{"include",
                                                  "ip4",
                                                  "ip6",
                                                  "a",
                                                  "mx",
                                                  "ptr",
                                                  "exists",
                                                  "all",
                                                  "redirect",
                                                  "exp",
                                                  "ip",
                                                  "ipv4",
                                                  "foo",
                                                  "v=spf1",
                                                  ":",
                                                  "=",
                                                  "/",
                                                  "//",
                                                  ".",
                                                  "-",
                                                  "~",
                                                  "+",
                                                  "?",
                                                  "%{",
                                                  "}",
                                                  "%{d}",
                                                  "%{p}",
                                                  "%{D0}",
                                                  "24",
                                                  "33",
                                                  "129",
                                                  "064",
                                                  " ",
                                                  " ",
                                                  " ",
                                                  "  ",
                                                  "\t",
                                                  "\"",
                                                  "\xc2\xa0",
                                                  "\xa0",
                                                  "\xef\xbc\x9a",
                                                  "\xe2\x80\x93",
                                                  "example.com",
                                                  "a.example",
                                                  "_spf.a.example",
                                                  "192.0.2.1",
                                                  "192.0.2.0/24",
                                                  "2001:db8::1",
                                                  "2001:db8::/32",
                                                  "321.1.1.1",
                                                  "::ffff:192.0.2.1",
                                                  "tutti",
                                                  "einschlie\xc3\x9f"
                                                  "en",
                                                  ",",
                                                  ";",
                                                  "-all",
                                                  "~all",
                                                  "include:",
                                                  "ip4:",
                                                  "\x01",
                                                  "255.255.255.0",
                                                  "xn--bcher-kva.example"};

std::string random_record(std::mt19937& random) {
    std::string out = "v=spf1 ";
    const std::size_t count = 1 + random() % 14;
    for (std::size_t i = 0; i < count; ++i) {
        out += pieces.at(random() % pieces.size());
        if (random() % 3 == 0) out += ' ';
    }
    return out;
}

/// A good record with one octet replaced, deleted, doubled or added.
std::string damaged(std::mt19937& random) {
    std::string out =
        "v=spf1 mx a:mail.example.com/24//64 ip4:192.0.2.0/24 ip6:2001:db8::/32 "
        "include:_spf.a.example "
        "exists:%{ir}.%{l1r-}._spf.%{d2} redirect=b.example exp=why.%{d} x-y=%{s} ~all";
    const std::size_t at = 7 + random() % (out.size() - 7);
    const char octet = static_cast<char>(static_cast<unsigned char>(random() % 256));
    switch (random() % 4) {
        case 0: out[at] = octet; break;
        case 1: out.erase(at, 1); break;
        case 2: out.insert(at, 1, out[at]); break;
        default: out.insert(at, 1, octet); break;
    }
    return out;
}

/// Whether all corrections can be made together, and none lets every client pass.
bool are_apart_and_closed(const std::vector<spf::lint::Finding>& findings) {
    const spf::lint::Finding* last = nullptr;
    for (const spf::lint::Finding& each : findings) {
        if (!each.correction) continue;
        if (last != nullptr &&
            (each.offset < last->offset + last->length || each.offset == last->offset))
            return false;
        last = &each;
        const auto record = spf::parse_record("v=spf1 " + *each.correction);
        if (!record) continue;
        for (const spf::Directive& directive : record->directives) {
            if (directive.qualifier == spf::Qualifier::pass &&
                std::holds_alternative<spf::All>(directive.mechanism))
                return false;
        }
    }
    return true;
}

/// \return the property that does not hold; empty if all hold
std::string disagreement(const std::string& text) {
    const auto findings = spf::lint::lint(text);
    const auto record = spf::parse_record(text);
    const spf::lint::Finding* first = nullptr;
    for (const spf::lint::Finding& each : findings) {
        if (each.offset > text.size() || each.length > text.size() - each.offset)
            return "points outside";
        if (each.text != text) return "another text";
        if (each.message().empty() || each.remedy().empty()) return "says nothing";
        if (each.is_permerror() != each.syntax.has_value()) return "syntax without permerror";
        if (each.correction && !each.correction->empty() && each.is_permerror() &&
            !spf::parse_record("v=spf1 " + *each.correction))
            return "proposes what is broken: " + *each.correction;
        if (each.is_permerror() && first == nullptr) first = &each;
    }
    if (!are_apart_and_closed(findings)) return "corrections that collide, or open the domain";
    if (!spf::has_version(text)) return first == nullptr || !findings.empty() ? "" : "no reason";
    if (record.has_value() != (first == nullptr)) return "permerror in one of both only";
    if (first != nullptr && first->syntax != record.error()) return "another error is the leftmost";
    return {};
}

}  // namespace

TEST_CASE("lint and parse_record agree over random records", "[lint][random]") {
    constexpr unsigned seed = 7208;
    std::mt19937 random(seed);  // NOLINT: the same records each time
    for (int i = 0; i < 10000; ++i) {
        const std::string text = i % 2 == 0 ? random_record(random) : damaged(random);
        const std::string problem = disagreement(text);
        if (!problem.empty()) FAIL_CHECK(problem << "\n  " << text << "\n  seed " << seed);
    }
}

TEST_CASE("any octets are examined without harm", "[lint][random]") {
    std::mt19937 random(4408);  // NOLINT: the same texts each time
    for (int i = 0; i < 2000; ++i) {
        std::string text = i % 2 == 0 ? "v=spf1 " : "";
        const std::size_t size = random() % 60;
        for (std::size_t k = 0; k < size; ++k)
            text += static_cast<char>(static_cast<unsigned char>(random() % 256));
        CHECK(disagreement(text).empty());
        CHECK((spf::has_version(text) || !spf::lint::lint(text).empty()));
    }
}

TEST_CASE("a hostile record has a bounded number of findings", "[lint][hostile]") {
    const auto [prefix, term] = GENERATE(table<std::string, std::string>({
        {"v=spf1", " x"},
        {"v=spf1 ", "ip4:"},
        {"v=spf1 include:a.example", "include:a"},
        {"v=spf1", " ip4:10.0.0.1/8"},
        {"v=spf1", " -"},
        {"v=spf1 a", "\xc2\xa0"},
        {"v=spf1 ", "a:\xc2\xa0"},
        {"v=spf1 ", "a:\xe2\x80\x8b"},
        {"v=spf1 ", "a\"\""},
        {"v=spf1 ", "~all"},
        {"v=spf1 include:a.example", "\" \"x"},
        {"v=spf1 ", " a:"},
        {"v=spf1 ip4:1.2.3.4", ",1"},
        {"v=spf1 include:", "include:"},
        {"", "v="},
        {"", "\""},
        {"v=spf1 a:", "%{D}"},
    }));
    std::string text = prefix;
    while (text.size() < 65000) text += term;
    const auto findings = spf::lint::lint(text);
    CHECK_FALSE(findings.empty());
    CHECK(findings.size() <= 250);
    CHECK(disagreement(text).empty());
}

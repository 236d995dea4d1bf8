// Damages records as people do when they type, paste and publish them: one edit at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace damage {

constexpr std::array<std::string_view, 20> records{
    "v=spf1 mx -all",
    "v=spf1 a mx ip4:192.0.2.17 ~all",
    "v=spf1 include:_spf.google.com ~all",
    "v=spf1 include:spf.protection.outlook.com -all",
    "v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.7 -all",
    "v=spf1 ip6:2001:db8:12::/48 ip4:192.0.2.16/28 mx ~all",
    "v=spf1 include:servers.mcsv.net include:sendgrid.net a:mail.example.com -all",
    "v=spf1 mx:example.org a:www.example.net/28 ?all",
    "v=spf1 redirect=_spf.example.com",
    "v=spf1 include:spf.mailjet.com include:_spf.example.net redirect=example.org",
    "v=spf1 exists:%{i}._spf.example.com mx/24 -all",
    "v=spf1 a/24//64 mx ip4:192.0.2.0/24 exp=why.example.com -all",
    "v=spf1 ip4:203.0.113.64/26 ip4:203.0.113.9 ip4:198.51.100.33 include:amazonses.com ~all",
    "V=SPF1 MX A:relay.example.com -ALL",
    "v=spf1 -ip4:192.0.2.99 ip4:192.0.2.0/24 -all",
    "v=spf1 ptr:example.com ip6:2001:db8::cafe ~all",
    "v=spf1 ip4:192.0.2.201 ip4:192.0.2.202 ip4:192.0.2.203 -all",
    "v=spf1 a mx include:spf.topdesk.net include:spf.hornetsecurity.com include:_spf.abxsec.com "
    "-all",
    "v=spf1 ip4:10.1.0.0/16 a:smtp.example.org include:mail.zendesk.com ~all",
    "v=spf1 +mx +a +ip4:192.0.2.44 -all",
};

/// `count` octets at `at` are replaced by `text`.
struct Edit {
    std::size_t at = 0;
    std::size_t count = 0;
    std::string text;
    [[nodiscard]] std::size_t end() const { return at + count; }
};

inline std::string edited(std::string text, const Edit& edit) {
    return text.replace(edit.at, edit.count, edit.text);
}

class Damage {
public:
    explicit Damage(unsigned seed) : random_(seed) {}  // NOLINT: the same each time

    std::size_t below(std::size_t limit) { return random_() % limit; }
    template <class List>
    auto one_of(const List& list) {
        return list[below(list.size())];
    }

    Edit edit(std::string_view text) {
        switch (below(14)) {
            case 0:
            case 1: return octet(text);
            case 2: return key(text);
            case 3: return space(text);
            case 4: return glue(text);
            case 5: return quote(text);
            case 6: return typographic(text);
            case 7: return punctuation(text);
            case 8: return white_space(text);
            case 9: return behind_value(text);
            case 10:
            case 11: return name(text);
            case 12: return all(text);
            default: return pasted(text);
        }
    }

private:
    using Texts = std::vector<std::string_view>;

    /// An octet is lost, typed twice, or swapped with the next one.
    Edit octet(std::string_view text) {
        const std::size_t at = below(text.size() - 1);
        switch (below(3)) {
            case 0: return {at, 1, ""};
            case 1: return {at, 0, std::string(1, text[at])};
            default: break;
        }
        // If an octet has changed places with a separator, the result is only
        // "includes:pf.example.com".
        const bool over = std::string_view(":= ").find(text[at]) != std::string_view::npos ||
                          std::string_view(":= ").find(text[at + 1]) != std::string_view::npos;
        if (over) return {at, 1, ""};
        return {at, 2, {text[at + 1], text[at]}};
    }
    /// A neighbouring key is typed, or the right key with Shift wrong.
    Edit key(std::string_view text) {
        static const std::map<char, Texts> near{{':', {";", ".", "=", "", "::"}},
                                                {'=', {"-", "+", ":", ""}},
                                                {'/', {"\\", ".", ",", "//"}},
                                                {'.', {",", "/", "", ".."}},
                                                {'-', {"_", "=", "--", "+"}},
                                                {'~', {"`", "-", "~~"}},
                                                {'l', {"k", "1", "i"}},
                                                {'a', {"s", "q"}},
                                                {'4', {"$", "5", "3"}},
                                                {'6', {"^", "7"}},
                                                {'i', {"o", "u", "l"}},
                                                {'_', {"-", "", "__"}},
                                                {'+', {"=", "++"}},
                                                {'?', {"/", "??"}},
                                                {'1', {"2", "l", "!"}},
                                                {'2', {"1", "@"}},
                                                {'0', {"o", "9", ")"}},
                                                {'m', {"n", "k"}},
                                                {'x', {"c", "z"}},
                                                {'e', {"r", "w"}},
                                                {'s', {"a", "d"}}};
        for (;;) {
            const std::size_t at = below(text.size());
            const auto found = near.find(text[at]);
            if (found == near.end()) continue;
            // No "_" for a colon: "include_spf.example.com" has lost its colon instead.
            return {at, 1, std::string(one_of(found->second))};
        }
    }
    Edit space(std::string_view text) {
        const std::size_t at = 1 + below(text.size() - 1);
        if (below(2) == 0) return {at, 0, " "};
        const std::size_t mark = text.find_first_of(":=/~?+-", at);
        return {mark == std::string_view::npos ? at : mark + below(2), 0, " "};
    }
    std::size_t some_space(std::string_view text) {
        const std::size_t at = text.find(' ', below(text.size()));
        return at == std::string_view::npos ? text.find(' ') : at;
    }
    Edit glue(std::string_view text) {
        static const Texts between{"", "", "", ",", ";", "|", "\"\"", ", ", "; ", "_"};
        return {some_space(text), 1, std::string(one_of(between))};
    }
    Edit quote(std::string_view text) {
        static const Texts quotes{"\"", "\"\"", "'", "`", "\\", "\\\"", "\" \""};
        const std::size_t at = below(3) == 0 ? below(text.size()) : some_space(text);
        return {at + below(2), 0, std::string(one_of(quotes))};
    }
    Edit typographic(std::string_view text) {
        static const std::map<char, Texts> others{{'-', {"\u2013", "\u2014", "\u2212", "\u2010"}},
                                                  {'~', {"\u02dc", "\u223c", "\uff5e"}},
                                                  {':', {"\uff1a", "\ua789"}},
                                                  {'/', {"\uff0f"}},
                                                  {'.', {"\uff0e"}},
                                                  {'=', {"\uff1d"}},
                                                  {' ', {"\u00a0", "\u3000", "\xa0"}}};
        for (;;) {
            const std::size_t at = below(text.size());
            const auto found = others.find(text[at]);
            if (found != others.end()) return {at, 1, std::string(one_of(found->second))};
        }
    }
    Edit punctuation(std::string_view text) {
        static const Texts marks{".", ",", ";", ":", ")", "]", "(", ">", "\u201d", "\u2019", "}"};
        const std::size_t at = below(2) == 0 ? text.size() : some_space(text);
        return {at + (at < text.size() ? below(2) : 0), 0, std::string(one_of(marks))};
    }
    Edit white_space(std::string_view text) {
        static const Texts others{"\t", "\n", "\r\n", "\u00a0", "\u200b", "\ufeff", "\u00ad"};
        if (below(2) == 0) return {some_space(text), 1, std::string(one_of(others))};
        return {1 + below(text.size()), 0, std::string(one_of(others))};
    }
    /// The end of a term other than "all" is changed.
    Edit behind_value(std::string_view text) {
        static const Texts more{":25",  ":587", "/33", "/",      "-", ".",
                                "+all", "/0",   "/00", "/32/32", "//"};
        std::size_t at = text.find(' ', 7 + below(text.size() - 7));
        if (at == std::string_view::npos) at = text.find(' ', 7);
        if (at == std::string_view::npos) at = text.size();
        return {at, 0, std::string(one_of(more))};
    }
    /// A name is misspelt as a whole.
    Edit name(std::string_view text) {
        static const std::map<std::string_view, Texts> others{
            {"ip4:",
             {"ip:", "ipv4:", "pi4:", "ip4=", "IP4;", "ip4", "",
              "ip4: ", "a:", "include:ip4:", "ip6:", "ip4.", "ip4:["}},
            {"/24",
             {"/255.255.255.0", "/024", "\\24", " /24", "/ 24", "/24/24", "//24",
              "/\u200b"
              "24",
              "/240"}},
            {"ip6:", {"ip:", "ipv6:", "pi6:", "ip4:", "ip6", "", "ip6=", "a:"}},
            {"include:",
             {"includes:", "inlcude:", "include=", "include ", "include: ", "include", "include.",
              "include:include:", "einschlie\u00dfen:", "patří:", "include:https://", ""}},
            {"a:", {"a=", "aaaa:", "a ", "a: ", "a:https://", "A;"}},
            {"mx", {"mx:", "mx=", "mx,", "m x", "MX."}},
            {"redirect=", {"redirect:", "redirect ", "rediret=", "-redirect=", "redirect"}},
            {"v=spf1",
             {"v=spf", "v=sfp1", "spf1", "v=spf2", "\"v=spf1", " v=spf1", "v = spf1", "v=v=spf1",
              "v=spf 1"}}};
        for (int tries = 0; tries < 20; ++tries) {
            auto found = others.begin();
            std::advance(found, static_cast<std::ptrdiff_t>(below(others.size())));
            std::size_t at = text.find(found->first, below(text.size()));
            if (at == std::string_view::npos) at = text.find(found->first);
            if (at == std::string_view::npos) continue;
            return {at, found->first.size(), std::string(one_of(found->second))};
        }
        return octet(text);
    }
    /// The "all" at the end is changed: with its qualifier (here @) if that is clear, or in any
    /// other way.
    Edit all(std::string_view text) {
        static const Texts kept{"@al",      "@alll",    "@aall", "@lal",       "@a11",
                                "@ all",    "@all@",    "@@all", "@all.",      "@all;",
                                "\"@all\"", "@\"all\"", "@.all", "@_all",      "@all@all",
                                "@tutti",   "@\tall",   "@all]", "@all\u200b", "\u201c@all\u201d",
                                ",@all"};
        static const Texts lost{"all-",
                                "all~",
                                "_all",
                                "=all",
                                ".all",
                                ":all",
                                "/all",
                                "+-all",
                                "-+all",
                                "-~all",
                                "~-all",
                                "al",
                                "alll",
                                "+al",
                                "+ all",
                                "ll",
                                "a11",
                                "all.",
                                "\"all\"",
                                "*all",
                                "!all",
                                "tutti",
                                "-all~all",
                                "~all+all",
                                "+all+all",
                                "(all)",
                                "+all;",
                                "\u00b1"
                                "all",
                                "all\u2013",
                                " = all",
                                "all,",
                                "`all",
                                "\\all",
                                "+tutti"};
        const std::string_view end = text.substr(text.size() - 3);
        if (end != "all" && end != "ALL") return octet(text);
        std::string out(one_of(below(2) == 0 ? kept : lost));
        std::replace(out.begin(), out.end(), '@', text[text.size() - 4]);
        return {text.size() - 4, 4, out};
    }
    Edit pasted(std::string_view text) {
        static const Texts others{"v=spf1 mx ~all",
                                  "v=DMARC1; p=none",
                                  "google-site-verification=Zx9",
                                  "MS=ms12345678",
                                  " v=spf1 a -all",
                                  "]",
                                  "\r\n",
                                  " ;",
                                  "=",
                                  " =all",
                                  " - 192.0.2.250",
                                  " all",
                                  "all",
                                  "+",
                                  "_",
                                  ")"};
        return {text.size(), 0, std::string(one_of(others))};
    }

    std::mt19937 random_;
};

}  // namespace damage

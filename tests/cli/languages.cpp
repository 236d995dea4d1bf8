// What spfcheck says in other languages than English: the catalogue is complete, nothing that
// people read is left in English, and what programs read is the same in every language.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;

namespace {

const std::filesystem::path po = std::filesystem::path(SPF_SOURCE_DIR) / "examples/spfcheck/po";
using Catalogue = std::map<std::string, std::string>;

std::string contents(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// Returns what a string of a PO file means.
std::string unquoted(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            out += text[i];
        } else {
            ++i;
            out += text[i] == 'n' ? '\n' : text[i];
        }
    }
    return out;
}

/// Returns a text as the string of a PO file.
std::string po_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
    return out + '"';
}

/// Returns the texts of a PO file with their translations, without its header.
Catalogue read_po(const std::filesystem::path& path) {
    Catalogue out;
    std::string id;
    std::string* field = nullptr;
    std::string translation;
    const auto keep = [&] {
        if (!id.empty()) out[id] = translation;
        id.clear();
        translation.clear();
    };
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("#,") && line.find("fuzzy") != std::string::npos) {
            FAIL_CHECK("fuzzy: " << line);
        }
        if (line.starts_with("msgid ")) {
            keep();
            field = &id;
        }
        if (line.starts_with("msgstr ")) field = &translation;
        const std::size_t begin = line.find('"');
        if (line.starts_with('#') || begin == std::string::npos || field == nullptr) continue;
        *field += unquoted(std::string_view(line).substr(begin + 1, line.size() - begin - 2));
    }
    keep();
    return out;
}

std::set<std::string> placeholders_of(const std::string& text) {
    static const std::regex placeholder(R"(\{([1-9])(:[^{}]*\|[^{}]*)?\})");
    std::set<std::string> out;
    for (std::sregex_iterator at(text.begin(), text.end(), placeholder), end; at != end; ++at) {
        out.insert((*at)[1]);
    }
    return out;
}

/// Returns a text as an untranslated one can be told from: all of it is in brackets, except the
/// values that are inserted into it.
std::string bracketed(const std::string& text) {
    static const std::regex placeholder(R"(\{[1-9]\})");
    return "\u27e6" + std::regex_replace(text, placeholder, "\u27e7$&\u27e6") + "\u27e7";
}

/// A folder with a catalogue called "it" in which each text is bracketed().
class PseudoLanguage {
public:
    PseudoLanguage() : folder_(std::filesystem::temp_directory_path() / "spfcheck-pseudo-XXXXXX") {
        std::string name = folder_.string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        folder_ = name;
        const auto place = folder_ / "it/LC_MESSAGES";
        std::filesystem::create_directories(place);
        std::ofstream file(place / "spfcheck.po");
        file << "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n";
        for (const auto& [id, translation] : read_po(po / "spfcheck.pot")) {
            file << "\nmsgid " << po_string(id) << "\nmsgstr " << po_string(bracketed(id)) << '\n';
        }
        file.close();
        const Run made = shell(SPF_MSGFMT " -o '" + (place / "spfcheck.mo").string() + "' '" +
                               (place / "spfcheck.po").string() + "'");
        REQUIRE(made.status == 0);
    }
    ~PseudoLanguage() { std::filesystem::remove_all(folder_); }
    PseudoLanguage(const PseudoLanguage&) = delete;
    PseudoLanguage& operator=(const PseudoLanguage&) = delete;
    PseudoLanguage(PseudoLanguage&&) = delete;
    PseudoLanguage& operator=(PseudoLanguage&&) = delete;

    [[nodiscard]] Run run(const std::string& command) const {
        return shell("cd '" SPF_SOURCE_DIR "/examples' && export LC_ALL=C.UTF-8 TEXTDOMAINDIR='" +
                     folder_.string() + "' && " + command);
    }

private:
    std::filesystem::path folder_;
};

/// Returns what is not in brackets.
std::string bare(const std::string& text) {
    static const std::regex inside("\u27e6[^\u27e7]*\u27e7");
    std::string out;
    // The expressions of the standard library are recursive, so texts are short.
    std::size_t at = 0;
    for (std::size_t open = 0; (open = text.find("\u27e6", at)) != std::string::npos;) {
        out += text.substr(at, open - at) + '~';
        const std::size_t close = text.find("\u27e7", open);
        at = close == std::string::npos ? text.size() : close + 3;
    }
    return out + text.substr(std::min(at, text.size()));
}

/// Returns a page for browsers as text, and other texts as they are.
std::string without_markup(std::string text) {
    if (text.find("<html") == std::string::npos) return text;
    for (const auto& [open, close] : {std::pair<const char*, const char*>{"<style", "</style>"},
                                      {"<code", "</code>"},
                                      {"<", ">"}}) {
        for (std::size_t at = 0; (at = text.find(open, at)) != std::string::npos; ++at) {
            const std::size_t end = text.find(close, at);
            text.replace(at,
                         end == std::string::npos ? std::string::npos
                                                  : end + std::string_view(close).size() - at,
                         "|");
        }
    }
    return text;
}

/// Returns the lines with two English words one after the other that are not in brackets. Command
/// lines, records and the like are not for translators.
std::vector<std::string> untranslated(const std::string& text) {
    static const std::regex words("(^|[ (\"~])[a-z]{2,}[,:;]? [a-z]{2,}([ .,:;)\"~]|$)");
    static const std::regex data(
        "spfcheck |v=spf1|^ *> |--zone|^  *(prereq|update) |^update |^prereq |IN TXT|\\{\"|^  "
        "[a-z]+: ");
    std::vector<std::string> out;
    std::istringstream lines(bare(text));
    for (std::string line; std::getline(lines, line);) {
        if (!std::regex_search(line, data) && std::regex_search(line, words)) out.push_back(line);
    }
    return out;
}

const char* const zones = "--zone zones/example.zone";

/// Command lines that print each kind of text that spfcheck has.
std::vector<std::string> commands() {
    std::vector<std::string> out;
    const auto with_zone = [&out](const std::vector<std::string>& all) {
        for (const std::string& each : all) out.push_back("$SPFCHECK " + each + ' ' + zones);
    };
    with_zone({"example.com",
               "broken.example --all",
               "twice.example",
               "norecord.example",
               "toomany.example --all",
               "nosuch.example",
               "check 203.0.113.25 alice@example.com --trace --helo mx.example.com",
               "check 192.0.2.10 alice@broken.example",
               "check 10.0.0.1 a@example.com",
               "check 192.0.2.10 a@twice.example",
               "check 192.0.2.10 a@norecord.example",
               "check 192.0.2.10 a@toomany.example",
               "check 192.0.2.10 a@nosuch.example",
               "check 192.0.2.10 example..com",
               "check 192.0.2.1/24 a@b",
               "check",
               "check --message messages/relayed.eml --trusted-relay 198.51.100.25",
               "check --message messages/forged.eml --trusted-relay 198.51.100.25",
               "networks example.com",
               "networks broken.example",
               "networks norecord.example",
               "diff example.com 'v=spf1 ip4:192.0.2.0/25 -all'",
               "diff example.com example.com",
               "diff broken.example example.com",
               "lint example.com",
               "lint broken.example",
               "lint toomany.example",
               "lint",
               "lint --list-codes",
               "flatten example.com",
               "flatten broken.example",
               "flatten _spf.mailer.example --check example.com",
               "fix twice.example",
               "fix broken.example --all",
               "fix toomany.example",
               "fix example.com",
               "fix norecord.example",
               "fix twice.example --apply",
               "authorize example.com relay.example",
               "authorize example.com 10.0.0.1",
               "authorize example.com 192.0.2.10",
               "authorize example.com 198.51.100.1/24",
               "authorize norecord.example 192.0.2.1 --from-scratch",
               "authorize norecord.example 192.0.2.1",
               "authorize toomany.example 192.0.2.250",
               "authorize example.com 192.0.2.250 --apply",
               "authorize example.com 'No Service'",
               "whose 192.0.2.10",
               "whose 10.0.0.1"});
    for (const char* each : {"",
                             "--help",
                             "providers nobody",
                             "chek a",
                             "check --zon x",
                             "check --ip",
                             "fix",
                             "fix a b",
                             "check 192.0.2.1 a@example.com --timeout 0",
                             "check 192.0.2.1 a@example.com --color blue",
                             "--bogus",
                             "check 192.0.2.1 a@example.com --zone /no/such/file",
                             "check 192.0.2.1 a@example.com --with 'x TXT'",
                             "verify /no/such/file",
                             "check 192.0.2.1 a@example.com --nameserver x",
                             "check 192.0.2.1 'a b@example.com'",
                             "check --message /no/such/file",
                             "overview http://example.com/x --zone zones/example.zone",
                             "batch --jobs 0",
                             "survey /no/such/file"}) {
        out.push_back(std::string("$SPFCHECK ") + each);
    }
    const std::string desk = " --zone ../tests/cli/diagnose/desk.zone";
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(SPF_SOURCE_DIR) / "tests/cli/diagnose")) {
        if (entry.path().extension() == ".zone") continue;
        out.push_back("$SPFCHECK diagnose ../tests/cli/diagnose/" +
                      entry.path().filename().string() + desk);
    }
    for (const char* each : {"ugo@gmial.com", "ugo@silent.example", "ugo", "--ip 192.0.2.300 a@b.c",
                             "--ip 192.0.2.40 --sender anna@example.com", "/no/such/file"}) {
        out.push_back(std::string("$SPFCHECK diagnose ") + each + desk);
    }
    out.push_back(std::string("$SPFCHECK report toomany.example --html - ") + zones);
    out.push_back("printf 'v=spf1 ?all\\n' >/dev/null; $SPFCHECK 'v=spf1 a:\u00e8.example +all'");
    out.push_back(std::string("printf 'example.com\\nbroken.example\\n' | $SPFCHECK survey ") +
                  zones + " >/dev/null");
    return out;
}

}  // namespace

TEST_CASE("po/spfcheck.pot has each text that spfcheck says, and no other", "[cli][language]") {
    const Run made = shell("'" SPF_TEXTS_PROGRAM "'");
    REQUIRE(made.status == 0);
    INFO("cmake --build BUILD --target spfcheck_po writes it");
    CHECK((made.out == contents(po / "spfcheck.pot")));
}

TEST_CASE("each text has an Italian translation with the same placeholders", "[cli][language]") {
    const Catalogue texts = read_po(po / "spfcheck.pot");
    const Catalogue italian = read_po(po / "it.po");
    REQUIRE(texts.size() > 1000);
    for (const auto& [text, nothing] : texts) {
        CAPTURE(text);
        const auto found = italian.find(text);
        REQUIRE(found != italian.end());
        CAPTURE(found->second);
        CHECK_FALSE(found->second.empty());
        CHECK(placeholders_of(found->second) == placeholders_of(text));
        CHECK(found->second.ends_with('\n') == text.ends_with('\n'));
        CHECK(found->second.ends_with('.') == text.ends_with('.'));
        CHECK(found->second.find('\x1b') == std::string::npos);
    }
    for (const auto& [text, translation] : italian) {
        CAPTURE(text);
        CHECK(texts.contains(text));
    }
}

TEST_CASE("the labels of a report fit into its first column in Italian", "[cli][language]") {
    const Catalogue italian = read_po(po / "it.po");
    for (const char* label : {"Problem", "Found", "Place", "Checked", "Decided by", "Record",
                              "Lookups", "Explained", "Receiver", "Owner", "Sender"}) {
        CAPTURE(label);
        REQUIRE(italian.contains(label));
        CHECK(italian.at(label).size() <= 10);
    }
}

TEST_CASE("no sub-command prints a text that is not in the catalogue", "[cli][language]") {
    const PseudoLanguage language;
    for (const std::string& command : commands()) {
        const Run run = language.run("SPFCHECK=\"$SPFCHECK --lang it\"; " + command);
        std::string out = without_markup(run.out + run.err);
        // The text that a domain publishes for exp= is in its own language.
        for (const char* foreign : {"is not one of the mail servers of", "is not one of the mail",
                                    "of example.com; see https", "; see https",
                                    "spfcheck: ", "(on demand)", "auto, always"}) {
            for (std::size_t at = 0; (at = out.find(foreign)) != std::string::npos;) {
                out.erase(at, std::string_view(foreign).size());
            }
        }
        CAPTURE(command, out);
        CHECK(out.find("\u27e6") != std::string::npos);
        CHECK(untranslated(out) == std::vector<std::string>{});
        CHECK(out.find("\\xe2\\x9f") == std::string::npos);  // a text of ours that was escaped
    }
}

TEST_CASE("--help of each sub-command is translated as a whole", "[cli][language]") {
    const PseudoLanguage language;
    for (const char* command :
         {"overview", "check", "batch", "survey", "networks", "diff", "lint", "flatten", "fix",
          "authorize", "providers", "whose", "verify", "completion", "diagnose", "report"}) {
        const Run run = language.run(std::string("$SPFCHECK ") + command + " --help --lang it");
        CAPTURE(command, run.out);
        CHECK(untranslated(run.out) == std::vector<std::string>{});
    }
}

TEST_CASE("--lang chooses the language, before and after the sub-command", "[cli][language]") {
    const std::vector<std::string> rest{"check", "--zone", zone("example.zone"), "192.0.2.10",
                                        "alice@example.com"};
    std::vector<std::string> before{"--lang", "it"};
    before.insert(before.end(), rest.begin(), rest.end());
    std::vector<std::string> after = rest;
    after.emplace_back("--lang=it");
    const std::vector<std::string> utf8{"LC_ALL=C.UTF-8"};
    CHECK_THAT(spfcheck(before, utf8).out, Contains("pass: 192.0.2.10 \u00e8 autorizzato"));
    CHECK(spfcheck(after, utf8).out == spfcheck(before, utf8).out);
    std::vector<std::string> english = rest;
    english.insert(english.end(), {"--lang", "en"});
    CHECK(spfcheck(english, {"LC_ALL=it_IT.UTF-8"}).out == spfcheck(rest, utf8).out);
}

TEST_CASE("the locale chooses the language, even if it is not installed", "[cli][language]") {
    const std::vector<std::string> help{"--help"};
    const auto is_italian = [&](const std::vector<std::string>& environment) {
        return spfcheck(help, environment).out.find("Uso: ") != std::string::npos;
    };
    CHECK(is_italian({"LC_ALL=it_IT.UTF-8"}));
    CHECK(is_italian({"LC_ALL=", "LC_MESSAGES=it_IT"}));
    CHECK(is_italian({"LC_ALL=", "LANG=it_CH.UTF-8"}));
    CHECK(is_italian({"LC_ALL=", "LANG=de_DE.UTF-8", "LANGUAGE=fr:it"}));
    CHECK_FALSE(is_italian({"LC_ALL=C", "LANG=it_IT.UTF-8"}));
    CHECK_FALSE(is_italian({"LC_ALL=", "LANG=it_IT.UTF-8", "LANGUAGE=en:it"}));
    CHECK_FALSE(is_italian({"LC_ALL=de_DE.UTF-8"}));
    CHECK_FALSE(is_italian({"LC_ALL=", "LANG="}));
}

TEST_CASE("in a locale without UTF-8, accents are written as in US-ASCII", "[cli][language]") {
    const Run run = spfcheck({"check", "--zone", zone("example.zone"), "192.0.2.10",
                              "alice@example.com", "--lang", "it"});
    CHECK_THAT(run.out, Contains("192.0.2.10 e' autorizzato a inviare posta per example.com"));
    CHECK(std::all_of(run.out.begin(), run.out.end(), [](char c) { return c > 0; }));
}

TEST_CASE("a language that there is not is wrong usage, and named", "[cli][language]") {
    const Run run = spfcheck({"--lang", "tlh", "example.com"});
    CHECK(run.status == 64);
    CHECK_THAT(run.err, Contains("\"tlh\"") && Contains("--lang en|it"));
    CHECK(spfcheck({"example.com", "--lang"}).status == 64);
    CHECK(spfcheck({"--lang=", "example.com"}).status == 64);
    CHECK(spfcheck({"--lang", "../it", "example.com"}).status == 64);
}

TEST_CASE("--lang as the value of another option is not an option", "[cli][language]") {
    const Run run = spfcheck(
        {"check", "--ip", "192.0.2.10", "--helo", "--lang", "--zone", zone("example.zone")});
    CHECK_THAT(run.err + run.out, !Contains("language"));
}

TEST_CASE("what programs read is the same in every language", "[cli][language]") {
    const std::string z = zone("example.zone");
    const std::vector<std::vector<std::string>> all{
        {"overview", "broken.example", "--json", "--zone", z},
        {"check", "10.0.0.1", "a@broken.example", "--json", "--trace", "--zone", z},
        {"check", "198.51.100.7", "a@example.com", "--json", "--zone", z},
        {"networks", "broken.example", "--json", "--zone", z},
        {"diff", "example.com", "broken.example", "--json", "--zone", z},
        {"lint", "toomany.example", "broken.example", "--json", "--zone", z},
        {"lint", "--sarif", "--zone", z},
        {"flatten", "broken.example", "--json", "--zone", z},
        {"fix", "twice.example", "--json", "--zone", z},
        {"fix", "toomany.example", "--json", "--zone", z},
        {"authorize", "example.com", "10.0.0.1", "--json", "--zone", z},
        {"authorize", "norecord.example", "192.0.2.1", "--json", "--zone", z},
        {"providers", "mailchimp", "--json"},
        {"whose", "10.0.0.1", "--json", "--zone", z}};
    for (std::vector<std::string> command : all) {
        const Run english = spfcheck(command);
        command.insert(command.begin(), {"--lang", "it"});
        const Run italian = spfcheck(command, {"LC_ALL=it_IT.UTF-8"});
        CAPTURE(command);
        CHECK(english.out.size() > 2);
        CHECK((italian.out == english.out));
        CHECK(italian.status == english.status);
    }
    const std::string input =
        "printf 'x y z w\\n192.0.2.10 alice@example.com\\n' | $SPFCHECK batch";
    CHECK(shell(input + " --zone '" + z + "' 2>/dev/null | sort").out ==
          shell("LC_ALL=it_IT.UTF-8; export LC_ALL; " + input + " --zone '" + z +
                "' 2>/dev/null | LC_ALL=C sort")
              .out);
    const std::string survey =
        "printf 'broken.example\\n\\nx\\n' | $SPFCHECK survey --csv --zone '";
    CHECK(
        shell(survey + z + "' 2>/dev/null | sort").out ==
        shell("LC_ALL=it_IT.UTF-8; export LC_ALL; " + survey + z + "' 2>/dev/null | LC_ALL=C sort")
            .out);
}

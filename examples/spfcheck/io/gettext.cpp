// Finds translations with GNU gettext (libintl, which is part of glibc), which no other file of the
// program knows.

#include <algorithm>
#include <array>
#include <clocale>
#include <cstdlib>
#include <optional>
#include <string>
#include <unordered_map>

#include <iconv.h>
#include <langinfo.h>
#include <libintl.h>
#include <unistd.h>

#include "io/catalogue.hpp"

namespace spfcheck {
namespace {

constexpr const char* domain = "spfcheck";

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);  // no thread changes the environment
    return value != nullptr ? value : "";
}

/// Returns the folder of the catalogues: that of gettext(1), if it is set; the one beside the
/// program, wherever it was installed or built; else the one in which it was to be installed.
std::string folder() {
    if (const auto set = environment("TEXTDOMAINDIR"); !set.empty()) return std::string(set);
    std::array<char, 4096> path{};
    const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
    if (size > 0 && static_cast<std::size_t>(size) < path.size()) {
        const std::string program(path.data(), static_cast<std::size_t>(size));
        const std::string beside = program.substr(0, program.rfind('/')) + "/../share/locale";
        if (access((beside + "/" SPFCHECK_A_LANGUAGE "/LC_MESSAGES/spfcheck.mo").c_str(), R_OK) ==
            0) {
            return beside;
        }
    }
    return SPFCHECK_LOCALE_FOLDER;
}

/// Returns the name of the locale that the environment chooses for messages.
std::string_view locale_of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (const auto value = environment(name); !value.empty()) return value;
    }
    return "C";
}

bool is_english(std::string_view name) {
    name = name.substr(0, name.find_first_of("_.@:"));
    return name == "en" || name == "C" || name == "POSIX";
}

/// Characters that translations use, and what is written for them where there is only US-ASCII.
struct Plain {
    std::string_view character;
    std::string_view ascii;
};
constexpr std::array<Plain, 24> plain{{
    {"\u00e0", "a'"},  {"\u00e8", "e'"}, {"\u00e9", "e'"}, {"\u00ec", "i'"}, {"\u00f2", "o'"},
    {"\u00f9", "u'"},  {"\u00c0", "A'"}, {"\u00c8", "E'"}, {"\u00c9", "E'"}, {"\u00cc", "I'"},
    {"\u00d2", "O'"},  {"\u00d9", "U'"}, {"\u2019", "'"},  {"\u2018", "'"},  {"\u201c", "\""},
    {"\u201d", "\""},  {"\u00ab", "\""}, {"\u00bb", "\""}, {"\u2013", "-"},  {"\u2014", "-"},
    {"\u2026", "..."}, {"\u00a0", " "},  {"\u27e6", "[["}, {"\u27e7", "]]"},
}};

/// Returns a text in UTF-8 in US-ASCII. As Italians write without their keyboard, an accent becomes
/// an apostrophe.
std::string in_ascii(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t size = 1;
        if (static_cast<unsigned char>(text.front()) < 0x80U) {
            out += text.front();
        } else {
            while (size < text.size() &&
                   (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) {
                ++size;
            }
            std::string_view written = "?";
            for (const Plain& each : plain) {
                if (each.character == text.substr(0, size)) written = each.ascii;
            }
            out += written;
        }
        text.remove_prefix(size);
    }
    return out;
}

/// Returns the charset of the locale, which is what the terminal shows.
std::string_view charset_of_locale() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread changes the locale any more
    static const std::string_view charset = nl_langinfo(CODESET);
    return charset;
}

/// Returns a text in another charset than UTF-8; nothing if it has no such characters.
std::optional<std::string> converted(std::string_view text, const char* charset) {
    iconv_t const conversion = iconv_open(charset, "UTF-8");
    if (conversion == iconv_t(-1)) return std::nullopt;
    std::string in(text);
    std::string out(2 * in.size() + 16, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size();
    std::size_t room = out.size();
    const bool is_done = iconv(conversion, &from, &left, &to, &room) != std::size_t(-1);
    iconv_close(conversion);
    if (!is_done) return std::nullopt;
    out.resize(out.size() - room);
    return out;
}

/// Returns the translation of a text in UTF-8, or the text itself.
std::string_view find_in_utf8(const void* /*context*/, std::string_view english) {
    const std::string key(english);
    const char* const found = dgettext(domain, key.c_str());
    return found == key.c_str() ? english : found;
}

/// Returns the translation of a text in the charset of the locale. Only one thread of the program
/// has a language, so that the texts need no lock.
std::string_view find(const void* context, std::string_view english) {
    const std::string_view found = find_in_utf8(context, english);
    if (charset_of_locale() == "UTF-8" || found.data() == english.data()) return found;
    static std::unordered_map<std::string_view, std::string> known;  // by translation
    auto [entry, is_new] = known.try_emplace(found);
    if (is_new) entry->second = in_charset_of_locale(found);
    return entry->second;
}

/// Returns whether a catalogue was found: its first entry, which describes it, is not empty.
bool has_catalogue() { return *dgettext(domain, "") != '\0'; }

/// Prepares the look-up in the catalogue of a language, which needs no locale of this name: gettext
/// reads LANGUAGE, but not in the locale "C" and, from glibc 2.39 on, not in "C.UTF-8".
/// \return whether there is such a catalogue
bool use(const std::string& name) {
    const std::string before(environment("LANGUAGE"));
    setenv("LANGUAGE", name.c_str(), 1);
    bindtextdomain(domain, folder().c_str());
    bind_textdomain_codeset(domain, "UTF-8");
    for (const char* locale : {"C.UTF-8", "C.utf8", "", "en_US.UTF-8", "it_IT.UTF-8"}) {
        if (std::setlocale(LC_MESSAGES, locale) != nullptr && has_catalogue()) return true;
    }
    setenv("LANGUAGE", before.c_str(), 1);
    return false;
}

/// Returns a list of languages, as in LANGUAGE, without English and what is wanted less.
std::string before_english(std::string_view list) {
    std::string out;
    while (!list.empty()) {
        const std::string_view name = list.substr(0, list.find(':'));
        if (is_english(name)) break;
        out.append(out.empty() ? "" : ":").append(name);
        list.remove_prefix(std::min(name.size() + 1, list.size()));
    }
    return out;
}

}  // namespace

spf::Language language_of_catalogue(std::string_view wanted) {
    std::string chosen(wanted);
    if (wanted.find('/') != std::string_view::npos) return {};
    if (wanted.empty()) {
        // Not the locale's own name: it may not be installed, as in containers.
        const std::string_view locale = locale_of_environment();
        if (locale == "C" || locale == "POSIX" || locale.starts_with("C.")) return {};
        const std::string_view list = environment("LANGUAGE");
        chosen = before_english(list.empty() ? locale : list);
    }
    return !chosen.empty() && use(chosen) ? spf::Language(&find) : spf::Language();
}

spf::Language in_utf8(const spf::Language& language) noexcept {
    return language.is_english() ? spf::Language() : spf::Language(&find_in_utf8);
}

std::string in_charset_of_locale(std::string_view text) {
    const std::string charset(charset_of_locale());
    if (charset == "UTF-8") return std::string(text);
    const bool is_ascii = charset == "ANSI_X3.4-1968" || charset == "US-ASCII" || charset == "646";
    return (is_ascii ? std::nullopt : converted(text, charset.c_str())).value_or(in_ascii(text));
}

std::string name_of_catalogue() {
    const std::string_view header = dgettext(domain, "");
    constexpr std::string_view key = "\nLanguage: ";
    const std::size_t at = header.find(key);
    if (at == std::string_view::npos) return "und";
    const std::string_view rest = header.substr(at + key.size());
    return std::string(rest.substr(0, rest.find('\n')));
}

std::string_view languages_of_catalogues() noexcept { return SPFCHECK_LANGUAGES; }

}  // namespace spfcheck

// The language of what spfcheck says to people. Messages are written in English in the tables of
// the rooms, and their patterns are looked up in a catalogue of GNU gettext (po/).
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "spf/base/language.hpp"

namespace spfcheck {

/// Chooses the language of the thread that calls it; those of other threads stay in English, so
/// that what they write for programs is the same everywhere. Called before other threads start.
/// \param wanted  such as "it"; if empty, the locale decides (LANGUAGE, LC_ALL, LC_MESSAGES, LANG)
/// \return whether there is such a language; always true if `wanted` is empty
bool choose_language(std::string_view wanted);

/// Returns the languages that choose_language() knows, such as "en" and "it".
[[nodiscard]] std::string languages();

/// Returns the language in which this thread says something now.
[[nodiscard]] spf::Language language() noexcept;

/// Returns a text in this language. The result is valid as long as the text, or for ever.
[[nodiscard]] std::string_view translated(std::string_view english);

/// As long as it exists, this thread says everything in English: what programs read does not
/// depend on the locale.
class InEnglish {
public:
    explicit InEnglish(bool is_english = true);
    ~InEnglish();
    InEnglish(const InEnglish&) = delete;
    InEnglish& operator=(const InEnglish&) = delete;
    InEnglish(InEnglish&&) = delete;
    InEnglish& operator=(InEnglish&&) = delete;

private:
    spf::Language before_;
};

/// As long as it exists, this thread says everything in UTF-8: for files in this charset, such as
/// pages for browsers, whatever the terminal shows.
class InUtf8 {
public:
    InUtf8();
    ~InUtf8();
    InUtf8(const InUtf8&) = delete;
    InUtf8& operator=(const InUtf8&) = delete;
    InUtf8(InUtf8&&) = delete;
    InUtf8& operator=(InUtf8&&) = delete;

private:
    spf::Language before_;
};

/// Returns a text that was said in UTF-8 in the charset of the terminal.
[[nodiscard]] std::string in_charset_of_terminal(std::string_view text);

/// Returns the name of the language of this thread, such as "en" or "it" (BCP 47).
[[nodiscard]] std::string language_name();

/// A text that this program or the library says: made safe already, and perhaps translated. As an
/// argument of another message it is inserted as it is. A text from outside must never become one.
class Spoken : public std::string {
public:
    Spoken() = default;
    explicit Spoken(std::string text) : std::string(std::move(text)) {}
    explicit Spoken(std::string_view text) : std::string(text) {}
    // Implicit, so that `is_there ? say<...>() : ""` is a text of ours.
    // NOLINTNEXTLINE(google-explicit-constructor)
    template <std::size_t size>
    Spoken(const char (&literal)[size]) : std::string(literal) {}
};

/// Returns the text of an error number (errno), in the language of this thread.
[[nodiscard]] Spoken system_message(int error);

/// Returns what is wrong, in the language of this thread.
template <class Error>
[[nodiscard]] Spoken message_of(const Error& error) {
    return Spoken(error.message(language()));
}
/// Returns what to do about it, in the language of this thread.
template <class Problem>
[[nodiscard]] Spoken remedy_of(const Problem& problem) {
    return Spoken(problem.remedy(language()));
}

}  // namespace spfcheck

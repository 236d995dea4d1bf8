/// \file base/language.hpp  The language in which messages for people are shown.
///
/// The library has its messages in English. A program that shows them in another language passes a
/// Language to the function that makes the text. The Language finds the translation of a pattern
/// (base/message.hpp), for example in a catalogue of GNU gettext:
///     std::string_view find(const void*, std::string_view english) {
///         const std::string key(english);
///         const char* found = dgettext("mailer", key.c_str());  // `key` itself if there is none
///         return found == key.c_str() ? english : std::string_view(found);
///     }
///     print(problem.message(spf::Language(&find)));
/// all_texts() (texts/all_texts.hpp) lists what can be asked for. Header fields, SMTP replies and
/// lines for logs are always in English.
#pragma once

#include <string_view>

namespace spf {

/// Finds the translations of patterns. Trivially copyable. A Language that was made without
/// arguments is English. A translation has the placeholders of its pattern, in any order.
///
/// Thread-safe if the function is. The texts of a translation are UTF-8; they are shown as they
/// are, so they must be trusted.
class Language {
public:
    /// Returns the translation of an English pattern, or the pattern itself if there is none. The
    /// translation must be valid until the text has been made. `context` is that of the Language.
    /// Must not throw.
    using Find = std::string_view (*)(const void* context, std::string_view english);

    /// English.
    constexpr Language() noexcept = default;
    /// A language whose texts `find` returns. `context` is passed to `find`, and not owned.
    constexpr explicit Language(Find find, const void* context = nullptr) noexcept
        : find_(find), context_(context) {}

    /// Returns the pattern in this language; for English, the pattern itself.
    [[nodiscard]] constexpr std::string_view operator()(std::string_view english) const {
        return find_ == nullptr || english.empty() ? english : find_(context_, english);
    }
    /// Returns whether texts stay in English.
    [[nodiscard]] constexpr bool is_english() const noexcept { return find_ == nullptr; }

    /// Returns whether both use the same function with the same context.
    friend constexpr bool operator==(const Language&, const Language&) = default;

private:
    Find find_ = nullptr;
    const void* context_ = nullptr;
};

}  // namespace spf

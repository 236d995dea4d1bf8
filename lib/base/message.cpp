#include "spf/base/message.hpp"

#include "base/sentences.hpp"
#include "spf/base/printable.hpp"

namespace spf {

std::string Argument::text() const { return number_ ? std::to_string(*number_) : text_; }

std::uint64_t Argument::number() const noexcept { return number_ ? *number_ : text_.size(); }

namespace {

/// Returns a text in UTF-8, or the beginning of one that is longer than an argument may be. Neither
/// a character nor an escape such as `\x1b` is cut.
std::string beginning_of(std::string text) {
    constexpr std::string_view mark = "...";
    constexpr std::size_t longest_escape = 4;
    if (text.size() <= longest_argument) return text;
    std::size_t size = longest_argument - mark.size();
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) --size;
    const std::size_t escape = text.rfind('\\', size);
    if (escape != std::string::npos && size - escape < longest_escape) size = escape;
    text.resize(size);
    return text.append(mark);
}

}  // namespace

std::string rendered(std::string_view pattern, std::span<const Argument> arguments) {
    return rendered(pattern, arguments, Language());
}

std::string rendered(std::string_view pattern, std::span<const Argument> arguments,
                     const Language& language) {
    std::string out;
    read_pattern(
        language(pattern), [&out](std::string_view text) { out.append(text); },
        [&](const Placeholder& placeholder, std::string_view as_it_is) {
            if (placeholder.number > arguments.size()) {
                out.append(as_it_is);
                return;
            }
            const Argument& argument = arguments[placeholder.number - 1];
            if (!placeholder.words && argument.is_phrase()) {
                out.append(language(argument.text()));
            } else if (!placeholder.words && argument.is_sentence()) {
                out.append(beginning_of(argument.text()));
            } else if (!placeholder.words) {
                out.append(printable(argument.text(), longest_argument));
            } else {
                out.append(argument.number() == 1 ? placeholder.words->first
                                                  : placeholder.words->second);
            }
        });
    return out;
}

}  // namespace spf

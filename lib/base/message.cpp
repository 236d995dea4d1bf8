#include "spf/base/message.hpp"

#include "base/sentences.hpp"
#include "spf/base/printable.hpp"

namespace spf {

std::string Argument::text() const { return number_ ? std::to_string(*number_) : text_; }

std::uint64_t Argument::number() const noexcept { return number_ ? *number_ : text_.size(); }

namespace {

/// Returns the beginning of a text in UTF-8 that is not longer than an argument may be.
std::string beginning_of(std::string text) {
    if (text.size() <= longest_argument) return text;
    std::size_t size = longest_argument;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) --size;
    text.resize(size);
    return text;
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

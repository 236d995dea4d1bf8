#include "spf/base/message.hpp"

#include "base/sentences.hpp"
#include "spf/base/printable.hpp"

namespace spf {

std::string Argument::text() const { return number_ ? std::to_string(*number_) : text_; }

std::uint64_t Argument::number() const noexcept { return number_ ? *number_ : text_.size(); }

std::string rendered(std::string_view pattern, std::span<const Argument> arguments) {
    std::string out;
    read_pattern(
        pattern, [&out](std::string_view text) { out.append(text); },
        [&](const Placeholder& placeholder, std::string_view as_it_is) {
            if (placeholder.number > arguments.size()) {
                out.append(as_it_is);
                return;
            }
            const Argument& argument = arguments[placeholder.number - 1];
            if (!placeholder.words) {
                out.append(printable(argument.text(), longest_argument));
            } else {
                out.append(argument.number() == 1 ? placeholder.words->first
                                                  : placeholder.words->second);
            }
        });
    return out;
}

}  // namespace spf

#include "options/choice.hpp"

#include <algorithm>
#include <string_view>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "io/language.hpp"
#include "io/number.hpp"
#include "names/first_word.hpp"
#include "options/sentences.hpp"

namespace spfcheck {
namespace {

using Says = OptionsSentence;

/// Returns "a, b or c".
Spoken listed(const std::vector<std::string>& values) {
    if (values.size() == 1) return Spoken(values.front());
    std::string out;
    for (std::size_t i = 0; i + 1 < values.size(); ++i) out += (i > 0 ? ", " : "") + values[i];
    return say<Says::or_word>(out, values.back());
}

}  // namespace

CLI::Option* one_of(CLI::Option* option, const std::vector<std::string>& values) {
    std::string name;
    for (const std::string& value : values) name += (name.empty() ? "" : "|") + value;
    return option->type_name(name)->check(CLI::Validator(
        [values](const std::string& text) -> std::string {
            if (std::ranges::find(values, text) != values.end()) return std::string();
            const std::vector<std::string_view> words(values.begin(), values.end());
            const std::string_view near = nearest(text, words);
            return near.empty() ? say<Says::bad_choice>(text, listed(values))
                                : say<Says::bad_choice_near>(text, near, listed(values));
        },
        ""));
}

CLI::Option* whole_number(CLI::Option* option, unsigned long least, unsigned long most) {
    return option->check(CLI::Validator(
        [least, most](const std::string& text) -> std::string {
            const auto number = whole_number_in<unsigned long>(text);
            const bool fits = number && *number >= least && *number <= most;
            return fits ? std::string() : say<Says::bad_number>(text, least, most);
        },
        ""));
}

}  // namespace spfcheck

// Makes the texts of a finding. A text is made from a pattern by replacing its placeholders by the
// term that the finding is about and by the arguments of the message.

#include <algorithm>
#include <vector>

#include "record/term_around.hpp"
#include "spf/base/printable.hpp"
#include "spf/lint/lint.hpp"

namespace spf::lint {
namespace {

/// Returns the text of a message about the term of a finding. `usual` is the pattern for the code
/// of the finding. It is used unless the message has a pattern of its own.
std::string in_words(const Finding& finding, const Message<Sentence>& message,
                     std::string_view usual, const Language& language) {
    std::vector<Argument> arguments;
    arguments.reserve(message.arguments.size() + 1);
    arguments.emplace_back(printable(finding.term(), Finding::longest_term));
    arguments.insert(arguments.end(), message.arguments.begin(), message.arguments.end());
    return rendered(message.code == Sentence::usual ? usual : pattern_of(message.code), arguments,
                    language);
}

}  // namespace

std::string_view Finding::term() const noexcept {
    const std::size_t first = std::min(offset, text.size());
    return term_around(text, first, first + std::min(length, text.size() - first));
}

std::string Finding::message() const { return message(Language()); }
std::string Finding::remedy() const { return remedy(Language()); }

std::string Finding::message(const Language& language) const {
    return in_words(*this, said, describe(code).message, language);
}

std::string Finding::remedy(const Language& language) const {
    return in_words(*this, advised, describe(code).remedy, language);
}

bool Finding::is_permerror() const noexcept { return describe(code).permerror; }

std::string_view to_string(Finding::Severity severity) noexcept {
    switch (severity) {
        case Finding::Severity::error: return "error";
        case Finding::Severity::warning: return "warning";
        case Finding::Severity::hint: break;
    }
    return "hint";
}

}  // namespace spf::lint

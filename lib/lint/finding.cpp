// A finding in words: its sentences, with the term and the arguments in their places.

#include <algorithm>
#include <vector>

#include "spf/base/printable.hpp"
#include "spf/lint/lint.hpp"

namespace spf::lint {
namespace {

/// Renders the sentence, or the usual one of the code, about the term of a finding.
std::string in_words(const Finding& finding, const Message<Sentence>& message,
                     std::string_view usual) {
    std::vector<Argument> arguments;
    arguments.reserve(message.arguments.size() + 1);
    arguments.emplace_back(printable(finding.term(), Finding::longest_term));
    arguments.insert(arguments.end(), message.arguments.begin(), message.arguments.end());
    return rendered(message.code == Sentence::usual ? usual : pattern_of(message.code), arguments);
}

}  // namespace

std::string_view Finding::term() const noexcept {
    const std::string_view all = text;
    const std::size_t first = std::min(offset, all.size());
    const std::size_t last = first + std::min(length, all.size() - first);
    const std::size_t space = first == 0 ? std::string_view::npos : all.rfind(' ', first - 1);
    const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
    return all.substr(begin, std::min(all.find(' ', last), all.size()) - begin);
}

std::string Finding::message() const { return in_words(*this, said, describe(code).message); }
std::string Finding::remedy() const { return in_words(*this, advised, describe(code).remedy); }

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

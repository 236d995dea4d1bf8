#include "options/names.hpp"

#include <iostream>
#include <string>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "io/failure.hpp"
#include "io/language.hpp"
#include "names/mistakes.hpp"
#include "names/parts.hpp"

namespace spfcheck {
namespace {

using Problem = Spoken (*)(const std::string&);

CLI::Validator refusing(Problem problem) {
    return {[problem](std::string& text) {
                text = std::string(trimmed(text));
                return problem(text);
            },
            ""};
}

/// Returns a validator that replaces a mail address or a URL by its domain, and says so on standard
/// error, so that the output for programs stays what it is. Refuses what `problem` refuses.
CLI::Validator understanding(Problem problem) {
    return {[problem](std::string& text) {
                text = std::string(trimmed(text));
                if (auto meant = domain_meant(text)) {
                    tell_note(meant->note, std::cerr);
                    text = std::move(meant->domain);
                }
                return problem(text);
            },
            ""};
}

}  // namespace

CLI::Validator a_domain() { return understanding(domain_problem); }

CLI::Validator like_a_domain() { return understanding(mistaken_for_domain); }

CLI::Validator a_sender() { return refusing(sender_problem); }

CLI::Validator a_domain_or_record() { return understanding(domain_or_record_problem); }

CLI::Validator a_name() {
    return refusing([](const std::string&) { return Spoken(); });
}

}  // namespace spfcheck

#include "options/names.hpp"

#include <string>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "names/mistakes.hpp"
#include "names/parts.hpp"

namespace spfcheck {
namespace {

using Problem = std::string (*)(const std::string&);

CLI::Validator refusing(Problem problem) {
    return {[problem](std::string& text) {
                text = std::string(trimmed(text));
                return problem(text);
            },
            ""};
}

}  // namespace

CLI::Validator a_domain() { return refusing(domain_problem); }

CLI::Validator like_a_domain() { return refusing(mistaken_for_domain); }

CLI::Validator a_sender() { return refusing(sender_problem); }

CLI::Validator a_domain_or_record() { return refusing(domain_or_record_problem); }

CLI::Validator a_name() {
    return refusing([](const std::string&) { return std::string(); });
}

}  // namespace spfcheck

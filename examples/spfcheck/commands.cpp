// Each sub-command has a folder. In it, the header with the name of the sub-command declares a
// struct of options and two functions: setup(app, options) adds the options to the parser, and
// run(options, out, err) runs the sub-command and returns the exit status.

#include "commands.hpp"

#include <array>
#include <memory>

#include "authorize/authorize.hpp"
#include "batch/batch.hpp"
#include "check/check.hpp"
#include "diff/diff.hpp"
#include "flatten/flatten.hpp"
#include "lint/lint.hpp"
#include "networks/networks.hpp"
#include "providers/providers.hpp"
#include "whose/whose.hpp"

namespace spfcheck {
namespace {

template <class Options>
Run with(CLI::App& app) {
    const auto options = std::make_shared<Options>();
    setup(app, *options);
    return [options](std::ostream& out, std::ostream& err) { return run(*options, out, err); };
}

constexpr std::array table{
    Command{"check", "Reports whether an address may send mail for a domain, and why.",
            with<CheckOptions>},
    Command{"batch", "Checks many: reads and writes one JSON object per line.", with<BatchOptions>},
    Command{"networks", "Lists which networks may send mail for a domain.", with<NetworksOptions>},
    Command{"diff", "Lists what changes if one record replaces another.", with<DiffOptions>},
    Command{"lint", "Reports what is wrong with a record, and what would be right.",
            with<LintOptions>},
    Command{"flatten", "Writes a record without includes that means the same.",
            with<FlattenOptions>},
    Command{"authorize", "Proposes, and proves, the record that lets a relay send for a domain.",
            with<AuthorizeOptions>},
    Command{"providers", "Shows what sending services ask their customers to publish.",
            with<ProvidersOptions>},
    Command{"whose", "Says to which sending service an address belongs.", with<WhoseOptions>},
};

}  // namespace

std::span<const Command> commands() { return table; }

}  // namespace spfcheck

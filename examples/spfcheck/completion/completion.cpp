#include "completion/completion.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "completion/scripts.hpp"
#include "io/exit_status.hpp"
#include "options/choice.hpp"

namespace spfcheck {

void setup(CLI::App& app, CompletionOptions& options) {
    one_of(
        app.add_option("SHELL", options.shell, "the shell that is to complete: bash, zsh or fish")
            ->required(),
        {"bash", "zsh", "fish"});
    app.footer(R"(Where spfcheck is installed with "cmake --install", the shells find the scripts
by themselves. Otherwise, write one line into the file that your shell reads
when it starts:

  bash: source <(spfcheck completion bash)
  zsh:  source <(spfcheck completion zsh)     (after compinit)
  fish: spfcheck completion fish | source

Examples:
  spfcheck completion bash > ~/.local/share/bash-completion/completions/spfcheck
  spfcheck completion zsh > ~/.zfunc/_spfcheck
  spfcheck completion fish > ~/.config/fish/completions/spfcheck.fish

Exit status:
  0 the script was printed, 64 wrong usage, 70 internal error)");
}

int run(const CompletionOptions& options, const CommandTable& program, std::ostream& out) {
    if (options.shell == "bash") write_bash(out, program);
    if (options.shell == "zsh") write_zsh(out, program);
    if (options.shell == "fish") write_fish(out, program);
    return exit_ok;
}

}  // namespace spfcheck

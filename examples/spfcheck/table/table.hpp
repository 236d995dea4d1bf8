// The sub-commands with their arguments, options, examples and exit statuses as plain data. --help,
// the manual pages, the completion of shells and the messages about wrong usage are all made from
// it, so that they cannot differ.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <CLI/App.hpp>

namespace spfcheck {

/// Returns the values that the name of a value lists with "|" between them, as in "always|never".
/// Empty if it has no fixed set of values.
[[nodiscard]] std::vector<std::string> choices_in(std::string_view value);

/// An argument without a name of an option, such as DOMAIN.
struct Argument {
    std::string name;
    std::string value;        ///< the name, or its fixed set of values, such as "bash|zsh|fish"
    std::string description;  ///< without a capital letter and without a dot, as in --help
    bool required = false;
    int most = 1;  ///< how many words it may have

    [[nodiscard]] bool several() const { return most > 1; }
};

struct Option {
    std::vector<std::string> names;  ///< with their hyphens, the longest last
    std::string value;               ///< such as "FILE", or "always|never"; empty: takes no value
    std::string description;         ///< without a capital letter and without a dot, as in --help
    std::string group;               ///< the title under which it is listed
    bool required = false;
    bool several = false;               ///< whether it may be given more than once
    std::vector<std::string> needs;     ///< the names of options without which it is refused
    std::vector<std::string> excludes;  ///< the names of options with which it is refused

    /// Returns the longest name, such as "--verbose".
    [[nodiscard]] const std::string& name() const { return names.back(); }
    [[nodiscard]] bool takes_value() const { return !value.empty(); }
    [[nodiscard]] std::vector<std::string> choices() const { return choices_in(value); }
};

/// What an exit status means.
struct Status {
    std::string number;  ///< such as "64", or "4 or 6"
    std::string meaning;
};

/// A sub-command, or the program as a whole.
struct CommandTable {
    std::string name;                ///< without "spfcheck"; empty if it is the program as a whole
    std::string summary;             ///< sentences
    std::vector<std::string> usage;  ///< command lines, without "spfcheck " and the name
    std::vector<Argument> arguments;
    std::vector<Option> options;        ///< those of one group one after the other
    std::vector<std::string> notes;     ///< paragraphs about it
    std::vector<std::string> examples;  ///< command lines
    std::vector<Status> statuses;
    std::vector<CommandTable> commands;  ///< the sub-commands

    /// Returns the option with this name, or null.
    [[nodiscard]] const Option* find(std::string_view option) const;
    /// Returns the sub-command with this name, or null.
    [[nodiscard]] const CommandTable* command(std::string_view word) const;
};

/// Returns the table with its texts for people in the language of this thread.
[[nodiscard]] CommandTable in_language(CommandTable table);

/// Returns what a parser has: its arguments and options, and what its footer says. The footer
/// consists of paragraphs with empty lines between them. Those that begin with a line "Usage:",
/// "Examples:" or "Exit status:" have indented lines after it: command lines, or numbers with their
/// meanings, as in "0 pass, 1 fail".
[[nodiscard]] CommandTable table_of(const CLI::App& app);

}  // namespace spfcheck

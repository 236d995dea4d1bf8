#include "table/help.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "io/language.hpp"
#include "io/terminal.hpp"
#include "table/sentences.hpp"

namespace spfcheck {
namespace {

using Says = HelpSentence;

constexpr std::size_t width = 80;
constexpr std::size_t left = 29;      ///< where descriptions of options begin
constexpr std::size_t commands = 14;  ///< where descriptions of sub-commands begin
constexpr std::string_view indent = "  ";

/// Writes a row of two columns. A text that is too wide for the left column has a line of its own.
void write_row(std::ostream& out, const std::string& name, const std::string& description,
               std::size_t column = left) {
    std::string row = std::string(indent) + name;
    if (columns_of(row) + 2 > column) {
        out << row << '\n';
        row.clear();
    }
    pad(row, column);
    std::istringstream text(lines(description, width - column));
    for (std::string line; std::getline(text, line); row.assign(column, ' ')) {
        out << row << line << '\n';
    }
}

void write_usage(std::ostream& out, const CommandTable& table) {
    const std::string command = table.name.empty() ? "spfcheck " : "spfcheck " + table.name + ' ';
    const std::string title = say<Says::usage>() + ' ';
    for (const std::string& usage : table.usage) {
        const bool is_first = &usage == &table.usage.front();
        out << (is_first ? title : std::string(columns_of(title), ' ')) << command << usage << '\n';
    }
}

void write_options(std::ostream& out, const CommandTable& table) {
    if (!table.arguments.empty()) out << '\n' << say<Says::arguments>() << '\n';
    for (const Argument& each : table.arguments) write_row(out, each.name, each.description);
    std::string group;
    for (const Option& option : table.options) {
        if (option.group != group) {
            group = option.group;
            out << '\n' << group << ":\n";
        }
        std::string names;
        for (const std::string& name : option.names) names += (names.empty() ? "" : ", ") + name;
        if (option.takes_value()) names += ' ' + option.value;
        write_row(
            out, names,
            option.required ? say<Says::required>(Spoken(option.description)) : option.description);
    }
}

void write_statuses(std::ostream& out, const std::vector<Status>& statuses) {
    if (statuses.empty()) return;
    constexpr char no_break = '\x1f';  // stands for a space where no line may end
    std::string text;
    for (const Status& each : statuses) {
        text += (text.empty() ? "" : ", ") + each.number + no_break + each.meaning;
    }
    std::ostringstream wrapped;
    print_wrapped(wrapped, text, width, indent);
    text = wrapped.str();
    std::ranges::replace(text, no_break, ' ');
    out << '\n' << say<Says::statuses>() << '\n' << text;
}

}  // namespace

std::string help_of(const CommandTable& table) {
    std::ostringstream out;
    print_wrapped(out, table.summary, width);
    out << '\n';
    write_usage(out, table);
    for (const std::string& note : table.notes) out << '\n' << note << '\n';
    if (!table.examples.empty()) out << '\n' << say<Says::examples>() << '\n';
    for (const std::string& each : table.examples) out << indent << each << '\n';
    if (!table.commands.empty()) out << '\n' << say<Says::commands>() << '\n';
    for (const CommandTable& each : table.commands)
        write_row(out, each.name, each.summary, commands);
    write_options(out, table);
    write_statuses(out, table.statuses);
    out << '\n'
        << (table.name.empty() ? say<Says::more_of_program>("spfcheck help COMMAND", "man spfcheck")
                               : say<Says::more>("man spfcheck-" + table.name))
        << '\n';
    return out.str();
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string /*name*/,
                                     CLI::AppFormatMode /*mode*/) const {
    return help_of(in_language(table_of(*app)));
}

}  // namespace spfcheck

#include "table/table.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "io/language.hpp"

namespace spfcheck {
namespace {

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        if (end > at) out.emplace_back(text.substr(at, end - at));
        at = end + separator.size();
    }
    return out;
}

std::string_view without_indent(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    return line;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Returns how many octets at the beginning of a text are the number of a status and the space
/// after it, as in "0 pass" and "4 or 6 no policy"; 0 if there is no number.
std::size_t number_at(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size() && is_digit(text[at]);) {
        while (at < text.size() && is_digit(text[at])) ++at;
        if (at == text.size() || text[at] != ' ') break;
        end = ++at;
        if (text.substr(at).starts_with("or ")) at += 3;
    }
    return end;
}

/// Returns the statuses of a text such as "0 pass, 1 fail".
std::vector<Status> statuses_of(std::string_view text) {
    std::vector<Status> out;
    for (const std::string& part : split(text, ", ")) {
        const std::size_t number = number_at(part);
        if (number > 0) {
            out.push_back({part.substr(0, number - 1), part.substr(number)});
        } else if (!out.empty()) {
            out.back().meaning += ", " + part;
        }
    }
    return out;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) {
        if (!out.empty()) out += ' ';
        out += without_indent(line);
    }
    return out;
}

/// Returns command lines without "spfcheck " before them, which usage lines have, too.
std::vector<std::string> usage_of(const std::vector<std::string>& lines, const std::string& name) {
    std::vector<std::string> out;
    const std::string before = name.empty() ? "spfcheck " : "spfcheck " + name + ' ';
    for (const std::string& line : lines) {
        const std::string_view text = without_indent(line);
        out.emplace_back(text.starts_with(before) ? text.substr(before.size()) : text);
    }
    return out;
}

void read_paragraph(const std::string& paragraph, CommandTable& table) {
    std::vector<std::string> lines = split(paragraph, "\n");
    const std::string title = lines.front();
    if (title == "Usage:" || title == "Examples:" || title == "Exit status:") {
        lines.erase(lines.begin());
    }
    if (title == "Usage:") {
        table.usage = usage_of(lines, table.name);
    } else if (title == "Examples:") {
        for (const std::string& line : lines) table.examples.emplace_back(without_indent(line));
    } else if (title == "Exit status:") {
        table.statuses = statuses_of(joined(lines));
    } else {
        table.notes.push_back(paragraph);
    }
}

std::vector<std::string> names_of(const std::set<CLI::Option*>& options) {
    std::vector<std::string> out;
    for (const CLI::Option* option : options) out.push_back("--" + option->get_single_name());
    return out;
}

Option option_of(const CLI::Option& option) {
    Option out;
    for (const std::string& name : option.get_snames()) out.names.push_back('-' + name);
    for (const std::string& name : option.get_lnames()) out.names.push_back("--" + name);
    if (option.get_type_size() != 0) out.value = option.get_type_name();
    // CLI11 appends what its validators of numbers accept, such as ":INT in [1 - 9]".
    const std::size_t range = out.value.rfind(':', out.value.find(" in ["));
    if (out.value.ends_with(']') && out.value.find(" in [") != std::string::npos) {
        out.value.resize(range);
    }
    out.description = option.get_description();
    out.group = option.get_group();
    out.required = option.get_required();
    out.several = option.get_items_expected_max() > 1 ||
                  option.get_multi_option_policy() != CLI::MultiOptionPolicy::Throw;
    out.needs = names_of(option.get_needs());
    out.excludes = names_of(option.get_excludes());
    return out;
}

/// Puts options into the order of their groups. Removes hidden ones, which have no group.
void put_groups_together(const std::vector<std::string>& groups, std::vector<Option>& options) {
    std::erase_if(options, [](const Option& each) { return each.group.empty(); });
    std::ranges::stable_sort(options, {}, [&groups](const Option& each) {
        return std::ranges::find(groups, each.group) - groups.begin();
    });
}

/// Returns a usage line made from the arguments.
std::string usual_usage(const CommandTable& table) {
    std::string out;
    for (const Argument& argument : table.arguments) {
        const std::string name = argument.name + (argument.several() ? "..." : "");
        out += argument.required ? name + ' ' : '[' + name + "] ";
    }
    return out + "[OPTION...]";
}

}  // namespace

std::vector<std::string> choices_in(std::string_view value) {
    return value.find('|') == std::string_view::npos ? std::vector<std::string>()
                                                     : split(value, "|");
}

const Option* CommandTable::find(std::string_view option) const {
    const auto found = std::ranges::find_if(options, [option](const Option& each) {
        return std::ranges::find(each.names, option) != each.names.end();
    });
    return found == options.end() ? nullptr : &*found;
}

const CommandTable* CommandTable::command(std::string_view word) const {
    const auto found = std::ranges::find(commands, word, &CommandTable::name);
    return found == commands.end() ? nullptr : &*found;
}

CommandTable in_language(CommandTable table) {
    const auto translate = [](std::string& text) { text = std::string(translated(text)); };
    translate(table.summary);
    for (Argument& each : table.arguments) translate(each.description);
    for (Option& each : table.options) {
        translate(each.description);
        translate(each.group);
    }
    for (std::string& each : table.notes) translate(each);
    for (Status& each : table.statuses) translate(each.meaning);
    for (CommandTable& each : table.commands) each = in_language(std::move(each));
    return table;
}

CommandTable table_of(const CLI::App& app) {
    CommandTable out;
    if (app.get_parent() != nullptr) out.name = app.get_name();
    out.summary = app.get_description();
    std::vector<Option> general;
    for (const CLI::Option* option : app.get_options()) {
        if (option == app.get_help_ptr() || option == app.get_version_ptr()) {
            general.push_back(option_of(*option));
            general.back().group = "General";
        } else if (option->nonpositional()) {
            out.options.push_back(option_of(*option));
        } else {
            const std::string name = option->get_name(true);
            const std::string type = option->get_type_name();
            out.arguments.push_back({name, choices_in(type).empty() ? name : type,
                                     option->get_description(), option->get_required(),
                                     option->get_items_expected_max()});
        }
    }
    put_groups_together(app.get_groups(), out.options);
    out.options.insert(out.options.end(), general.begin(), general.end());
    for (const std::string& paragraph : split(app.get_footer(), "\n\n")) {
        read_paragraph(paragraph, out);
    }
    if (out.usage.empty()) out.usage.push_back(usual_usage(out));
    for (const CLI::App* command : app.get_subcommands({})) {
        out.commands.push_back(table_of(*command));
    }
    return out;
}

}  // namespace spfcheck

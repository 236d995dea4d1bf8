#include "manual/page.hpp"

#include <algorithm>
#include <cctype>
#include <ostream>
#include <sstream>
#include <string_view>

#include "io/language.hpp"
#include "manual/roff.hpp"
#include "manual/sentences.hpp"

namespace spfcheck {
namespace {

using Says = ManualSentence;

/// Returns whether a page has this section of itself, to which prose of the same title is added.
/// Other sections of the prose come before the exit statuses, in their order.
bool is_own_section(std::string_view title) {
    return title == say<Says::description>() || title == say<Says::statuses>() ||
           title == say<Says::examples>() || title == say<Says::see_also>();
}

std::string capitalised(std::string text) {
    if (!text.empty()) {
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    }
    return text;
}

/// Returns a summary as the line of NAME: without a capital letter and without a dot.
std::string as_name_line(std::string summary) {
    std::replace(summary.begin(), summary.end(), '\n', ' ');
    if (summary.ends_with('.')) summary.pop_back();
    summary.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(summary.front())));
    return roff_sentence(summary, "");
}

std::string page_name(const CommandTable& table) {
    return table.name.empty() ? "spfcheck" : "spfcheck-" + table.name;
}

std::string upper(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

/// The words that stand for something in a table, separated by spaces.
std::string words_for_arguments(const CommandTable& table) {
    std::string out;
    for (const Argument& argument : table.arguments) out += argument.name + ' ';
    for (const Option& option : table.options) out += option.value + ' ';
    for (const std::string& line : table.usage) out += line + ' ';
    return out;
}

class Page {
public:
    Page(std::ostream& out, const CommandTable& table, const Prose& own, const Prose& shared)
        : out_(out),
          table_(table),
          own_(own),
          shared_(shared),
          arguments_(words_for_arguments(table)) {}

    void head(const Edition& edition) {
        const std::string name = page_name(table_);
        out_ << ".TH " << roff_literal(upper(name)) << " 1 " << edition.date << " \"spfcheck "
             << edition.version << "\" \"" << say<Says::user_commands>() << "\"\n.SH "
             << say<Says::name>() << '\n'
             << roff_literal(name) << " \\- " << as_name_line(table_.summary) << "\n.SH "
             << say<Says::synopsis>() << '\n';
        const std::string command = table_.name.empty() ? "spfcheck" : "spfcheck " + table_.name;
        bool first = true;
        for (const std::string& usage : table_.usage) {
            if (!first) out_ << ".br\n";
            first = false;
            out_ << "\\fB" << roff_literal(command) << "\\fR " << roff_usage(usage) << '\n';
        }
    }

    void description() {
        out_ << ".SH " << say<Says::description>() << '\n';
        sentence(table_.summary);
        for (const std::string& note : table_.notes) {
            out_ << ".PP\n";
            paragraph(note);
        }
        if (const Section* more = own_.section(say<Says::description>()))
            out_ << ".PP\n" << more->text;
    }

    void commands() {
        if (table_.commands.empty()) return;
        out_ << ".SH " << say<Says::commands>() << '\n';
        for (const CommandTable& command : table_.commands) {
            out_ << ".TP\n.BR " << roff_literal(page_name(command)) << " (1)\n";
            sentence(command.summary);
        }
    }

    void options() {
        out_ << ".SH " << say<Says::options>() << '\n';
        if (!table_.arguments.empty()) out_ << ".SS " << say<Says::arguments>() << '\n';
        for (const Argument& argument : table_.arguments) {
            out_ << ".TP\n\\fI" << roff_literal(argument.name) << "\\fR"
                 << (argument.several() ? " ..." : "") << '\n';
            describe(argument.description, argument.required, argument.name);
        }
        std::string group;
        for (const Option& option : table_.options) {
            if (option.group != group) {
                group = option.group;
                out_ << ".SS " << (group == translated("Options") ? say<Says::what_to_do>() : group)
                     << '\n';
            }
            out_ << ".TP\n";
            for (const std::string& name : option.names) {
                out_ << (name == option.names.front() ? "" : ", ") << "\\fB" << roff_literal(name)
                     << "\\fR";
            }
            if (option.takes_value()) out_ << "\\~" << roff_usage(option.value);
            out_ << '\n';
            describe(option.description, option.required, option.name());
        }
    }

    void prose() {
        for (const Section& section : own_.sections) {
            if (is_own_section(section.title)) continue;
            out_ << ".SH " << section.title << '\n' << section.text;
        }
    }

    void statuses() {
        const Section* const more = own_.section(say<Says::statuses>());
        if (table_.statuses.empty() && more == nullptr) return;
        out_ << ".SH " << say<Says::statuses>() << '\n';
        for (const Status& status : table_.statuses) {
            out_ << ".TP\n" << status.number << '\n';
            sentence(capitalised(status.meaning) + '.');
        }
        if (more != nullptr) out_ << (table_.statuses.empty() ? "" : ".PP\n") << more->text;
    }

    void examples() {
        const Section* const more = own_.section(say<Says::examples>());
        if (table_.examples.empty() && more == nullptr) return;
        out_ << ".SH " << say<Says::examples>() << '\n';
        if (!table_.examples.empty()) {
            out_ << ".EX\n";
            for (const std::string& line : table_.examples) out_ << roff_literal(line) << '\n';
            out_ << ".EE\n";
        }
        if (more != nullptr) out_ << (table_.examples.empty() ? "" : ".PP\n") << more->text;
    }

    void see_also() {
        out_ << ".SH " << say<Says::see_also>() << '\n';
        if (!table_.name.empty()) out_ << ".BR spfcheck (1)";
        for (const CommandTable& command : table_.commands) {
            out_ << (command.name == table_.commands.front().name ? "" : " ,\n") << ".BR "
                 << roff_literal(page_name(command)) << " (1)";
        }
        out_ << '\n';
        if (const Section* more = own_.section(say<Says::see_also>()))
            out_ << ".PP\n" << more->text;
    }

private:
    /// Writes a text of --help.
    void sentence(std::string text) {
        std::replace(text.begin(), text.end(), '\n', ' ');
        out_ << roff_sentence(text, arguments_) << '\n';
    }

    /// Writes a note. Its indented lines keep their line ends.
    void paragraph(const std::string& text) {
        bool indented = false;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            std::string_view line = std::string_view(text).substr(at, end - at);
            at = end + 1;
            const bool is_indented = line.starts_with("  ");
            if (is_indented != indented) out_ << (is_indented ? ".RS\n.EX\n" : ".EE\n.RE\n");
            indented = is_indented;
            if (is_indented) {
                out_ << roff_literal(line.substr(2)) << '\n';
            } else {
                out_ << roff_sentence(line, arguments_) << '\n';
            }
        }
        if (indented) out_ << ".EE\n.RE\n";
    }

    /// Writes what --help says about an argument or an option, and what the prose adds.
    void describe(const std::string& text, bool required, const std::string& name) {
        sentence(capitalised(text) + '.');
        if (required) out_ << say<Says::required>() << '\n';
        const Section* more = own_.option(name);
        if (more == nullptr) more = shared_.option(name);
        if (more != nullptr) out_ << more->text;
    }

    std::ostream& out_;
    const CommandTable& table_;
    const Prose& own_;
    const Prose& shared_;
    std::string arguments_;
};

}  // namespace

std::string page_of(const CommandTable& table, const Prose& own, const Prose& shared,
                    const Edition& edition) {
    std::ostringstream out;
    Page page(out, table, own, shared);
    page.head(edition);
    page.description();
    page.commands();
    page.options();
    page.prose();
    page.statuses();
    page.examples();
    page.see_also();
    return roff_wrapped(out.str());
}

std::vector<std::string> strange_options(const Prose& prose,
                                         const std::vector<CommandTable>& tables) {
    std::vector<std::string> out;
    for (const Section& each : prose.options) {
        const bool is_known = std::ranges::any_of(tables, [&each](const CommandTable& table) {
            return table.find(each.title) != nullptr ||
                   std::ranges::find(table.arguments, each.title, &Argument::name) !=
                       table.arguments.end();
        });
        if (!is_known) {
            out.push_back(prose.path + ':' + std::to_string(each.line) + ": no option " +
                          each.title);
        }
    }
    return out;
}

}  // namespace spfcheck

// Writes all texts of spfcheck for people, for those who translate them:
//   spfcheck_texts >po/spfcheck.pot
// The texts are those of the tables of all rooms and of the library, and of --help, so that none
// can be missing.

#include <algorithm>
#include <cerrno>
#include <exception>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "io/exit_status.hpp"
#include "spf/driver/cares.hpp"
#include "spf/resolver/zone_file.hpp"
#include "spf/texts/all_texts.hpp"
#include "table/table.hpp"
#include "tables.hpp"  // made by CMake from the headers of all rooms

namespace spfcheck {
namespace {

/// The texts in the order in which they are added, each with the topics that have it.
class Catalogue {
public:
    void begin(std::string topic) { topic_ = std::move(topic); }
    void add(std::string_view text) {
        const bool has_words = std::ranges::any_of(
            text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
        if (!has_words) return;
        const auto [at, is_new] = index_.emplace(text, texts_.size());
        if (is_new) texts_.push_back({std::string(text), {}});
        std::vector<std::string>& topics = texts_[at->second].topics;
        if (std::ranges::find(topics, topic_) == topics.end()) topics.push_back(topic_);
    }
    template <class Table>
    void add_table(std::string topic, const Table& table) {
        begin(std::move(topic));
        for (const auto& row : table) add(row.pattern);
    }
    /// Adds what the message() of an error asks a language for, for each code.
    template <class Error>
    void add_errors(std::string topic) {
        begin(std::move(topic));
        const spf::Language ask(
            [](const void* catalogue, std::string_view english) {
                static_cast<const Asked*>(catalogue)->to->add(english);
                return english;
            },
            &asked_);
        for (std::size_t i = 0; i < Error::code_count; ++i) {
            Error error;
            error.code = static_cast<typename Error::Code>(i);
            static_cast<void>(error.message(ask));
        }
    }
    void write(std::ostream& out) const;

private:
    struct Asked {
        Catalogue* to;
    };
    struct Entry {
        std::string text;
        std::vector<std::string> topics;
    };
    std::string topic_;
    std::vector<Entry> texts_;
    std::map<std::string, std::size_t, std::less<>> index_;
    Asked asked_{this};
};

/// Writes a text as the string of a PO file. A text of several lines is written line by line.
void write_string(std::ostream& out, std::string_view text) {
    const bool has_lines = text.find('\n') != std::string_view::npos;
    out << (has_lines ? "\"\"\n\"" : "\"");
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' || c == '\\') out << '\\';
        if (c != '\n') {
            out << c;
            continue;
        }
        out << "\\n" << (i + 1 < text.size() ? "\"\n\"" : "");
    }
    out << "\"\n";
}

void Catalogue::write(std::ostream& out) const {
    out << "# The texts of spfcheck for people. Made by spfcheck_texts; see README.md.\n"
           "msgid \"\"\n"
           "msgstr \"\"\n"
           "\"Project-Id-Version: spfcheck\\n\"\n"
           "\"Language: \\n\"\n"
           "\"MIME-Version: 1.0\\n\"\n"
           "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
           "\"Content-Transfer-Encoding: 8bit\\n\"\n";
    for (const Entry& each : texts_) {
        out << "\n#.";
        for (const std::string& topic : each.topics) out << ' ' << topic;
        out << "\nmsgid ";
        write_string(out, each.text);
        out << "msgstr \"\"\n";
    }
}

/// Adds the texts of --help.
void add_help(Catalogue& out, const CommandTable& table) {
    out.begin("help:" + (table.name.empty() ? "spfcheck" : table.name));
    out.add(table.summary);
    for (const Argument& each : table.arguments) out.add(each.description);
    for (const Option& each : table.options) {
        out.add(each.group);
        out.add(each.description);
    }
    for (const std::string& each : table.notes) out.add(each);
    for (const Status& each : table.statuses) out.add(each.meaning);
    for (const CommandTable& each : table.commands) add_help(out, each);
}

/// Adds the messages of the C library that users of files and sockets meet. Where its own
/// translations are installed, they are not asked for: what programs read must stay in English.
void add_system_messages(Catalogue& out) {
    out.begin("system");
    for (const char* each : {"Permission denied",
                             "No such file or directory",
                             "Is a directory",
                             "Not a directory",
                             "File exists",
                             "No space left on device",
                             "Too many open files",
                             "Input/output error",
                             "Read-only file system",
                             "File name too long",
                             "Bad file descriptor",
                             "Broken pipe",
                             "Cannot allocate memory",
                             "Resource temporarily unavailable",
                             "Operation not permitted",
                             "Disk quota exceeded",
                             "File too large",
                             "Too many levels of symbolic links",
                             "Connection refused",
                             "Network is unreachable",
                             "Invalid argument"}) {
        out.add(each);
    }
}

void write_all(std::ostream& out) {
    Catalogue catalogue;
#define SPFCHECK_TABLE(room, code) catalogue.add_table(room, Sentences<code>::table);
    SPFCHECK_TABLES
#undef SPFCHECK_TABLE
    for (const spf::Text& each : spf::all_texts()) {
        catalogue.begin("lib:" + std::string(each.topic));
        catalogue.add(each.english);
    }
    catalogue.add_errors<spf::ZoneFileError>("lib:resolver");
    catalogue.add_errors<spf::CaresError>("lib:driver");
    add_system_messages(catalogue);
    add_help(catalogue, table_of_program());
    catalogue.write(out);
}

}  // namespace
}  // namespace spfcheck

int main() {
    try {
        spfcheck::write_all(std::cout);
        std::cout.flush();
        return std::cout ? spfcheck::exit_ok : spfcheck::exit_internal;
    } catch (const std::exception& error) {
        std::cerr << "spfcheck_texts: " << error.what() << '\n';
        return spfcheck::exit_internal;
    }
}

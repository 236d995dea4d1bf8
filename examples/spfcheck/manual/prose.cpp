#include "manual/prose.hpp"

#include <algorithm>
#include <fstream>

namespace spfcheck {
namespace {

/// Returns the title in a line such as `.SH "EXIT STATUS"`.
std::string title_of(std::string_view line) {
    std::string out;
    for (const char c : line.substr(4)) {
        if (c != '"' && c != '\\') out += c;
    }
    return out;
}

const Section* find(const std::vector<Section>& sections, std::string_view title) {
    const auto found = std::ranges::find(sections, title, &Section::title);
    return found == sections.end() ? nullptr : &*found;
}

}  // namespace

const Section* Prose::section(std::string_view title) const { return find(sections, title); }

const Section* Prose::option(std::string_view name) const { return find(options, name); }

Prose read_prose(const std::filesystem::path& path) {
    Prose out;
    out.path = path.string();
    std::ifstream file(path);
    Section* current = nullptr;
    bool in_options = false;
    int number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        const bool is_section = line.starts_with(".SH ");
        if (is_section) in_options = title_of(line) == "OPTIONS";
        if ((is_section && !in_options) || (in_options && line.starts_with(".SS "))) {
            std::vector<Section>& list = in_options ? out.options : out.sections;
            current = &list.emplace_back(Section{title_of(line), {}, number});
        } else if (is_section) {
            current = nullptr;
        } else if (current != nullptr) {
            current->text += line + '\n';
        }
    }
    return out;
}

}  // namespace spfcheck

// What manual pages say beyond --help. It is written in man(7), in files beside the sources of the
// sub-command: sections (.SH), and in the section OPTIONS a paragraph (.SS) for each option that
// has more to say.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace spfcheck {

/// A text under a title.
struct Section {
    std::string title;
    std::string text;  ///< lines of man(7), each with its line end
    int line = 0;      ///< the number of the line with the title
};

struct Prose {
    std::string path;
    std::vector<Section> sections;  ///< without OPTIONS
    std::vector<Section> options;   ///< what is said about options, by name ("--json")

    /// Returns the text of a section, or of what is said about an option; null if there is none.
    [[nodiscard]] const Section* section(std::string_view title) const;
    [[nodiscard]] const Section* option(std::string_view name) const;
};

/// Returns the prose of a file; empty prose if there is no such file.
[[nodiscard]] Prose read_prose(const std::filesystem::path& path);

}  // namespace spfcheck

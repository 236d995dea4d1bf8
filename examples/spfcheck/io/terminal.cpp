#include "io/terminal.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ostream>

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "io/language.hpp"
#include "spf/report/wrap.hpp"

namespace spfcheck {
namespace {

constexpr std::size_t usual_width = 80;
constexpr std::size_t widest = 100;
constexpr std::size_t narrowest = 40;

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);  // no thread changes the environment
    return value != nullptr ? value : "";
}

std::size_t width_of_output() {
    winsize size{};
    std::size_t width = 0;
    const std::string_view columns = environment("COLUMNS");
    std::from_chars(columns.data(), columns.data() + columns.size(), width);
    if (width == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) width = size.ws_col;
    return width == 0 ? usual_width : std::clamp(width, narrowest, widest);
}

}  // namespace

spf::report::TextStyle style_of_output(Colour colour) {
    const bool capable = isatty(STDOUT_FILENO) != 0 && environment("NO_COLOR").empty() &&
                         environment("TERM") != "dumb";
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread changes the locale any more
    const std::string_view codeset = nl_langinfo(CODESET);
    return {.width = width_of_output(),
            .unicode = codeset == "UTF-8",
            .colour = colour == Colour::always || (colour == Colour::automatic && capable),
            .language = language()};
}

std::size_t columns_of(std::string_view text) { return spf::report::columns_of(text); }

void pad(std::string& text, std::size_t columns) {
    text.append(columns - std::min(columns, columns_of(text)), ' ');
}

std::string lines(const std::string& text, std::size_t width) {
    std::string out;
    for (const std::string& line : spf::report::wrapped(text, width)) {
        if (!out.empty()) out += '\n';
        out += line;
    }
    return out;
}

void print_wrapped(std::ostream& out, const std::string& text, std::size_t width,
                   std::string_view indent) {
    for (const std::string& line :
         spf::report::wrapped(text, width - indent.size(), spf::report::LongWord::keep)) {
        out << indent << line << '\n';
    }
}

}  // namespace spfcheck

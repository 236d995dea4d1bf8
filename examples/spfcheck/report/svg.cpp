// The picture is an indented tree. Each term has a bar on one common axis, the lookups in the order
// of a check: the bar of an include spans those of the terms below it, so that the solid parts of
// all bars together are the sum. What is beyond the limit differs by its colour, its outline and
// its sign.

#include "report/svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "report/sentences.hpp"
#include "report/sign.hpp"
#include "report/style.hpp"
#include "spf/base/printable.hpp"
#include "spf/report/wrap.hpp"

namespace spfcheck {
namespace {

using Says = ReportSentence;

constexpr unsigned endless_lookups = 1000;  // Branch::lookups: this number or more
constexpr double narrow = 328;      // a telephone of 360 pixels, without the margins of a page
constexpr double wide = 720;        // the width of a file of its own
constexpr std::size_t deepest = 6;  // deeper rows are not indented further
constexpr int indent_step = 14;
constexpr int bar_height = 10;
constexpr int line_height = 17;

/// Returns a number with at most two decimals, whatever the locale.
std::string decimal(double value) {
    const auto hundredths = static_cast<long>(std::lround(value * 100));
    std::string out = std::to_string(hundredths / 100);
    const long rest = hundredths % 100;
    if (rest != 0) out += (rest < 10 ? ".0" : ".") + std::to_string(rest);
    return out;
}

std::string cut_in_the_middle(const std::string& text, std::size_t longest) {
    const std::string shown = spf::printable(text);
    if (shown.size() <= longest) return shown;
    const std::size_t left = (longest - 1) / 2;
    return shown.substr(0, left) + "\u2026" + shown.substr(shown.size() - (longest - 1 - left));
}

int indent_of(std::size_t depth) {
    return depth == 0 ? 0 : indent_step * static_cast<int>(std::min(depth, deepest)) + 4;
}

std::string text_of(unsigned lookups, bool at_least) {
    return std::to_string(lookups) + (at_least || lookups >= endless_lookups ? "+" : "");
}

std::string sum_of(const Branches& branches) {
    const bool at_least = branches.at_least || branches.lookups >= endless_lookups;
    return at_least ? say<Says::picture_sum_at_least>(branches.lookups, branches.allowed)
                    : say<Says::picture_sum>(branches.lookups, branches.allowed);
}

/// Draws into a Markup.
class Drawing {
public:
    /// \param language  that of a file of its own; empty for a picture in a page
    Drawing(Markup& out, const Branches& branches, const std::string& domain,
            const std::string& language)
        : out_(out),
          branches_(branches),
          domain_(domain),
          language_(language),
          is_fluid_(language.empty()) {
        std::size_t depth = 1;
        for (const Branch& each : branches.rows) depth = std::max(depth, each.depth);
        gutter_ = indent_of(depth) + 6;
        constexpr double for_numbers = 80;  // at the right end of a file of its own
        share_ = is_fluid_ ? std::floor((narrow - gutter_) / narrow * 100) - 1
                           : (wide - gutter_ - for_numbers) / wide * 100;
        cells_ = std::clamp(branches.lookups, branches.allowed, 3 * branches.allowed);
    }

    void draw() {
        const int height = height_of();
        if (is_fluid_) {
            out_.start("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                               {"class", "picture"},
                               {"role", "img"},
                               {"aria-labelledby", "picture-title picture-desc"},
                               {"width", "100%"},
                               {"height", std::to_string(height)}});
        } else {
            const std::string size = decimal(wide + 32) + ' ' + std::to_string(height + 32);
            out_.start("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                               {"xml:lang", language_},
                               {"class", "picture"},
                               {"role", "img"},
                               {"aria-labelledby", "picture-title picture-desc"},
                               {"width", decimal(wide + 32)},
                               {"height", std::to_string(height + 32)},
                               {"viewBox", "-16 -16 " + size}});
        }
        describe();
        if (!is_fluid_) {
            out_.start("style");
            out_.constant(style_of_picture());
            out_.end();
            out_.empty("rect", {{"class", "paper"},
                                {"x", "-16"},
                                {"y", "-16"},
                                {"width", decimal(wide + 32)},
                                {"height", std::to_string(height + 32)}});
        }
        draw_limit(height);
        draw_axis();
        root();
        for (const Branch& each : branches_.rows) row(each);
        if (branches_.left_out > 0) {
            label(y_ + 14, indent_of(1), "quiet", say<Says::rows_left_out>(branches_.left_out));
            y_ += 26;
        }
        legend();
        out_.end();
    }

private:
    static constexpr int head = 42;

    static int height_of(const Branch& row) {
        return line_height * static_cast<int>(1 + more_lines(row).size()) + bar_height + 18;
    }

    [[nodiscard]] bool is_beyond() const { return branches_.lookups > branches_.allowed; }

    [[nodiscard]] int height_of() const {
        int out = head + line_height + bar_height + 18;
        for (const Branch& each : branches_.rows) out += height_of(each);
        if (branches_.left_out > 0) out += 26;
        return out + legend_height();
    }
    [[nodiscard]] int legend_height() const {
        int out = 12;
        for (const auto& [kind, text] : legend_lines()) {
            out += 5 + line_height * static_cast<int>(wrapped(text).size());
        }
        return out;
    }

    /// Returns a place on the axis, or the length of a part of it. It is counted from the left end
    /// of the axis.
    [[nodiscard]] std::string place(double cell) const {
        const double part = std::min(cell, static_cast<double>(cells_)) / cells_ * share_;
        return is_fluid_ ? decimal(part) + '%' : decimal(part / 100 * wide);
    }
    [[nodiscard]] std::string right_end() const { return is_fluid_ ? "100%" : decimal(wide); }
    [[nodiscard]] std::string on_axis() const {
        return "translate(" + std::to_string(gutter_) + " 0)";
    }

    void label(int y, int x, std::string_view kind, std::string_view text) {
        out_.element(
            "text",
            {{"class", std::string(kind)}, {"x", std::to_string(x)}, {"y", std::to_string(y)}},
            text);
    }

    void describe() {
        out_.element("title", {{"id", "picture-title"}},
                     say<Says::picture_title>(spf::printable(domain_)));
        constexpr std::size_t most = 12;
        std::string text = sum_of(branches_);
        std::size_t count = 0;
        for (const Branch& each : branches_.rows) {
            if (each.depth != 1 || ++count > most) continue;
            text += ' ' + say<Says::picture_part>(spf::printable(each.term, 80),
                                                  text_of(each.lookups, each.at_least));
        }
        out_.element("desc", {{"id", "picture-desc"}}, text);
    }

    void draw_axis() {
        label(12, 0, "quiet", say<Says::axis>());
        out_.start("g", {{"transform", on_axis()}});
        const unsigned step = cells_ > 12 ? 5 : 1;
        for (unsigned i = step; i <= cells_; i += step) {
            const std::string kind = i > branches_.allowed ? "quiet bad" : "quiet";
            out_.element(
                "text",
                {{"class", kind}, {"x", place(i - 0.5)}, {"y", "34"}, {"text-anchor", "middle"}},
                std::to_string(i));
        }
        out_.end();
        y_ = head;
    }

    void bar(std::string_view kind, double from, double to, int y) {
        to = std::min(to, static_cast<double>(cells_));
        if (from >= to) return;
        out_.empty("rect", {{"class", std::string(kind)},
                            {"x", place(from)},
                            {"y", std::to_string(y)},
                            {"width", place(to - from)},
                            {"height", std::to_string(bar_height)},
                            {"rx", "2"}});
    }

    /// Draws a bar in the colours of both sides of the limit.
    void bar_across(std::string_view within, std::string_view beyond, double from, double to,
                    int y) {
        const double limit = branches_.allowed;
        bar(within, from, std::min(to, limit), y);
        bar(beyond, std::max(from, limit), to, y);
    }

    void bars(unsigned before, unsigned own, unsigned lookups, int y) {
        out_.start("g", {{"transform", on_axis()}});
        bar("slot", 0, branches_.allowed, y);
        bar_across("below", "over-below", before + own, before + lookups, y);
        bar_across("own", "over", before, before + own, y);
        for (unsigned i = 1; i < cells_; ++i) {
            out_.empty("line", {{"class", "grid"},
                                {"x1", place(i)},
                                {"x2", place(i)},
                                {"y1", std::to_string(y)},
                                {"y2", std::to_string(y + bar_height)}});
        }
        out_.end();
    }

    void number(int y, std::string_view kind, std::string_view text) {
        out_.element("text",
                     {{"class", std::string(kind)},
                      {"x", right_end()},
                      {"y", std::to_string(y)},
                      {"text-anchor", "end"}},
                     text);
    }

    /// Draws the sign of a row, and returns how much room it needs.
    int sign_at(Sign sign, int x, int y) {
        if (sign != Sign::error && sign != Sign::warning) return 0;
        out_.start(
            "g", {{"transform", "translate(" + std::to_string(x) + ' ' + std::to_string(y) + ")"}});
        write_sign(out_, sign);
        out_.end();
        return 19;
    }

    void root() {
        constexpr std::size_t longest = 30;
        const int line = y_ + 14;
        const Sign sign = is_beyond() ? Sign::error : Sign::none;
        const int shift = sign_at(sign, 0, y_ + 2);
        label(line, shift, "root", cut_in_the_middle(domain_, longest));
        const bool at_least = branches_.at_least || branches_.lookups >= endless_lookups;
        number(line, is_beyond() ? "number bad" : "number",
               at_least ? say<Says::total_at_least>(branches_.lookups, branches_.allowed)
                        : say<Says::total>(branches_.lookups, branches_.allowed));
        bars(0, 0, branches_.lookups, y_ + line_height + 5);
        ends_[0] = y_ + line_height + 8 + bar_height;
        y_ += line_height + bar_height + 18;
    }

    void row(const Branch& row) {
        const int indent = indent_of(row.depth);
        if (row.depth <= deepest) twig(row.depth);
        const unsigned end = row.before + row.lookups;
        const bool is_over = end > branches_.allowed;
        const int shift = sign_at(row.sign, indent, y_ + 2);
        term(row, indent + shift);
        number(y_ + 14, is_over ? "number bad" : "number", text_of(row.lookups, row.at_least));
        int y = y_ + line_height;
        for (const std::string& line : more_lines(row)) {
            label(y + 13, indent, row.note == Branch::Note::loop ? "quiet bad" : "quiet", line);
            y += line_height;
        }
        bars(row.before, 1, row.lookups, y + 5);
        if (row.depth <= deepest) ends_[row.depth] = y + 8 + bar_height;
        y_ += height_of(row);
    }

    /// Writes a term. In a page, a term that is too long for a telephone is there twice, and the
    /// style sheet shows the one that fits.
    void term(const Branch& row, int x) {
        const std::size_t depth = std::min(row.depth, deepest) - 1;
        const bool has_sign = x > indent_of(row.depth);
        const std::string all = spf::printable(row.term, 300);
        const std::string narrow_text = cut_in_the_middle(all, (has_sign ? 33 : 36) - 2 * depth);
        const std::string wide_text = cut_in_the_middle(all, 74 - 2 * depth);
        const bool fits = narrow_text == wide_text;
        const auto write = [&](std::string_view kind, const std::string& text) {
            out_.start("text", {{"class", std::string(kind)},
                                {"x", std::to_string(x)},
                                {"y", std::to_string(y_ + 14)}});
            out_.text(text);
            if (text != all) out_.element("title", {}, all);
            out_.end();
        };
        if (is_fluid_ && !fits) write("term narrow", narrow_text);
        write(is_fluid_ && !fits ? "term wide" : "term", wide_text);
    }

    /// Returns a text in lines that fit on a telephone.
    static std::vector<std::string> wrapped(const std::string& text, std::size_t depth = 1) {
        constexpr std::size_t columns = 46;
        return spf::report::wrapped(text, columns - 2 * (std::min(depth, deepest) - 1));
    }

    /// Returns what is below the term: a note, or the service.
    static std::vector<std::string> more_lines(const Branch& row) {
        switch (row.note) {
            case Branch::Note::loop: return wrapped(say<Says::leads_back>(), row.depth);
            case Branch::Note::repeated: return wrapped(say<Says::seen_above>(), row.depth);
            case Branch::Note::none: break;
        }
        return wrapped(spf::printable(row.service, 80), row.depth);
    }

    /// Draws the line to this row from the last one of the same depth, or from the one above both.
    void twig(std::size_t depth) {
        const int x = indent_step * static_cast<int>(depth - 1) + 6;
        const std::string from = std::to_string(ends_[depth - 1]);
        ends_[depth - 1] = y_ + 10;
        out_.empty("path", {{"class", "twig"},
                            {"d", 'M' + std::to_string(x) + ".5 " + from + 'V' +
                                      std::to_string(ends_[depth - 1]) + ".5h" +
                                      std::to_string(indent_step - 5)}});
    }

    /// Draws the limit, behind all other parts.
    void draw_limit(int height) {
        if (!is_beyond()) return;
        out_.start("g", {{"transform", on_axis()}});
        out_.empty("line", {{"class", "limit"},
                            {"x1", place(branches_.allowed)},
                            {"x2", place(branches_.allowed)},
                            {"y1", "22"},
                            {"y2", std::to_string(height - legend_height() - 8)}});
        out_.end();
    }

    /// Returns the classes of bars, and what they mean.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> legend_lines() const {
        std::vector<std::pair<std::string, std::string>> out{{"own", say<Says::own>()},
                                                             {"below", say<Says::below>()}};
        if (is_beyond()) out.emplace_back("over", say<Says::beyond>());
        return out;
    }

    void legend() {
        y_ += 8;
        for (const auto& [kind, text] : legend_lines()) {
            out_.empty("rect", {{"class", kind},
                                {"x", "1"},
                                {"y", std::to_string(y_ + 4)},
                                {"width", "22"},
                                {"height", std::to_string(bar_height)},
                                {"rx", "2"}});
            for (const std::string& line : wrapped(text)) {
                label(y_ + 13, 32, "quiet", line);
                y_ += line_height;
            }
            y_ += 5;
        }
    }

    Markup& out_;
    const Branches& branches_;
    const std::string& domain_;
    const std::string& language_;
    bool is_fluid_;
    int gutter_ = 0;
    double share_ = 0;    // how many per cent of the width the axis has
    unsigned cells_ = 0;  // how many lookups fit on the axis
    int y_ = 0;
    /// Where the line to the next row below the last row of each depth begins.
    std::array<int, deepest + 1> ends_{};
};

}  // namespace

void write_picture(Markup& out, const Branches& branches, const std::string& domain) {
    Drawing(out, branches, domain, std::string()).draw();
}

std::string svg_of(const Contents& contents) {
    Markup out;
    out.constant("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    const Branches branches = contents.branches.value_or(Branches{});
    Drawing(out, branches, contents.domain, contents.language).draw();
    out.constant("\n");
    return out.str();
}

}  // namespace spfcheck

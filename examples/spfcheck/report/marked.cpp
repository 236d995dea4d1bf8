#include "report/marked.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "report/sentences.hpp"
#include "report/sign.hpp"

namespace spfcheck {
namespace {

using Says = ReportSentence;

/// Returns where marks begin or end, with the ends of the part itself.
std::vector<std::size_t> cuts_of(std::span<const Mark> marks, std::size_t begin, std::size_t end) {
    std::vector<std::size_t> out{begin, end};
    for (const Mark& each : marks) {
        out.push_back(std::clamp(each.offset, begin, end));
        out.push_back(std::clamp(each.offset + each.length, begin, end));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// Returns the worst sign of the marks that contain an octet.
Sign sign_at(std::span<const Mark> marks, std::size_t at) {
    Sign out = Sign::none;
    for (const Mark& each : marks) {
        const bool is_in = at >= each.offset && at < each.offset + each.length;
        if (is_in) out = std::max(out, each.sign);
    }
    return out;
}

void write_links(Markup& out, std::span<const Mark> marks, std::size_t at) {
    for (const Mark& each : marks) {
        if (each.offset + each.length != at) continue;
        if (each.length == 0) {
            out.element("mark", {{"class", std::string(class_of(each.sign)) + " gap"}}, "");
        }
        if (each.number == 0) continue;
        const std::string number = std::to_string(each.number);
        out.start("sup");
        out.element("a",
                    {{"href", "#finding-" + number},
                     {"aria-label", say<Says::finding_number>(each.number)}},
                    number);
        out.end();
    }
}

}  // namespace

void write_marked(Markup& out, std::string_view text, std::size_t begin, std::size_t size,
                  std::span<const Mark> marks) {
    begin = std::min(begin, text.size());
    const std::size_t end = begin + std::min(size, text.size() - begin);
    const std::vector<std::size_t> cuts = cuts_of(marks, begin, end);
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        write_links(out, marks, cuts[i]);
        if (i + 1 == cuts.size()) break;
        const Sign sign = sign_at(marks, cuts[i]);
        if (sign != Sign::none) out.start("mark", {{"class", std::string(class_of(sign))}});
        out.data(text.substr(cuts[i], cuts[i + 1] - cuts[i]));
        if (sign != Sign::none) out.end();
    }
}

}  // namespace spfcheck

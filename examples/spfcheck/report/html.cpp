#include "report/html.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "io/language.hpp"
#include "report/blocks.hpp"
#include "report/marked.hpp"
#include "report/markup.hpp"
#include "report/sentences.hpp"
#include "report/sign.hpp"
#include "report/style.hpp"
#include "report/svg.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using Says = ReportSentence;
using spf::lint::Finding;

bool is_whole(const Finding& finding) { return finding.offset == 0 && finding.length == 0; }

/// Writes the sections of a page.
class Page {
public:
    explicit Page(const Contents& contents) : contents_(contents) {}

    std::string write() {
        out_.constant("<!DOCTYPE html>\n");
        out_.start("html", {{"lang", contents_.language}});
        head();
        out_.start("body");
        header();
        out_.start("main");
        records();
        findings();
        next();
        lookups();
        terms();
        networks();
        answers();
        out_.end();
        footer();
        out_.end();
        out_.end();
        out_.constant("\n");
        return out_.str();
    }

private:
    void head() {
        out_.start("head");
        out_.empty("meta", {{"charset", "utf-8"}});
        out_.empty("meta", {{"http-equiv", "Content-Security-Policy"},
                            {"content", "default-src 'none'; style-src 'unsafe-inline'"}});
        out_.empty("meta",
                   {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
        out_.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
        out_.element("title", {}, say<Says::title>(contents_.domain));
        out_.start("style");
        out_.constant(style_of_page());
        out_.end();
        out_.end();
        out_.constant("\n");
    }

    void header() {
        out_.start("header");
        out_.element("h1", {}, say<Says::heading>(contents_.domain));
        out_.start("p", {{"class", "verdict " + std::string(class_of(contents_.sign))}});
        write_sign(out_, contents_.sign);
        out_.element("span", {}, contents_.verdict);
        out_.end();
        blocks_.paragraph(contents_.facts);
        if (!contents_.problem.empty()) sentence("p", contents_.problem);
        for (const std::string& each : contents_.supposed) {
            blocks_.paragraph(say<Says::supposed>(each));
        }
        out_.start("p", {{"class", "quiet"}});
        out_.element("time", {{"datetime", contents_.time}}, say<Says::made>(time()));
        out_.end();
        out_.end();
        out_.constant("\n");
    }

    /// Returns the time for people, such as "2026-11-29 14:40 UTC".
    [[nodiscard]] std::string time() const {
        constexpr std::size_t date = 10;
        constexpr std::size_t minutes = 5;
        if (contents_.time.size() < date + 1 + minutes) return contents_.time;
        return contents_.time.substr(0, date) + ' ' + contents_.time.substr(date + 1, minutes) +
               " UTC";
    }

    /// Returns the places of the findings about a record of the domain.
    [[nodiscard]] std::vector<Mark> marks_in(const std::string& record) const {
        std::vector<Mark> out;
        for (std::size_t i = 0; i < contents_.findings.size(); ++i) {
            const Finding& each = contents_.findings[i];
            const bool is_here = each.domain == contents_.domain && each.text == record;
            if (!is_here || is_whole(each)) continue;
            out.push_back({each.offset, each.length, sign_of(each.severity), i + 1});
        }
        return out;
    }

    void records() {
        constexpr std::size_t longest = 4096;
        const bool has_several = contents_.records.size() > 1;
        blocks_.begin_section("record", has_several ? say<Says::records>() : say<Says::record>());
        if (contents_.records.empty()) out_.element("p", {}, say<Says::no_record>());
        for (const std::string& each : contents_.records) {
            out_.start("pre");
            out_.start("code");
            write_marked(out_, each, 0, longest, marks_in(each));
            out_.end();
            out_.end();
            if (each.size() > longest)
                blocks_.quiet(say<Says::octets_left_out>(each.size() - longest));
        }
        blocks_.end_section();
    }

    void next() {
        const bool is_good = contents_.sign == Sign::good;
        if (contents_.next.empty() && !contents_.proposed && !is_good) return;
        blocks_.begin_section("next", say<Says::next>());
        if (is_good) blocks_.paragraph(say<Says::nothing_to_do>());
        if (contents_.proposed) proposal(*contents_.proposed);
        for (const NextLine& each : contents_.next) {
            blocks_.paragraph(each.purpose);
            if (!each.command.empty()) blocks_.code_block(each.command);
        }
        blocks_.end_section();
    }

    void proposal(const Proposed& proposed) {
        blocks_.paragraph(say<Says::publish>(contents_.domain));
        blocks_.code_block(proposed.record);
        const unsigned allowed = contents_.allowed;
        blocks_.quiet(proposed.is_for_all
                          ? say<Says::proved>(proposed.lookups, allowed)
                          : say<Says::proved_by_samples>(proposed.lookups, allowed));
    }

    void findings() {
        blocks_.begin_section("findings", say<Says::findings>());
        if (contents_.findings.empty()) out_.element("p", {}, say<Says::no_findings>());
        if (!contents_.findings.empty()) {
            out_.start("ol", {{"class", "findings"}});
            for (std::size_t i = 0; i < contents_.findings.size(); ++i) finding(i);
            out_.end();
        }
        if (contents_.findings_left_out > 0) {
            blocks_.quiet(say<Says::findings_left_out>(contents_.findings_left_out));
        }
        blocks_.end_section();
    }

    void finding(std::size_t index) {
        const Finding& finding = contents_.findings[index];
        const Sign sign = sign_of(finding.severity);
        out_.start("li", {{"id", "finding-" + std::to_string(index + 1)}});
        out_.start("h3");
        out_.start("span", {{"class", "label " + std::string(class_of(sign))}});
        write_sign(out_, sign);
        out_.text(' ' + word_of(sign) + ' ' + std::to_string(index + 1) + ' ');
        out_.end();
        sentence("span", message_of(finding));
        out_.end();
        excerpt(finding, sign);
        sentence("p", remedy_of(finding));
        correction(finding);
        blocks_.quiet(say<Says::reference>(finding.section, to_string(finding.code)));
        out_.end();
    }

    /// Writes a sentence. The style sheet shows its first letter as a capital, unless its first
    /// word is a name or a term.
    void sentence(std::string_view element, const std::string& text) {
        const std::string_view word = std::string_view(text).substr(0, text.find(' '));
        const bool is_word = std::ranges::all_of(word, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ',';
        });
        out_.element(element, {{"class", is_word ? "message sentence" : "message"}}, text);
    }

    /// Writes the part of the record that a finding is about.
    void excerpt(const Finding& finding, Sign sign) {
        const bool is_elsewhere = !finding.domain.empty() && finding.domain != contents_.domain;
        if (is_elsewhere) {
            out_.element("p", {}, say<Says::in_record_of>(spf::printable(finding.domain, 253)));
        }
        if (finding.text.empty() || is_whole(finding)) return;
        constexpr std::size_t around = 60;
        constexpr std::size_t longest = 120;
        const std::size_t begin = finding.offset > around ? finding.offset - around : 0;
        const std::size_t length = std::min(finding.length, longest);
        const std::size_t size = finding.offset - begin + length + around;
        const Mark mark{finding.offset, finding.length, sign, 0};
        out_.start("pre");
        out_.start("code");
        if (begin > 0) out_.text("...");
        write_marked(out_, finding.text, begin, size, std::span(&mark, 1));
        if (begin + size < finding.text.size()) out_.text("...");
        out_.end();
        out_.end();
    }

    void correction(const Finding& finding) {
        if (!finding.correction || finding.correction->empty()) return;
        if (finding.correction->find_first_not_of(' ') == std::string::npos) {
            return blocks_.paragraph(say<Says::write_space>());
        }
        out_.start("p");
        out_.text(say<Says::write>() + ' ');
        blocks_.code(*finding.correction);
        out_.end();
    }

    void lookups() {
        if (!contents_.branches) return;
        blocks_.begin_section("lookups", say<Says::lookups>());
        if (contents_.branches->rows.empty()) {
            out_.element("p", {}, say<Says::no_lookups>());
        } else {
            out_.start("figure");
            write_picture(out_, *contents_.branches, contents_.domain);
            out_.element("figcaption", {{"class", "quiet"}},
                         say<Says::how_counted>(contents_.allowed));
            out_.end();
        }
        blocks_.end_section();
    }

    void terms() {
        if (contents_.terms.empty()) return;
        blocks_.begin_section("terms", say<Says::terms>());
        blocks_.begin_table(say<Says::terms_caption>(),
                            {{say<Says::term>()},
                             {say<Says::lookup_count>(), Blocks::Cells::number},
                             {say<Says::meaning>()}});
        for (const TermLine& each : contents_.terms) {
            blocks_.begin_row(each.term);
            blocks_.number_cell(each.lookups);
            blocks_.cell(each.meaning);
            blocks_.end_row();
        }
        blocks_.end_table();
        if (contents_.terms_left_out > 0) {
            blocks_.quiet(say<Says::terms_left_out>(contents_.terms_left_out));
        }
        blocks_.end_section();
    }

    void networks() {
        if (!contents_.branches) return;
        blocks_.begin_section("networks", say<Says::networks>());
        if (contents_.networks.empty()) {
            out_.element("p", {}, say<Says::no_networks>());
        } else {
            network_table();
        }
        if (!contents_.open_terms.empty()) {
            out_.element("p", {}, say<Says::depends>());
            out_.start("ul");
            for (const OpenTerm& each : contents_.open_terms) {
                out_.start("li");
                blocks_.code(each.term);
                out_.text(' ' + say<Says::depends_on>(spf::printable(each.domain, 253)));
                out_.end();
            }
            out_.end();
        }
        blocks_.end_section();
    }

    void network_table() {
        blocks_.begin_table(
            say<Says::networks_caption>(),
            {{say<Says::network>()}, {say<Says::result>()}, {say<Says::listed_by>()}});
        for (const NetworkLine& each : contents_.networks) {
            blocks_.begin_row(each.network);
            blocks_.cell(each.result);
            out_.start("td");
            if (!each.term.empty()) blocks_.code(each.term);
            out_.text(origin_of(each));
            out_.end();
            blocks_.end_row();
        }
        blocks_.end_table();
        if (contents_.networks_left_out > 0) {
            blocks_.quiet(say<Says::networks_left_out>(contents_.networks_left_out));
        }
    }

    /// Returns whose term it is, after a space.
    [[nodiscard]] std::string origin_of(const NetworkLine& line) const {
        const bool is_own = line.domain.empty() || line.domain == contents_.domain;
        if (is_own) {
            return line.service.empty() ? std::string()
                                        : ' ' + say<Says::named_service>(line.service);
        }
        const std::string domain = spf::printable(line.domain, 253);
        return ' ' + (line.service.empty()
                          ? say<Says::of_record>(domain)
                          : say<Says::of_record_and_service>(domain, line.service));
    }

    void answers() {
        if (contents_.answers.empty()) return;
        out_.start("section", {{"aria-labelledby", "answers"}});
        // It is open, because a page that is printed should have it, and no script could open it.
        out_.start("details", {{"open", "open"}});
        out_.start("summary");
        out_.element("h2", {{"id", "answers"}}, say<Says::answers>());
        out_.end();
        blocks_.quiet(say<Says::answers_text>(contents_.answers.size() + contents_.answers_left_out,
                                              contents_.source));
        blocks_.begin_table(say<Says::answers_caption>(),
                            {{say<Says::question>()},
                             {say<Says::ttl>(), Blocks::Cells::number},
                             {say<Says::answer>()}});
        for (const AnswerLine& each : contents_.answers) answer(each);
        blocks_.end_table();
        if (contents_.answers_left_out > 0) {
            blocks_.quiet(say<Says::answers_left_out>(contents_.answers_left_out));
        }
        out_.end();
        blocks_.end_section();
    }

    void answer(const AnswerLine& line) {
        blocks_.begin_row(line.name, line.type);
        blocks_.number_cell(line.ttl);
        out_.start("td");
        out_.text(line.status);
        if (line.records.size() == 1) {
            blocks_.code(line.records.front());
        } else if (!line.records.empty()) {
            out_.start("ul", {{"class", "plain"}});
            for (const std::string& each : line.records) {
                out_.start("li");
                blocks_.code(each);
                out_.end();
            }
            out_.end();
        }
        if (line.left_out > 0) blocks_.quiet(say<Says::records_left_out>(line.left_out));
        out_.end();
        blocks_.end_row();
    }

    void footer() {
        out_.start("footer");
        blocks_.paragraph(say<Says::made_by>(contents_.version));
        if (!contents_.command.empty()) blocks_.code_block(contents_.command);
        blocks_.paragraph(say<Says::again>());
        out_.end();
    }

    const Contents& contents_;
    Markup out_;
    Blocks blocks_{out_};
};

}  // namespace

std::string html_of(const Contents& contents) { return Page(contents).write(); }

}  // namespace spfcheck

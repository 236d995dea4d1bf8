#include "diagnose/print.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>

#include "check/json.hpp"
#include "diagnose/redact.hpp"
#include "io/terminal.hpp"
#include "message/handover.hpp"
#include "spf/report/wrap.hpp"

namespace spfcheck {
namespace {

using Says = DiagnoseSentence;

constexpr std::size_t indent_width = 12;  // of a sign, a label, and spaces
constexpr std::size_t most_others = 4;
constexpr std::size_t one_screen = 24;  // lines

std::string label_of(StepKind kind) {
    switch (kind) {
        case StepKind::recipient: return say<Says::label_recipient>();
        case StepKind::reply: return say<Says::label_reply>();
        case StepKind::client: return say<Says::label_client>();
        case StepKind::spf: return say<Says::label_spf>();
        case StepKind::helo: return say<Says::label_helo>();
        case StepKind::dmarc: return say<Says::label_dmarc>();
        case StepKind::whose: break;
    }
    return say<Says::label_whose>();
}

char sign_of(State state) noexcept {
    switch (state) {
        case State::ok: return '+';
        case State::wrong: return '!';
        case State::unknown: return '?';
        case State::note: break;
    }
    return ' ';
}

/// Prints a text in lines that begin after the column of labels, the first one with a label.
void print_row(std::ostream& out, char sign, const std::string& label, const std::string& text,
               std::size_t width) {
    std::string begin = std::string(1, sign) + ' ' + label;
    pad(begin, std::max(columns_of(begin) + 1, indent_width));
    for (const std::string& line : spf::report::wrapped(text, width - columns_of(begin))) {
        out << begin << line << '\n';
        begin.assign(indent_width, ' ');
    }
}

/// Prints a quoted line; of a long one, only so many lines.
void print_evidence(std::ostream& out, const std::string& text, std::size_t most,
                    std::size_t width) {
    constexpr std::string_view cut = " ...";
    const std::string begin = std::string(indent_width, ' ') + "> ";
    const auto all = spf::report::wrapped(text, width - begin.size() - cut.size());
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i) {
        out << begin << all[i] << (i + 1 == most && all.size() > most ? cut : "") << '\n';
    }
}

/// Prints a command so that it can be copied into a shell. If it does not fit into a line, it is
/// continued after a backslash; a word in quotes is not divided.
void print_command(std::ostream& out, std::string_view command, std::size_t width) {
    constexpr std::string_view indent = "  ";
    std::string line(indent);
    bool is_quoted = false;
    std::string word;
    const auto add = [&] {
        if (line.size() > indent.size() && line.size() + 1 + word.size() + 2 > width) {
            out << line << " \\\n";
            line = std::string(indent) + "   ";
        }
        line += (line.size() == indent.size() ? "" : " ") + word;
        word.clear();
    };
    for (const char c : command) {
        if (c == '\'') is_quoted = !is_quoted;
        if (c == ' ' && !is_quoted) {
            add();
        } else {
            word += c;
        }
    }
    add();
    out << line << '\n';
}

/// Takes out what is not to be shown, or nothing.
class Veil {
public:
    Veil(const Case& about, bool redact) : redacts_(redact) {
        for (const FailedRecipient& each : about.recipients) {
            redactor_.know(each.address);
            redactor_.know(each.final_address);
        }
        if (about.sender) redactor_.know(*about.sender);
    }
    std::string ours(const std::string& text) { return redacts_ ? redactor_.text(text) : text; }
    std::string theirs(const std::string& text) { return redacts_ ? redactor_.quoted(text) : text; }

    /// Takes it out of all texts in a JSON value, whose depth is that of our own objects.
    Json ours(Json json) {  // NOLINT(misc-no-recursion)
        if (!redacts_) return json;
        if (json.is_string()) return ours(json.get<std::string>());
        for (auto& each : json) {
            if (each.is_string() || each.is_structured()) each = ours(std::move(each));
        }
        return json;
    }

private:
    Redactor redactor_;
    bool redacts_;
};

Json json_of(const FailedRecipient& recipient, const Verdict& verdict, bool is_report, Veil& veil) {
    const Refusal& refusal = recipient.refusal;
    Json json;
    json["recipient"] = text_or_null(veil.ours(recipient.address));
    json["final_recipient"] = text_or_null(veil.ours(recipient.final_address));
    json["status"] = text_or_null(refusal.status);
    json["code"] = refusal.code ? Json(*refusal.code) : Json();
    json["cause"] = to_string(refusal.cause);
    json["text"] = text_or_null(veil.theirs(refusal.text));
    json["evidence"] = text_or_null(veil.theirs(recipient.line));
    json["action"] = is_report ? Json(to_string(recipient.action)) : Json();
    json["remote_host"] = text_or_null(veil.ours(recipient.remote_host));
    json["claimed_ip"] = refusal.claimed_ip ? Json(refusal.claimed_ip->to_string()) : Json();
    json["claimed_domain"] = text_or_null(refusal.claimed_domain);
    json["situation"] = name_of(verdict.code);
    json["side"] = to_string(verdict.side);
    json["verdict"] = veil.ours(verdict.text);
    return json;
}

Json json_of(const Step& step, Veil& veil) {
    Json json;
    json["step"] = to_string(step.kind);
    json["state"] = to_string(step.state);
    json["text"] = veil.ours(step.text);
    json["evidence"] = text_or_null(veil.theirs(step.evidence));
    json["action"] = text_or_null(veil.ours(step.remedy.text));
    json["command"] = text_or_null(veil.ours(step.remedy.command));
    return json;
}

Json json_of(const Examined& examined, const Case& about) {
    if (!examined.alignment || !examined.dmarc) return {};
    const auto counts = counts_for_dmarc(*examined.alignment, *examined.dmarc);
    Json json;
    json["author_domain"] = about.author_domain;
    json["alignment"] = to_string(*examined.alignment);
    json["counts"] = counts ? Json(*counts) : Json();
    json["record"] = text_or_null(examined.dmarc->record);
    json["policy"] = text_or_null(examined.dmarc->policy);
    return json;
}

Json json_of(const Host& host, Veil& veil) {
    if (!host.ip) return {};
    static constexpr std::array<std::string_view, 5> sources{"nowhere", "given", "message",
                                                             "claimed", "reporter"};
    static constexpr std::array<std::string_view, 6> ties{"none",      "name",      "address",
                                                          "handed_on", "forwarder", "service"};
    Json json;
    json["ip"] = host.ip->to_string();
    json["name"] = text_or_null(veil.ours(host.name));
    json["source"] = sources.at(static_cast<std::size_t>(host.source));
    json["tie"] = ties.at(static_cast<std::size_t>(host.tie));
    json["tied_by"] = text_or_null(veil.ours(host.tied_by));
    return json;
}

/// How much of a diagnosis is shown.
struct Detail {
    std::size_t quoted = 0;     ///< the lines of each quote
    bool has_remedies = false;  ///< whether what else is wrong has its remedy
};
constexpr std::size_t most_quoted_lines = 3;

void print_steps(std::ostream& out, const Diagnosis& diagnosis, const Detail& detail, Veil& veil,
                 std::size_t width) {
    for (const Step& step : diagnosis.steps) {
        // That the HELO name passes, too, is no news.
        if (step.kind == StepKind::helo && step.state == State::ok) continue;
        print_row(out, sign_of(step.state), label_of(step.kind), veil.ours(step.text), width);
        if (!step.evidence.empty())
            print_evidence(out, veil.theirs(step.evidence), detail.quoted, width);
        const bool is_other = step.remedy.text != diagnosis.remedy.text;
        if (detail.has_remedies && !step.remedy.text.empty() && is_other)
            print_row(out, ' ', "", veil.ours(step.remedy.text), width);
    }
}

/// Prints the verdicts about further recipients, as far as there is room.
void print_others(std::ostream& out, const Diagnosis& diagnosis, Veil& veil, std::size_t width) {
    std::string label = say<Says::label_others>();
    std::size_t shown = 0;
    for (std::size_t i = 0; i < diagnosis.verdicts.size(); ++i) {
        if (i == diagnosis.main || shown == most_others) continue;
        print_row(out, ' ', label, veil.ours(diagnosis.verdicts[i].text), width);
        label.clear();
        ++shown;
    }
    const std::size_t left = diagnosis.verdicts.size() - 1 - shown;
    if (left > 0) print_row(out, ' ', "", say<Says::more_recipients>(std::uint64_t{left}), width);
}

std::string page_of(const Diagnosis& diagnosis, const Detail& detail, Veil& veil,
                    std::size_t width) {
    std::ostringstream out;
    out << lines(veil.ours(diagnosis.verdicts[diagnosis.main].text), width) << "\n\n";
    print_steps(out, diagnosis, detail, veil, width);
    print_others(out, diagnosis, veil, width);
    if (!diagnosis.steps.empty()) out << '\n';
    print_row(out, ' ', say<Says::label_next>(), veil.ours(diagnosis.remedy.text), width);
    if (!diagnosis.remedy.command.empty())
        print_command(out, veil.ours(diagnosis.remedy.command), width);
    return out.str();
}

}  // namespace

void print_page(std::ostream& out, const Case& about, const Diagnosis& diagnosis, bool redact,
                const spf::report::TextStyle& style) {
    // What is found out comes first, so quotes and further remedies yield to it on a small screen.
    std::string page;
    for (std::size_t quoted = most_quoted_lines; quoted > 0; --quoted) {
        for (const bool has_remedies : {true, false}) {
            Veil veil(about, redact);
            page = page_of(diagnosis, {quoted, has_remedies}, veil, style.width);
            const auto count = std::count(page.begin(), page.end(), '\n');
            if (static_cast<std::size_t>(count) < one_screen) break;
        }
        const auto count = std::count(page.begin(), page.end(), '\n');
        if (static_cast<std::size_t>(count) < one_screen) break;
    }
    out << page;
}

Json to_json(const Case& about, const Diagnosis& diagnosis, bool redact) {
    Veil veil(about, redact);
    const Verdict& verdict = diagnosis.verdicts[diagnosis.main];
    const Examined& examined = diagnosis.examined[diagnosis.main];
    Json json;
    json["verdict"] = veil.ours(verdict.text);
    json["situation"] = name_of(verdict.code);
    json["side"] = to_string(verdict.side);
    json["kind"] = to_string(about.kind);
    json["recipients"] = Json::array();
    for (std::size_t i = 0; i < about.recipients.size(); ++i)
        json["recipients"].push_back(
            json_of(about.recipients[i], diagnosis.verdicts[i], about.is_report, veil));
    const Checks& checks = examined.checks;
    json["client"] = json_of(examined.host, veil);
    json["spf"] = checks.mail_from ? veil.ours(to_json(*checks.mail_from, false)) : Json();
    json["helo_check"] = checks.helo ? veil.ours(to_json(*checks.helo, false)) : Json();
    json["dmarc"] = json_of(examined, about);
    json["received"] = about.handover ? veil.ours(to_json(*about.handover)) : Json();
    json["steps"] = Json::array();
    for (const Step& each : diagnosis.steps) json["steps"].push_back(json_of(each, veil));
    json["next"] = Json::array();
    if (!diagnosis.remedy.text.empty()) {
        Json next;
        next["command"] = text_or_null(veil.ours(diagnosis.remedy.command));
        next["why"] = veil.ours(diagnosis.remedy.text);
        json["next"].push_back(std::move(next));
    }
    return json;
}

}  // namespace spfcheck

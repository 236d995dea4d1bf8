#include "check/print.hpp"

#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "check/json.hpp"
#include "check/sentences.hpp"
#include "io/language.hpp"
#include "io/terminal.hpp"
#include "providers/catalogue.hpp"
#include "spf/advice/advice.hpp"
#include "spf/base/printable.hpp"
#include "spf/report/text.hpp"
#include "spf/report/tree.hpp"

namespace spfcheck {
namespace {

/// Inserts a text below the first line of a report if the user gave a message. The text tells which
/// client was evaluated. If the sender is not known, the text also tells that only the HELO name is
/// checked.
void insert_hop(std::string& report, const Subject& subject, std::size_t width) {
    if (!subject.handover) return;
    std::string text = lines(to_sentence(*subject.handover), width) + '\n';
    if (!subject.sender) {
        text += lines(say<CheckSentence::helo_is_checked>(), width) + '\n';
    }
    report.insert(report.find('\n') + 1, text);
}

/// Returns a line with the outcome for HELO. If the zone files do not contain a name that is
/// necessary, and no name server was asked, this is not a result that a receiver would have.
Spoken helo_line(const spf::Outcome& helo) {
    const bool is_missing = helo.problem && helo.problem->code == spf::Problem::Code::not_in_zone;
    return is_missing ? say<CheckSentence::helo_not_checked>(spf::printable(helo.helo, 100),
                                                             message_of(*helo.problem))
                      : Spoken("HELO " + spf::report::summary(helo, language()));
}

/// Inserts a line with the outcome for HELO below the first line of a report, which has the outcome
/// for MAIL FROM.
void insert_helo(std::string& report, const Checked& checked, const spf::report::TextStyle& style) {
    if (!checked.helo) return;
    report.insert(report.find('\n') + 1, lines(helo_line(*checked.helo), style.width) + '\n');
}

/// Returns the facts that advice needs in addition to the outcome.
spf::advice::Context context_of(const CheckOptions& options, const Subject& subject,
                                const Facts& facts) {
    spf::advice::Context context;
    context.language = language();
    if (facts.lint) context.lint = &*facts.lint;
    context.services = facts.services;
    context.services_asked = facts.services_asked;
    context.dns_options = options.dns.words();
    context.message = options.message.path;
    context.trusted = options.message.trusted;
    // With --ip, the advice must not suggest that the Received lines below the evaluated one name
    // another client. If the host with the address from --ip is a trusted relay, that host wrote
    // the first Received line, which has been read already. Otherwise no trusted relay wrote a
    // Received line.
    context.has_lines_below = subject.has_lines_below && options.ip.empty();
    context.author_domain = subject.author_domain;
    if (!subject.handover) return context;
    if (spf::is_signed_in(subject.handover->protocol)) {
        context.signed_in = subject.handover->protocol;
    }
    context.taken_by = subject.handover->by;
    return context;
}

/// Adds to each check_host() of a trace the name of the service whose record was evaluated.
void add_services(Json& trace) {
    for (Json& step : trace) {
        if (step["kind"] != "check_host") continue;
        const Provider* const service = service_of(step["domain"].get<std::string>());
        step["service"] = service != nullptr ? Json(service->name) : Json();
    }
}

/// Returns a list of the names whose records were evaluated and that belong to a known service,
/// each with the name of the service.
std::string services_in(const spf::Trace& trace) {
    std::string out;
    std::set<std::string_view> known;
    for (const spf::Step& step : trace) {
        if (step.kind != spf::Step::Kind::check_host || service_of(step.domain) == nullptr)
            continue;
        if (!known.insert(step.domain).second) continue;
        out += (out.empty() ? "" : ", ") + with_service(spf::printable(step.domain, 80));
    }
    return out;
}

Json json_of(const spf::advice::Advice& advice) {
    Json json;
    json["to"] = spf::advice::to_string(advice.to);
    json["text"] = advice.text();
    json["command"] = text_or_null(advice.command);
    return json;
}

}  // namespace

void print(std::ostream& out, const Checked& checked, const CheckOptions& options,
           const Subject& subject, const Facts& facts) {
    const spf::Outcome& outcome = checked.outcome;
    const std::vector<spf::advice::Advice> advice =
        spf::advice::what_to_do(outcome, context_of(options, subject, facts));
    if (options.output.json) {
        Json json = to_json(outcome, options.trace);
        if (options.trace) add_services(json["trace"]);
        json["helo_check"] = checked.helo ? to_json(*checked.helo, false) : Json();
        json["advice"] = Json::array();
        for (const spf::advice::Advice& each : advice) json["advice"].push_back(json_of(each));
        if (subject.handover) json["received"] = to_json(*subject.handover);
        write(out, json);
        return;
    }
    const spf::report::TextStyle style = style_of_output(options.output.colour);
    std::string report = spf::report::report(outcome, style);
    insert_helo(report, checked, style);
    insert_hop(report, subject, style.width);
    out << report << '\n' << spf::advice::text(advice, style);
    if (!options.trace) return;
    out << '\n' << spf::report::tree(outcome.trace, style);
    const std::string services = services_in(outcome.trace);
    if (services.empty()) return;
    out << '\n';
    print_wrapped(out, say<CheckSentence::services>(services), style.width);
}

}  // namespace spfcheck

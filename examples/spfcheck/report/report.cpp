#include "report/report.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <unistd.h>

#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "dns/lint_questions.hpp"
#include "dns/used_answers.hpp"
#include "io/failure.hpp"
#include "io/log.hpp"
#include "names/idn.hpp"
#include "options/names.hpp"
#include "options/providers.hpp"
#include "overview/next.hpp"
#include "overview/picture.hpp"
#include "overview/verdict.hpp"
#include "providers/catalogue.hpp"
#include "report/branches.hpp"
#include "report/contents.hpp"
#include "report/dot.hpp"
#include "report/file.hpp"
#include "report/html.hpp"
#include "report/sentences.hpp"
#include "report/svg.hpp"
#include "spf/advice/command.hpp"
#include "spf/version.hpp"

namespace spfcheck {
namespace {

using Says = ReportSentence;
using spf::dns::RecordType;
using spf::lint::Finding;

// A page that is longer than these would not be read; the commands on it list the rest.
constexpr std::size_t most_branches = 80;
constexpr std::size_t most_terms = 200;
constexpr std::size_t most_findings = 200;
constexpr std::size_t most_networks = 500;
constexpr std::size_t most_answers = 200;
constexpr std::size_t most_records = 20;  // of one answer

/// Remembers each answer that an analysis receives.
class AnswerBook final : public spf::dns::Resolver {
public:
    using Answers = std::map<std::pair<std::string, RecordType>, spf::dns::AnswerPtr>;

    explicit AnswerBook(spf::dns::Resolver& inner) : inner_(inner) {}
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        spf::dns::AnswerPtr answer = inner_.resolve(question);
        answers_.try_emplace({std::string(question.name), question.type}, answer);
        return answer;
    }
    [[nodiscard]] Answers take() { return std::move(answers_); }

private:
    spf::dns::Resolver& inner_;
    Answers answers_;
};

/// What the analysis found.
struct Found {
    Picture picture;
    std::vector<Next> next;
    AnswerBook::Answers answers;
};

std::string name_in(std::string_view term) {
    const std::size_t separator = term.find_first_of(":=");
    std::string_view name = separator == std::string_view::npos ? "" : term.substr(separator + 1);
    const std::size_t brace = name.rfind('}');
    return std::string(name.substr(0, name.find('/', brace == std::string_view::npos ? 0 : brace)));
}

std::string service_named(const std::string& name, const Catalogue& catalogue) {
    const Provider* const service = name.empty() ? nullptr : catalogue.service_of(name);
    return service == nullptr ? std::string() : service->name;
}

/// Returns at most `most` elements, and counts the others.
template <class Element>
std::vector<Element> first(std::vector<Element> all, std::size_t most, std::size_t& left_out) {
    left_out = all.size() - std::min(all.size(), most);
    all.resize(all.size() - left_out);
    return all;
}

Sign sign_of(const Picture& picture) {
    if (count(picture.lint, Finding::Severity::error) > 0) return Sign::error;
    const bool is_known = picture.missing.is_complete && !picture.missing.is_everything;
    const bool has_warnings = count(picture.lint, Finding::Severity::warning) > 0;
    return is_known && !has_warnings ? Sign::good : Sign::warning;
}

std::string lookups_of(const TermView& term) {
    if (!term.cost) return "0";
    constexpr unsigned endless = 1000;  // TermCost::dns_lookups: this number or more
    const bool is_more = term.cost->at_least || term.cost->dns_lookups >= endless;
    return std::to_string(term.cost->dns_lookups) + (is_more ? "+" : "");
}

Branches branches_of(const Picture& picture, const Catalogue& catalogue) {
    const auto service_of = [&](std::string_view term) {
        const auto own = std::ranges::find(picture.terms, term, &TermView::text);
        return own != picture.terms.end() && !own->service.empty()
                   ? own->service
                   : service_named(name_in(term), catalogue);
    };
    Branches out =
        spfcheck::branches_of(picture.lint.tree, picture.lint.findings, service_of, most_branches);
    out.lookups = picture.lint.dns_lookups.value_or(0);
    out.at_least = picture.lint.at_least;
    out.allowed = spf::Limits{}.dns_lookups;
    return out;
}

/// Returns the networks with another result than most addresses have, those that pass first. The
/// networks of each decision are together.
std::vector<NetworkLine> networks_of(const Picture& picture, const Catalogue& catalogue) {
    const spf::analysis::NetworkMap& map = picture.map;
    std::vector<NetworkLine> out;
    for (const spf::Result result :
         {spf::Result::pass, spf::Result::neutral, spf::Result::softfail, spf::Result::fail,
          spf::Result::none, spf::Result::temperror, spf::Result::permerror}) {
        if (!picture.others.depends_on_message && result == picture.others.result) continue;
        std::map<std::size_t, std::vector<spf::AddressRange>> groups;
        for (const spf::analysis::DecidedRange& each : map.ranges) {
            const spf::analysis::Decision& decision = map.decisions[each.decision];
            if (decision.depends_on || decision.result != result) continue;
            groups[each.decision].push_back(each.range);
        }
        for (auto& [index, ranges] : groups) {
            const spf::analysis::Decision& decision = map.decisions[index];
            NetworkLine line;
            line.result = spf::to_string(result);
            line.term = decision.source;
            line.domain = decision.source_domain;
            line.service = service_named(
                line.domain == map.domain ? name_in(line.term) : line.domain, catalogue);
            for (const spf::Network& each : spf::NetworkSet(std::move(ranges)).networks()) {
                line.network = each.to_string();
                out.push_back(line);
            }
        }
    }
    return out;
}

std::string status_of(spf::dns::Status status) {
    using spf::dns::Status;
    switch (status) {
        case Status::ok: return {};
        case Status::no_data: return say<Says::no_data>();
        case Status::nxdomain: return say<Says::no_name>();
        case Status::servfail: return say<Says::server_failed>();
        case Status::error: return say<Says::wrong_answer>();
        case Status::timeout: return say<Says::no_answer_in_time>();
        case Status::unreachable: return say<Says::no_server>();
        case Status::not_in_zone: break;
    }
    return say<Says::not_in_zone>();
}

std::vector<std::string> records_of(const spf::dns::Answer& answer, RecordType type) {
    std::vector<std::string> out;
    switch (type) {
        case RecordType::txt:
        case RecordType::spf: return answer.texts;
        case RecordType::ptr: return answer.names;
        case RecordType::mx:
            for (const auto& [preference, host] : answer.exchanges) {
                out.push_back(std::to_string(preference) + ' ' + (host.empty() ? "." : host));
            }
            return out;
        case RecordType::a:
        case RecordType::aaaa: break;
    }
    for (const spf::IpAddress& each : answer.addresses) out.push_back(each.to_string());
    return out;
}

std::vector<AnswerLine> answers_of(const AnswerBook::Answers& answers) {
    std::vector<AnswerLine> out;
    for (const auto& [question, answer] : answers) {
        AnswerLine line;
        line.name = question.first;
        line.type = spf::dns::to_string(question.second);
        if (!answer->is_failure()) line.ttl = std::to_string(answer->ttl.count());
        line.status = status_of(answer->status);
        if (answer->status == spf::dns::Status::ok) {
            line.records = first(records_of(*answer, question.second), most_records, line.left_out);
        }
        out.push_back(std::move(line));
    }
    return out;
}

/// Returns where the answers come from: zone files, name servers, or both.
std::string source_of(const DnsOptions& options, const Dns& dns) {
    std::string out = dns.name_servers();
    if (options.zones.empty()) return out;
    if (out.empty() && options.zones.size() == 1) return options.zones.front();
    return out.empty() ? say<Says::zone_files>() : say<Says::zone_files>() + ", " + out;
}

Contents contents_of(const Found& found, const Catalogue& catalogue, const DnsOptions& dns) {
    const Picture& picture = found.picture;
    Contents out;
    out.domain = picture.lint.domain;
    out.verdict = verdict_of(picture);
    out.sign = sign_of(picture);
    out.facts = facts_of(picture);
    out.version = SPF_VERSION_STRING;
    out.time = current_time();
    std::vector<std::string> words{picture.lint.domain};
    const std::vector<std::string> more = dns.words();
    words.insert(words.end(), more.begin(), more.end());
    out.command = spf::advice::command_line(words);
    out.records = picture.lint.records;
    if (out.records.empty() && !picture.lint.record.empty()) out.records = {picture.lint.record};
    std::vector<Finding> findings = picture.lint.findings;
    std::ranges::stable_sort(findings, {}, &Finding::severity);
    out.findings = first(std::move(findings), most_findings, out.findings_left_out);
    if (!picture.lint.tree.empty()) out.branches = branches_of(picture, catalogue);
    for (const TermView& each : picture.terms) {
        out.terms.push_back({each.text, lookups_of(each), each.meaning});
    }
    out.terms = first(std::move(out.terms), most_terms, out.terms_left_out);
    out.networks = first(networks_of(picture, catalogue), most_networks, out.networks_left_out);
    for (const spf::NotEnumerable& each : picture.map.not_enumerable) {
        if (out.open_terms.size() < most_terms) out.open_terms.push_back({each.term, each.domain});
    }
    if (!picture.missing.is_everything) out.problem = picture.missing.message();
    for (const Next& each : found.next) out.next.push_back({each.text(), each.command()});
    out.answers = first(answers_of(found.answers), most_answers, out.answers_left_out);
    return out;
}

/// An output that was asked for.
struct Output {
    const std::string& path;
    std::string (*text)(const Contents& contents);
};

/// Returns what is wrong with the command line; empty if nothing is.
std::string usage_problem(const std::vector<Output>& outputs) {
    if (outputs.empty()) return isatty(STDOUT_FILENO) != 0 ? say<Says::no_file>() : std::string();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (outputs[i].path == outputs[k].path) return say<Says::same_file>(outputs[i].path);
        }
    }
    return {};
}

std::vector<Output> outputs_of(const ReportOptions& options) {
    std::vector<Output> out;
    for (const Output& each : {Output{options.html, html_of}, Output{options.svg, svg_of},
                               Output{options.dot, dot_of}}) {
        if (!each.path.empty()) out.push_back(each);
    }
    return out;
}

/// Writes all outputs. Prints the verdict, and which files were written, unless standard output has
/// one of the outputs itself.
/// \return 0, or the exit status of a failure
int write_all(const std::vector<Output>& outputs, const Contents& contents, std::ostream& out,
              std::ostream& err) {
    const bool is_page = outputs.empty() || std::ranges::any_of(outputs, [](const Output& each) {
                             return each.path == "-";
                         });
    if (!is_page) out << contents.verdict << '\n';
    if (outputs.empty()) out << html_of(contents);
    for (const Output& each : outputs) {
        if (each.path == "-") {
            out << each.text(contents);
            continue;
        }
        if (const auto failure = replace_file(each.path, each.text(contents))) {
            return tell(*failure, err);
        }
        if (!is_page) out << "  " << say<Says::written>(each.path) << '\n';
    }
    return exit_ok;
}

}  // namespace

void setup(CLI::App& app, ReportOptions& options) {
    app.add_option("DOMAIN", options.domain, "the domain to report on")
        ->required()
        ->transform(like_a_domain())
        ->type_name("");
    const auto file = [&app](const char* name, std::string& path, const char* description) {
        app.add_option(name, path, description)->type_name("FILE")->check([](const std::string& s) {
            return s.empty() ? std::string("it is empty") : std::string();
        });
    };
    file("--html", options.html, "write a page that browsers show, without scripts; -: print it");
    file("--svg", options.svg, "write only the picture of the lookups; -: print it");
    file("--dot", options.dot, "write the tree of includes for Graphviz; -: print it");
    setup_providers(app, options.providers);
    setup_record(app, options.dns);
    setup(app, options.dns);
    app.add_flag(
           "-v,--verbose",
           [&options](std::int64_t count) { options.verbosity = static_cast<int>(count); },
           "report more; -vv: each DNS question and its answer")
        ->group("Output");
    app.footer(R"(Without --html, --svg and --dot, the page is printed, but not at a terminal.
A file that exists is replaced when the new one is complete.

Examples:
  spfcheck report example.com --html report.html
  spfcheck report example.com --svg - | rsvg-convert -f pdf -o lookups.pdf
  spfcheck report toomany.example --dot tree.dot --zone example.zone

Exit status:
  0 no error (maybe warnings and hints), 1 errors, 5 no error, but a name
  that the zone files do not hold was not looked up (no name server asked),
  64 wrong usage, 65 a file cannot be read or written, 69 no name server,
  70 internal error)");
}

int run(const ReportOptions& options, std::ostream& out, std::ostream& err) {
    const std::vector<Output> outputs = outputs_of(options);
    if (std::string problem = usage_problem(outputs); !problem.empty()) {
        return tell_usage(std::move(problem), "report", err);
    }
    OverviewOptions overview;
    overview.domain = ascii_domain(options.domain);
    overview.dns = options.dns.supposing(overview.domain);
    const auto catalogue = Catalogue::load(options.providers);
    if (!catalogue) return tell(catalogue.error(), err);
    const auto logger = make_logger(options.verbosity, err);
    const auto dns = open_dns(overview.dns, logger);
    if (!dns) return tell(dns.error(), err);
    (*dns)->begin_check();
    const TimeLimit limit(overview.dns.deadline());
    spf::analysis::TreeQuestions questions;
    add_lint_questions(questions, overview.domain);
    const Found found = analyse(**dns, questions, [&](spf::dns::Resolver& resolver) {
        AnswerBook book(resolver);
        Found result;
        result.picture = picture_of(overview.domain, book, *catalogue, limit);
        add_next(result.picture.lint, book, overview.dns);
        result.next = next_of(result.picture, overview);
        result.answers = book.take();
        return result;
    });
    tell_time(**dns, err);
    if ((*dns)->is_unreachable()) return tell_unreachable(**dns, err);  // and keeps an old report
    Contents contents = contents_of(found, *catalogue, overview.dns);
    contents.source = source_of(options.dns, **dns);
    if (const int status = write_all(outputs, contents, out, err); status != exit_ok) return status;
    return exit_status_of(found.picture.lint);
}

}  // namespace spfcheck

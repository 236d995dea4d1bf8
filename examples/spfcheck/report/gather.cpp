#include "report/gather.hpp"

#include <algorithm>
#include <string_view>

#include "dns/used_answers.hpp"
#include "io/language.hpp"
#include "overview/verdict.hpp"
#include "report/branches.hpp"
#include "report/sentences.hpp"
#include "report/sign.hpp"
#include "spf/advice/command.hpp"
#include "spf/analysis/fix.hpp"
#include "spf/version.hpp"

namespace spfcheck {
namespace {

using Says = ReportSentence;
using spf::dns::RecordType;
using spf::lint::Finding;

// A page that is longer than these would not be read; the commands on it list the rest.
constexpr std::size_t most_branches = 80;
constexpr std::size_t most_terms = 200;
constexpr std::size_t most_findings = 50;
constexpr std::size_t most_networks = 500;
constexpr std::size_t most_answers = 200;
constexpr std::size_t most_records = 20;  // of one answer

/// Remembers each answer that an analysis receives.
class AnswerBook final : public spf::dns::Resolver {
public:
    explicit AnswerBook(spf::dns::Resolver& inner) : inner_(inner) {}
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        spf::dns::AnswerPtr answer = inner_.resolve(question);
        answers_.try_emplace({std::string(question.name), question.type}, answer);
        return answer;
    }
    [[nodiscard]] AnswersByQuestion take() { return std::move(answers_); }

private:
    spf::dns::Resolver& inner_;
    AnswersByQuestion answers_;
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

/// Returns the record that `spfcheck fix` proposes; nothing if it proposes none.
std::optional<Proposed> proposal_for(const std::string& domain, spf::dns::Resolver& resolver) {
    const auto fix = spf::analysis::fix(domain, resolver);
    if (!fix || !fix->proposal) return std::nullopt;
    const spf::analysis::Proposal& proposal = *fix->proposal;
    return Proposed{proposal.record, proposal.dns_lookups, proposal.is_for_all};
}

/// Returns whether a command would only show what the page has.
bool is_on_page(const Next& next, const Contents& contents) {
    using Purpose = spf::advice::Sentence;
    return (next.purpose.code == Purpose::next_findings && contents.findings_left_out == 0) ||
           (next.purpose.code == Purpose::next_networks && contents.networks_left_out == 0 &&
            contents.branches);
}

/// Returns at most `most` elements, and counts the others.
template <class Element>
std::vector<Element> first(std::vector<Element> all, std::size_t most, std::size_t& left_out) {
    left_out = all.size() - std::min(all.size(), most);
    all.resize(all.size() - left_out);
    return all;
}

Sign overall_sign(const Picture& picture) {
    if (count(picture.lint, Finding::Severity::error) > 0) return Sign::error;
    const bool is_known = picture.missing.is_complete && !picture.missing.is_everything;
    const bool has_warnings = count(picture.lint, Finding::Severity::warning) > 0;
    return is_known && !has_warnings ? Sign::good : Sign::warning;
}

std::string lookups_of(const TermView& term) {
    if (!term.cost) return "0";
    const bool is_more = term.cost->at_least || term.cost->dns_lookups >= endless_lookups;
    return std::to_string(term.cost->dns_lookups) + (is_more ? "+" : "");
}

Branches branches_in(const Picture& picture, const Catalogue& catalogue) {
    const auto service_of = [&](std::string_view term) {
        const auto own = std::ranges::find(picture.terms, term, &TermView::text);
        return own != picture.terms.end() && !own->service.empty()
                   ? own->service
                   : service_named(name_in(term), catalogue);
    };
    Branches out = branches_of(picture.lint.tree, picture.lint.findings, service_of, most_branches);
    out.lookups = picture.lint.dns_lookups.value_or(0);
    out.at_least = picture.lint.at_least;
    return out;
}

/// Adds the networks with another result than most addresses have, those that pass first. The
/// networks of each decision are together. Those that are left out are only counted, because there
/// may be a quarter of a million, and each line has a term.
void add_networks(Contents& out, const Picture& picture, const Catalogue& catalogue) {
    const spf::analysis::NetworkMap& map = picture.map;
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
                if (out.networks.size() == most_networks) {
                    ++out.networks_left_out;
                    continue;
                }
                line.network = each.to_string();
                out.networks.push_back(line);
            }
        }
    }
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

std::vector<AnswerLine> answers_of(const AnswersByQuestion& answers) {
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
    std::string out;
    for (const std::string& each : options.zones) out.append(out.empty() ? "" : ", ").append(each);
    const std::string servers = dns.name_servers();
    if (!servers.empty()) out.append(out.empty() ? "" : ", ").append(servers);
    return out;
}

}  // namespace

Found find_out(const OverviewOptions& options, spf::dns::Resolver& resolver,
               const Catalogue& catalogue, const TimeLimit& limit) {
    AnswerBook book(resolver);
    Found out;
    out.picture = picture_of(options.domain, book, catalogue, limit);
    add_next(out.picture.lint, book, options.dns);
    out.next = next_of(out.picture, options);
    if (overall_sign(out.picture) == Sign::error) out.proposed = proposal_for(options.domain, book);
    out.answers = book.take();
    return out;
}

Contents contents_of(const Found& found, const Catalogue& catalogue, const DnsOptions& options,
                     const Dns& dns) {
    const Picture& picture = found.picture;
    Contents out;
    out.domain = picture.lint.domain;
    out.verdict = verdict_of(picture);
    out.sign = overall_sign(picture);
    out.facts = facts_of(picture);
    out.allowed = spf::Limits{}.dns_lookups;
    out.version = SPF_VERSION_STRING;
    out.time = current_time();
    out.source = source_of(options, dns);
    out.supposed = options.with;
    std::vector<std::string> words{picture.lint.domain};
    const std::vector<std::string> more = options.words();
    words.insert(words.end(), more.begin(), more.end());
    out.command = spf::advice::command_line(words);
    out.records = picture.lint.records;
    if (out.records.empty() && !picture.lint.record.empty()) out.records = {picture.lint.record};
    std::vector<Finding> findings = picture.lint.findings;
    std::ranges::stable_sort(findings, {}, &Finding::severity);
    out.findings = first(std::move(findings), most_findings, out.findings_left_out);
    if (!picture.lint.tree.empty()) {
        out.branches = branches_in(picture, catalogue);
        out.branches->allowed = out.allowed;
    }
    for (const TermView& each : picture.terms) {
        out.terms.push_back({each.text, lookups_of(each), each.meaning});
    }
    out.terms = first(std::move(out.terms), most_terms, out.terms_left_out);
    add_networks(out, picture, catalogue);
    for (const spf::NotEnumerable& each : picture.map.not_enumerable) {
        if (out.open_terms.size() < most_terms) out.open_terms.push_back({each.term, each.domain});
    }
    // Errors in records are findings; that an answer is missing is said at the top.
    const bool is_partial = !picture.missing.is_complete && !picture.missing.is_everything;
    if (is_partial) out.problem = picture.missing.message();
    out.proposed = found.proposed;
    for (const Next& each : found.next) {
        if (!is_on_page(each, out)) out.next.push_back({each.text(language()), each.command()});
    }
    out.answers = first(answers_of(found.answers), most_answers, out.answers_left_out);
    return out;
}

}  // namespace spfcheck

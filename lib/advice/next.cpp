// Which command helps with which finding. The words of a finding are those of lint, and this file
// adds only the command.

#include "spf/advice/next.hpp"

#include <algorithm>
#include <utility>

#include "advice/sentences.hpp"
#include "spf/advice/command.hpp"
#include "spf/report/wrap.hpp"

namespace spf::advice {
namespace {

using Code = lint::Finding::Code;
using Severity = lint::Finding::Severity;
using Words = std::vector<std::string>;

constexpr std::size_t most_steps = 3;

template <Sentence purpose, class... Arguments>
Next step(const Context& context, Words words, Arguments&&... arguments) {
    words.insert(words.end(), context.dns_options.begin(), context.dns_options.end());
    return {say<sentences, purpose>(std::forward<Arguments>(arguments)...), std::move(words)};
}

/// Returns the record with the term of the finding replaced by `a:` and the same name, and with the
/// same qualifier.
std::string with_host(const lint::Finding& finding) {
    std::string term(finding.term());
    const std::size_t colon = term.find(':');
    const std::size_t name = term.find_first_of("iI");
    if (colon == std::string::npos || name > 1) return {};
    term.replace(name, colon - name, "a");
    std::string out = finding.text;
    const auto begin = static_cast<std::size_t>(finding.term().data() - finding.text.data());
    return out.replace(begin, finding.term().size(), term);
}

bool is_near_miss(Code code) {
    return code == Code::version_misspelt || code == Code::version_glued ||
           code == Code::version_quoted || code == Code::version_space;
}

/// Returns whether fix() may propose a record that does not have the mistake.
bool is_for_fix(const lint::Finding& finding) {
    if (is_near_miss(finding.code)) return true;
    return finding.is_permerror() ||
           (finding.severity == Severity::error && finding.correction && !finding.text.empty());
}

void add(std::vector<Next>& out, Next next) {
    const bool is_new = std::none_of(
        out.begin(), out.end(), [&next](const Next& each) { return each.words == next.words; });
    if (!next.words.empty() && is_new && out.size() < most_steps) out.push_back(std::move(next));
}

}  // namespace

std::string Next::text() const { return text(Language()); }
std::string Next::text(const Language& language) const {
    return rendered(sentences, purpose, language);
}
std::string Next::command() const { return words.empty() ? std::string() : command_line(words); }

Next next_step(const lint::Finding& finding, const Examined& examined, const Context& context) {
    const std::string domain(examined.domain);
    if (domain.empty()) return {};
    switch (finding.code) {
        case Code::dns_failure: return step<Sentence::next_again>(context, {domain, "-vv"});
        case Code::obsolete_type:
            if (!finding.correction) return {};
            return step<Sentence::next_text>(context, {domain, "--record", *finding.correction});
        case Code::no_record:
            if (examined.sender.empty() || finding.said.code != lint::Sentence::usual) return {};
            return step<Sentence::next_first_record>(
                context, {"authorize", domain, std::string(examined.sender), "--from-scratch"});
        case Code::close_to_limit:
            return step<Sentence::next_flatten>(context, {"flatten", domain});
        case Code::include_without_record: {
            const bool is_host = finding.advised.code == lint::Sentence::write_host;
            const std::string record =
                is_host && finding.domain == domain ? with_host(finding) : std::string();
            if (record.empty()) break;
            return step<Sentence::next_host>(context, {domain, "--record", record},
                                             "a:" + finding.advised.arguments.front().text());
        }
        default: break;
    }
    if (!is_for_fix(finding)) return {};
    return step<Sentence::next_fix>(context, {"fix", domain});
}

std::vector<Next> next_steps(const Examined& examined, const Context& context) {
    std::vector<Next> out;
    const bool has_near_miss =
        std::any_of(examined.findings.begin(), examined.findings.end(),
                    [](const lint::Finding& each) { return is_near_miss(each.code); });
    for (const lint::Finding& each : examined.findings) {
        if (each.code == Code::no_record && has_near_miss) continue;
        add(out, next_step(each, examined, context));
    }
    const bool is_fixable = std::any_of(examined.findings.begin(), examined.findings.end(),
                                        [](const auto& each) { return is_for_fix(each); });
    if (is_fixable && !examined.domain.empty()) {
        add(out, step<Sentence::next_fix>(context, {"fix", std::string(examined.domain)}));
    }
    return out;
}

std::vector<Next> next_steps(const analysis::Authorization& authorization, const Context& context) {
    using Why = analysis::ProposalProblem::Code;
    if (!authorization.problem) return {};
    const std::string& domain = authorization.domain;
    Words relays;
    for (const analysis::RelayCoverage& each : authorization.relays) {
        relays.push_back(each.relay.text);
    }
    switch (authorization.problem->code) {
        case Why::several_records:
        case Why::broken_record:
        case Why::permerror: return {step<Sentence::next_fix>(context, {"fix", domain})};
        case Why::listed_already:
        case Why::limits: return {step<Sentence::next_choice>(context, {"fix", domain})};
        case Why::no_record: {
            Words words{"authorize", domain};
            words.insert(words.end(), relays.begin(), relays.end());
            words.emplace_back("--from-scratch");
            return {step<Sentence::next_first_record>(context, std::move(words))};
        }
        case Why::alias: {
            Words words{"authorize", authorization.alias_of};
            words.insert(words.end(), relays.begin(), relays.end());
            return {
                step<Sentence::next_of_alias>(context, std::move(words), authorization.alias_of)};
        }
        case Why::relay:
        case Why::too_wide:
        case Why::first_record: break;
    }
    return {};
}

std::vector<Next> next_steps(const analysis::Fix& fix, const Context& context) {
    using Why = analysis::FixProblem::Code;
    if (!fix.problem) return {};
    switch (fix.problem->code) {
        case Why::alias:
            return {step<Sentence::next_of_alias>(context, {"fix", fix.alias_of}, fix.alias_of)};
        case Why::no_record: return {step<Sentence::next_overview>(context, {fix.domain})};
        case Why::several_records:
        case Why::broken_record:
        case Why::permerror:
        case Why::no_such_term:
        case Why::unproved: return {step<Sentence::next_findings>(context, {"lint", fix.domain})};
        case Why::limits:
        case Why::too_long: return {step<Sentence::next_flatten>(context, {"flatten", fix.domain})};
    }
    return {};
}

std::string text(std::span<const Next> steps, const report::TextStyle& style) {
    std::string out;
    for (const Next& each : steps) {
        const std::string purpose = each.text(style.language) + ':';
        const std::vector<std::string> lines = indented_command_lines(each.words, style.width);
        if (lines.empty()) continue;
        if (lines.size() == 1 &&
            report::columns_of(purpose) + lines.front().size() <= style.width + 1) {
            out.append(purpose).append(lines.front(), 1).append("\n");
            continue;
        }
        out.append(purpose).append("\n");
        for (const std::string& line : lines) out.append(line).append("\n");
    }
    return out;
}

}  // namespace spf::advice

// Describes what is wrong with a name at which a record was looked up: the lookup failed, the name
// is an alias, or its record has an obsolete type.

#include <algorithm>

#include "lint/domain/tree.hpp"
#include "spf/record/select.hpp"

namespace spf::lint {

using Code = Finding::Code;

void describe_failure(Finding& finding, std::string_view name, const dns::Answer& answer,
                      dns::RecordType type) {
    if (answer.status == dns::Status::not_in_zone) {
        // In such an answer, the first text is a name for the zone data, and the second text is the
        // domain name that the data does not contain.
        finding.said = {Sentence::name_not_in_zone, {name}};
        if (answer.texts.size() > 1) finding.said.arguments = {answer.texts[1]};
        if (answer.texts.empty() || answer.texts[0].empty()) return;
        finding.said.code = Sentence::name_not_in_source;
        finding.said.arguments.emplace_back(answer.texts[0]);
        return;
    }
    const bool is_truncated = answer.status == dns::Status::error && !answer.texts.empty();
    if (!is_truncated) {
        finding.said = {Sentence::lookup_failed,
                        {dns::to_string(type), name, dns::to_string(answer.status)}};
        return;
    }
    // A check reports the same problem, in the same words (evaluation/problem_sentences.hpp).
    finding.said = {Sentence::lookup_truncated, {dns::to_string(type), name}};
    finding.advised = {Sentence::open_tcp, {name}};
}

void describe_alias(Finding& finding, const std::string& name, const dns::Answer& answer) {
    const bool is_nothing = answer.status == dns::Status::nxdomain;
    finding.said = {is_nothing ? Sentence::alias_of_nothing : Sentence::alias_without_record,
                    {name, answer.canonical_name}};
    const bool is_own = finding.code == Code::no_such_domain || finding.code == Code::no_record;
    if (!is_own) return;
    if (is_nothing) {
        finding.advised = {Sentence::correct_alias, {}};
    } else {
        finding.advised = {Sentence::publish_at_target, {answer.canonical_name}};
    }
}

void tell_obsolete_type(DomainLint& out, const Node& node, const dns::Answer& answer,
                        bool is_alone) {
    if (answer.status != dns::Status::ok) return;
    const auto text = std::find_if(answer.texts.begin(), answer.texts.end(), has_version);
    if (text == answer.texts.end()) return;
    Finding& finding = add_finding(out, node, Code::obsolete_type, 0, 0);
    if (!is_alone) return;
    finding.said = {Sentence::obsolete_alone, {*text}};
    finding.advised = {Sentence::publish_as_txt, {}};
    const std::vector<Finding> mistakes = lint(*text);
    const bool is_good = std::none_of(mistakes.begin(), mistakes.end(), [](const Finding& each) {
        return each.severity == Finding::Severity::error;
    });
    if (is_good) finding.correction = *text;
}

}  // namespace spf::lint

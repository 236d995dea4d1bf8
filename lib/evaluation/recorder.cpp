#include "evaluation/recorder.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace spf {

std::size_t Recorder::add_step(Step::Kind kind, unsigned depth, std::string_view domain,
                               std::string_view text) {
    Step step;
    step.kind = kind;
    step.depth = depth;
    step.domain = domain;
    step.text = text;
    outcome_.trace.push_back(std::move(step));
    return outcome_.trace.size() - 1;
}

void Recorder::add_lookup(unsigned depth, const dns::Question& question, const dns::Answer& answer,
                          dns::Status status) {
    const std::size_t step =
        add_step(Step::Kind::lookup, depth, question.name, describe(answer, question.type));
    outcome_.trace[step].type = question.type;
    outcome_.trace[step].status = status;
}

void Recorder::narrow(const AddressRange& range) noexcept {
    if (!outcome_.scope) return;
    AddressRange& scope = *outcome_.scope;
    scope.first = std::max(scope.first, range.first);
    scope.last = std::min(scope.last, range.last);
}

void Recorder::narrow(const Network& network, bool contains_client) noexcept {
    if (!outcome_.scope || network.family() != outcome_.ip.family()) return;
    const AddressRange range = network.range();
    if (contains_client) return narrow(range);
    AddressRange& scope = *outcome_.scope;
    if (range.last < outcome_.ip) {
        scope.first = std::max(scope.first, range.last.next());
    } else {
        scope.last = std::min(scope.last, range.first.previous());
    }
}

bool Recorder::contains_client(const dns::Answer& answer, unsigned prefix_length) {
    if (survey_ != nullptr) {
        if (answer.addresses.empty()) return false;
        const Survey::Contained found = survey_->contains(answer, prefix_length, outcome_.ip);
        narrow(found.range);
        return found.is_contained;
    }
    for (const IpAddress address : answer.addresses) {
        const Network network{address, prefix_length};
        if (!network.contains(outcome_.ip)) continue;
        narrow(network, true);
        return true;
    }
    for (const IpAddress address : answer.addresses) narrow(Network{address, prefix_length}, false);
    return false;
}

void Recorder::survey_dependence(const Accounts& accounts, std::string_view domain) {
    survey_->note_dependence({std::string(accounts.term()), std::string(domain), outcome_.scope,
                              accounts.ttl(), accounts.lookups(), accounts.void_lookups()});
}

void Recorder::note_address_dependence(const Accounts& accounts, std::string_view domain) {
    if (survey_ != nullptr) survey_dependence(accounts, domain);
    outcome_.scope.reset();
}

void Recorder::note_dependence(const MacroString& macro, const Accounts& accounts,
                               std::string_view domain) {
    if (survey_ != nullptr) {
        survey_->count_macro(macro.text().size());
        if (macro.depends_on_message()) survey_dependence(accounts, domain);
    }
    if (macro.depends_on_address()) outcome_.scope.reset();
    if (macro.depends_on_sender()) outcome_.depends_on_sender = true;
}

}  // namespace spf

// Reads the tree of records below a domain, breadth first. The nodes are in a list that grows while
// it is processed. The names found so far are in a map, so DNS is asked for the record of each name
// only once. The depth of the tree needs no limit, because no function calls itself for the next
// level.

#include "spf/lint/domain.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>
#include <variant>

#include "base/ascii.hpp"
#include "lint/domain/tree.hpp"
#include "record/expand.hpp"
#include "spf/dns/name.hpp"
#include "spf/record/parse.hpp"
#include "spf/record/select.hpp"

namespace spf::lint {

using Code = Finding::Code;

Finding& add_finding(DomainLint& out, const Node& node, Code code, std::size_t offset,
                     std::size_t length) {
    const FindingKind& kind = describe(code);
    Finding& finding = out.findings.emplace_back();
    finding.code = code;
    finding.severity = kind.severity;
    finding.domain = node.domain;
    if (node.record) finding.text = node.record->text();
    finding.offset = offset;
    finding.length = length;
    finding.section = kind.section;
    return finding;
}

namespace {

class TreeReader {
public:
    TreeReader(dns::Resolver& resolver, const LintOptions& options, DomainLint& out)
        : resolver_(resolver), options_(options), out_(out) {}

    void read(const std::string& domain) {
        tree_.emplace_back().domain = domain;
        seen_.emplace(domain, 0);
        for (std::size_t i = 0; i < tree_.size(); ++i) visit(i);
        if (too_large_) add_finding(out_, tree_.front(), Code::too_large, 0, 0);
        if (tree_.front().record) {
            out_.record = tree_.front().record->text();
            check_repeated(out_, tree_);
            check_budget(out_, tree_, options_);
        }
    }

private:
    void visit(std::size_t index) {
        Node& node = tree_[index];
        const dns::AnswerPtr answer = resolver_.resolve({node.domain, dns::RecordType::txt});
        node.unread = answer->is_failure();
        if (node.unread) return failed(index, *answer);
        if (index == 0) out_.alias_of = answer->canonical_name;
        if (answer->status == dns::Status::nxdomain && index == 0) {
            Finding& finding = add_finding(out_, node, Code::no_such_domain, 0, 0);
            if (!answer->canonical_name.empty()) describe_alias(finding, node.domain, *answer);
            return;
        }
        const bool ok = answer->status == dns::Status::ok;
        SelectedRecord selected = ok ? select_record(answer->texts) : SelectedRecord{NoRecord{}};
        if (index == 0) {
            look_for_obsolete_type(node, std::holds_alternative<NoRecord>(selected));
        }
        if (std::holds_alternative<NoRecord>(selected)) return without_record(index, *answer);
        if (const auto* broken = std::get_if<BrokenRecord>(&selected)) {
            if (index == 0) out_.record = broken->text;
            return text_findings(node, broken->text);
        }
        if (const auto* several = std::get_if<SeveralRecords>(&selected)) {
            Finding& finding = add_finding(out_, node, Code::several_records, 0, 0);
            finding.said = {Sentence::records_of_domain, {node.domain, several->count}};
            if (index > 0) return;
            finding.correction = merged_record(answer->texts);
            std::ranges::copy_if(answer->texts, std::back_inserter(out_.records), has_version);
            return;
        }
        node.record = std::get<Record>(std::move(selected));
        text_findings(node, node.record->text());
        if (!node.foreign) check_ttl(node, answer->ttl);
        steps(index);
    }

    /// Adds a finding about a node, which is a domain and its record. The finding refers to the
    /// term of the parent's record that led to the node. For the root, the finding refers to the
    /// start of the record.
    Finding& blame(std::size_t index, Code code) {
        const Node& node = tree_[index];
        if (index == 0) return add_finding(out_, node, code, 0, 0);
        const Node& parent = tree_[node.parent];
        const AskingTerm& step = parent.steps[node.parent_step];
        return add_finding(out_, parent, code, step.offset, step.term.size());
    }

    static Code code_of(const dns::Answer& failure) {
        return failure.status == dns::Status::not_in_zone ? Code::not_in_zone : Code::dns_failure;
    }
    void failed(std::size_t index, const dns::Answer& answer) {
        describe_failure(blame(index, code_of(answer)), tree_[index].domain, answer,
                         dns::RecordType::txt);
    }

    void without_record(std::size_t index, const dns::Answer& answer) {
        const Node& node = tree_[index];
        if (index == 0) {
            Finding& missing = add_finding(out_, node, Code::no_record, 0, 0);
            if (!answer.canonical_name.empty()) describe_alias(missing, node.domain, answer);
            // One of the TXT records may have been meant as an SPF record.
            for (const std::string& text : answer.texts) {
                std::vector<Finding> found = lint(text);
                if (found.empty() || found.front().code == Code::not_spf) continue;
                take(node, std::move(found));
            }
            return;
        }
        const bool redirect = tree_[node.parent].steps[node.parent_step].redirect;
        const Code code = redirect ? Code::redirect_without_record : Code::include_without_record;
        const bool host = !redirect && !tree_[node.parent].foreign && has_address(node.domain);
        Finding& finding = blame(index, code);
        finding.said = {Sentence::no_record_at, {node.domain}};
        if (!answer.canonical_name.empty()) describe_alias(finding, node.domain, answer);
        if (!host) return;
        finding.said.code = Sentence::host_without_record;
        finding.advised = {Sentence::write_host, {node.domain}};
    }

    /// Returns whether a name has an address. A name with an address is the name of a host, so an
    /// `a` may have been meant. Failed lookups are not reported here.
    bool has_address(const std::string& name) {
        return std::ranges::any_of(
            std::array{dns::RecordType::a, dns::RecordType::aaaa}, [&](dns::RecordType type) {
                return ++names_asked_ <= options_.most_names &&
                       resolver_.resolve({name, type})->status == dns::Status::ok;
            });
    }

    void text_findings(const Node& node, std::string_view text) { take(node, lint(text)); }

    /// Adds the findings of lint() about the record of a node. For the record of another domain,
    /// adds only errors. That its "?all" has no effect here (5.2) is a fact: most services end
    /// their records so, and the owner of the domain has nothing to do about it.
    void take(const Node& node, std::vector<Finding> found) {
        // The owner of the domain cannot fix the records of other domains, so only a few findings
        // about each of these records are added.
        std::size_t room = node.foreign ? 3 : found.size();
        for (Finding& each : found) {
            if (room == 0) return;
            if (each.code == Code::many_lookup_terms) continue;  // check_budget() counts exactly
            each.domain = node.domain;
            if (node.foreign) {
                if (each.code == Code::everyone_passes) recode(each, Code::included_everyone);
                if (each.severity != Finding::Severity::error) continue;
                --room;
            }
            out_.findings.push_back(std::move(each));
        }
    }
    static void recode(Finding& finding, Code code) {
        const FindingKind& kind = describe(code);
        finding.code = code;
        finding.severity = kind.severity;
        finding.section = kind.section;
        finding.said = finding.advised = {};
    }

    void check_ttl(const Node& node, std::chrono::seconds ttl) {
        const bool low = ttl < options_.low_ttl;
        if (!low && ttl <= options_.high_ttl) return;
        add_finding(out_, node, low ? Code::low_ttl : Code::high_ttl, 0, 0).said = {
            low ? Sentence::short_ttl : Sentence::long_ttl,
            {static_cast<std::uint64_t>(std::max(ttl, std::chrono::seconds{0}).count())}};
    }

    void look_for_obsolete_type(const Node& node, bool is_alone) {
        const dns::AnswerPtr answer = resolver_.resolve({node.domain, dns::RecordType::spf});
        tell_obsolete_type(out_, node, *answer, is_alone);
    }

    /// Examines the terms of a node's record that cause lookups, in the order of evaluation, up to
    /// "all".
    void steps(std::size_t index) {
        const Record& record = *tree_[index].record;
        for (const Directive& each : record.directives) {
            if (is_all(each.mechanism)) return;
            if (!traits_of(each.mechanism).asks_dns()) continue;
            directive(index, each.mechanism,
                      {.term = each.text, .offset = record.offset_of(each.text)});
        }
        if (record.redirect() == nullptr) return;
        for (const Modifier& each : record.modifiers) {
            const auto* redirect = std::get_if<Redirect>(&each.kind);
            if (redirect == nullptr) continue;
            AskingTerm step{.term = each.text, .offset = record.offset_of(each.text)};
            step.redirect = true;
            step.macro_p = redirect->domain.uses('p');
            follow(index, &redirect->domain, step);
        }
    }

    /// Returns the domain name that a term looks up. Returns nothing if the name depends on the
    /// client or on the local-part of the sender. The domain of the sender is known: it is the
    /// domain being examined (4.1).
    std::optional<std::string> name_of(const MacroString* spec, const std::string& domain) {
        if (spec == nullptr) return domain;
        for (char letter = 'a'; letter <= 'z'; ++letter) {
            if (letter != 'd' && letter != 'o' && spec->uses(letter)) return std::nullopt;
        }
        MacroValues values{};
        values.domain = domain;
        values.sender_domain = tree_.front().domain;
        std::string name;
        expand_domain(*spec, values, name);
        return name;
    }

    void blame_name(const Node& node, const AskingTerm& step, std::string_view name) {
        const Code code =
            step.redirect ? Code::redirect_without_record : Code::include_without_record;
        add_finding(out_, node, code, step.offset, step.term.size()).said = {
            Sentence::no_domain_for_record, {name}};
    }

    /// Adds an include or a redirect to the `steps` of the node whose record contains it. Adds its
    /// target domain to the tree as another node, unless the tree contains that domain already.
    void follow(std::size_t index, const MacroString* spec, AskingTerm step) {
        Node& node = tree_[index];
        const std::optional<std::string> name = name_of(spec, node.domain);
        step.unknown = !name;
        if (name && dns::check_host_domain_problem(*name)) {
            if (impossible_names_++ < 20) blame_name(node, step, *name);
        } else if (name) {
            const bool foreign = node.foreign || !step.redirect;
            const auto [place, fresh] = seen_.emplace(*name, tree_.size());
            if (fresh && tree_.size() >= options_.most_records) {
                too_large_ = true;
                step.unknown = true;
                seen_.erase(place);
            } else {
                step.target = place->second;
                if (fresh) {
                    Node& target = tree_.emplace_back();
                    target.domain = *name;
                    target.foreign = foreign;
                    target.parent = index;
                    target.parent_step = node.steps.size();
                }
            }
        }
        node.steps.push_back(step);
    }

    void directive(std::size_t index, const Mechanism& mechanism, AskingTerm step) {
        Node& node = tree_[index];
        const Asks asks = traits_of(mechanism).asks;
        const MacroString* const spec = domain_spec_of(mechanism);
        step.macro_p = spec != nullptr && spec->uses('p');
        if (asks == Asks::record) return follow(index, spec, step);
        step.ptr = asks == Asks::names;
        const std::optional<std::string> name = name_of(spec, node.domain);
        if (name && !dns::name_problem(*name)) look_up(node, step, *name, asks);
        node.steps.push_back(step);
    }

    void look_up(const Node& node, AskingTerm& step, const std::string& name, Asks asks) {
        switch (asks) {
            case Asks::addresses: addresses(node, step, name); break;
            case Asks::exchanges: return exchanges(node, step, name);
            case Asks::existence: existence(node, step, name); break;
            case Asks::names:   // the names depend on the client
            case Asks::record:  // done by follow()
            case Asks::nothing: return;
        }
        if (step.void4 && step.void6) tell_void(node, step, name, Sentence::name_without_address);
    }

    dns::AnswerPtr ask(const Node& node, const AskingTerm& step, const std::string& name,
                       dns::RecordType type) {
        if (++names_asked_ > options_.most_names) {
            too_large_ = true;
            return nullptr;
        }
        dns::AnswerPtr answer = resolver_.resolve({name, type});
        if (answer->is_failure()) {
            describe_failure(
                add_finding(out_, node, code_of(*answer), step.offset, step.term.size()), name,
                *answer, type);
            return nullptr;
        }
        return answer;
    }

    void tell_void(const Node& node, const AskingTerm& step, std::string_view name, Sentence said) {
        add_finding(out_, node, Code::void_lookup, step.offset, step.term.size()).said = {said,
                                                                                          {name}};
    }

    /// Looks up whether the name of an `exists` has an A record. Only A records are looked up, even
    /// for IPv6 clients (5.7).
    void existence(const Node& node, AskingTerm& step, const std::string& name) {
        const dns::AnswerPtr four = ask(node, step, name, dns::RecordType::a);
        if (four == nullptr) return;
        step.void4 = step.void6 = four->is_void();
        const bool passes = step.term.front() == '+' || ascii::is_alpha(step.term.front());
        if (passes && !step.void4) tell_everyone(node, step, name);
    }

    void addresses(const Node& node, AskingTerm& step, const std::string& name) {
        const dns::AnswerPtr four = ask(node, step, name, dns::RecordType::a);
        if (four == nullptr) return;
        step.void4 = four->is_void();
        const dns::AnswerPtr six = ask(node, step, name, dns::RecordType::aaaa);
        if (six != nullptr && six->is_void()) step.void6 = true;
    }

    /// Reports a term that matches every client, because its name has an address and contains no
    /// macro that depends on the client or the sender.
    void tell_everyone(const Node& node, const AskingTerm& step, std::string_view name) {
        const Code code = node.foreign ? Code::included_everyone : Code::everyone_passes;
        add_finding(out_, node, code, step.offset, step.term.size()).said = {
            Sentence::everyone_by_name, {name}};
    }

    void exchanges(const Node& node, AskingTerm& step, const std::string& name) {
        const dns::AnswerPtr answer = ask(node, step, name, dns::RecordType::mx);
        if (answer == nullptr) return;
        if (answer->is_void()) {
            step.void4 = step.void6 = true;
            tell_void(node, step, name, Sentence::name_without_exchange);
            return;
        }
        const std::size_t count = answer->exchanges.size();
        if (count > options_.limits.mx_names) {
            add_finding(out_, node, Code::too_many_mx_names, step.offset, step.term.size()).said = {
                Sentence::exchanges_of_domain, {name, count, options_.limits.mx_names}};
            return;
        }
        bool void4 = false;
        bool void6 = false;
        for (const dns::MailExchange& each : answer->exchanges) {
            const Expected<std::string> host = dns::canonical_name(each.host);
            if (!host) continue;
            AskingTerm one = step;
            addresses(node, one, *host);
            void4 = void4 || one.void4;
            void6 = void6 || one.void6;
            if (one.void4 && one.void6)
                tell_void(node, step, *host, Sentence::name_without_address);
        }
        step.void4 = void4;
        step.void6 = void6;
    }

    dns::Resolver& resolver_;
    const LintOptions& options_;
    DomainLint& out_;
    Tree tree_;
    std::unordered_map<std::string, std::size_t> seen_;
    std::size_t names_asked_ = 0;
    // The number of names found in includes and redirects so far that cannot exist in DNS. At most
    // 20 of them are reported, because each finding holds a record.
    std::size_t impossible_names_ = 0;
    bool too_large_ = false;
};

}  // namespace

DomainLint lint_domain(std::string_view domain, dns::Resolver& resolver,
                       const LintOptions& options) {
    DomainLint out;
    out.domain = domain;
    if (const auto problem = dns::check_host_domain_problem(domain)) {
        Node none;
        none.domain = domain;
        add_finding(out, none, Finding::Code::malformed_domain, 0, 0).said = {
            Sentence::domain_problem, {domain, Argument::phrase(problem->message())}};
        return out;
    }
    out.domain = dns::canonical_name(domain).value_or(std::string(domain));
    TreeReader(resolver, options, out).read(out.domain);
    return out;
}

}  // namespace spf::lint

// Finds the questions for a tree of records, breadth first. The entries with new answers are in a
// list that is processed until it is empty, so no function calls itself for the next level.

#include "spf/analysis/tree_questions.hpp"

#include <variant>

#include "record/expand.hpp"
#include "spf/dns/name.hpp"
#include "spf/record/parse.hpp"
#include "spf/record/record.hpp"
#include "spf/record/select.hpp"

namespace spf::analysis {
namespace {

/// The maximum number of mail exchanges whose addresses are asked for. A check ends at ten of them
/// (4.6.4), but authorize() evaluates a policy without this limit, too.
constexpr std::size_t most_exchanges = 100;

/// Returns the names that a term looks up for a message of the kind that map_networks() evaluates:
/// one name, or two if the name depends on the family of the client's address. Returns nothing if
/// the name depends on the address itself. `spec` is null if the term has no domain-spec (4.8).
std::vector<std::string> names_of(const MacroString* spec, const std::string& domain,
                                  const std::string& root) {
    if (spec == nullptr) return {domain};
    if (spec->depends_on_address()) return {};
    MacroValues values{};
    values.local_part = "postmaster";
    values.sender_domain = values.helo = root;
    values.domain = domain;
    values.receiver = "unknown";
    std::vector<std::string> out;
    for (const IpAddress& ip : {IpAddress::v4({0, 0, 0, 0}), IpAddress::v6(0, 0)}) {
        values.ip = ip;
        expand_domain(*spec, values, out.emplace_back());
        if (!spec->uses('v')) break;
    }
    return out;
}

}  // namespace

void TreeQuestions::add_domain(std::string_view domain) {
    const auto name = dns::canonical_name(domain);
    if (!name || dns::check_host_domain_problem(*name)) return;
    add_tree(*name, *name);
    read_all();
}

void TreeQuestions::add_record(std::string_view domain, std::string_view text) {
    const auto name = dns::canonical_name(domain);
    const auto record = parse_record(std::string(text));
    if (!name || !record) return;
    add_terms(*record, *name, *name);
    read_all();
}

void TreeQuestions::add_host(std::string_view name) {
    const auto host = dns::canonical_name(name);
    if (host) add_addresses(*host);
}

bool TreeQuestions::add(const dns::Question& question) {
    return entry_of(question.name, question.type, false) != nullptr;
}

/// Returns the entry of a question, which may be new. Returns null if the question is new and the
/// limit for questions of its kind is reached.
TreeQuestions::Entry* TreeQuestions::entry_of(std::string_view name, dns::RecordType type,
                                              bool is_record) {
    const auto known = known_.find(Less::View{type, name});
    if (known != known_.end()) return &entries_[known->second];
    const bool fits = is_record ? records_ < limits_.most_records
                                : entries_.size() - records_ < limits_.most_names;
    if (!fits) {
        is_full_ = true;
        return nullptr;
    }
    Entry& entry = entries_.emplace_back();
    entry.name = name;
    entry.type = type;
    known_.emplace(Less::View{type, entry.name}, entries_.size() - 1);
    ++missing_;
    if (is_record) ++records_;
    return &entry;
}

void TreeQuestions::add_tree(const std::string& name, const std::string& root) {
    Entry* const entry = entry_of(name, dns::RecordType::txt, true);
    if (entry == nullptr || !entry->root.empty()) return;
    entry->root = root;
    if (entry->answer != nullptr) unread_.push_back(entry);
}

void TreeQuestions::add_exchanges(const std::string& name) {
    Entry* const entry = entry_of(name, dns::RecordType::mx, false);
    if (entry == nullptr || entry->is_for_hosts) return;
    entry->is_for_hosts = true;
    if (entry->answer != nullptr) unread_.push_back(entry);
}

void TreeQuestions::add_addresses(const std::string& name) {
    entry_of(name, dns::RecordType::a, false);
    entry_of(name, dns::RecordType::aaaa, false);
}

/// Adds the questions of a record's terms, in the order of evaluation, up to `all`.
void TreeQuestions::add_terms(const Record& record, const std::string& domain,
                              const std::string& root) {
    for (const Directive& each : record.directives) {
        if (is_all(each.mechanism)) return;
        const Asks asks = traits_of(each.mechanism).asks;
        if (asks == Asks::nothing || asks == Asks::names) continue;
        for (const std::string& name : names_of(domain_spec_of(each.mechanism), domain, root)) {
            if (is_full_) return;
            if (asks == Asks::record) {
                if (!dns::check_host_domain_problem(name)) add_tree(name, root);
            } else if (!dns::name_problem(name)) {
                if (asks == Asks::addresses) add_addresses(name);
                if (asks == Asks::exchanges) add_exchanges(name);
                if (asks == Asks::existence) entry_of(name, dns::RecordType::a, false);
            }
        }
    }
    const Redirect* const redirect = record.redirect();
    if (redirect == nullptr) return;
    for (const std::string& name : names_of(&redirect->domain, domain, root)) {
        if (!dns::check_host_domain_problem(name)) add_tree(name, root);
    }
}

/// Adds the questions to which an answer leads.
void TreeQuestions::read(Entry& entry) {
    if (!entry.root.empty() && entry.answer->selected != nullptr) {
        const auto* record = std::get_if<Record>(entry.answer->selected.get());
        if (record != nullptr) add_terms(*record, entry.name, entry.root);
    }
    if (!entry.is_for_hosts || entry.answer->exchanges.size() > most_exchanges) return;
    for (const dns::MailExchange& each : entry.answer->exchanges) {
        add_host(each.host);
    }
}

void TreeQuestions::read_all() {
    while (!unread_.empty()) {
        Entry& entry = *unread_.back();
        unread_.pop_back();
        read(entry);
    }
}

std::optional<dns::Question> TreeQuestions::next() {
    if (next_ == entries_.size()) return std::nullopt;
    const Entry& entry = entries_[next_++];
    return dns::Question{entry.name, entry.type};
}

void TreeQuestions::answer(const dns::Question& question, dns::AnswerPtr answer) {
    const auto known = known_.find(Less::View{question.type, question.name});
    if (known == known_.end()) return;
    Entry& entry = entries_[known->second];
    if (entry.answer != nullptr) return;
    if (answer == nullptr) answer = dns::make_answer(dns::Status::error);
    if (question.type == dns::RecordType::txt) answer = with_selected_record(std::move(answer));
    entry.answer = std::move(answer);
    --missing_;
    unread_.push_back(&entry);
    read_all();
}

std::optional<dns::Question> TreeQuestions::awaited() const noexcept {
    for (const Entry& each : entries_) {
        if (each.answer == nullptr) return dns::Question{each.name, each.type};
    }
    return std::nullopt;
}

dns::AnswerPtr TreeQuestions::find(const dns::Question& question) const {
    const auto known = known_.find(Less::View{question.type, question.name});
    return known != known_.end() ? entries_[known->second].answer : nullptr;
}

dns::AnswerPtr FetchedAnswers::resolve(const dns::Question& question) {
    if (dns::AnswerPtr answer = questions_.find(question)) return answer;
    if (questions_.add(question)) is_complete_ = false;
    // The analysis will run again, so the other resolver is not asked yet.
    if (!is_complete_) return dns::make_answer(dns::Status::no_data);
    return beyond_ != nullptr ? beyond_->resolve(question) : dns::make_answer(dns::Status::error);
}

}  // namespace spf::analysis

// A budget limits the work of a sweep (SweepOptions::max_work). The unit of work is a step, which
// takes about 50 to 100 ns. Each question is one step. Each use of a table of the Survey is one
// step, too. When an answer or a table is used for the first time, there are additional steps for
// reading the answer and for making the table.

#include "evaluation/sweep.hpp"

#include <algorithm>

#include "spf/record/record.hpp"
#include "spf/record/select.hpp"

namespace spf {
namespace {

/// Returns the number of addresses, names and terms in an answer, plus 1, as a measure of its
/// memory.
std::size_t size_of(const dns::Answer& answer) noexcept {
    const std::size_t size =
        answer.addresses.size() + answer.exchanges.size() + answer.names.size() + 1;
    const auto* record = answer.selected ? std::get_if<Record>(answer.selected.get()) : nullptr;
    return size + (record != nullptr ? record->directives.size() + record->modifiers.size() : 0);
}

/// Returns the number of steps of work for reading the texts of an answer: one step for every four
/// octets.
std::size_t cost_of(const dns::Answer& answer) noexcept {
    constexpr std::size_t octets_a_step = 4;
    std::size_t octets = 0;
    for (const std::string& text : answer.texts) octets += text.size();
    return octets / octets_a_step;
}

/// Returns the number of steps of work for copying the texts of an outcome. The number is zero
/// unless a term is very long.
std::size_t cost_of(const Outcome& outcome) noexcept {
    constexpr std::size_t octets_a_step = 256;
    const std::size_t problem = outcome.problem ? outcome.problem->text.size() : 0;
    return (outcome.mechanism.size() + problem) / octets_a_step;
}

/// The maximum number of terms, addresses and names in all kept answers together. It limits the
/// memory; the number of steps limits the time. 24 records of 64 KiB with terms of 12 octets reach
/// the maximum.
constexpr std::size_t most_kept = 131'072;
/// The number of steps of work for an evaluation that asks no questions.
constexpr std::size_t steps_of_evaluation = 8;

constexpr IpAddress last_mapped = IpAddress::v4({255, 255, 255, 255});

}  // namespace

dns::AnswerPtr Memo::resolve(const dns::Question& question) {
    ++work_;
    const auto known = answers_.find(question);
    if (known != answers_.end()) return known->second;
    dns::AnswerPtr answer = upstream_.resolve(question);
    if (answer == nullptr) answer = dns::make_answer(dns::Status::error);
    if (question.type == dns::RecordType::txt) answer = with_selected_record(std::move(answer));
    size_ += size_of(*answer);
    work_ += cost_of(*answer);
    answers_.emplace(Key{std::string(question.name), question.type}, answer);
    return answer;
}

Sweep::Sweep(std::string_view domain, dns::Resolver& resolver, const SweepOptions& options)
    : domain_(domain),
      sender_("postmaster@" + domain_),
      memo_(resolver),
      options_(options),
      own_budget_(options.max_work),
      budget_(options.budget != nullptr ? *options.budget : own_budget_) {
    evaluation_.use(&survey_);
}

void Sweep::start(Family family) noexcept {
    family_ = family;
    next_ = AddressRange::all(family).first;
}

bool Sweep::is_exhausted() const noexcept {
    return evaluations_ >= options_.max_evaluations || budget_.is_spent() ||
           memo_.size() > most_kept;
}

const Outcome& Sweep::evaluate(IpAddress ip) {
    const Options how{
        .limits = options_.limits, .explanation = false, .trace = false, .scope = true};
    ++evaluations_;
    survey_.begin();
    const Request request{.ip = ip, .mail_from = sender_, .helo = domain_};
    const Outcome& outcome = check_host(evaluation_, request, memo_, how);
    budget_.spend(steps_of_evaluation + memo_.take_work() + survey_.take_work() + cost_of(outcome));
    return outcome;
}

AddressRange Sweep::take_upto(IpAddress last) {
    // A client with an IPv4-mapped IPv6 address is treated as an IPv4 client, so these addresses
    // need no evaluation as IPv6. They are added to the range before them.
    const IpAddress end = AddressRange::all(family_).last;
    const bool meets_mapped = last.is_v4() || (last != end && last.next().is_v4());
    if (family_ == Family::ipv6 && meets_mapped) last = last_mapped;
    const AddressRange range{family_, *next_, last};
    if (last == end) {
        next_.reset();
    } else {
        next_ = last.next();
    }
    return range;
}

bool Sweep::is_explained(std::string_view domain) {
    const dns::AnswerPtr answer = memo_.resolve({domain, dns::RecordType::txt});
    const auto* record = answer->selected ? std::get_if<Record>(answer->selected.get()) : nullptr;
    return record != nullptr && record->explanation() != nullptr;
}

SweptRange Sweep::step() {
    const IpAddress ip = *next_;
    const Outcome& outcome = evaluate(ip);
    const auto& dependence = survey_.dependence();
    // If a term has lookups that depend on the address or the sender, the range ends where the
    // scope before that term ends. The macro %{o} has no such effect, because its value is the same
    // for all senders of a domain.
    const std::optional<AddressRange>& scope = dependence ? dependence->scope : outcome.scope;
    const bool has_source = !outcome.problem && !outcome.mechanism.empty();
    return {take_upto(scope ? scope->last : ip), outcome,
            has_source ? survey_.source() : outcome.mechanism,
            has_source ? survey_.source_domain() : outcome.mechanism_domain,
            dependence ? &*dependence : nullptr};
}

}  // namespace spf

// Terms that depend on more than the range an address is in (ptr, %{i}, %{p}, and s, l, h, which tell
// senders apart) are found with the limit of look-ups: the same check, allowed one look-up less than
// the term needs, ends right before it, and its scope is the range for which it gets that far.

#include "analysis/sweep.hpp"

#include <algorithm>

#include "spf/parse.hpp"

namespace spf {
namespace {

/// What a directive or a redirect expands, if anything.
const MacroString* domain_spec(const Record& record) noexcept {
    if (record.redirect() != nullptr) return &record.redirect()->domain;
    if (record.directives.empty()) return nullptr;
    return domain_spec_of(record.directives.front().mechanism);
}

std::size_t size_of(const dns::Answer& answer) noexcept {
    const std::size_t size = answer.addresses.size() + answer.exchanges.size() + 1;
    const auto* record = answer.selected ? std::get_if<Record>(answer.selected.get()) : nullptr;
    return size + (record != nullptr ? record->directives.size() : 0);
}

constexpr IpAddress last_mapped = IpAddress::v4({255, 255, 255, 255});

}  // namespace

bool is_enumerable(std::string_view term) {
    const auto record = parse_record("v=spf1 " + std::string(term));
    if (!record) return true;  // nothing is asked for it
    if (!record->directives.empty() &&
        std::holds_alternative<Ptr>(record->directives.front().mechanism)) {
        return false;
    }
    const MacroString* const spec = domain_spec(*record);
    return spec == nullptr ||
           !(spec->depends_on_address() || spec->uses('s') || spec->uses('l') || spec->uses('h'));
}

dns::AnswerPtr Memo::resolve(const dns::Question& question) {
    const std::pair<std::string_view, dns::RecordType> key{question.name, question.type};
    const auto known = answers_.find(key);
    if (known != answers_.end()) return known->second;
    dns::AnswerPtr answer = upstream_.resolve(question);
    if (answer == nullptr) answer = dns::make_answer(dns::Status::error);
    if (question.type == dns::RecordType::txt) answer = with_selected_record(std::move(answer));
    size_ += size_of(*answer);
    answers_.emplace(Key{question.name, question.type}, answer);
    return answer;
}

Sweep::Sweep(std::string_view domain, dns::Resolver& resolver, const NetworksOptions& options,
             bool trace)
    : domain_(domain),
      sender_("postmaster@" + domain_),
      memo_(resolver),
      options_(options),
      trace_(trace),
      own_budget_(options.max_work),
      budget_(options.budget != nullptr ? *options.budget : own_budget_) {}

void Sweep::start(Family family) noexcept {
    family_ = family;
    next_ = AddressRange::all(family).first;
}

bool Sweep::is_exhausted() const noexcept {
    return evaluations_ >= options_.max_evaluations || budget_.is_spent();
}

const Outcome& Sweep::evaluate(IpAddress ip, unsigned dns_lookups) {
    Options how{.limits = options_.limits, .explanation = false, .trace = trace_, .scope = true};
    how.limits.dns_lookups = dns_lookups;
    ++evaluations_;
    const Request request{.ip = ip, .mail_from = sender_, .helo = domain_};
    const Outcome& outcome = check_host(evaluation_, request, memo_, how);
    budget_.spend(memo_.size());
    return outcome;
}

/// The first term on the way of this address that is not enumerable; the outcome is then that of a
/// check that ends right before it.
std::optional<NotEnumerable> Sweep::first_dependent(IpAddress ip, unsigned lookups) {
    for (unsigned allowed = 0; allowed < lookups; ++allowed) {
        outcome_ = &evaluate(ip, allowed);
        const std::optional<Problem>& problem = outcome_->problem;
        if (!problem || problem->code != Problem::Code::too_many_dns_lookups) break;
        if (outcome_->scope && !is_enumerable(problem->text)) {
            return NotEnumerable{problem->text, problem->domain};
        }
    }
    return std::nullopt;
}

SweptRange Sweep::upto(IpAddress last) {
    // The mapped addresses are no clients of their own: they go with the range before them.
    const IpAddress end = AddressRange::all(family_).last;
    const bool meets_mapped = last.is_v4() || (last != end && last.next().is_v4());
    if (family_ == Family::ipv6 && meets_mapped) last = last_mapped;
    const AddressRange range{family_, *next_, last};
    if (last == end) {
        next_.reset();
    } else {
        next_ = last.next();
    }
    return {range, *outcome_, {}, outcome_->dns_lookups, outcome_->void_lookups};
}

bool Sweep::is_explained(std::string_view domain) {
    const dns::AnswerPtr answer = memo_.resolve({domain, dns::RecordType::txt});
    const auto* record = answer->selected ? std::get_if<Record>(answer->selected.get()) : nullptr;
    return record != nullptr && record->explanation() != nullptr;
}

SweptRange Sweep::step() {
    const IpAddress ip = *next_;
    const unsigned limit = options_.limits.dns_lookups;
    outcome_ = &evaluate(ip, limit);
    if (outcome_->scope && !outcome_->depends_on_sender) return upto(outcome_->scope->last);

    const unsigned dns_lookups = outcome_->dns_lookups;
    const unsigned void_lookups = outcome_->void_lookups;
    std::optional<NotEnumerable> term = first_dependent(ip, std::min(limit, dns_lookups));
    if (term) {
        SweptRange swept = upto(outcome_->scope->last);
        swept.hangs_on = std::move(term);
        swept.dns_lookups = dns_lookups;
        swept.void_lookups = void_lookups;
        return swept;
    }
    outcome_ = &evaluate(ip, limit);  // only %{o}, which is the same for all senders of a domain
    return upto(outcome_->scope ? outcome_->scope->last : ip);
}

}  // namespace spf

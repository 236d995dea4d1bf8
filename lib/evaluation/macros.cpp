// Target-names and macros: RFC 7208 sections 4.8 and 7, RFC 8616 section 4.

#include <algorithm>

#include "base/ascii.hpp"
#include "base/octets.hpp"
#include "evaluation/check.hpp"
#include "spf/dns/name.hpp"

namespace spf {

/// Returns the target-name of a term (4.8): its expanded domain-spec, or the current domain if the
/// term has no domain-spec. If the domain-spec has no macros, the result is a view of the record.
/// If it has macros, the result is a view of made_name_, and is valid until made_name_ changes.
std::string_view Check::target_of(const MacroString* spec) {
    if (spec == nullptr) return innermost_->domain;
    if (spec->is_plain_name()) return spec->text();
    expand_domain(*spec, macro_values(), made_name_);
    return made_name_;
}

/// Returns whether DNS can be asked for a target-name. A target-name that was not expanded from
/// macros has already been checked, so the result is true for it.
bool Check::is_askable(std::string_view target) const noexcept {
    return !is_expanded(target) || octets::is_short_plain_name(target) ||
           !dns::name_problem(target);
}

/// Returns whether a macro string can be expanded. A macro string with %{s} or %{l} cannot be
/// expanded if the local-part has octets beyond US-ASCII (RFC 8616 section 4).
bool Check::can_expand(const MacroString& macro) const noexcept {
    if (!macro.uses('s') && !macro.uses('l')) return true;
    const std::string_view local_part =
        std::string_view{outcome_.sender}.substr(0, local_part_size_);
    return std::all_of(local_part.begin(), local_part.end(), ascii::is_ascii);
}

/// Searches for the validated names for %{p} (7.3), then calls `then`. The search counts as one
/// term (4.6.4; see "Readings" in evaluation/evaluation.hpp).
Progress Check::find_names_for_macro(Continuation then) {
    return accounts_.count_macro_p() ? find_names(then) : stop_at_lookups();
}

/// Returns the values of all macro letters for the innermost check_host() (7.2).
MacroValues Check::macro_values() const {
    const std::string_view sender = outcome_.sender;
    const std::string_view domain = innermost_->domain;
    return {.local_part = sender.substr(0, local_part_size_),
            // The trailing dot is removed here, because it is also removed from the domain to be
            // checked. For the sender "a@example.com.", both values are example.com.
            .sender_domain = dns::without_trailing_dot(sender.substr(local_part_size_ + 1)),
            .domain = domain,
            .ip = outcome_.ip,
            .helo = outcome_.helo,
            .validated_domain = names_.preferred(domain),
            .receiver = outcome_.receiver.empty() ? std::string_view{"unknown"} : outcome_.receiver,
            .time = time_.value_or(std::chrono::sys_seconds{})};
}

}  // namespace spf

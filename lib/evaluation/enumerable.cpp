#include "spf/evaluation/enumerable.hpp"

#include <variant>

#include "spf/record/parse.hpp"

namespace spf {
namespace {

/// Returns the domain-spec of a record that has only one term; null if the term has no domain-spec.
const MacroString* domain_spec(const Record& record) noexcept {
    if (record.redirect() != nullptr) return &record.redirect()->domain;
    if (record.directives.empty()) return nullptr;
    return domain_spec_of(record.directives.front().mechanism);
}

}  // namespace

bool is_enumerable(std::string_view term) {
    const auto record = parse_record(std::string(version_section) + ' ' + std::string(term));
    if (!record) return true;  // a term with a syntax error asks nothing
    if (!record->directives.empty() &&
        std::holds_alternative<Ptr>(record->directives.front().mechanism)) {
        return false;
    }
    const MacroString* const spec = domain_spec(*record);
    return spec == nullptr || !spec->depends_on_message();
}

}  // namespace spf

#include "dns/lint_questions.hpp"

#include "spf/dns/name.hpp"

namespace spfcheck {

void add_lint_questions(spf::analysis::TreeQuestions& questions, std::string_view domain) {
    questions.add_domain(domain);
    // add_domain() has added nothing if the domain cannot be checked (4.3).
    const auto name = spf::dns::canonical_name(domain);
    if (questions.size() > 0 && name) questions.add({*name, spf::dns::RecordType::spf});
}

}  // namespace spfcheck

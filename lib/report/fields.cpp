#include "spf/report/fields.hpp"

#include <utility>

#include "spf/report/authentication_results.hpp"
#include "spf/report/received_spf.hpp"

namespace spf::report {

std::vector<std::string> fields(std::string_view server, const receiver::Decision& decision,
                                Folding folding) {
    std::vector<std::string> out;
    if (decision.verdict.action != receiver::Action::mark) return out;
    out.push_back(authentication_results(server, decision.mail, folding));
    for (std::string& field : received_spf(server, decision.mail, folding))
        out.push_back(std::move(field));
    return out;
}

}  // namespace spf::report

#include "networks/missing.hpp"

#include <algorithm>

#include "io/exit_status.hpp"
#include "io/language.hpp"
#include "networks/sentences.hpp"

namespace spfcheck {
namespace {

bool is_usable(const spf::analysis::Decision& decision) noexcept {
    const auto status = exit_status_of(decision.result);
    return decision.depends_on || status < exit_status_of(spf::Result::permerror);
}

int status_of(const spf::analysis::NetworkMap& map) {
    if (!map.is_complete()) return exit_status_of(spf::Result::temperror);
    for (const spf::Result result : {spf::Result::permerror, spf::Result::none}) {
        if (!map.with(result).empty()) return exit_status_of(result);
    }
    return exit_ok;
}

}  // namespace

Spoken Missing::message() const {
    if (is_too_large && !problem) {
        return say<NetworksSentence::too_large>(
            std::uint64_t{spf::SweepOptions().max_evaluations},
            std::uint64_t{spf::analysis::NetworkMap::most_networks},
            std::uint64_t{spf::SweepOptions::usual_work});
    }
    return problem ? message_of(*problem) : Spoken();
}

Missing missing_from(const spf::analysis::NetworkMap& map, const TimeLimit& limit) {
    Missing out;
    out.is_complete = map.is_complete();
    out.is_too_large = map.is_too_large;
    out.exit_status = status_of(map);
    out.is_everything = std::none_of(map.decisions.begin(), map.decisions.end(), is_usable);
    const spf::Problem* problem = map.failure();
    if (problem == nullptr && !map.is_too_large) problem = map.mistake();
    if (problem != nullptr) out.problem = *problem;
    blame_time(out.problem, limit);
    return out;
}

void blame_time(std::optional<spf::Problem>& problem, const TimeLimit& limit) {
    const bool got_no_answer = problem && problem->code == spf::Problem::Code::dns_failure &&
                               problem->status == spf::dns::Status::timeout;
    if (got_no_answer && limit.is_over()) problem->code = spf::Problem::Code::deadline;
}

}  // namespace spfcheck

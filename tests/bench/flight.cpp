// The memory that an evaluation needs while it waits for DNS, and how often it has to wait.

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "cases.hpp"
#include "figures.hpp"
#include "memory.hpp"
#include "spf/evaluation/evaluation.hpp"

namespace bench {
namespace {

/// Returns how many octets of heap an evaluation needs after `answered` answers. The Evaluation
/// object is included; the answers are not, because the zone owns them.
double bytes_in_flight(const Case& made, std::size_t answered) {
    constexpr std::size_t count = 1000;
    const spf::ZoneResolver zone = made.resolver(true);
    const std::int64_t before = live_bytes();
    std::vector<spf::Evaluation> all;
    all.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        spf::Evaluation& evaluation = all.emplace_back(made.request());
        for (std::size_t j = 0; j < answered; ++j)
            evaluation.answer(zone.lookup(evaluation.pending()));
        if (evaluation.done()) throw std::logic_error(made.key + ": over too early");
    }
    return static_cast<double>(live_bytes() - before) / count;
}

/// Returns how many round trips to DNS a check needs. In one round trip, the pending question and
/// all hints are asked at once. No question is asked twice.
unsigned round_trips(const Case& made, bool hints) {
    const spf::ZoneResolver zone = made.resolver(true);
    std::vector<std::string> asked;
    const auto key = [](const spf::dns::Question& question) {
        return std::string{question.name} + '/' + std::string{to_string(question.type)};
    };
    unsigned trips = 0;
    spf::Evaluation evaluation{made.request(), {.limits = {}, .hints = hints}};
    std::vector<std::string> next;
    while (!evaluation.done()) {
        for (const spf::dns::Question& hint : evaluation.hints()) next.push_back(key(hint));
        const std::string pending = key(evaluation.pending());
        if (std::find(asked.begin(), asked.end(), pending) == asked.end()) {
            ++trips;  // the hints since the last trip are asked in it, too
            asked.push_back(pending);
            asked.insert(asked.end(), next.begin(), next.end());
            next.clear();
        }
        evaluation.answer(zone.lookup(evaluation.pending()));
    }
    return trips;
}

}  // namespace

Figures measure_memory() {
    const Case one = one_ip4();
    return {{"one_ip4",
             {{"label", "one ip4, asking for the record"}, {"bytes", bytes_in_flight(one, 0)}}},
            {"three_deep",
             {{"label", "in the 3rd nested include"},
              {"bytes", bytes_in_flight(nested_includes(5), 3)}}},
            {"ten_deep",
             {{"label", "in the 10th nested include"},
              {"bytes", bytes_in_flight(nested_includes(10), 10)}}}};
}

Figures measure_round_trips() {
    Figures figures;
    std::vector<Case> measured{includes(9), nested_includes(9)};
    for (Case& made : cases()) {
        if (made.key == "mx" || made.key == "worst_legal") measured.push_back(std::move(made));
    }
    for (const Case& made : measured) {
        figures[made.key] = {{"label", made.label},
                             {"plain", round_trips(made, false)},
                             {"hints", round_trips(made, true)}};
    }
    return figures;
}

}  // namespace bench

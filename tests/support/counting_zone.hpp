/// \file counting_zone.hpp  Zone data that counts the questions about it.
#pragma once

#include <atomic>

#include "spf/resolver/zone.hpp"

namespace spf::test {

/// Answers questions from the data of a zone and counts the questions. The zone has to outlive this
/// object. Several threads may ask at the same time.
class CountingZone final : public dns::Resolver {
public:
    explicit CountingZone(const ZoneResolver& zone) : zone_(zone) {}
    dns::AnswerPtr resolve(const dns::Question& question) override {
        ++asked;
        return zone_.lookup(question);
    }
    std::atomic<unsigned> asked{0};

private:
    const ZoneResolver& zone_;
};

}  // namespace spf::test

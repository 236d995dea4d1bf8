/// \file counting_zone.hpp  Zone data that counts the questions about it.
#pragma once

#include <atomic>

#include "spf/resolver/zone.hpp"

namespace spf::test {

/// Answers from a zone, which has to outlive it. Any thread may ask.
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

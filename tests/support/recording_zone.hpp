/// \file recording_zone.hpp  Zone data that records the questions about it.
#pragma once

#include <string>
#include <vector>

#include "spf/resolver/zone.hpp"

namespace spf::test {

/// Answers from its zone, which a test fills. One thread at a time.
class RecordingZone : public dns::Resolver {
public:
    dns::AnswerPtr resolve(const dns::Question& question) override {
        questions.push_back(std::string(to_string(question.type)) + ' ' +
                            std::string(question.name));
        return zone.lookup(question);
    }
    ZoneResolver zone;
    std::vector<std::string> questions;  ///< such as "TXT example.com", in the order of asking
};

}  // namespace spf::test

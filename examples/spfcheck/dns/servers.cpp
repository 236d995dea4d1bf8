#include "dns/servers.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "io/exit_status.hpp"
#include "io/language.hpp"

namespace spfcheck {

spf::Expected<Servers, Failure> Servers::open(std::vector<spf::dns::NameServer> servers,
                                              std::chrono::milliseconds limit) {
    spf::CaresOptions options;
    options.servers = std::move(servers);
    auto driver = spf::CaresDriver::make(std::move(options));
    if (!driver) return Failure{exit_internal, message_of(driver.error())};
    return Servers(*std::move(driver), limit);
}

void Servers::ask(const spf::dns::Question& question, Answered answered) {
    if (spf::dns::Clock::now() >= end_) {
        time_over_ = true;
        answered(spf::dns::make_answer(spf::dns::Status::timeout));
        return;
    }
    asked_ = true;
    driver_.submit_question(
        {question.name, question.type, std::min(question.deadline, end_)},
        [this, answered = std::move(answered)](const spf::dns::AnswerPtr& answer) {
            reached_ = reached_ || answer->status != spf::dns::Status::unreachable;
            time_over_ = time_over_ || (answer->status == spf::dns::Status::timeout &&
                                        spf::dns::Clock::now() >= end_);
            answered(answer);
        });
}

}  // namespace spfcheck

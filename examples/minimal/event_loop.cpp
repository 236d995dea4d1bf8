#include <iostream>
#include <memory>
#include <utility>

#include <spf/evaluation/check_host.hpp>

/// Stands in for the server's own loop: sends questions, waits, hands over what came.
class EventLoop {
public:
    void send(const spf::dns::Question& question) { asked_txt_ = question.type == txt; }
    spf::dns::AnswerPtr wait() const {
        auto answer = std::make_shared<spf::dns::Answer>();
        answer->status = asked_txt_ ? spf::dns::Status::ok : spf::dns::Status::nxdomain;
        if (asked_txt_) answer->texts = {"v=spf1 a ip4:192.0.2.0/24 -all"};
        return answer;
    }

private:
    static constexpr auto txt = spf::dns::RecordType::txt;
    bool asked_txt_ = false;
};

spf::Outcome check(const spf::Request& request, EventLoop& loop) {
    spf::Evaluation evaluation{request};  // no I/O, no thread, no clock in here
    while (!evaluation.done()) {
        loop.send(evaluation.pending());  // the question it waits for
        evaluation.answer(loop.wait());   // or evaluation.expire() when time is over
    }
    return std::move(evaluation).outcome();
}

int main() {
    EventLoop loop;
    const auto ip = spf::IpAddress::parse("192.0.2.10");
    const spf::Outcome outcome = check({.ip = *ip, .mail_from = "alice@example.com"}, loop);
    std::cout << spf::to_string(outcome.result) << '\n';
}

#include <iostream>
#include <memory>
#include <utility>

#include <spf/check.hpp>

/// Takes the place of the server's own loop: sends questions, waits, and returns answers.
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

spf::MailCheck check(const spf::Client& client, std::string_view reverse_path, EventLoop& loop) {
    spf::MailEvaluation mail{client, reverse_path};  // does no I/O, has no thread, no clock
    while (!mail.done()) {
        loop.send(mail.pending());  // the question that the check waits for
        mail.answer(loop.wait());   // or mail.expire() when time is over
    }
    return std::move(mail).check();
}

int main() {
    EventLoop loop;
    const auto ip = spf::IpAddress::parse("192.0.2.10");
    const spf::MailCheck mail =
        check({.ip = *ip, .helo = "mx.example.com"}, "alice@example.com", loop);
    std::cout << spf::report::authentication_results("mx.example.org", mail) << '\n';
}

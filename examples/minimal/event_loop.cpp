// Runs the checks of two sessions at once, on a server's own event loop with its own asynchronous
// DNS client.

#include <deque>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <spf/check.hpp>

/// A placeholder for the event loop and the DNS client that a server already has. When an answer to
/// a question has arrived, the callback of the question is called.
class EventLoop {
public:
    using Callback = std::function<void(spf::dns::AnswerPtr)>;

    /// Sends a question and returns at once.
    void query(std::string_view name, spf::dns::RecordType type, Callback callback) {
        waiting_.push_back(
            [answer = find(name, type), callback = std::move(callback)] { callback(answer); });
    }
    void run() {
        for (; !waiting_.empty(); waiting_.pop_front()) waiting_.front()();
    }

private:
    static spf::dns::AnswerPtr find(std::string_view name, spf::dns::RecordType type) {
        if (name != "example.com" || type != spf::dns::RecordType::txt)
            return spf::dns::make_answer(spf::dns::Status::nxdomain);
        return std::make_shared<spf::dns::Answer>(spf::dns::Answer{
            .status = spf::dns::Status::ok, .texts = {"v=spf1 a ip4:192.0.2.0/24 -all"}});
    }

    std::deque<std::function<void()>> waiting_;
};

/// One SMTP session. Several are in progress at the same time, on one thread.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(EventLoop& loop, const spf::Client& client, std::string_view reverse_path)
        : loop_(loop), mail_(client, reverse_path) {}

    void proceed() {
        if (mail_.done()) return report();
        const spf::dns::Question& question = mail_.pending();
        loop_.query(question.name, question.type,
                    [self = shared_from_this(), name = std::string(question.name),
                     type = question.type](spf::dns::AnswerPtr answer) {
                        self->answered({.name = name, .type = type}, std::move(answer));
                    });
    }

    /// The server's timer calls this function when Limits::deadline has passed for an identity.
    void expired() {
        mail_.expire();
        proceed();
    }

private:
    void answered(const spf::dns::Question& asked, spf::dns::AnswerPtr answer) {
        // A late answer to a question that has expired is not accepted.
        if (mail_.answer(asked, std::move(answer))) proceed();
    }
    void report() {
        std::cout << spf::report::authentication_results("mx.example.org", mail_.check()) << "\r\n";
    }

    EventLoop& loop_;
    spf::MailEvaluation mail_;  // does no I/O, has no thread, no clock
};

int main() {
    EventLoop loop;
    for (const auto ip : {spf::IpAddress::v4(192, 0, 2, 10), spf::IpAddress::v4(198, 51, 100, 7)}) {
        const spf::Client client{.ip = ip, .helo = "mx.example.com"};
        std::make_shared<Session>(loop, client, "<alice@example.com>")->proceed();
    }
    loop.run();
}

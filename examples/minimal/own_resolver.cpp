#include <iostream>
#include <memory>

#include <spf/evaluation/check_host.hpp>

class MyResolver final : public spf::dns::Resolver {
public:
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        if (question.type != spf::dns::RecordType::txt || question.name != "example.com") {
            return spf::dns::make_answer(spf::dns::Status::nxdomain);
        }
        auto answer = std::make_shared<spf::dns::Answer>();
        answer->status = spf::dns::Status::ok;
        answer->texts = {"v=spf1 ip4:192.0.2.0/24 -all"};
        return answer;
    }
};

int main() {
    MyResolver dns;
    const auto ip = spf::IpAddress::parse("192.0.2.10");
    const spf::Outcome outcome =
        spf::check_host({.ip = *ip, .mail_from = "alice@example.com"}, dns);
    std::cout << spf::to_string(outcome.result) << '\n';
}

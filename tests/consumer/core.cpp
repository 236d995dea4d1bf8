// A program that uses only the core and needs no DNS library, because it makes the DNS answers
// itself.
#include <cstdio>
#include <memory>

#include <spf/evaluation/check_host.hpp>

namespace {

class OneRecord final : public spf::dns::Resolver {
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

spf::Result check(const char* address) {
    OneRecord dns;
    const auto ip = spf::IpAddress::parse(address);
    if (!ip) return spf::Result::none;
    return spf::check_host({.ip = *ip, .mail_from = "alice@example.com", .helo = "mx.example.com"},
                           dns)
        .result;
}

}  // namespace

int main() {
    const bool right =
        check("192.0.2.10") == spf::Result::pass && check("203.0.113.1") == spf::Result::fail;
    std::puts(right ? "as expected" : "wrong result");
    return right ? 0 : 1;
}

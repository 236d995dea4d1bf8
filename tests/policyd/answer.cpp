// The answers of Postfix' policy delegation protocol (access(5)).

#include "protocol/answer.hpp"

#include <algorithm>
#include <string>

#include "support/catch.hpp"

using namespace policyd;

namespace {

const spf::report::SmtpReply final{550, "5.7.23", {"192.0.2.1 may not send", "for example.com"}};
const spf::report::SmtpReply for_now{451, "4.7.24", {"DNS failed"}};

}  // namespace

TEST_CASE("A refusal has the code and the enhanced code of RFC 7372", "[policyd][answer][7372-3]") {
    CHECK(refuse(final, DeferWith::literal_451, "user@receiver.test") ==
          "550 5.7.23 192.0.2.1 may not send for example.com");
    CHECK(refuse(for_now, DeferWith::literal_451, "user@receiver.test") == "451 4.7.24 DNS failed");
}

TEST_CASE("A message may be deferred only if nothing refuses it", "[policyd][answer]") {
    CHECK(refuse(for_now, DeferWith::defer_if_permit, "user@receiver.test") ==
          "DEFER_IF_PERMIT 4.7.24 DNS failed");
    CHECK(refuse(final, DeferWith::defer_if_permit, "user@receiver.test").starts_with("550 "));
}

TEST_CASE("A refusal leaves room for what Postfix writes before it", "[policyd][answer]") {
    const spf::report::SmtpReply long_reply{550, "5.7.23", {std::string(480, 'x'), "more words"}};
    const std::string recipient = std::string(60, 'r') + "@" + std::string(60, 'd') + ".test";
    const std::string answer = refuse(long_reply, DeferWith::literal_451, recipient);
    const std::string before = "550 5.7.23 <" + recipient + ">: Recipient address rejected: ";
    CHECK(before.size() + answer.size() - std::string("550 5.7.23 ").size() <= 510);
}

TEST_CASE("An answer is one line and an empty line", "[policyd][answer]") {
    std::string wire;
    append_wire(wire, dunno());
    CHECK(wire == "action=DUNNO\n\n");
    append_wire(wire, prepend("Received-SPF: pass"));
    CHECK(wire == "action=DUNNO\n\naction=PREPEND Received-SPF: pass\n\n");
}

// A message's checks without I/O: the order of their questions, what ends them, and what remains.

#include "spf/mail/mail_evaluation.hpp"

#include <memory>
#include <string>
#include <utility>

#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"

namespace {

using spf::Identity;
using spf::MailEvaluation;
using spf::Options;
using spf::Result;
using spf::test::ip;

const spf::Client client{.ip = ip("192.0.2.1"), .helo = "mx.example.org"};

spf::ZoneResolver zone() {
    spf::ZoneResolver made;
    made.add_txt("example.com", "v=spf1 ip4:192.0.2.0/24 -all");
    made.add_txt("mx.example.org", "v=spf1 include:a.example include:b.example -all");
    made.add_txt("a.example", "v=spf1 ?all");
    made.add_txt("b.example", "v=spf1 ?all");
    return made;
}

Options with_hints() {
    Options options;
    options.hints = true;
    return options;
}

}  // namespace

TEST_CASE("a message says which identity it asks for", "[mail]") {
    const spf::ZoneResolver dns = zone();
    MailEvaluation mail{client, "ann@example.com"};
    REQUIRE_FALSE(mail.done());
    CHECK(mail.identity() == Identity::helo);
    CHECK(mail.pending().name == "mx.example.org");
    while (mail.identity() == Identity::helo) mail.answer(dns.lookup(mail.pending()));
    REQUIRE_FALSE(mail.done());
    CHECK(mail.pending().name == "example.com");
    mail.answer(dns.lookup(mail.pending()));
    REQUIRE(mail.done());
    CHECK(mail.check().helo->result == Result::fail);
    CHECK(mail.check().mail_from->result == Result::pass);
}

TEST_CASE("while HELO is asked for, the question about MAIL FROM can be asked, too",
          "[mail][hints]") {
    const spf::ZoneResolver dns = zone();
    MailEvaluation mail{client, "ann@example.com", with_hints()};
    REQUIRE(mail.hints().size() == 1);
    CHECK(mail.hints()[0].name == "example.com");
    mail.answer(dns.lookup(mail.pending()));
    CHECK(mail.pending().name == "a.example");
    REQUIRE(mail.hints().size() == 2);
    CHECK(mail.hints()[1].name == "b.example");

    CHECK(MailEvaluation(client, "ann@mx.example.org", with_hints()).hints().empty());
    CHECK(MailEvaluation(client, "<>", with_hints()).hints().empty());
    CHECK(MailEvaluation(client, "ann@example.com").hints().empty());
}

TEST_CASE("a deadline ends the check of one identity", "[mail][rfc7208-4.6.4]") {
    const spf::ZoneResolver dns = zone();
    MailEvaluation mail{client, "ann@example.com"};
    mail.expire();
    REQUIRE_FALSE(mail.done());
    CHECK(mail.identity() == Identity::mail_from);
    mail.answer(dns.lookup(mail.pending()));
    REQUIRE(mail.done());
    CHECK(mail.check().helo->result == Result::temperror);
    CHECK(mail.check().mail_from->result == Result::pass);
    mail.expire();  // there is nothing to end
    CHECK(mail.check().mail_from->result == Result::pass);

    mail.reset(client, "<>");
    mail.expire();
    REQUIRE(mail.done());
    CHECK(mail.check().mail_from->result == Result::temperror);
}

TEST_CASE("a late answer to a question about HELO is not an answer about MAIL FROM",
          "[mail][rfc7208-4.6.4]") {
    const std::string helo = "mx.example.org";
    const spf::dns::Question asked{.name = helo};
    spf::dns::Answer permissive;
    permissive.status = spf::dns::Status::ok;
    permissive.texts = {"v=spf1 +all"};
    const auto late = std::make_shared<const spf::dns::Answer>(permissive);
    MailEvaluation mail{client, "ann@example.com"};
    CHECK(mail.pending() == asked);
    mail.expire();
    CHECK_FALSE(mail.answer(asked, late));
    REQUIRE_FALSE(mail.done());
    CHECK(mail.identity() == Identity::mail_from);
    CHECK(mail.pending().name == "example.com");
    CHECK_FALSE(mail.answer({.name = "example.com", .type = spf::dns::RecordType::a}, late));
    CHECK(mail.answer({.name = "example.com", .deadline = {}},
                      spf::dns::make_answer(spf::dns::Status::nxdomain)));
    REQUIRE(mail.done());
    CHECK(mail.check().helo->result == Result::temperror);
    CHECK(mail.check().mail_from->result == Result::none);
    CHECK_FALSE(mail.answer({.name = "example.com"}, late));
    CHECK(mail.check().mail_from->result == Result::none);
    MailEvaluation moved = std::move(mail);
    CHECK_FALSE(mail.answer(asked, late));  // NOLINT(bugprone-use-after-move)
    CHECK_FALSE(MailEvaluation().answer(asked, late));
}

TEST_CASE("an answer that does not belong to the question leaves the hints of a message",
          "[mail][hints]") {
    MailEvaluation mail{client, "ann@example.com", with_hints()};
    REQUIRE(mail.hints().size() == 1);
    const auto absent = spf::dns::make_answer(spf::dns::Status::nxdomain);
    CHECK_FALSE(mail.answer(mail.hints()[0], absent));
    REQUIRE(mail.hints().size() == 1);
    CHECK(mail.hints()[0].name == "example.com");
    CHECK(mail.answer(mail.pending(), absent));
}

TEST_CASE("a message that is reset has nothing of the one before", "[mail]") {
    const spf::ZoneResolver dns = zone();
    MailEvaluation mail;
    CHECK(mail.done());
    CHECK_FALSE(mail.check().helo);
    CHECK_FALSE(mail.check().mail_from);
    const auto finish = [&] {
        while (!mail.done()) mail.answer(dns.lookup(mail.pending()));
    };
    mail.reset(client, "ann@example.com");
    finish();
    mail.reset({.ip = client.ip}, "ann@absent.example");
    finish();
    CHECK_FALSE(mail.check().helo);
    CHECK(mail.check().mail_from->result == Result::none);
    Options stop;
    stop.stop_on_helo_fail = true;
    mail.reset(client, "ann@example.com", stop);
    finish();
    CHECK(mail.check().helo->result == Result::fail);
    CHECK_FALSE(mail.check().mail_from);
}

TEST_CASE("a message can be moved, and what it was moved from be used again", "[mail]") {
    MailEvaluation mail{client, "ann@example.com"};
    MailEvaluation moved = std::move(mail);
    CHECK_FALSE(moved.done());
    CHECK(mail.done());  // NOLINT(bugprone-use-after-move)
    CHECK(mail.hints().empty());
    CHECK_FALSE(mail.check().mail_from);
    mail.expire();
    mail.reset(client, "ann@example.com");
    CHECK_FALSE(mail.done());
}

TEST_CASE("what a message is made of may be gone before it ends", "[mail]") {
    const spf::ZoneResolver dns = zone();
    MailEvaluation mail;
    {
        std::string helo(40, 'x');
        helo += ".example";
        std::string path = "ann@example.com";
        mail.reset({.ip = client.ip, .helo = helo}, path);
        helo.assign(helo.size(), '?');
        path.assign(path.size(), '?');
    }
    while (!mail.done()) mail.answer(dns.lookup(mail.pending()));
    CHECK(mail.check().helo->domain == std::string(40, 'x') + ".example");
    CHECK(mail.check().mail_from->result == Result::pass);
}

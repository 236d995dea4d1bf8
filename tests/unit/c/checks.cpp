// Checks and decisions of a C program that wait for DNS.

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>

#include "spf/c.h"
#include "spf/resolver/zone.hpp"
#include "spf/version.hpp"
#include "support/c_api.hpp"
#include "support/catch.hpp"

namespace {

using spf::test::CCheck;
using spf::test::CChecker;
using spf::test::CDecision;
using spf::test::CFields;
using spf::test::checker_of;
using spf::test::CPolicy;
using spf::test::CReply;
using spf::test::session_of;

spf::ZoneResolver zone_with(const std::string& record) {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", record);
    return zone;
}

spf_error error_for(const spf_session& session) {
    spf::ZoneResolver zone = zone_with("v=spf1 -all");
    const CChecker checker = checker_of(zone);
    spf_check* check = nullptr;
    const spf_error error = spf_check_mail(checker.get(), &session, nullptr, &check);
    CHECK((check != nullptr) == (error == SPFC_OK));
    spf_check_free(check);
    return error;
}

CCheck checked(spf_checker* checker, const spf_session& session,
               const spf_options& options = spf_options{}) {
    spf_check* check = nullptr;
    REQUIRE(spf_check_mail(checker, &session, &options, &check) == SPFC_OK);
    return CCheck{check};
}

}  // namespace

TEST_CASE("the C API has the version of the library", "[c]") {
    CHECK(std::string(spf_version()) == SPF_VERSION_STRING);
}

TEST_CASE("a client without an address is an error", "[c]") {
    CHECK(error_for({}) == SPFC_NULL_ARGUMENT);
    for (const char* const text : {"", "192.0.2.256", "[192.0.2.1]", "IPv6:2001:db8::1",
                                   "192.0.2.1:25", "fe80::1%eth0", "unknown", " 192.0.2.1"}) {
        CAPTURE(text);
        CHECK(error_for(session_of(text)) == SPFC_BAD_ADDRESS);
    }
    CHECK(error_for(session_of(std::string(200'000, '1').c_str())) == SPFC_BAD_ADDRESS);
}

TEST_CASE("a client is known by a sockaddr of either family", "[c]") {
    sockaddr_storage storage{};
    spf_session session{};
    session.client_address = reinterpret_cast<const sockaddr*>(&storage);
    storage.ss_family = AF_UNIX;
    CHECK(error_for(session) == SPFC_BAD_ADDRESS);
    storage.ss_family = AF_INET6;
    reinterpret_cast<sockaddr_in6*>(&storage)->sin6_addr.s6_addr[15] = 9;
    spf::ZoneResolver zone;
    const CChecker checker = checker_of(zone);
    const CCheck check = checked(checker.get(), session);
    CHECK(std::string(spf_outcome_client(spf_check_outcome(check.get(), SPFC_MAIL_FROM))) == "::9");
    session.client = "bad";  // it is the one that counts
    CHECK(error_for(session) == SPFC_BAD_ADDRESS);
}

TEST_CASE("a text of a session has at most 65535 octets", "[c]") {
    const std::string long_text(65'536, 'a');
    for (const auto member : {&spf_session::helo, &spf_session::reverse_path,
                              &spf_session::recipient, &spf_session::receiver}) {
        spf_session session = session_of("192.0.2.1");
        session.*member = long_text.c_str();
        CHECK(error_for(session) == SPFC_TOO_LARGE);
        session.*member = long_text.c_str() + 1;
        CHECK(error_for(session) == SPFC_OK);
    }
}

TEST_CASE("texts that are not mail addresses are results, not errors", "[c][rfc7208-4.3]") {
    for (const char* const path : {"@", "<", "<>", "\xff@\xff", "a@b", "a@example..com", "\r\n"}) {
        CAPTURE(path);
        CHECK(error_for(session_of("192.0.2.1", path)) == SPFC_OK);
    }
}

TEST_CASE("a callback that sets nothing makes the result temperror", "[c]") {
    const auto nothing = [](void*, const spf_question*, spf_answer*) {};
    const CChecker checker{spf_checker_new(nothing, nullptr, nullptr)};
    const CCheck check = checked(checker.get(), session_of("192.0.2.1", "ann@example.com"));
    const spf_outcome* const outcome = spf_check_outcome(check.get(), SPFC_MAIL_FROM);
    CHECK(spf_outcome_result(outcome) == SPFC_RESULT_TEMPERROR);
    CHECK(std::string(spf_outcome_problem_code(outcome)) == "dns_failure");
    CHECK(spf_check_outcome(check.get(), SPFC_HELO) == nullptr);
    CHECK(spf_check_outcome(check.get(), static_cast<spf_identity>(2)) == nullptr);
}

TEST_CASE("an answer that is not complete makes the result temperror", "[c]") {
    const auto cut = [](void*, const spf_question*, spf_answer* answer) {
        spf_answer_set_status(answer, SPFC_DNS_OK, 60);
        spf_answer_add_text(answer, "v=spf1 +all", 11);
        for (int i = 0; i < 5000; ++i) spf_answer_add_text(answer, "x", 1);
    };
    const CChecker checker{spf_checker_new(cut, nullptr, nullptr)};
    const CCheck check = checked(checker.get(), session_of("192.0.2.1", "ann@example.com"));
    CHECK(spf_outcome_result(spf_check_outcome(check.get(), SPFC_MAIL_FROM)) ==
          SPFC_RESULT_TEMPERROR);
}

TEST_CASE("an exception of a callback in C++ does not leave the C API", "[c]") {
    const auto throws = [](void*, const spf_question*, spf_answer*) { throw 1; };
    const CChecker checker{spf_checker_new(throws, nullptr, nullptr)};
    const spf_session session = session_of("192.0.2.1", "ann@example.com");
    spf_check* check = nullptr;
    CHECK(spf_check_mail(checker.get(), &session, nullptr, &check) == SPFC_NO_MEMORY);
    CHECK(check == nullptr);
}

TEST_CASE("a callback gets its context, and a deadline", "[c]") {
    struct Seen {
        int questions = 0;
        int longest = 0;
    } seen;
    const auto look = [](void* context, const spf_question* question, spf_answer* answer) {
        auto& to = *static_cast<Seen*>(context);
        ++to.questions;
        to.longest = std::max(to.longest, question->timeout_ms);
        CHECK(question->id == 0);
        spf_answer_set_status(answer, SPFC_DNS_NXDOMAIN, 0);
    };
    const CChecker checker{spf_checker_new(look, &seen, nullptr)};
    (void)checked(checker.get(), session_of("192.0.2.1", "ann@example.com"));
    CHECK(seen.questions == 1);
    CHECK(seen.longest > 5'000);
    CHECK(seen.longest <= 20'000);
    seen = {};
    spf_options options{};
    options.deadline_ms = 5'000;
    (void)checked(checker.get(), session_of("192.0.2.1", "ann@example.net"), options);
    CHECK(seen.questions == 1);
    CHECK(seen.longest > 0);
    CHECK(seen.longest <= 5'000);
}

TEST_CASE("the options of a check have their effects", "[c]") {
    spf::ZoneResolver zone = zone_with("v=spf1 -all exp=why.example.com");
    zone.add_txt("why.example.com", "no");
    const CChecker checker = checker_of(zone);
    const spf_session session = session_of("192.0.2.1", "ann@example.com", "example.com");
    const auto explanation = [](const CCheck& check) {
        return std::string(spf_outcome_explanation(spf_check_outcome(check.get(), SPFC_MAIL_FROM)));
    };
    CHECK(explanation(checked(checker.get(), session)) == "no");
    spf_options options{};
    options.without_explanation = true;
    CHECK(explanation(checked(checker.get(), session, options)).empty());
    options.stop_on_helo_fail = true;
    const CCheck stopped = checked(checker.get(), session, options);
    CHECK(spf_check_outcome(stopped.get(), SPFC_MAIL_FROM) == nullptr);
    CHECK(spf_outcome_result(spf_check_outcome(stopped.get(), SPFC_HELO)) == SPFC_RESULT_FAIL);
}

TEST_CASE("a reply refuses: only defer and reject make one", "[c]") {
    spf::ZoneResolver zone = zone_with("v=spf1 -all");
    const CChecker checker = checker_of(zone);
    const CCheck check = checked(checker.get(), session_of("192.0.2.1", "ann@example.com"));
    const spf_outcome* const outcome = spf_check_outcome(check.get(), SPFC_MAIL_FROM);
    spf_reply* reply = nullptr;
    for (const int action : {0, 1, 4, -1}) {
        CHECK(spf_outcome_reply(outcome, static_cast<spf_action>(action), &reply) ==
              SPFC_BAD_VALUE);
    }
    CHECK(spf_outcome_reply(outcome, SPFC_ACTION_REJECT, &reply) == SPFC_OK);
    const CReply owned{reply};
    CHECK(spf_reply_code(reply) == 550);
    CHECK(std::string(spf_reply_enhanced(reply)) == "5.7.23");
}

TEST_CASE("a reply follows the rules of each interface", "[c]") {
    spf::ZoneResolver zone = zone_with("v=spf1 -all exp=why.example.com");
    std::string why = "100% no: ";
    for (int i = 0; i < 200; ++i) why += "word ";
    zone.add_txt("why.example.com", "100%% no: " + why.substr(9));
    const CChecker checker = checker_of(zone);
    const CCheck check = checked(checker.get(), session_of("192.0.2.1", "ann@example.com"));
    spf_reply* reply = nullptr;
    REQUIRE(spf_outcome_reply(spf_check_outcome(check.get(), SPFC_MAIL_FROM), SPFC_ACTION_REJECT,
                              &reply) == SPFC_OK);
    const CReply owned{reply};
    const auto adapted_to = [reply](spf_interface interface, const char* address) {
        spf_reply* adapted = nullptr;
        REQUIRE(spf_reply_for(reply, interface, address, &adapted) == SPFC_OK);
        CHECK(spf_reply_code(adapted) == 550);
        CHECK(std::string(spf_reply_enhanced(adapted)) == "5.7.23");
        return CReply{adapted};
    };
    const CReply smtp = adapted_to(SPFC_INTERFACE_SMTP, nullptr);
    CHECK(std::string(spf_reply_smtp(smtp.get())) == spf_reply_smtp(reply));
    const CReply milter = adapted_to(SPFC_INTERFACE_MILTER, nullptr);
    CHECK(std::string(spf_reply_text(milter.get())).find("100%% no") != std::string::npos);
    const CReply postfix = adapted_to(SPFC_INTERFACE_POSTFIX, nullptr);
    CHECK(spf_reply_line_count(postfix.get()) == 1);
    const std::string address = std::string(60, 'a') + "@example.org";
    const CReply shorter = adapted_to(SPFC_INTERFACE_POSTFIX, address.c_str());
    CHECK(std::string(spf_reply_text(shorter.get())).size() <
          std::string(spf_reply_text(postfix.get())).size());
    spf_reply* adapted = nullptr;
    CHECK(spf_reply_for(reply, static_cast<spf_interface>(3), nullptr, &adapted) == SPFC_BAD_VALUE);
}

TEST_CASE("a hostile sender cannot add a line to a field", "[c]") {
    spf::ZoneResolver zone;
    const CChecker checker = checker_of(zone);
    const CCheck check = checked(
        checker.get(), session_of("192.0.2.1", "<x\r\nSubject: y@a.example\nz>", "h\r\nx.example"));
    for (const auto make : {spf_check_received_spf, spf_check_authentication_results}) {
        spf_fields* fields = nullptr;
        CHECK(make(check.get(), "mx\r\nX: y", static_cast<spf_folding>(3), &fields) ==
              SPFC_BAD_VALUE);
        REQUIRE(make(check.get(), "mx\r\nX: y", SPFC_UNFOLDED, &fields) == SPFC_OK);
        const CFields owned{fields};
        REQUIRE(spf_fields_count(fields) > 0);
        for (std::size_t i = 0; i < spf_fields_count(fields); ++i) {
            const std::string text = spf_fields_text(fields, i);
            CHECK(text.find_first_of("\r\n") == std::string::npos);
            CHECK(text ==
                  std::string(spf_fields_name(fields, i)) + ": " + spf_fields_value(fields, i));
        }
    }
}

TEST_CASE("the log line is that of the library, and is NULL for a session that is wrong", "[c]") {
    spf::ZoneResolver zone = zone_with("v=spf1 -all");
    const CChecker checker = checker_of(zone);
    const CPolicy policy{spf_policy_new()};
    const spf_session session = session_of("192.0.2.1", "<x y@example.com>");
    spf_decision* decision = nullptr;
    REQUIRE(spf_receive(checker.get(), policy.get(), &session, nullptr, &decision) == SPFC_OK);
    const CDecision owned{decision};
    const std::string line = spf::test::taken(spf_decision_log_line(decision, &session));
    CHECK(line.starts_with("action=reject demanded=reject ground=result result=fail "));
    CHECK(line.find(" from=x\\x20y@example.com ") != std::string::npos);
    const spf_session wrong = session_of("nowhere");
    CHECK(spf_decision_log_line(decision, &wrong) == nullptr);
    CHECK(spf_decision_log_line(decision, nullptr) == nullptr);
    CHECK(spf::test::taken(spf_log_pair("queue-id", nullptr)) == "queue-id=");
}

TEST_CASE("a field needs the name of the server that checked the message", "[c][rfc8601-2.5]") {
    spf::ZoneResolver zone;
    const CChecker checker = checker_of(zone);
    const CPolicy policy{spf_policy_new()};
    const spf_session session = session_of("192.0.2.1", "ann@example.com");
    spf_decision* decision = nullptr;
    REQUIRE(spf_receive(checker.get(), policy.get(), &session, nullptr, &decision) == SPFC_OK);
    const CDecision owned{decision};
    spf_fields* fields = nullptr;
    const spf_check* const check = spf_decision_check(decision);
    CHECK(spf_decision_fields(decision, nullptr, SPFC_FOLDED, &fields) == SPFC_NULL_ARGUMENT);
    CHECK(spf_decision_fields(decision, "", SPFC_FOLDED, &fields) == SPFC_BAD_TEXT);
    CHECK(spf_check_authentication_results(check, nullptr, SPFC_FOLDED, &fields) ==
          SPFC_NULL_ARGUMENT);
    CHECK(spf_check_authentication_results(check, "", SPFC_FOLDED, &fields) == SPFC_BAD_TEXT);
    CHECK(fields == nullptr);
    REQUIRE(spf_check_received_spf(check, nullptr, SPFC_UNFOLDED, &fields) == SPFC_OK);
    const CFields received{fields};
    CHECK(std::string(spf_fields_text(fields, 0)).find("receiver=") == std::string::npos);
}

TEST_CASE("threads may share a checker and a policy", "[c][threads]") {
    spf::ZoneResolver zone = zone_with("v=spf1 a:host.example.com -all");
    zone.add_a("host.example.com", spf::IpAddress::v4(192, 0, 2, 1));
    const CChecker checker = checker_of(zone);
    const CPolicy policy{spf_policy_new()};
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 50; ++i) {
                const bool is_host = (i + thread) % 2 == 0;
                const spf_session session =
                    session_of(is_host ? "192.0.2.1" : "192.0.2.2", "ann@example.com");
                spf_decision* decision = nullptr;
                spf_receive(checker.get(), policy.get(), &session, nullptr, &decision);
                if (spf_decision_action(decision) !=
                    (is_host ? SPFC_ACTION_MARK : SPFC_ACTION_REJECT))
                    ++wrong;
                spf_decision_free(decision);
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
}

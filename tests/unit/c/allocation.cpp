// A C program in which memory runs out.

#include <cstddef>
#include <functional>
#include <string>

#include "c/answer.hpp"
#include "spf/c.h"
#include "spf/resolver/zone.hpp"
#include "support/allocations.hpp"
#include "support/c_api.hpp"
#include "support/catch.hpp"

namespace {

using spf::test::allocations;
using spf::test::CAnswer;
using spf::test::CCheck;
using spf::test::CChecker;
using spf::test::CEvaluation;
using spf::test::CPolicy;
using spf::test::CReception;
using spf::test::failing;

/// Lets one allocation fail among those within run().
class Failure {
public:
    explicit Failure(std::size_t fails) : left_(fails) {}
    /// Returns what `call()` returns, and counts its allocations.
    template <class Call>
    auto run(const Call& call) {
        const std::size_t before = allocations;
        failing = left_ == 0 ? 0 : before + left_;
        const auto value = call();
        failing = 0;
        const std::size_t made = allocations - before;
        left_ = made < left_ ? left_ - made : 0;
        return value;
    }

private:
    std::size_t left_;  // the number of allocations until the one that fails; 0 if none fails
};

/// Calls `step(failure)` with the first allocation failing, then with the second, and so on, until
/// it returns that it has succeeded.
void with_each_failure(const std::function<bool(Failure&)>& step) {
    std::size_t fails = 0;
    bool has_succeeded = false;
    while (!has_succeeded && ++fails < 5'000) {
        CAPTURE(fails);
        Failure failure{fails};
        has_succeeded = step(failure);
    }
    CHECK(has_succeeded);
    CHECK(fails > 1);  // there was something to fail
}

/// Checks that a function has either an error and no object, or no error and an object. Returns
/// whether it has the object.
bool is_made(spf_error error, const void* object) {
    CHECK((error == SPFC_OK || error == SPFC_NO_MEMORY));
    CHECK((object != nullptr) == (error == SPFC_OK));
    return error == SPFC_OK;
}

spf::ZoneResolver example_zone() {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 a mx -all exp=a-rather-long-name.example.com");
    zone.add_mx("example.com", 10, "a-rather-long-name-of-a-mail-server.example.com");
    zone.add_txt("a-rather-long-name.example.com", "a rather long explanation of %{i} for %{s}");
    return zone;
}

constexpr spf_session message{.client = "2001:db8:1234:5678:9abc:def0:1234:5678",
                              .client_address = nullptr,
                              .helo = "a-rather-long-name-of-a-mail-server.example.com",
                              .reverse_path = "<somebody-with-a-long-name@example.com>",
                              .recipient = nullptr,
                              .receiver = "the-name-of-the-receiving-host.example.org",
                              .is_authenticated = false};

}  // namespace

TEST_CASE("a new object is NULL if memory runs out", "[c][allocation]") {
    const auto check_new = [](auto make, auto free) {
        with_each_failure([&](Failure& failure) {
            auto* const object = failure.run(make);
            free(object);
            return object != nullptr;
        });
    };
    check_new(spf_answer_new, spf_answer_free);
    check_new(spf_policy_new, spf_policy_free);
    check_new(spf_exceptions_new, spf_exceptions_free);
    check_new([] { return spf_checker_new(nullptr, nullptr, nullptr); }, spf_checker_free);
}

TEST_CASE("a check that waits for DNS, and its texts, fail if memory runs out", "[c][allocation]") {
    spf::ZoneResolver zone = example_zone();
    with_each_failure([&](Failure& failure) {
        const CChecker checker = spf::test::checker_of(zone);
        spf_check* check = nullptr;
        const spf_error error =
            failure.run([&] { return spf_check_mail(checker.get(), &message, nullptr, &check); });
        const CCheck owned{check};
        if (!is_made(error, check)) return false;
        // An allocation within the callback fails the lookup, not the check.
        const spf_outcome* const outcome = spf_check_outcome(check, SPFC_MAIL_FROM);
        for (const auto make : {spf_outcome_summary, spf_outcome_json}) {
            char* const text = failure.run([&] { return make(outcome); });
            spf_text_free(text);
            if (text == nullptr) return false;
        }
        return spf_outcome_result(outcome) == SPFC_RESULT_FAIL;
    });
}

TEST_CASE("a decision, its fields and its reply fail if memory runs out", "[c][allocation]") {
    spf::ZoneResolver zone = example_zone();
    const CPolicy policy{spf_policy_new()};
    with_each_failure([&](Failure& failure) {
        const CChecker checker = spf::test::checker_of(zone);
        spf_decision* decision = nullptr;
        spf_error error = failure.run(
            [&] { return spf_receive(checker.get(), policy.get(), &message, nullptr, &decision); });
        const spf::test::CDecision owned{decision};
        if (!is_made(error, decision)) return false;
        spf_fields* fields = nullptr;
        error = failure.run([&] {
            return spf_check_received_spf(spf_decision_check(decision), "mx.example.org",
                                          SPFC_FOLDED, &fields);
        });
        spf_fields_free(fields);
        if (!is_made(error, fields)) return false;
        spf_reply* reply = nullptr;
        error = failure.run([&] {
            return spf_outcome_reply(
                spf_check_outcome(spf_decision_check(decision), SPFC_MAIL_FROM), SPFC_ACTION_DEFER,
                &reply);
        });
        spf_reply_free(reply);
        return is_made(error, reply) && spf_decision_action(decision) == SPFC_ACTION_REJECT;
    });
}

TEST_CASE("a reception is done without a decision if memory runs out", "[c][allocation]") {
    spf::ZoneResolver zone = example_zone();
    const CPolicy policy{spf_policy_new()};
    for (const bool has_caches : {false, true}) {
        with_each_failure([&](Failure& failure) {
            const CChecker caches{has_caches ? spf_checker_new(nullptr, nullptr, nullptr)
                                             : nullptr};
            spf_reception* made = nullptr;
            const spf_error error = failure.run([&] {
                return spf_reception_new(caches.get(), policy.get(), &message, nullptr, &made);
            });
            const CReception reception{made};
            if (!is_made(error, made)) return false;
            while (!spf_reception_is_done(made)) {
                const spf_question* const question =
                    failure.run([&] { return spf_reception_next(made); });
                if (question == nullptr) continue;
                const unsigned long id = question->id;
                const CAnswer answer{spf_answer_new()};
                spf::test::ask_resolver(&zone, question, answer.get());
                if (failure.run([&] { return spf_reception_answer(made, id, answer.get()); }) ==
                    SPFC_OK)
                    continue;
                CHECK(spf_reception_is_done(made));
                CHECK(spf_reception_next(made) == nullptr);
                CHECK(spf_reception_answer(made, id, answer.get()) == SPFC_NOT_ASKED);
                CHECK(spf_reception_expire(made) == SPFC_OK);
            }
            const spf_decision* const decision = spf_reception_decision(made);
            if (decision == nullptr) return false;
            CHECK(spf_decision_action(decision) == SPFC_ACTION_REJECT);
            return true;
        });
    }
}

TEST_CASE("an evaluation that expires is done without a check if memory runs out",
          "[c][allocation]") {
    with_each_failure([&](Failure& failure) {
        spf_evaluation* made = nullptr;
        spf_error error =
            failure.run([&] { return spf_evaluation_new(nullptr, &message, nullptr, &made); });
        const CEvaluation evaluation{made};
        if (!is_made(error, made)) return false;
        error = failure.run([&] { return spf_evaluation_expire(made); });
        CHECK(spf_evaluation_is_done(made));
        return is_made(error, spf_evaluation_check(made));
    });
}

TEST_CASE("an answer to which a record could not be added is a failed lookup", "[c][allocation]") {
    with_each_failure([&](Failure& failure) {
        const CAnswer answer{spf_answer_new()};
        spf_answer_set_status(answer.get(), SPFC_DNS_OK, 60);
        const char* const name = "a-rather-long-name-of-a-mail-server.example.com";
        const spf_error errors[]{
            failure.run([&] { return spf_answer_add_name(answer.get(), name); }),
            failure.run([&] { return spf_answer_add_exchange(answer.get(), 1, name); }),
            failure.run([&] { return spf_answer_add_text(answer.get(), name, 40); }),
            failure.run([&] { return spf_answer_append_text(answer.get(), name, 40); }),
            failure.run([&] { return spf_answer_add_address(answer.get(), "192.0.2.1"); })};
        bool is_complete = true;
        for (const spf_error error : errors) {
            // A text that could not be added cannot be appended to.
            CHECK((error == SPFC_OK || error == SPFC_NO_MEMORY || error == SPFC_BAD_TEXT));
            is_complete = is_complete && error == SPFC_OK;
        }
        CHECK((answer->shared()->status == spf::dns::Status::ok) == is_complete);
        return is_complete;
    });
}

TEST_CASE("the networks of a policy remain if memory runs out when it is used", "[c][allocation]") {
    with_each_failure([&](Failure& failure) {
        const CPolicy policy{spf_policy_new()};
        REQUIRE(spf_policy_add_skip_network(policy.get(), "2001:db8::/32") == SPFC_OK);
        REQUIRE(spf_policy_add_relay_network(policy.get(), "192.0.2.0/24") == SPFC_OK);
        bool is_first = true;
        for (int i = 0; i < 2; ++i) {
            spf_reception* made = nullptr;
            const spf_error error = failure.run(
                [&] { return spf_reception_new(nullptr, policy.get(), &message, nullptr, &made); });
            const CReception reception{made};
            if (!is_made(error, made)) {
                is_first = false;
                continue;
            }
            CHECK(spf_decision_ground(spf_reception_decision(made)) == SPFC_GROUND_NETWORK);
            if (is_first) return true;
        }
        return false;
    });
}

TEST_CASE("a policy is unchanged if memory runs out", "[c][allocation]") {
    const spf::test::CExceptions exceptions{spf_exceptions_new()};
    with_each_failure([&](Failure& failure) {
        const CPolicy policy{spf_policy_new()};
        spf_policy* const p = policy.get();
        bool is_complete = true;
        const auto add = [&](const auto& call) {
            const spf_error error = failure.run(call);
            CHECK((error == SPFC_OK || error == SPFC_NO_MEMORY));
            if (error != SPFC_OK) CHECK(call() == SPFC_OK);  // as if it had not been called before
            is_complete = is_complete && error == SPFC_OK;
        };
        const char* const name = "a-rather-long-name-of-a-mail-server.example.com";
        const std::string address = std::string("somebody@") + name;
        add([&] { return spf_policy_add_domain(p, name, exceptions.get()); });
        add([&] { return spf_policy_add_recipient(p, address.c_str(), exceptions.get()); });
        add([&] { return spf_policy_add_skip_helo(p, name); });
        add([&] { return spf_policy_add_skip_network(p, "192.0.2.0/24"); });
        add([&] { return spf_policy_add_relay_host(p, name); });
        add([&] { return spf_policy_set_reason(p, "{domain} may not, {client}", nullptr); });
        return is_complete;
    });
}

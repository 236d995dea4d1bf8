// Checks and decisions of a C program on an event loop: questions out, answers in.

#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "spf/c.h"
#include "spf/resolver/zone.hpp"
#include "support/c_api.hpp"
#include "support/catch.hpp"
#include "support/random_tree.hpp"

namespace {

using spf::test::CAnswer;
using spf::test::CCheck;
using spf::test::CChecker;
using spf::test::CDecision;
using spf::test::CEvaluation;
using spf::test::CPolicy;
using spf::test::CReception;
using spf::test::session_of;

CReception reception_for(const CPolicy& policy, const spf_session& session,
                         spf_checker* caches = nullptr) {
    spf_reception* reception = nullptr;
    REQUIRE(spf_reception_new(caches, policy.get(), &session, nullptr, &reception) == SPFC_OK);
    return CReception{reception};
}

CAnswer answer_to(spf::dns::Resolver& resolver, const spf_question& question) {
    CAnswer answer{spf_answer_new()};
    spf::test::ask_resolver(&resolver, &question, answer.get());
    return answer;
}

/// Answers all questions, in random order. Returns the number of questions.
template <class Object, class Next, class Pass, class Done>
int finish(Object* object, spf::dns::Resolver& resolver, std::mt19937& random, const Next& next,
           const Pass& pass, const Done& done) {
    std::vector<std::pair<unsigned long, CAnswer>> open;
    int questions = 0;
    while (!done(object)) {
        while (const spf_question* const question = next(object)) {
            open.emplace_back(question->id, answer_to(resolver, *question));
            ++questions;
        }
        REQUIRE(!open.empty());
        std::swap(open[random() % open.size()], open.back());
        REQUIRE(pass(object, open.back().first, open.back().second.get()) == SPFC_OK);
        open.pop_back();
    }
    CHECK(next(object) == nullptr);
    return questions;
}

int finish(const CReception& reception, spf::dns::Resolver& resolver, std::mt19937& random) {
    return finish(reception.get(), resolver, random, spf_reception_next, spf_reception_answer,
                  spf_reception_is_done);
}
int finish(const CEvaluation& evaluation, spf::dns::Resolver& resolver, std::mt19937& random) {
    return finish(evaluation.get(), resolver, random, spf_evaluation_next, spf_evaluation_answer,
                  spf_evaluation_is_done);
}

/// Returns all that is known about both identities, for comparisons.
std::string text_of(const spf_check* check) {
    std::string text;
    for (const spf_identity identity : {SPFC_HELO, SPFC_MAIL_FROM})
        text += spf::test::taken(spf_outcome_json(spf_check_outcome(check, identity))) + '\n';
    return text;
}

std::string text_of(const spf_decision* decision) {
    std::string text = spf_action_name(spf_decision_action(decision));
    text += spf_action_name(spf_decision_demanded(decision));
    text += spf_ground_name(spf_decision_ground(decision));
    text += spf_identity_name(spf_decision_identity(decision));
    text += spf_decision_matched(decision);
    const spf_reply* const reply = spf_decision_reply(decision);
    if (reply != nullptr) text += spf_reply_smtp(reply);
    return text + text_of(spf_decision_check(decision));
}

/// A session in or near the networks of a random tree. Owns its texts.
struct RandomSession {
    explicit RandomSession(spf::test::RandomTree& tree)
        : client(tree.address().to_string()),
          helo("d" + std::to_string(tree.below(7)) + ".example"),
          reverse_path(tree.below(4) == 0 ? ""
                                          : "a@d" + std::to_string(tree.below(7)) + ".example") {}
    [[nodiscard]] spf_session session() const {
        spf_session out = session_of(client.c_str(), reverse_path.c_str(), helo.c_str());
        out.receiver = "mx.example.org";
        return out;
    }
    std::string client;
    std::string helo;
    std::string reverse_path;
};

}  // namespace

TEST_CASE("an evaluation on an event loop has the outcomes of spf_check_mail()", "[c]") {
    std::mt19937 random{20'261'129};
    for (unsigned seed = 0; seed < 150; ++seed) {
        CAPTURE(seed);
        spf::test::RandomTree tree{seed, {.errors = true, .dependent = true}};
        const RandomSession of{tree};
        const spf_session session = of.session();
        spf_options options{};
        options.stop_on_helo_fail = seed % 3 == 0;
        options.trace = seed % 2 == 0;
        const CChecker checker = spf::test::checker_of(tree.zone);
        spf_check* waited = nullptr;
        REQUIRE(spf_check_mail(checker.get(), &session, &options, &waited) == SPFC_OK);
        const CCheck owned{waited};
        const CChecker caches{spf_checker_new(nullptr, nullptr, nullptr)};
        for (spf_checker* const used : {static_cast<spf_checker*>(nullptr), caches.get()}) {
            spf_evaluation* evaluation = nullptr;
            REQUIRE(spf_evaluation_new(used, &session, &options, &evaluation) == SPFC_OK);
            const CEvaluation stepped{evaluation};
            finish(stepped, tree.zone, random);
            CHECK(text_of(spf_evaluation_check(evaluation)) == text_of(waited));
        }
    }
}

TEST_CASE("a reception on an event loop has the decision of spf_receive()", "[c]") {
    std::mt19937 random{20'261'129};
    for (unsigned seed = 0; seed < 150; ++seed) {
        CAPTURE(seed);
        spf::test::RandomTree tree{seed, {.errors = true, .dependent = true}};
        const RandomSession of{tree};
        const spf_session session = of.session();
        const CPolicy policy{spf_policy_new()};
        // With two relays, the one that is found first would depend on the order of the answers.
        if (seed % 3 == 0) spf_policy_add_relay_domain(policy.get(), "d4.example");
        if (seed % 3 == 1) spf_policy_add_relay_host(policy.get(), "h1.example");
        if (seed % 5 == 0) spf_policy_add_skip_helo(policy.get(), "*.example");
        const CChecker checker = spf::test::checker_of(tree.zone);
        spf_decision* waited = nullptr;
        REQUIRE(spf_receive(checker.get(), policy.get(), &session, nullptr, &waited) == SPFC_OK);
        const CDecision owned{waited};
        const CReception reception = reception_for(policy, session);
        finish(reception, tree.zone, random);
        CHECK(text_of(spf_reception_decision(reception.get())) == text_of(waited));
    }
}

TEST_CASE("HELO and MAIL FROM are asked about at once, and equal questions once", "[c]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 a a -all");
    std::mt19937 random{1};
    const CPolicy policy{spf_policy_new()};
    const spf_session both = session_of("192.0.2.1", "ann@example.com", "mx.example.com");
    const CReception reception = reception_for(policy, both);
    CHECK(std::string(spf_reception_next(reception.get())->name) == "mx.example.com");
    CHECK(std::string(spf_reception_next(reception.get())->name) == "example.com");
    CHECK(spf_reception_next(reception.get()) == nullptr);

    const spf_session same = session_of("192.0.2.1", "ann@example.com", "example.com");
    // TXT, and A for each of both terms.
    CHECK(finish(reception_for(policy, same), zone, random) == 3);
}

TEST_CASE("caches answer the questions of later messages", "[c]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 include:spf.example.com -all");
    zone.add_txt("spf.example.com", "v=spf1 ip4:192.0.2.0/24 -all");
    std::mt19937 random{1};
    const CChecker caches{spf_checker_new(nullptr, nullptr, nullptr)};
    const CPolicy policy{spf_policy_new()};
    const spf_session session = session_of("192.0.2.1", "ann@example.com");
    CHECK(finish(reception_for(policy, session, caches.get()), zone, random) == 2);
    for (int i = 0; i < 3; ++i) {
        const CReception reception = reception_for(policy, session, caches.get());
        CHECK(spf_reception_is_done(reception.get()));
        CHECK(spf_decision_action(spf_reception_decision(reception.get())) == SPFC_ACTION_MARK);
    }
    CHECK(spf_checker_statistics(caches.get()).policy_hits > 0);
    spf_checker_clear(caches.get());
    CHECK(finish(reception_for(policy, session, caches.get()), zone, random) == 2);
}

TEST_CASE("an answer that was not asked for is ignored", "[c]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 -all");
    const CPolicy policy{spf_policy_new()};
    const spf_session session = session_of("192.0.2.1", "ann@example.com");
    const CReception reception = reception_for(policy, session);
    const CAnswer forged{spf_answer_new()};
    spf_answer_set_status(forged.get(), SPFC_DNS_OK, 60);
    spf_answer_add_text(forged.get(), "v=spf1 +all", 11);
    spf_reception* const r = reception.get();
    CHECK(spf_reception_answer(r, 0, forged.get()) == SPFC_NOT_ASKED);
    CHECK(spf_reception_answer(r, 1, forged.get()) == SPFC_NOT_ASKED);  // not yet returned
    const spf_question* const question = spf_reception_next(r);
    const unsigned long id = question->id;
    const CAnswer answer = answer_to(zone, *question);
    CHECK(spf_reception_answer(r, id + 1, forged.get()) == SPFC_NOT_ASKED);
    CHECK(spf_reception_answer(r, ~0UL, forged.get()) == SPFC_NOT_ASKED);
    CHECK(spf_reception_decision(r) == nullptr);
    CHECK(spf_reception_answer(r, id, answer.get()) == SPFC_OK);
    CHECK(spf_reception_is_done(r));
    CHECK(spf_reception_answer(r, id, forged.get()) == SPFC_NOT_ASKED);
    CHECK(spf_decision_action(spf_reception_decision(r)) == SPFC_ACTION_REJECT);
}

TEST_CASE("an answer after the time is over does not answer the next question", "[c]") {
    const CPolicy policy{spf_policy_new()};
    REQUIRE(spf_policy_add_relay_domain(policy.get(), "relay.example") == SPFC_OK);
    REQUIRE(spf_policy_set_action(policy.get(), SPFC_RULE_MAIL_FROM, SPFC_RESULT_TEMPERROR,
                                  SPFC_ACTION_REJECT) == SPFC_OK);
    const spf_session session = session_of("192.0.2.1", "ann@example.com");
    const CReception reception = reception_for(policy, session);
    spf_reception* const r = reception.get();
    const unsigned long late = spf_reception_next(r)->id;
    REQUIRE(spf_reception_expire(r) == SPFC_OK);
    const spf_question* const question = spf_reception_next(r);  // whether it is a relay
    REQUIRE(question != nullptr);
    CHECK(std::string(question->name) == "relay.example");
    const CAnswer forged{spf_answer_new()};
    spf_answer_set_status(forged.get(), SPFC_DNS_OK, 60);
    spf_answer_add_text(forged.get(), "v=spf1 +all", 11);
    CHECK(spf_reception_answer(r, late, forged.get()) == SPFC_NOT_ASKED);
    CHECK_FALSE(spf_reception_is_done(r));
    REQUIRE(spf_reception_expire(r) == SPFC_OK);
    CHECK(spf_reception_is_done(r));
    CHECK(spf_reception_expire(r) == SPFC_OK);
    CHECK(spf_decision_action(spf_reception_decision(r)) == SPFC_ACTION_DEFER);
}

TEST_CASE("NULL as an answer is a failed lookup", "[c]") {
    const spf_session session = session_of("192.0.2.1", "ann@example.com");
    spf_evaluation* evaluation = nullptr;
    REQUIRE(spf_evaluation_new(nullptr, &session, nullptr, &evaluation) == SPFC_OK);
    const CEvaluation owned{evaluation};
    CHECK(spf_evaluation_check(evaluation) == nullptr);
    REQUIRE(spf_evaluation_answer(evaluation, spf_evaluation_next(evaluation)->id, nullptr) ==
            SPFC_OK);
    CHECK(spf_outcome_result(spf_check_outcome(spf_evaluation_check(evaluation), SPFC_MAIL_FROM)) ==
          SPFC_RESULT_TEMPERROR);
}

// What the analysis says of relays and proposals: each sentence, whatever it names.

#include "analysis/sentences.hpp"

#include <bitset>
#include <optional>
#include <set>
#include <string>

#include "spf/analysis/authorize.hpp"
#include "spf/analysis/flatten.hpp"
#include "support/catch.hpp"
#include "support/sentences.hpp"

namespace {

using spf::analysis::AuthorizeError;
using spf::analysis::Excess;
using spf::analysis::ProposalProblem;
using spf::analysis::RelayProblem;
using spf::analysis::Sentence;

constexpr spf::ParseError syntax{spf::ParseError::Code::name_character, 1, 1};

std::vector<spf::Message<Sentence>> all_said() {
    std::vector<spf::Message<Sentence>> out;
    for (std::size_t i = 0; i < AuthorizeError::code_count; ++i) {
        AuthorizeError error;
        error.code = static_cast<AuthorizeError::Code>(i);
        out.push_back(said_by(error));
        error.syntax = syntax;
        error.problem = spf::Problem{};
        out.push_back(said_by(error));
    }
    for (std::size_t i = 0; i < RelayProblem::code_count; ++i) {
        RelayProblem problem;
        problem.code = static_cast<RelayProblem::Code>(i);
        out.push_back(said_by(problem));
        for (const char* network : {"10.0.0.0/8", "203.0.113.0/24", "9.0.0.0/8", "2a00::/12"}) {
            problem.network = *spf::Network::parse(network);
            for (const char* relay : {network, "relay.example"}) {
                problem.text = relay;
                out.push_back(said_by(problem));
            }
        }
    }
    for (std::size_t i = 0; i < ProposalProblem::code_count; ++i) {
        for (const bool ways : {false, true}) {
            ProposalProblem problem;
            problem.code = static_cast<ProposalProblem::Code>(i);
            problem.has_alternatives = ways;
            out.push_back(said_by(problem));
            problem.syntax = syntax;
            problem.relay = RelayProblem{};
            problem.problem = spf::Problem{};
            for (const Excess excess :
                 {Excess{spf::Problem::Code::too_many_void_lookups, 3, 2},
                  Excess{spf::Problem::Code::too_many_dns_lookups, 11, 10}, Excess{}}) {
                problem.excess = excess;
                out.push_back(said_by(problem));
            }
        }
    }
    return out;
}

}  // namespace

TEST_CASE("each sentence of the analysis is short printable text, whatever it names",
          "[analysis][message]") {
    std::set<std::string_view> patterns;
    for (std::size_t i = 0; i < spf::analysis::sentence_count; ++i) {
        const auto sentence = static_cast<Sentence>(i);
        CAPTURE(to_string(sentence));
        CHECK(patterns.insert(pattern_of(sentence)).second);
        CHECK(pattern_of(sentence).empty() == (sentence == Sentence::cost_add_terms));
        spf::test::check_pattern(pattern_of(sentence));
    }
}

TEST_CASE("each sentence of the analysis is said of something, with all that it names",
          "[analysis][message]") {
    std::bitset<spf::analysis::sentence_count> seen;
    for (const auto& said : all_said()) {
        CAPTURE(to_string(said.code), in_words(said));
        seen.set(static_cast<std::size_t>(said.code));
        CHECK(said.arguments.size() == spf::argument_count(pattern_of(said.code)));
    }
    for (std::size_t i = 0; i < spf::analysis::sentence_count; ++i) {
        const auto sentence = static_cast<Sentence>(i);
        INFO(to_string(sentence));
        // Static texts, without arguments.
        if (to_string(sentence).starts_with("cost_")) {
            CHECK(spf::argument_count(pattern_of(sentence)) == 0);
        } else {
            CHECK(seen.test(i));
        }
    }
}

TEST_CASE("a relay that cannot be added is named", "[authorize][message]") {
    ProposalProblem problem;
    problem.code = ProposalProblem::Code::relay;
    problem.name = "relay.example";
    problem.relay = RelayProblem{.code = RelayProblem::Code::no_record, .text = "relay.example"};
    CHECK(problem.message() ==
          "relay.example has no SPF record, so including it would break the record of the domain "
          "(permerror)");
}

TEST_CASE("a relay that is an address is named once, a host with its address",
          "[authorize][message]") {
    RelayProblem problem{.code = RelayProblem::Code::not_public,
                         .text = "100.64.1.1",
                         .network = *spf::Network::parse("100.64.1.1")};
    CHECK_THAT(problem.message(), Catch::StartsWith("100.64.1.1 is shared"));
    problem.text = "relay.example";
    CHECK_THAT(problem.message(),
               Catch::StartsWith("relay.example has the address 100.64.1.1, which is shared"));
}

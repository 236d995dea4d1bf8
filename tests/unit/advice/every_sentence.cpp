#include <set>

#include "spf/advice/advice.hpp"
#include "spf/advice/next.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/lint/domain.hpp"
#include "spf/report/text.hpp"
#include "spf/resolver/zone.hpp"
#include "support/advice.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"

using namespace advice_test;
using namespace report_test;
using spf::Result;

TEST_CASE("each advice is given in some case", "[advice][message]") {
    std::set<spf::advice::Sentence> given;
    const auto ask = [&given](const spf::Outcome& outcome, const spf::advice::Context& context) {
        for (const auto& each : spf::advice::what_to_do(outcome, context))
            given.insert(each.message.code);
    };
    spf::advice::Context user;
    user.signed_in = "ESMTPSA";
    spf::advice::Context user_of = user;
    user_of.taken_by = "mail.example.com";
    for (const Result result : all_results()) {
        for (const char* ip : {"198.51.100.7", "10.1.2.3", "240.0.0.1"}) {
            for (const char* record : {"v=spf1 mx -all", "v=spf1 -all"}) {
                spf::Outcome outcome = with_record(result, record, "-all");
                outcome.ip = *spf::IpAddress::parse(ip);
                for (const spf::advice::Context& context :
                     {spf::advice::Context{}, relayed(), user, user_of}) {
                    ask(outcome, context);
                }
                outcome.identity = spf::Identity::helo;
                ask(outcome, {});
            }
        }
        for (std::size_t code = 0; code < spf::Problem::code_count; ++code) {
            spf::Outcome outcome = outcome_of(result);
            for (const char* domain : {"example.com", "_spf.example.net"}) {
                outcome.problem = problem_of(static_cast<spf::Problem::Code>(code), domain);
                ask(outcome, {});
                outcome.problem->text = "v=spf1include:_spf.example.net";
                ask(outcome, {});
            }
        }
        spf::Outcome unnamed = outcome_of(result);
        unnamed.problem.reset();
        unnamed.helo.clear();
        unnamed.trace.push_back(directive_step("exists:%{h}.example.net"));
        ask(unnamed, {});
        ask(from(result, "8.8.4.4"), {});
        spf::advice::Context message;
        message.author_domain = "customer.example";
        ask(outcome_of(result), message);
    }
    const auto examined = [&](spf::ZoneResolver& zone) {
        for (const char* domain : {"example.com", "sub.example.com"}) {
            const spf::Outcome outcome =
                spf::check_host({.ip = *spf::IpAddress::parse("8.8.4.4"), .mail_from = domain},
                                zone, {.limits = {}, .trace = true});
            const spf::lint::DomainLint lint = spf::lint::lint_domain(domain, zone);
            spf::advice::Context context;
            context.lint = &lint;
            ask(outcome, context);
            context.services_asked = 2;
            ask(outcome, context);
            context.services = {"Mailer"};
            ask(outcome, context);
            for (const auto& each :
                 spf::advice::next_steps({lint.domain, lint.record, lint.findings, "mx.example"}))
                given.insert(each.purpose.code);
        }
    };
    for (const char* record :
         {"v=spf1 ip4:192.0.2.1 -all", "v=spf1 -all", "v=spf1 include:host.example -all",
          "v=spf1 redirect=_spf.example.net -all", "v=spf1 ipv4:192.0.2.1 -all", "hello"}) {
        spf::ZoneResolver zone = advice_test::zone_of(record);
        zone.add_cname("sub.example.com", "example.com");
        examined(zone);
        zone.add_txt("example.com", "v=spf1 mx -all");
        examined(zone);
        zone.add_txt("example.com", "v=spf1 a -all");
        examined(zone);
    }
    spf::ZoneResolver down;
    down.set_status("example.com", spf::dns::Status::servfail);
    down.add_spf("sub.example.com", "v=spf1 mx -all");
    examined(down);
    spf::ZoneResolver deep;
    std::string nine = "v=spf1";
    for (const std::string letter : {"a", "b", "c", "d", "e", "f", "g", "h", "i"}) {
        deep.add_txt(letter + ".example", "v=spf1 -all");
        nine += " include:" + letter + ".example";
    }
    deep.add_txt("example.com", nine + " -all");
    examined(deep);
    spf::Outcome truncated = outcome_of(Result::temperror);
    truncated.problem->source = "truncated";
    ask(truncated, {});
    using spf::advice::Sentence;
    for (std::size_t i = 0; i < spf::analysis::ProposalProblem::code_count; ++i) {
        spf::analysis::Authorization authorization;
        authorization.problem.emplace().code = static_cast<spf::analysis::ProposalProblem::Code>(i);
        for (const auto& each : spf::advice::next_steps(authorization))
            given.insert(each.purpose.code);
    }
    for (std::size_t i = 0; i < spf::analysis::FixProblem::code_count; ++i) {
        spf::analysis::Fix fix;
        fix.problem.emplace().code = static_cast<spf::analysis::FixProblem::Code>(i);
        for (const auto& each : spf::advice::next_steps(fix)) given.insert(each.purpose.code);
    }
    given.insert(Sentence::next_networks);  // of the overview
    given.insert(Sentence::next_check);
    for (const Sentence label :
         {Sentence::label_receiver, Sentence::label_owner, Sentence::label_sender}) {
        given.insert(label);  // of text()
    }
    for (std::size_t i = 0; i < spf::advice::sentence_count; ++i) {
        CAPTURE(spf::advice::pattern_of(static_cast<Sentence>(i)));
        CHECK(given.count(static_cast<Sentence>(i)) == 1);
    }
}

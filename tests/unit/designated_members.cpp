// Every public aggregate can be made with only one of its members named. The compiler is the test:
// a member without default member initializer is an error with -Wmissing-field-initializers.

#include "spf/analysis.hpp"
#include "spf/driver/cares.hpp"
#include "spf/resolver/ldns.hpp"
#include "spf/resolver/zone_file.hpp"
#include "spf/spf.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"

using namespace spf;
using namespace spf::advice;
using namespace spf::analysis;
using namespace spf::lint;
using namespace spf::receiver;
using spf::test::ip;

TEST_CASE("an aggregate of a mail check is made with one designated member", "[api]") {
    CHECK(Client{.ip = ip("192.0.2.1")}.helo.empty());
    CHECK_FALSE(MailCheck{.helo = Outcome{}}.mail_from);
    CHECK(Request{.helo = "mx.example.com"}.identity == Identity::mail_from);
    CHECK(Limits{.void_lookups = 3}.dns_lookups == 10);
    CHECK(Options{.trace = true}.limits.dns_lookups == 10);
    CHECK(CheckerOptions{.answers = CacheOptions{.max_bytes = 0}}.policies.max_domains == 1024);
    CHECK(Checker::Statistics{.messages = 1}.answers.hits == 0);
    CHECK(Outcome{.result = Result::pass}.domain.empty());
    CHECK(Problem{.code = Problem::Code::deadline}.domain.empty());
    CHECK(Step{.text = "mx"}.domain.empty());
    CHECK(NotEnumerable{.term = "ptr"}.domain.empty());
    CHECK(SweepOptions{.max_evaluations = 1}.budget == nullptr);
    CHECK(ReceivedLine{.helo = "mx.example.com"}.by.empty());
    CHECK(Handover{.ip = ip("192.0.2.1")}.helo.empty());
    CHECK(ReceivedError{.line = 2}.code == ReceivedError::Code{});
}

TEST_CASE("an aggregate of DNS is made with one designated member", "[api]") {
    CHECK(dns::Question{.name = "example.com"}.type == dns::RecordType::txt);
    CHECK(dns::Answer{.status = dns::Status::nxdomain}.texts.empty());
    CHECK(dns::Answer{.texts = {"v=spf1 -all"}}.addresses.empty());
    CHECK(dns::MailExchange{.preference = 10}.host.empty());
    CHECK(dns::NameServer{.address = ip("192.0.2.53")}.port == 53);
    CHECK(dns::NameServerError{.offset = 1}.length == 0);
    CHECK(CacheOptions{.max_bytes = 1}.parse_records);
    CHECK(CacheStatistics{.hits = 1}.misses == 0);
    CHECK(ZoneOptions{.source = "a table"}.preparse);
    CHECK(ZoneFileError{.line = 2}.found.empty());
    CHECK(LdnsOptions{.tries = 1}.servers.empty());
    CHECK(CaresOptions{.tries = 1}.servers.empty());
    CHECK(CaresStatistics{.checks = 1}.lookups == 0);
    CHECK(CaresError{.code = CaresError::Code::no_random_numbers}.code == CaresError::Code{});
    CHECK(SocketWatch{.fd = 3}.read == false);
}

TEST_CASE("an aggregate of records and networks is made with one designated member", "[api]") {
    CHECK(AddressRange{.family = Family::ipv6}.first == IpAddress{});
    CHECK(SpecialRange{.name = "a range"}.network == Network{});
    CHECK(MechanismTraits{.name = "all"}.asks == Asks::nothing);
    CHECK(DualPrefixLength{.ip4 = 24}.ip6 == 128);
    CHECK_FALSE(A{.prefix = DualPrefixLength{.ip6 = 64}}.domain);
    CHECK_FALSE(Mx{.prefix = DualPrefixLength{.ip6 = 64}}.domain);
    CHECK(Directive{.text = "all"}.qualifier == Qualifier::pass);
    CHECK(Modifier{.text = "exp=a.example"}.kind.index() == 0);
    CHECK(UnknownModifier{.name = "x"}.value.text().empty());
    CHECK(ParseError{.offset = 1}.length == 0);
    CHECK(SeveralRecords{.count = 3}.count == 3);
    CHECK(BrokenRecord{.text = "v=spf1 a:"}.error == ParseError{});
}

TEST_CASE("an aggregate of policies and reports is made with one designated member", "[api]") {
    CHECK(PolicyOptions{.max_ranges = 1}.limits.dns_lookups == 10);
    CHECK(PolicyCacheOptions{.max_domains = 1}.compile_after == 2);
    CHECK(PolicyCacheStatistics{.hits = 1}.misses == 0);
    CHECK(PolicyDecision{.result = Result::pass}.mechanism.empty());
    CHECK(PolicyError{.domain = "example.com"}.term.empty());
    CHECK(report::SmtpReply{.code = 550}.lines.empty());
    CHECK(report::TextStyle{.width = 60}.unicode == false);
    CHECK(report::Excerpt{.text = "mx"}.underline.empty());
}

TEST_CASE("an aggregate of a receiver is made with one designated member", "[api]") {
    CHECK(Actions{.softfail = Action::defer}.fail == Action::reject);
    CHECK_FALSE(SomeActions{.fail = Action::mark}.pass);
    CHECK(Rules{.helo = Actions{.fail = Action::mark}}.mail_from == Actions{});
    CHECK_FALSE(Exceptions{.skip = true}.helo.fail);
    CHECK(ReceiverPolicy{.is_test = true}.skip_authenticated);
    CHECK(Session{.recipient = "<bob@example.org>"}.reverse_path.empty());
    CHECK_FALSE(receiver::Decision{.verdict = {.ground = Ground::network}}.mail.helo);
    CHECK(Evidence{.helo_is_confirmed = true}.relay.empty());
    CHECK(Verdict{.action = Action::mark}.matched.empty());
}

TEST_CASE("an aggregate of the analysis is made with one designated member", "[api]") {
    CHECK(Finding{.domain = "example.com"}.text.empty());
    CHECK(FindingKind{.name = "misspelt_name"}.message.empty());
    CHECK(LintOptions{.most_names = 1}.limits.dns_lookups == 10);
    CHECK(TermCost{.term = "mx"}.dns_lookups == 0);
    CHECK(DomainLint{.domain = "example.com"}.findings.empty());
    CHECK(analysis::Decision{.result = Result::pass}.mechanism.empty());
    CHECK(DecidedRange{.decision = 1}.range == AddressRange{});
    CHECK(SourceSize{.term = "mx"}.domain.empty());
    CHECK(NetworkMap{.domain = "example.com"}.ranges.empty());
    CHECK_FALSE(Change{.from = Result::pass}.to);
    CHECK(FlattenOptions{.max_length = 255}.networks.budget == nullptr);
    CHECK(FlatRecord{.name = "example.com"}.record.empty());
    CHECK(Flattened{.dns_lookups = 1}.records.empty());
    CHECK_FALSE(FlattenError{.code = FlattenError::Code::dns_failure}.problem);
    CHECK(Relay{.name = "relay.example"}.text.empty());
    CHECK(RelayProblem{.code = RelayProblem::Code::nobody}.text.empty());
    CHECK(RelayCoverage{.relay = Relay{.name = "relay.example"}}.by.empty());
    CHECK(ProofEntry{.address = ip("192.0.2.1")}.expected == Result::none);
    CHECK(Proposal{.name = "example.com"}.proof.empty());
    CHECK(AuthorizeOptions{.very_large = true}.networks.budget == nullptr);
    CHECK(AuthorizeError{.domain = "example.com"}.code == AuthorizeError::Code{});
    CHECK(Excess{.needed = 11}.allowed == 0);
    CHECK_FALSE(ProposalProblem{.name = "example.net"}.excess);
    CHECK(Authorization{.domain = "example.com"}.record.empty());
    CHECK(Advice{.command = "spfcheck"}.to == Advice::To{});
    CHECK(Context{.message = "a.eml"}.trusted.empty());
}

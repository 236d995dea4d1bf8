#include "spf/base/error_shape.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include "spf/analysis/authorize.hpp"
#include "spf/analysis/fix.hpp"
#include "spf/analysis/flatten.hpp"
#include "spf/base/error.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/evaluation/problem.hpp"
#include "spf/message/reading.hpp"
#include "spf/message/received.hpp"
#include "spf/policy/policy.hpp"
#include "spf/receiver/reason_text.hpp"
#include "support/error_shape.hpp"

using spf::test::check_shape;
using spf::test::hostile;

TEST_CASE("an error has codes with names, data, and a message for people", "[error]") {
    check_shape<spf::ParseError>();
    check_shape<spf::ReceivedError>();
    check_shape<spf::FieldError>();
    check_shape<spf::dns::NameServerError>();
    check_shape<spf::analysis::FlattenError>();

    spf::Problem problem;
    problem.domain = problem.text = problem.source = hostile;
    problem.syntax = spf::ParseError{spf::ParseError::Code::name_character, 1, 1};
    check_shape(problem);
    problem.loop = hostile;
    check_shape(problem);

    spf::receiver::ReasonTextError reason;
    reason.placeholder = hostile;
    check_shape(reason);

    spf::PolicyError policy;
    policy.term = policy.domain = hostile;
    check_shape(policy);

    spf::analysis::AuthorizeError authorize;
    authorize.domain = hostile;
    check_shape(authorize);
    authorize.problem = problem;
    check_shape(authorize);

    spf::analysis::RelayProblem relay;
    relay.text = hostile;
    check_shape(relay);
    relay.network = spf::Network();
    check_shape(relay);

    spf::analysis::ProposalProblem proposal;
    proposal.domain = proposal.name = hostile;
    check_shape(proposal);
    proposal.syntax = problem.syntax;
    proposal.relay = relay;
    proposal.problem = problem;
    proposal.excess = spf::analysis::Excess{spf::Problem::Code::too_many_void_lookups, 3, 2};
    check_shape(proposal);

    spf::analysis::FixProblem fix;
    fix.domain = fix.name = fix.detail = hostile;
    fix.count = 11;
    check_shape(fix);
}

TEST_CASE("no public header has an error that is not held to the shape", "[error]") {
    // The errors that are checked above, and those of components, which are checked beside the
    // tests of these.
    const std::set<std::string> checked{
        "ParseError",      "Problem",      "ReceivedError",   "FlattenError",  "PolicyError",
        "AuthorizeError",  "RelayProblem", "NameServerError", "ZoneFileError", "CaresError",
        "ProposalProblem", "FieldError",   "ReasonTextError", "FixProblem"};
    const std::regex named{
        R"(^\s*(?:struct|class|enum class) (?:SPF_EXPORT )?(\w*(?:Error|Problem|Failure))\b.*\{)"};
    const std::regex returned{R"(Expected<[^;(]*, (\w+)>)"};
    std::set<std::string> found;
    const std::filesystem::path headers = std::filesystem::path(SPF_SOURCE_DIR) / "include";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(headers)) {
        if (entry.path().extension() != ".hpp") continue;
        std::ifstream file(entry.path());
        std::smatch match;
        for (std::string line; std::getline(file, line);) {
            line.erase(std::min(line.find("//"), line.size()));  // comments declare nothing
            for (const std::regex& kind : {named, returned}) {
                if (std::regex_search(line, match, kind)) found.insert(match[1]);
            }
        }
    }
    CHECK(found == checked);
}

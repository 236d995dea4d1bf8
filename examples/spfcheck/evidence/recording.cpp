#include "evidence/recording.hpp"

#include <algorithm>
#include <optional>

#include "evidence/sentences.hpp"
#include "io/exit_status.hpp"
#include "io/failure.hpp"
#include "spf/advice/command.hpp"
#include "spf/version.hpp"

namespace spfcheck {
namespace {

using Says = EvidenceSentence;

/// Returns the arguments without --evidence and its value.
std::vector<std::string> without_evidence(std::vector<std::string> arguments) {
    constexpr std::string_view option = "--evidence";
    for (auto at = arguments.begin(); at != arguments.end();) {
        if (*at == option) {
            at = arguments.erase(at, std::min(at + 2, arguments.end()));
        } else if (at->starts_with(std::string(option) + '=')) {
            at = arguments.erase(at);
        } else {
            ++at;
        }
    }
    return arguments;
}

}  // namespace

int keep_evidence(const Invocation& invocation, const DnsOptions& dns,
                  const std::vector<std::string>& files, int exit_status,
                  const std::function<int(std::ostream&)>& run_for_json, std::ostream& err) {
    Evidence evidence;
    for (const std::string& path : files) {
        auto contents = path == "-" ? std::nullopt : contents_of(path);
        if (!contents) return tell({exit_data, say<Says::input_not_kept>(path)}, err);
        evidence.files.emplace(path, *std::move(contents));
    }
    std::ostringstream json;
    evidence.exit_status = run_for_json(json);
    evidence.result = Json::parse(json.str(), nullptr, false);
    if (evidence.result.is_discarded()) {
        tell({exit_status, say<Says::nothing_kept>()}, err);
        return exit_status != exit_ok ? exit_status : exit_usage;
    }
    evidence.version = SPF_VERSION_STRING;
    evidence.time = current_time();
    evidence.arguments = without_evidence(invocation.arguments);
    evidence.name_servers = dns.used->name_servers();
    evidence.answers = *dns.used;
    if (const auto failure = write_evidence(evidence, dns.evidence)) return tell(*failure, err);
    tell({exit_status, say<Says::kept>(evidence.answers.size(), dns.evidence,
                                       spf::advice::shell_word(dns.evidence))},
         err);
    return exit_status;
}

}  // namespace spfcheck

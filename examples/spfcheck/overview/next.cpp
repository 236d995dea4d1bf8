#include "overview/next.hpp"

#include <algorithm>

#include "overview/sentences.hpp"
#include "spf/advice/command.hpp"

namespace spfcheck {
namespace {

using Says = OverviewSentence;
using Code = spf::lint::Finding::Code;

constexpr std::size_t most = 3;

bool has(const Picture& picture, Code code) {
    return std::any_of(picture.lint.findings.begin(), picture.lint.findings.end(),
                       [code](const spf::lint::Finding& each) { return each.code == code; });
}

bool has_error(const Picture& picture) {
    return std::any_of(picture.lint.findings.begin(), picture.lint.findings.end(),
                       [](const spf::lint::Finding& each) {
                           return each.severity == spf::lint::Finding::Severity::error;
                       });
}

/// Returns the arguments of spfcheck, with the options about DNS at their end.
std::vector<std::string> command(std::vector<std::string> words, const OverviewOptions& options) {
    const std::vector<std::string> more = options.dns.words();
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// Returns the first address that certainly passes; empty if there is none.
std::string sender_of(const Picture& picture) {
    const spf::NetworkSet pass = picture.map.with(spf::Result::pass);
    return pass.empty() ? std::string() : pass.ranges().front().first.to_string();
}

/// Returns the name of the domain's most preferred mail server; empty if there is none.
std::string mail_server_of(const std::string& domain, spf::dns::Resolver& resolver) {
    const auto answer = resolver.resolve({domain, spf::dns::RecordType::mx});
    const auto best =
        std::min_element(answer->exchanges.begin(), answer->exchanges.end(),
                         [](const auto& a, const auto& b) { return a.preference < b.preference; });
    return best == answer->exchanges.end() || best->host == "." ? std::string() : best->host;
}

}  // namespace

std::vector<Next> next_of(const Picture& picture, const OverviewOptions& options,
                          spf::dns::Resolver& resolver) {
    const std::string& domain = picture.lint.domain;
    std::vector<Next> out;
    const auto add = [&](std::vector<std::string> words, std::string why) {
        if (out.size() < most) out.push_back({command(std::move(words), options), std::move(why)});
    };
    if (has(picture, Code::malformed_domain) || has(picture, Code::no_such_domain)) return out;
    if (has(picture, Code::dns_failure)) add({domain, "-vv"}, say<Says::next_again>());
    if (has(picture, Code::no_record)) {
        const std::string server = mail_server_of(domain, resolver);
        if (!server.empty()) {
            add({"authorize", domain, server, "--from-scratch"}, say<Says::next_first_record>());
        }
    }
    const bool has_record = !has(picture, Code::no_record) && !has(picture, Code::dns_failure);
    if (has_error(picture) && has_record) add({"fix", domain}, say<Says::next_fix>());
    if (!picture.lint.findings.empty()) add({"lint", domain}, say<Says::next_lint>());
    if (has(picture, Code::close_to_limit)) add({"flatten", domain}, say<Says::next_flatten>());
    if (picture.terms.empty()) return out;
    add({"networks", domain}, say<Says::next_networks>());
    const std::string sender = sender_of(picture);
    if (!sender.empty()) {
        add({"check", "--ip", sender, "--sender", domain}, say<Says::next_check>());
    }
    return out;
}

Next whole_overview(const Picture& picture, const OverviewOptions& options) {
    return {command({picture.lint.domain, "--all"}, options), {}};
}

Next whole_lint(const Picture& picture, const OverviewOptions& options) {
    return {command({"lint", picture.lint.domain}, options), {}};
}

}  // namespace spfcheck

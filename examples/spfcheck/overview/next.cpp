#include "overview/next.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace spfcheck {
namespace {

using Tells = spf::advice::Sentence;
using Code = spf::lint::Finding::Code;

constexpr std::size_t most = 3;

bool has(const Picture& picture, Code code) {
    return std::any_of(picture.lint.findings.begin(), picture.lint.findings.end(),
                       [code](const spf::lint::Finding& each) { return each.code == code; });
}

/// Returns a command with the options about DNS at its end.
Next command(Tells purpose, std::vector<std::string> words, const OverviewOptions& options) {
    const std::vector<std::string> more = options.dns.words();
    words.insert(words.end(), more.begin(), more.end());
    return {{purpose, {}}, std::move(words)};
}

/// Returns the first address that certainly passes; empty if there is none.
std::string sender_of(const Picture& picture) {
    const spf::NetworkSet pass = picture.map.with(spf::Result::pass);
    return pass.empty() ? std::string() : pass.ranges().front().first.to_string();
}

}  // namespace

std::vector<Next> next_of(const Picture& picture, const OverviewOptions& options) {
    const std::string& domain = picture.lint.domain;
    std::vector<Next> out = picture.lint.next;
    const auto add = [&](Tells purpose, std::vector<std::string> words) {
        if (out.size() < most) out.push_back(command(purpose, std::move(words), options));
    };
    if (has(picture, Code::malformed_domain) || has(picture, Code::no_such_domain)) return out;
    if (!picture.lint.findings.empty()) add(Tells::next_findings, {"lint", domain});
    if (picture.terms.empty()) return out;
    add(Tells::next_networks, {"networks", domain});
    const std::string sender = sender_of(picture);
    if (!sender.empty()) add(Tells::next_check, {"check", "--ip", sender, "--sender", domain});
    return out;
}

Next whole_overview(const Picture& picture, const OverviewOptions& options) {
    return command(Tells::next_overview, {picture.lint.domain, "--all"}, options);
}

Next whole_lint(const Picture& picture, const OverviewOptions& options) {
    return command(Tells::next_findings, {"lint", picture.lint.domain}, options);
}

}  // namespace spfcheck

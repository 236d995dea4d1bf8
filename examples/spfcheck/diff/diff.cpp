#include "diff/diff.hpp"

#include <optional>
#include <ostream>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "diff/print.hpp"
#include "diff/sentences.hpp"
#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "io/failure.hpp"
#include "io/log.hpp"
#include "names/idn.hpp"
#include "options/names.hpp"
#include "spf/base/printable.hpp"
#include "spf/record/parse.hpp"
#include "spf/record/record.hpp"
#include "spf/resolver/overlay.hpp"

namespace spfcheck {
namespace {

/// The domain that is assumed if the user gives only records as text and names no domain. The name
/// is reserved (RFC 2606), so a DNS question about it comes from a term that depends on the domain
/// of its record. All labels are "invalid": if a macro selects some of them, such as `%{d1}`,
/// Lookout still recognises the question.
constexpr std::string_view placeholder = "invalid.invalid";

/// Returns the domain for which records that are given as text are evaluated.
std::string domain_for_texts(const DiffOptions& options) {
    if (!options.domain.empty()) return ascii_domain(options.domain);
    for (const std::string& each : {options.from, options.to}) {
        if (!spf::has_version(each)) return ascii_domain(each);
    }
    return std::string(placeholder);
}

/// Returns whether the expansion of a macro string depends on the domain whose record contains the
/// string (7.2).
bool names_the_domain(const spf::MacroString& spec) {
    return spec.uses('d') || spec.depends_on_sender() || spec.uses('p');
}

/// Returns whether a mechanism depends on the domain of its record: either it asks DNS and has no
/// domain-spec (4.8), or its domain-spec has a macro that depends on that domain (7.2).
bool depends_on_the_domain(const spf::Mechanism& mechanism) {
    const spf::MacroString* const spec = spf::domain_spec_of(mechanism);
    return spec != nullptr ? names_the_domain(*spec) : spf::traits_of(mechanism).asks_dns();
}

/// Returns the first term that depends on the domain of the record; empty if there is none.
std::string term_with_domain(const std::string& text) {
    const auto record = spf::parse_record(text);
    if (!record) return {};
    for (const spf::Directive& each : record->directives) {
        if (depends_on_the_domain(each.mechanism)) return std::string(each.text);
    }
    for (const spf::Modifier& each : record->modifiers) {
        const auto* redirect = std::get_if<spf::Redirect>(&each.kind);
        if (redirect == nullptr || record->has_all()) continue;
        if (names_the_domain(redirect->domain)) return std::string(each.text);
    }
    return {};
}

/// Passes questions on to another resolver, and notices questions about `placeholder`. They show
/// that a record depends on its domain, which the user has not named. The macro `%{o}` in an
/// included record also leads to such a question.
class Lookout final : public spf::dns::Resolver {
public:
    /// Makes a resolver that stores the name in the last such question in `asked`.
    Lookout(spf::dns::Resolver& upstream, std::string& asked)
        : upstream_(upstream), asked_(asked) {}
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        if (question.name.find("invalid") != std::string_view::npos) asked_ = question.name;
        return upstream_.resolve(question);
    }

private:
    spf::dns::Resolver& upstream_;
    std::string& asked_;
};

/// Evaluates the two policies that are to be compared for all addresses, each of them within a
/// deadline of its own.
class Comparison {
public:
    Comparison(const DiffOptions& options, Dns& dns)
        : options_(options), dns_(dns), domain_(domain_for_texts(options)) {}

    /// Returns a message that explains why the policies cannot be compared at all; empty if they
    /// can.
    [[nodiscard]] std::string refusal() const {
        if (domain_ != placeholder) return {};
        for (const std::string& each : {options_.from, options_.to}) {
            const std::string term = term_with_domain(each);
            if (!term.empty()) return say<DiffSentence::term_needs_domain>(term);
        }
        if (asked_.empty()) return {};
        return say<DiffSentence::include_needs_domain>();
    }
    [[nodiscard]] Side side(const std::string& text, std::string name) {
        dns_.begin_check();
        const TimeLimit limit(options_.dns.deadline());
        Side out{std::move(name), map_of(text), {}};
        out.missing = missing_from(out.map, limit);
        return out;
    }

private:
    [[nodiscard]] spf::analysis::NetworkMap map_of(const std::string& text) {
        spf::analysis::TreeQuestions questions;
        if (!spf::has_version(text)) {
            const std::string domain = ascii_domain(text);
            questions.add_domain(domain);
            return analyse(dns_, questions, [&domain](spf::dns::Resolver& resolver) {
                return spf::analysis::map_networks(domain, resolver);
            });
        }
        questions.add_record(domain_, text);
        std::string asked;
        auto map = analyse(dns_, questions, [&](spf::dns::Resolver& resolver) {
            asked.clear();  // only the last run has all answers
            Lookout lookout(resolver, asked);
            spf::RecordOverlay overlay(domain_, text, lookout);
            return spf::analysis::map_networks(domain_, overlay);
        });
        if (!asked.empty()) asked_ = std::move(asked);
        return map;
    }

    const DiffOptions& options_;
    Dns& dns_;
    std::string domain_;
    std::string asked_;  // the name in the last question about `placeholder`; empty if none
};

}  // namespace

void setup(CLI::App& app, DiffOptions& options) {
    app.add_option("OLD", options.from, "a domain, or the text of a record (\"v=spf1 ...\")")
        ->required()
        ->transform(a_domain_or_record())
        ->type_name("");
    app.add_option("NEW", options.to, "what replaces it: a domain, or the text of a record")
        ->required()
        ->transform(a_domain_or_record())
        ->type_name("");
    app.add_option(
           "--domain", options.domain,
           "the domain whose record a text is; by default the other argument, if that is a domain")
        ->transform(a_domain())
        ->type_name("NAME");
    setup(app, options.dns);
    app.add_flag("--all", options.all, "list every network, and every term that causes a change")
        ->group("Output");
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck diff example.com "v=spf1 mx ip4:192.0.2.0/28 -all"
  spfcheck diff "v=spf1 ip4:192.0.2.0/24 -all" "v=spf1 ip4:192.0.2.0/25 -all"
  spfcheck diff example.com example.org --all
  spfcheck diff example.com example.org --json

Exit status:
  0 every address gets the same result, 1 some do not, 4 or 6 neither side has
  a policy (permerror, none), 5 it cannot be known (DNS failed, or a record is
  too large), 64 wrong usage, 65 unreadable zone file, 69 no name
  server, 70 internal error)");
}

int run(const DiffOptions& options, std::ostream& out, std::ostream& err) {
    const auto logger = make_logger(options.output.verbosity, err);
    const auto dns = open_dns(options.dns, logger);
    if (!dns) return tell(dns.error(), err);
    Comparison comparison(options, **dns);
    const auto refuse = [&err](const std::string& why) { return tell({exit_usage, why}, err); };
    if (const std::string why = comparison.refusal(); !why.empty()) return refuse(why);
    const Side from = comparison.side(options.from, "OLD");
    const Side to = comparison.side(options.to, "NEW");
    if (const std::string why = comparison.refusal(); !why.empty()) return refuse(why);
    const int status = print_diff(out, from, to, options.output, options.all);
    out.flush();  // the verdict comes first
    tell_time(**dns, err);
    const bool is_complete = from.missing.is_complete && to.missing.is_complete;
    return !is_complete && (*dns)->is_unreachable() ? tell_unreachable(**dns, err) : status;
}

}  // namespace spfcheck

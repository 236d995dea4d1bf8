#include "fix/fix.hpp"

#include <ostream>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "authorize/update.hpp"
#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "fix/print.hpp"
#include "io/failure.hpp"
#include "io/language.hpp"
#include "io/log.hpp"
#include "io/next.hpp"
#include "names/idn.hpp"
#include "options/names.hpp"
#include "spf/analysis/split.hpp"
#include "spf/analysis/tree_questions.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"

namespace spfcheck {
namespace {

constexpr int exit_proposal = 1;
constexpr int exit_impossible = 2;

std::vector<std::string> ascii_names(const std::vector<std::string>& names) {
    std::vector<std::string> out;
    out.reserve(names.size());
    for (const std::string& each : names) out.push_back(ascii_domain(each));
    return out;
}

/// Reports why the domain cannot be evaluated, and returns the exit status.
int tell_error(const spf::analysis::AuthorizeError& error, const FixOptions& options,
               const Dns& dns, std::ostream& out, std::ostream& err) {
    using Code = spf::analysis::AuthorizeError::Code;
    if (error.code == Code::malformed_domain) return tell_usage(message_of(error), "fix", err);
    if (options.output.json) {
        spf::analysis::Fix nothing;
        nothing.domain = error.domain;
        Json json = to_json(nothing, {});
        json["problem"] = error.message();
        json["problem_code"] = spf::analysis::to_string(error.code);
        json["complete"] = false;
        write(out, json);
    }
    if (dns.is_unreachable()) return tell_unreachable(dns, err);
    const bool is_failure = error.code == Code::dns_failure;
    return tell(
        {is_failure ? exit_status_of(spf::Result::temperror) : exit_impossible, message_of(error)},
        err);
}

void add_names(CLI::App& app, const std::string& option, std::vector<std::string>& names,
               const std::string& help) {
    app.add_option(option, names, help)->type_name("NAME")->allow_extra_args(false);
}

/// Returns the arguments of a command that prints everything.
std::vector<std::string> whole_command(const FixOptions& options) {
    std::vector<std::string> words{"fix", ascii_domain(options.domain)};
    const auto add = [&words](const std::string& option, const std::vector<std::string>& names) {
        for (const std::string& each : ascii_names(names)) {
            words.insert(words.end(), {option, each});
        }
    };
    add("--flatten", options.flatten);
    add("--keep", options.keep);
    add("--drop", options.drop);
    words.emplace_back("--all");
    const auto dns = options.dns.supposing(words[1]).words();
    words.insert(words.end(), dns.begin(), dns.end());
    return words;
}

FixStyle style_of(const FixOptions& options) {
    return {style_of_output(options.output.colour).width, options.proof || options.all, options.all,
            whole_command(options)};
}

}  // namespace

void setup(CLI::App& app, FixOptions& options) {
    app.add_option("DOMAIN", options.domain, "the domain whose record is to be fixed")
        ->required()
        ->transform(a_domain())
        ->type_name("");
    add_names(app, "--flatten", options.flatten,
              "replace the term with this name by networks, needed or not; repeatable, as are the "
              "next two");
    add_names(app, "--keep", options.keep, "leave the term with this name as it is");
    add_names(app, "--drop", options.drop,
              "drop the term with this name, although who passes by it alone is lost");
    setup_update(app, options.apply, options.ttl);
    app.add_flag("--proof", options.proof, "print all addresses of the proof, not only three");
    setup_record(app, options.dns);
    app.add_flag("--all", options.all,
                 "print everything, even if it fills more than one screen: all steps, the line for "
                 "a zone file, and the whole proof");
    setup(app, options.dns);
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck fix example.com
  spfcheck fix example.com --keep _spf.mailer.example --json
  spfcheck fix example.com --flatten _spf.mailer.example
  spfcheck fix example.com --apply | nsupdate -k KEYFILE

Exit status:
  0 nothing to fix, 1 a record is proposed, 2 none can be proposed, 5 not known
  because a lookup failed, 64 wrong usage, 65 unreadable file, 69 no name server,
  70 internal error)");
}

int run(const FixOptions& options, std::ostream& out, std::ostream& err) {
    const std::string domain = ascii_domain(options.domain);
    const auto logger = make_logger(options.output.verbosity, err);
    const auto dns = open_dns(options.dns.supposing(domain), logger);
    if (!dns) return tell(dns.error(), err);
    (*dns)->begin_check();
    spf::analysis::FixOptions given;
    given.flatten = ascii_names(options.flatten);
    given.keep = ascii_names(options.keep);
    given.drop = ascii_names(options.drop);
    given.language = language();
    spf::analysis::TreeQuestions questions;
    questions.add_domain(domain);
    const auto analysis = analyse(**dns, questions, [&](spf::dns::Resolver& resolver) {
        auto result = spf::analysis::fix(domain, resolver, given);
        Split parts;
        if (result && result->proposal) {
            parts = spf::analysis::split_record(domain, result->proposal->record, resolver);
        }
        return std::pair(std::move(result), std::move(parts));
    });
    const auto& [found, split] = analysis;
    if (!found) return tell_error(found.error(), options, **dns, out, err);
    spf::advice::Context context;
    context.dns_options = options.dns.words();
    const std::vector<spf::advice::Next> steps = spf::advice::next_steps(*found, context);
    if (options.apply && found->proposal) {
        const auto texts =
            KnownFirst(questions, **dns).resolve({found->domain, spf::dns::RecordType::txt});
        print_update(out, *found->proposal, *texts, ttl_for_update(*texts, options.ttl),
                     found->records);
    } else if (options.output.json) {
        Json json = to_json(*found, split);
        json["next"] = spfcheck::to_json(steps);
        write(out, json);
    } else {
        std::ostream& to = options.apply ? err : out;
        print(to, *found, split, style_of(options));
        if (!steps.empty()) {
            to << '\n' << spf::advice::text(steps, style_of_output(options.output.colour));
        }
    }
    out.flush();  // the verdict comes first
    tell_time(**dns, err);
    if ((*dns)->is_unreachable()) return tell_unreachable(**dns, err);
    if (found->is_fine()) return exit_ok;
    return found->proposal ? exit_proposal : exit_impossible;
}

}  // namespace spfcheck

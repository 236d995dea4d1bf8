#include "authorize/update.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <variant>
#include <vector>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "authorize/sentences.hpp"
#include "io/terminal.hpp"
#include "options/choice.hpp"
#include "spf/analysis/master_file.hpp"
#include "spf/record/edit.hpp"
#include "spf/record/select.hpp"

namespace spfcheck {
namespace {

using Says = AuthorizeSentence;

/// Returns, for each TXT record of the answer, the strings into which the published record is
/// split. An element has no value if it is not known how its record is split.
std::vector<std::optional<std::vector<std::string>>> strings_of_all(const spf::dns::Answer& texts) {
    std::vector<std::optional<std::vector<std::string>>> out;
    for (std::size_t i = 0; i < texts.texts.size(); ++i) {
        out.push_back(spf::dns::published_strings(texts, i));
    }
    return out;
}

}  // namespace

void setup_update(CLI::App& app, bool& apply, std::optional<unsigned>& ttl) {
    app.add_flag("--apply", apply, "print the change as a script for nsupdate(1)");
    whole_number(app.add_option("--ttl", ttl,
                                "the TTL of what --apply adds; by default that of "
                                "the records, or 3600")
                     ->type_name("SECONDS")
                     ->needs("--apply"),
                 0, 2'147'483'647);  // the TTLs that RFC 2181 allows (8)
}

UpdateTtl ttl_for_update(const spf::dns::Answer& texts, std::optional<unsigned> wanted) {
    constexpr unsigned usual = 3600;
    constexpr unsigned least = 300;  // seconds; with a lower TTL, receivers ask DNS too often
    if (wanted) return {*wanted, say<Says::ttl_given>(*wanted)};
    if (texts.texts.empty()) return {usual, say<Says::ttl_no_record>(usual)};
    if (!texts.is_authoritative) return {usual, say<Says::ttl_from_cache>(usual)};
    const auto own = static_cast<unsigned>(texts.ttl.count());
    if (own < least) return {least, say<Says::ttl_too_short>(least, own)};
    return {own, say<Says::ttl_of_records>(own)};
}

void print_update(std::ostream& out, const spf::analysis::Proposal& proposal,
                  const spf::dns::Answer& texts, const UpdateTtl& ttl,
                  std::span<const std::string> replaced) {
    const std::string name = spf::analysis::master_file_name(proposal.name);
    const std::string seconds = std::to_string(ttl.seconds);
    constexpr std::size_t width = 80;
    const auto comment = [&out](const std::string& text) { print_wrapped(out, text, width, "; "); };
    comment(say<Says::script_about>());
    comment(ttl.reason);
    // The prerequisites of the script (RFC 2136, 2.4) make the server refuse the script if the TXT
    // records are no longer those in `texts`. Without prerequisites, a record that another person
    // adds meanwhile would be lost. For the server, two records are equal only if they are split
    // into the same strings. So the prerequisites contain the strings as they were published.
    const std::vector<std::optional<std::vector<std::string>>> published = strings_of_all(texts);
    const bool all_known =
        std::all_of(published.begin(), published.end(), [](const auto& each) { return each; });
    if (!texts.texts.empty() && !all_known) {
        comment(say<Says::script_strings_unknown>());
        out << "prereq yxrrset " << name << " TXT\n";
    }
    for (const auto& each : published) {
        if (!all_known) break;
        out << "prereq yxrrset " << name << " TXT " << spf::analysis::master_file_strings(*each)
            << '\n';
    }
    if (texts.texts.empty()) {
        out << "prereq nxrrset " << name << " TXT\n";
    } else {
        out << "update delete " << name << " TXT\n";
    }
    for (std::size_t i = 0; i < texts.texts.size(); ++i) {
        const std::array one{texts.texts[i]};
        if (std::find(replaced.begin(), replaced.end(), one.front()) != replaced.end()) continue;
        if (!std::holds_alternative<spf::NoRecord>(spf::select_record(one))) continue;
        out << "update add " << name << ' ' << seconds << " TXT "
            << spf::analysis::master_file_strings(published[i] ? *published[i]
                                                               : spf::txt_strings(texts.texts[i]))
            << '\n';
    }
    out << "update add " << name << ' ' << seconds << " TXT "
        << spf::analysis::master_file_strings(proposal.txt_strings) << "\nsend\n";
}

}  // namespace spfcheck

#include "authorize/update.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <variant>
#include <vector>

#include "spf/analysis/master_file.hpp"
#include "spf/record/edit.hpp"
#include "spf/record/select.hpp"

namespace spfcheck {
namespace {

/// Returns the strings of each text as they were published; nothing for a text whose strings are
/// not known.
std::vector<std::optional<std::vector<std::string>>> strings_of_all(const spf::dns::Answer& texts) {
    std::vector<std::optional<std::vector<std::string>>> out;
    for (std::size_t i = 0; i < texts.texts.size(); ++i) {
        out.push_back(spf::dns::published_strings(texts, i));
    }
    return out;
}

}  // namespace

UpdateTtl ttl_for_update(const spf::dns::Answer& texts, std::optional<unsigned> wanted) {
    constexpr unsigned usual = 3600;
    constexpr unsigned least = 300;  // with a lower TTL, receivers ask again and again
    if (wanted) return {*wanted, "as --ttl says."};
    if (texts.texts.empty()) return {usual, "there is no TXT record yet to take one from (--ttl)."};
    if (!texts.is_authoritative) {
        return {usual,
                "that of the records is not known, as a cache counts it down (--ttl;\n"
                "; or ask the domain's own name server with --nameserver)."};
    }
    const auto own = static_cast<unsigned>(texts.ttl.count());
    if (own < least) return {least, "the records have only " + std::to_string(own) + " (--ttl)."};
    return {own, "as the records have now (--ttl)."};
}

void print_update(std::ostream& out, const spf::analysis::Authorization& authorization,
                  const spf::dns::Answer& texts, const UpdateTtl& ttl) {
    const spf::analysis::Proposal& proposal = *authorization.proposal;
    const std::string name = spf::analysis::master_file_name(proposal.name);
    const std::string seconds = std::to_string(ttl.seconds);
    out << "; For nsupdate(1), RFC 2136. Nothing has been sent. Other TXT records of the\n"
           "; name are put back as they are. Where they have changed meanwhile, the server\n"
           "; refuses it (NXRRSET, YXRRSET).\n; TTL "
        << seconds << ": " << ttl.reason << '\n';
    // Without these conditions, a record that another person adds meanwhile would be lost (RFC 2136
    // 2.4). They compare the data, so each string needs the length with which it was published.
    const std::vector<std::optional<std::vector<std::string>>> published = strings_of_all(texts);
    const bool all_known =
        std::all_of(published.begin(), published.end(), [](const auto& each) { return each; });
    if (!texts.texts.empty() && !all_known) {
        out << "; How the records are cut into strings is not known: compare them yourself.\n"
            << "prereq yxrrset " << name << " TXT\n";
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

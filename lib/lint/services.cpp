// Names of SPF records that many domains include. A name that differs slightly from one of these
// may be a mistake.
//
// The first part of the list has names from the documentation of services. Their sources are in the
// catalogue of spfcheck (providers.json). The second part has names that records of domains in many
// countries include. Only long names are compared with misspelt names, because a short name may be
// similar to one of the owner's own names.

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "lint/text.hpp"

namespace spf::lint {
namespace {

constexpr auto includes = std::to_array<std::string_view>(
    {// Names from the documentation of services.
     "_mailcust.gandi.net", "_spf-eu.ionos.com", "_spf.aruba.it", "_spf.elasticemail.com",
     "_spf.getresponse.com", "_spf.google.com", "_spf.kundenserver.de", "_spf.mail.hostinger.com",
     "_spf.mlsend.com", "_spf.mx.cloudflare.net", "_spf.perfora.net", "_spf.protonmail.ch",
     "_spf.salesforce.com", "_spf.serversmtp.com", "_spf.smtp.com", "_spf.yandex.net",
     "amazonses.com", "aspmx.pardot.com", "cust-spf.exacttarget.com", "email.freshdesk.com",
     "emailsrvr.com", "helpscoutemail.com", "mail.zendesk.com", "mailgun.org", "mktomail.com",
     "relay.mailchannels.net", "secureserver.net", "sendgrid.net", "shops.shopify.com",
     "spf.emailchef.com", "spf.flockmail.com", "spf.forwardemail.net", "spf.improvmx.com",
     "spf.infomaniak.ch", "spf.messagingengine.com", "spf.migadu.com", "spf.privateemail.com",
     "spf.protection.office365.us", "spf.protection.outlook.com", "spf.qboxmail.com",
     "spf.titan.email", "spf.webapps.net", "websitewelcome.com",
     // Names that records of domains in many countries include.
     "_netblocks.google.com", "_netblocks.mimecast.com", "_netblocks2.google.com",
     "_netblocks3.google.com", "_spf.createsend.com", "_spf.mailersend.net",
     "_spf.prod.hydra.sophos.com", "_spf.psm.knowbe4.com", "relay.mailbaby.net", "servers.mcsv.net",
     "spf.antispamcloud.com", "spf.brevo.com", "spf.emailsignatures365.com",
     "spf.hornetsecurity.com", "spf.mailanyone.net", "spf.mailjet.com", "spf.mandrillapp.com",
     "spf.mysecurecloudhost.com", "spf.sendinblue.com", "spf.smtp2go.com",
     "spf.tmes.trendmicro.com", "spf.topdesk.net", "spf.web-hosting.com"});

std::string lower_name(std::string_view name) {
    if (name.ends_with('.')) name.remove_suffix(1);
    std::string out(name);
    ascii::make_lower(out);
    return out;
}

/// Returns whether two names differ only in separators. "_spf.", "spf-" and "_spf-" are often
/// confused.
bool is_same_letters(std::string_view left, std::string_view right) noexcept {
    std::size_t i = 0;
    for (const char c : left) {
        if (!ascii::is_alnum(c)) continue;
        while (i < right.size() && !ascii::is_alnum(right[i])) ++i;
        if (i == right.size() || right[i++] != c) return false;
    }
    return std::none_of(right.begin() + static_cast<std::ptrdiff_t>(i), right.end(),
                        ascii::is_alnum);
}

constexpr std::size_t labels_of(std::string_view name) noexcept {
    return static_cast<std::size_t>(std::count(name.begin(), name.end(), '.')) + 1;
}
/// The number of labels of each name in `includes`. It is computed in advance, because an
/// attacker's record may have thousands of names to compare.
constexpr auto label_counts = [] {
    std::array<std::size_t, includes.size()> counts{};
    std::transform(includes.begin(), includes.end(), counts.begin(), labels_of);
    return counts;
}();

/// Removes the first label of a name and returns it.
std::string_view next_label(std::string_view& name) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    const std::string_view label = name.substr(0, dot);
    name.remove_prefix(std::min(dot + 1, name.size()));
    return label;
}

/// Returns whether `label`, a label of a domain name, may be a misspelling of `meant`. A label with
/// a digit is not a misspelling: spf1 is not meant as spf2. If `meant` is short, only a missing
/// letter or two swapped letters are a misspelling, so eu is not meant as us. This rule for short
/// labels does not apply to the last label of a name.
bool is_misspelt(std::string_view label, std::string_view meant, bool last) {
    if (!is_similar(label, meant)) return false;
    constexpr std::size_t shortest = 5;
    const auto digits = [](std::string_view text) {
        return std::count_if(text.begin(), text.end(), ascii::is_digit);
    };
    if (digits(label) != 0 || digits(meant) != 0) return false;
    if (last || meant.size() >= shortest || label.size() < meant.size()) return true;
    return label.size() == meant.size() &&
           std::is_permutation(label.begin(), label.end(), meant.begin());
}

/// Returns whether two names have the same number of labels, of which one or two are misspelt.
bool is_misspelt_name(std::string_view name, std::string_view meant) {
    constexpr std::size_t shortest = 12;
    if (meant.size() < shortest || name.size() > meant.size() + 2 || meant.size() > name.size() + 2)
        return false;
    int wrong = 0;
    while (!meant.empty()) {
        const std::string_view left = next_label(name);
        const std::string_view right = next_label(meant);
        if (left == right) continue;
        if (++wrong > 2 || !is_misspelt(left, right, meant.empty())) return false;
    }
    return wrong > 0;
}

/// Returns whether a name is `meant` without its last or its first label, or with text added at its
/// end: "_spf.google", "protection.outlook.com", "_spf.google.com.com", "_spf.google.comall".
bool is_cut_or_longer(std::string_view name, std::string_view meant) {
    if (name == meant.substr(0, meant.rfind('.'))) return true;
    const std::string_view behind = meant.substr(meant.find('.') + 1);
    if (name == behind && labels_of(behind) > 2) return true;
    if (!name.starts_with(meant)) return false;
    const std::string_view rest = name.substr(meant.size());
    return rest.front() == '.' || rest.find('.') == std::string_view::npos;
}

}  // namespace

std::string_view well_known_include(std::string_view name) noexcept {
    if (name.ends_with('.')) name.remove_suffix(1);
    for (const std::string_view each : includes) {
        if (ascii::equal_ignoring_case(each, name)) return each;
    }
    return {};
}

std::string_view near_include(std::string_view name) {
    constexpr std::size_t longest = 100;
    if (name.size() > longest || !well_known_include(name).empty()) return {};
    const std::string lower = lower_name(name);
    const std::size_t labels = labels_of(lower);
    for (std::size_t i = 0; i < includes.size(); ++i) {
        const std::string_view each = includes.at(i);
        // A service's name of two labels is a whole domain. Another name with the same letters, or
        // a longer or shorter one, may be the owner's own domain. So only misspellings of such a
        // service's name are recognised.
        const bool own_label = label_counts.at(i) > 2;
        if (own_label && (is_same_letters(lower, each) || is_cut_or_longer(lower, each)))
            return each;
        if (labels == label_counts.at(i) && is_misspelt_name(lower, each)) return each;
    }
    return {};
}

bool is_verification_token(std::string_view name) {
    const std::string lower = lower_name(name);
    constexpr std::array<std::string_view, 6> whole{"ms",           "brevo-code", "sendinblue-code",
                                                    "apple-domain", "docusign",   "mgverify"};
    if (std::find(whole.begin(), whole.end(), lower) != whole.end()) return true;
    constexpr std::array<std::string_view, 4> parts{"verification", "verify", "validation",
                                                    "domain-key"};
    return std::any_of(parts.begin(), parts.end(), [&lower](std::string_view part) {
        return lower.find(part) != std::string::npos;
    });
}

}  // namespace spf::lint

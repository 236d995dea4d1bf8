// The services that spfcheck knows, found by the names in DNS that records include.

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

#include "providers/catalogue.hpp"
#include "spf/record/parse.hpp"
#include "support/catch.hpp"

namespace {

/// The names that records of public bodies include in at least four countries, of 138 (gathered in
/// 2026 from 22,341 records), the most frequent first.
constexpr std::array<std::string_view, 126> widespread{
    "spf.mailjet.com",
    "sendgrid.net",
    "servers.mcsv.net",
    "spf.mandrillapp.com",
    "spf.hornetsecurity.com",
    "_se_net.axiell.com",
    "agenturserver.de",
    "spf.topdesk.net",
    "ispgateway.de",
    "spf.antispamcloud.com",
    "_spf-eu.ionos.com",
    "spf.tmes.trendmicro.com",
    "mailrelay.t1cloud.com",
    "relay.mailbaby.net",
    "spf.sendinblue.com",
    "_spf_eucentral1.prod.hydra.sophos.com",
    "spf.mailanyone.net",
    "_spf.zivver.com",
    "spf.flowmailer.net",
    "_spf.psm.knowbe4.com",
    "_spf.createsend.com",
    "mail.sitevision-cloud.net",
    "spf.mysecurecloudhost.com",
    "spf.emailsignatures365.com",
    "spf.crsend.com",
    "spf.lianamailer.com",
    "spf.smtp2go.com",
    "spfa.cpmails.com",
    "spf-de.emailsignatures365.com",
    "_uk.axiell.com",
    "spf.ipzmarketing.com",
    "msg-out._spf.onevoice.no",
    "spf.brevo.com",
    "_spf.prod.hydra.sophos.com",
    "turbo-smtp.com",
    "_spf.jpberlin.de",
    "spf-c.mailbaby.net",
    "spf.dynect.net",
    "_spf.mailersend.net",
    "spf.server-he.de",
    "spf.web-hosting.com",
    "_spf.easycruit.com",
    "eu._netblocks.mimecast.com",
    "spf_c.oraclecloud.com",
    "spf.ess.de.barracudanetworks.com",
    "spf.nl2go.com",
    "_spf.fortimailcloud.com",
    "_spf.eu.mailgun.org",
    "spf.exclaimer.net",
    "spf.turbo-smtp.com",
    "mailcontrol.com",
    "spf.messagelabs.com",
    "spf.eu.exclaimer.net",
    "spf.ess.barracudanetworks.com",
    "spf.mtasv.net",
    "spf.tmes.trendmicro.eu",
    "speedadmin.dk",
    "de._netblocks.mimecast.com",
    "spf.tipimail.com",
    "spf.mtaroutes.com",
    "zohomail.com",
    "sparkpostmail.com",
    "zoho.com",
    "eu.mailgun.org",
    "spf-eu.emailsignatures365.com",
    "_spf_euwest1.prod.hydra.sophos.com",
    "antispameurope.com",
    "spf.myconnectwise.net",
    "authsmtp.com",
    "spf.supercp.com",
    "docebosaas.com",
    "eu.zcsend.net",
    "spf.websitehostserver.net",
    "_spf.gestiondeservidor.net",
    "_spf.sndr.no",
    "spf.a2hosting.com",
    "_netblocks.mimecast.com",
    "_spf.staysecuregroup.com",
    "_spf.atlassian.net",
    "spf-westeu.emailsignatures365.com",
    "_spf.hostedemail.com",
    "email.freshservice.com",
    "_spf_useast2.prod.hydra.sophos.com",
    "_spf2.mailgun.org",
    "_spf_uswest2.prod.hydra.sophos.com",
    "_spf.wpcloud.com",
    "spf-esec.heimdalsecurity.com",
    "_spf.smtp.mailtrap.live",
    "mandrillapp.com",
    "_spf1.mailgun.org",
    "_spf.embluemail.com",
    "_spf.netigate.se",
    "spfa.mailendo.com",
    "zohomail.eu",
    "zoho.eu",
    "spfhard.crsend.com",
    "_spf.qualtrics.com",
    "_spf.mailgun.org",
    "emsd1.com",
    "emaileuc.freshservice.com",
    "spf.jabatus.fr",
    "spf.ymlp.com",
    "one.zoho.com",
    "relay.kinstamailservice.com",
    "spf1.fraedom.com",
    "aspmx.googlemail.com",
    "zcsend.net",
    "zoho.in",
    "eu.rp.oracleemaildelivery.com",
    "spfcloud.letsignit.com",
    "gmail.com",
    "%{i}._ip.%{h}._ehlo.%{d}._spf.vali.email",
    "spf-uk.emailsignatures365.com",
    "mailanyone.net",
    "transmail.net",
    "_spf.mailspamprotection.com",
    "spf.stackmail.com",
    "_spf.mail.yahoo.com",
    "zeptomail.net",
    "stspg-customer.com",
    "_spf.tem.scaleway.com",
    "spf.zoho.com",
    "spf.scanscope.net",
    "_spf.google.com",
    "spf.protection.outlook.com",
    "amazonses.com",
};

std::string service(std::string_view name) {
    const spfcheck::Provider* found = spfcheck::service_of(name);
    return found != nullptr ? found->name : "";
}

}  // namespace

TEST_CASE("a service is found by the name that it asks its customers to include",
          "[spfcheck][providers]") {
    CHECK(service("_spf.google.com") == "Google Workspace");
    CHECK(service("spf.protection.outlook.com") == "Microsoft 365");
    CHECK(service("_SPF.Google.COM.") == "Google Workspace");
}

TEST_CASE("a service is found by names that it does not recommend", "[spfcheck][providers]") {
    CHECK(service("spf.mailjet.com") == "Mailjet");
    CHECK(service("sendgrid.net") == "SendGrid (Twilio)");
    CHECK(service("servers.mcsv.net") == "Mailchimp");
    CHECK(service("spf.mandrillapp.com") == "Mandrill (Mailchimp Transactional)");
}

TEST_CASE("a service has all names below its names", "[spfcheck][providers]") {
    CHECK(service("spf-00148501.pphosted.com") == "Proofpoint (on demand)");
    CHECK(service("u1234.wl.sendgrid.net") == "SendGrid (Twilio)");
    CHECK(service("_netblocks2.google.com") == "Google Workspace");
    CHECK(service("mail-am6eur05.outbound.protection.outlook.com") == "Microsoft 365");
    // The longest name decides.
    CHECK(service("outlook.com") == "Outlook.com personalised address");
}

TEST_CASE("macros before the name of a service do not hide it",
          "[spfcheck][providers][rfc7208-7]") {
    CHECK(service("%{ir}.%{v}.%{d}.spf.has.pphosted.com") == "Proofpoint (on demand)");
    CHECK(service("%{i}.spf.hc1234-56.iphmx.com") == "Cisco Secure Email (cloud)");
    CHECK(service("%{d}").empty());
    CHECK(service("_spf.%{d2}").empty());
}

TEST_CASE("a name that no service has is not taken for a similar one", "[spfcheck][providers]") {
    for (const char* name : {"", ".", "..", "com", "net", "example.com", "notsendgrid.net",
                             "sendgrid.net.example.com", "sendgrid", "sendgrid.net.."}) {
        CAPTURE(name);
        CHECK(service(name).empty());
    }
    CHECK(service(std::string(100'000, '.')).empty());
    CHECK(service(std::string(100'000, 'a') + ".example").empty());
    CHECK(service(std::string(100'000, 'a') + ".sendgrid.net") == "SendGrid (Twilio)");
}

TEST_CASE("a term is followed by the service that it names",
          "[spfcheck][providers][rfc7208-4.6.1]") {
    using spfcheck::with_service;
    CHECK(with_service("include:_spf.google.com") == "include:_spf.google.com (Google Workspace)");
    CHECK(with_service("?include:sendgrid.net") == "?include:sendgrid.net (SendGrid (Twilio))");
    CHECK(with_service("a:mail.zendesk.com/24//64") == "a:mail.zendesk.com/24//64 (Zendesk)");
    CHECK(with_service("redirect=_spf.yandex.net") == "redirect=_spf.yandex.net (Yandex 360)");
    CHECK(with_service("include:%{l1r-/}.pphosted.com") ==
          "include:%{l1r-/}.pphosted.com (Proofpoint (on demand))");
    for (const char* term : {"", "mx", "all", "ip4:192.0.2.0/24", "ip6:2001:db8::/32", "include:",
                             "include:example.com", "exp=explain.example.com", ":", "=", "a:/24"}) {
        CAPTURE(term);
        CHECK(with_service(term) == term);
    }
}

TEST_CASE("services that send through another service do not hide it", "[spfcheck][providers]") {
    CHECK(service("amazonses.com") == "Amazon SES");
    CHECK(service("mailgun.org") == "Mailgun");
}

TEST_CASE("every name that records of four countries include is recognised",
          "[spfcheck][providers]") {
    for (const std::string_view name : widespread) {
        CAPTURE(name);
        CHECK_FALSE(service(name).empty());
    }
}

TEST_CASE("the built-in services are many, and no two have the same name",
          "[spfcheck][providers]") {
    const auto catalogue = spfcheck::Catalogue::load({});
    REQUIRE(catalogue);
    CHECK(catalogue->providers().size() >= 150);
    std::map<std::string, std::string> known;
    const auto add = [&known](const std::string& name, const std::string& service) {
        std::string key;
        for (const char each : name) {
            if (std::isalnum(static_cast<unsigned char>(each)) != 0) {
                key += static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
            }
        }
        CAPTURE(name, service, known[key]);
        CHECK_FALSE(key.empty());
        CHECK(known[key].empty());
        known[key] = service;
    };
    for (const spfcheck::Provider& each : catalogue->providers()) {
        add(each.name, each.name);
        for (const std::string& alias : each.aliases) add(alias, each.name);
    }
}

TEST_CASE("each built-in service has a source, and its terms and names are valid in a record",
          "[spfcheck][providers][rfc7208-4.6.1]") {
    const auto catalogue = spfcheck::Catalogue::load({});
    REQUIRE(catalogue);
    std::map<std::string_view, std::string_view> owners;
    for (const spfcheck::Provider& each : catalogue->providers()) {
        CAPTURE(each.name);
        CHECK_FALSE(each.source.empty());
        CHECK_FALSE(each.date.empty());
        // A page of the vendor, or a template of its own, makes an entry strong.
        const bool has_vendor = each.source.find("vendor: ") != std::string::npos ||
                                each.source.find("Domain Connect: ") != std::string::npos;
        CHECK((has_vendor || !each.is_strong));
        for (const std::string& mechanism : each.mechanisms) {
            CAPTURE(mechanism);
            CHECK(spf::parse_record("v=spf1 " + mechanism + " -all"));
        }
        for (const std::string_view name : each.also) {
            const std::string plain(name.starts_with("*.") ? name.substr(2) : name);
            CAPTURE(plain);
            CHECK(spf::parse_record("v=spf1 include:" + plain + " -all"));
            CHECK(
                std::all_of(plain.begin(), plain.end(), [](char c) { return c < 'A' || c > 'Z'; }));
            // An include belongs to one service.
            const auto [owner, is_new] = owners.emplace(name, each.name);
            CAPTURE(owner->second);
            CHECK(is_new);
            CHECK(service(plain) == each.name);
        }
    }
}

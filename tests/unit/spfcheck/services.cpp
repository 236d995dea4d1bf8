// The services that spfcheck knows, found by the names in DNS that records include.

#include <string>

#include "providers/catalogue.hpp"
#include "support/catch.hpp"

namespace {

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

TEST_CASE("services that send through another service do not hide it", "[spfcheck][providers]") {
    CHECK(service("amazonses.com") == "Amazon SES");
    CHECK(service("mailgun.org") == "Mailgun");
}

// Bounces that are text for people, in the forms of the programs that write them.

#include "support/bounces.hpp"
#include "support/catch.hpp"

namespace {

using spf::test::quoted;
using spf::test::text_bounce;
using spf::test::told;

/// Returns what a bounce with this text says, with a copy of the original message behind it.
std::string said(std::string_view text, std::string_view subject = "Undelivered mail") {
    return told(text_bounce(std::string(text).append(quoted), subject));
}

}  // namespace

TEST_CASE("qmail has a paragraph for each recipient", "[spfcheck][bounce]") {
    CHECK(said("Hi. This is the qmail-send program at mail.example.org.\n"
               "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
               "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
               "<u@example.net>:\n198.51.100.5 does not like recipient.\n"
               "Remote host said: 550 5.1.1 <u@example.net>: Recipient address rejected: User "
               "unknown\n"
               "Giving up on 198.51.100.5.\n\n"
               "<v@example.net>:\n198.51.100.5 failed after I sent the message.\n"
               "Remote host said: 554 5.7.1 Spam detected\n\n"
               "<w@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
               "<x@nowhere.example>:\n"
               "Sorry, I couldn't find any host named nowhere.example. (#5.1.2)\n",
               "failure notice") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown; v@example.net 554 5.7.1 content; "
          "w@example.org - 5.1.1 mailbox_unknown; x@nowhere.example - 5.1.2 dns");
}

TEST_CASE("Exim indents what was said below the recipient, and wraps it", "[spfcheck][bounce]") {
    CHECK(said("This message was created automatically by mail delivery software.\n\n"
               "A message that you sent could not be delivered to one or more of its\n"
               "recipients. This is a permanent error. The following address(es) failed:\n\n"
               "  u@example.net\n"
               "    host mx.example.net [198.51.100.5]\n"
               "    SMTP error from remote mail server after RCPT TO:<u@example.net>:\n"
               "    550-5.1.1 The email account that you tried to reach does not exist. Please\n"
               "    550-5.1.1 try double-checking the recipient's email address for typos or\n"
               "    550 5.1.1 unnecessary spaces.\n"
               "  v@example.net\n"
               "    mailbox is full: retry timeout exceeded\n",
               "Mail delivery failed: returning message to sender") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown; v@example.net - - mailbox_full");
}

TEST_CASE("Exim of older versions writes the reply behind a colon", "[spfcheck][bounce]") {
    CHECK(said("A message that you sent could not be delivered to all of its recipients. The\n"
               "following address(es) failed:\n\n"
               "  u@example.net:\n"
               "    SMTP error from remote mailer after RCPT TO:\n"
               "    <u@example.net>: host mx.example.net [198.51.100.5]:\n"
               "    550 <u@example.net>: User unknown\n",
               "Mail delivery failed: returning message to sender") ==
          "bounce: u@example.net 550 - mailbox_unknown");
}

TEST_CASE("an address that Exim generated from another is the final one", "[spfcheck][bounce]") {
    const auto report = spfcheck::read_report(
        text_bounce("This is a permanent error. The following address(es) failed:\n\n"
                    "  u@example.net\n    (generated from info@example.org)\n"
                    "    host mx.example.net [198.51.100.5]\n"
                    "    SMTP error from remote mail server after RCPT TO:<u@example.net>:\n"
                    "    552 5.2.2 Over quota\n"));
    REQUIRE(report);
    REQUIRE(report->recipients.size() == 1);
    CHECK(report->recipients[0].address == "info@example.org");
    CHECK(report->recipients[0].final_address == "u@example.net");
    CHECK(report->recipients[0].remote_host == "mx.example.net");
}

TEST_CASE("Exim says in a warning that it goes on trying", "[spfcheck][bounce]") {
    CHECK(said("A message that you sent has not yet been delivered to one or more of its\n"
               "recipients after more than 24 hours on the queue on mail.example.org.\n\n"
               "The address to which the message has not yet been delivered is:\n\n"
               "  u@example.net\n    Delay reason: SMTP error from remote mail server after RCPT "
               "TO:<u@example.net>:\n    451 4.7.1 Greylisted, please try again\n\n"
               "No action is required on your part. Delivery attempts will continue for\n"
               "some time, and this warning may be repeated.\n",
               "Warning: message 1abc delayed 24 hours") ==
          "delay: u@example.net 451 4.7.1 greylisted");
}

TEST_CASE("Gmail of older times puts the reply behind its own advice", "[spfcheck][bounce]") {
    CHECK(said("Delivery to the following recipient failed permanently:\n\n     u@example.net\n\n"
               "Technical details of permanent failure: \n"
               "Google tried to deliver your message, but it was rejected by the recipient domain. "
               "We recommend contacting the other email provider for further information about the "
               "cause of this error. The error that the other server returned was: 550 550 5.7.1 "
               "<u@example.net>: Relay access denied (state 14).\n") ==
          "bounce: u@example.net 550 5.7.1 policy");
}

TEST_CASE("Yahoo writes like qmail", "[spfcheck][bounce]") {
    CHECK(said("Sorry, we were unable to deliver your message to the following address.\n\n"
               "<u@example.net>:\n"
               "552: 5.2.2 The email account that you tried to reach is over quota\n",
               "Failure Notice") == "bounce: u@example.net 552 5.2.2 mailbox_full");
}

TEST_CASE("Domino has the recipient, then the reason", "[spfcheck][bounce]") {
    CHECK(said("Your message\n\n  Subject: Offer\n\nwas not delivered to:\n\n  u@example.net\n\n"
               "because:\n\n  No route found to domain nowhere.example from server HUB/ORG.  Check "
               "Server, Connection and Domain documents in Domino Directory.\n",
               "DELIVERY FAILURE: No route found") == "bounce: u@example.net - - dns");
}

TEST_CASE("Notes of older times has the reason, then the recipient", "[spfcheck][bounce]") {
    CHECK(
        said("------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\n"
             "u@example.net\n\n------- Returned Message --------\n",
             "NOTES: Delivery failure") == "bounce: u@example.net - - mailbox_unknown");
}

TEST_CASE("Exchange 5.5 has no reply", "[spfcheck][bounce]") {
    CHECK(said("Your message\n\n  To:      u@example.net\n  Subject: Offer\n"
               "  Sent:    Tue, 5 May 2026 10:00:00 +0200\n\n"
               "did not reach the following recipient(s):\n\n"
               "u@example.net on Tue, 5 May 2026 10:00:05 +0200\n"
               "    The recipient name is not recognized\n"
               "\tThe MTS-ID of the original message is: c=us;a= ;p=org;l=SERVER-1\n"
               "    MSEXCH:IMS:Org:Site:SERVER 0 (000C05A6) Unknown Recipient\n",
               "Undeliverable: Offer") == "bounce: u@example.net - - mailbox_unknown");
}

TEST_CASE("Exchange 2003 has the reply in angle brackets", "[spfcheck][bounce]") {
    CHECK(said("Your message did not reach some or all of the intended recipients.\n\n"
               "      Subject:\tOffer\n      Sent:\t5/5/2026 10:00 AM\n\n"
               "The following recipient(s) could not be reached:\n\n"
               "      u@example.net on 5/5/2026 10:00 AM\n"
               "            The e-mail account does not exist at the organization this message was "
               "sent to.  Check the e-mail address, or contact the recipient directly to find out "
               "the correct address.\n"
               "            <mail.example.org #5.1.1 smtp;550 5.1.1 <u@example.net>... User "
               "unknown>\n",
               "Undeliverable: Offer") == "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("Exchange 2007 names the recipient twice", "[spfcheck][bounce]") {
    CHECK(said("Delivery has failed to these recipients or distribution lists:\n\n"
               "u@example.net<mailto:u@example.net>\n"
               "The recipient's e-mail address was not found in the recipient's e-mail system.\n\n"
               "Diagnostic information for administrators:\n\n"
               "Generating server: mail.example.org\n\nu@example.net\n"
               "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n",
               "Undeliverable: Offer") == "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("Exchange 2013 quotes what the remote server returned", "[spfcheck][bounce]") {
    CHECK(said("Delivery has failed to these recipients or groups:\n\n"
               "Ugo User (u@example.net)<mailto:u@example.net>\n"
               "Your message wasn't delivered because the recipient's server refused it.\n\n"
               "Diagnostic information for administrators:\n\nGenerating server: ex.example.org\n\n"
               "u@example.net\n"
               "mx.example.net\n"
               "Remote Server returned '550 5.7.23 SPF validation failed'\n",
               "Undeliverable: Offer") == "bounce: u@example.net 550 5.7.23 spf");
}

TEST_CASE("sendmail has the reply in the transcript", "[spfcheck][bounce]") {
    CHECK(
        said(
            "The original message was received at Tue, 5 May 2026 10:00:00 +0200\n"
            "from app.example.org [192.0.2.7]\n\n"
            "   ----- The following addresses had permanent fatal errors -----\n"
            "<u@example.net>\n    (reason: 550-5.7.26 The MAIL FROM domain [example.org] has "
            "an)\n\n"
            "   ----- Transcript of session follows -----\n"
            "... while talking to mx.example.net.:\n>>> DATA\n"
            "<<< 550-5.7.26 The MAIL FROM domain [example.org] has an SPF record with a hard fail\n"
            "<<< 550-5.7.26 policy (-all) but it fails to pass SPF checks with the ip:\n"
            "<<< 550 5.7.26 [192.0.2.7].\n554 5.0.0 Service unavailable\n",
            "Returned mail: see transcript for details") == "bounce: u@example.net 550 5.7.26 spf");
}

TEST_CASE("sendmail of version 5 has nothing but a transcript", "[spfcheck][bounce]") {
    CHECK(said("   ----- Transcript of session follows -----\n"
               "... while talking to mx.example.net:\n>>> RCPT To:<u@example.net>\n"
               "<<< 550 <u@example.net>... User unknown\n550 <u@example.net>... User unknown\n",
               "Returned mail: User unknown") == "bounce: u@example.net 550 - mailbox_unknown");
}

TEST_CASE("Postfix of older times has text alone", "[spfcheck][bounce]") {
    CHECK(said("This is the Postfix program at host mail.example.org.\n\n"
               "I'm sorry to have to inform you that the message returned\n"
               "below could not be delivered to one or more destinations.\n\n"
               "<u@example.net>: host mx.example.net[198.51.100.5] said: 550 5.1.1\n"
               "    <u@example.net>: Recipient address rejected: User unknown (in reply to\n"
               "    RCPT TO command)\n\n"
               "<v@nowhere.example>: Host or domain name not found. Name service error for\n"
               "    name=nowhere.example type=A: Host not found\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown; v@nowhere.example - - dns");
}

TEST_CASE("GMX quotes the address", "[spfcheck][bounce]") {
    CHECK(said("This message was created automatically by mail delivery software.\n\n"
               "A message that you sent could not be delivered to\none or more of its recipients. "
               "This is a permanent error.\nThe following address failed:\n\n"
               "\"u@example.net\":\nSMTP error from remote server after RCPT command:\n"
               "host: mx.example.net\n5.1.1 <u@example.net>... User Unknown\n") ==
          "bounce: u@example.net - 5.1.1 mailbox_unknown");
}

TEST_CASE("Oracle's Messaging Server labels what it says", "[spfcheck][bounce]") {
    CHECK(said("Your message cannot be delivered to the following recipients:\n\n"
               "  Recipient address: u@example.net\n"
               "  Reason: Remote SMTP server has rejected address\n"
               "  Diagnostic code: smtp;550 5.1.1 User unknown\n"
               "  Remote system: dns;mx.example.net (TCP|192.0.2.1|1|198.51.100.5|25)\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("IMail says all in one line", "[spfcheck][bounce]") {
    CHECK(said("Unknown user: u@example.net\n\nOriginal message follows.\n") ==
          "bounce: u@example.net - - mailbox_unknown");
    CHECK(said("User mailbox exceeds allowed size: u@example.net\n\nOriginal message follows.\n") ==
          "bounce: u@example.net - - mailbox_full");
}

TEST_CASE("hMailServer shows both sides of the session", "[spfcheck][bounce]") {
    CHECK(said("Your message did not reach some or all of the intended recipients.\n\n"
               "   Sent: Tue, 5 May 2026 10:00:00 +0200\n   Subject: Offer\n\n"
               "The following recipient(s) could not be reached:\n\n"
               "u@example.net\n   Error Type: SMTP\n"
               "   Remote server (198.51.100.5) issued an error.\n"
               "   hMailServer sent: RCPT TO:<u@example.net>\n"
               "   Remote server replied: 550 5.1.1 User unknown\n\nhMailServer\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("MailEnable labels the recipient with its type", "[spfcheck][bounce]") {
    CHECK(said("Message could not be delivered to some recipients.\n"
               "The following recipient(s) could not be reached:\n\n"
               "\tRecipient: [SMTP:u@example.net]\n"
               "\tReason:\tRemote SMTP Server Returned: 550 No such user here\n") ==
          "bounce: u@example.net 550 - mailbox_unknown");
}

TEST_CASE("MailMarshal has the reply, then the recipients", "[spfcheck][bounce]") {
    CHECK(said("Your message:\n  From:    a@example.org\n  Subject: Offer\n\n"
               "Could not be delivered because of\n\n550 5.1.1 User unknown\n\n"
               "The following recipients were affected: \n  u@example.net\n\n"
               "Additional Information\n======================\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("the DragonFly mail agent names the recipient in a sentence", "[spfcheck][bounce]") {
    CHECK(said("This is the DragonFly Mail Agent v0.13 at mail.example.org.\n\n"
               "There was an error delivering your mail to <u@example.net>.\n\n"
               "mx.example.net [198.51.100.5] did not like our RCPT TO:\n"
               "550 5.1.1 <u@example.net>: Recipient address rejected: User unknown\n\n"
               "Original message headers follow.\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("Courier shows the session below the recipient", "[spfcheck][bounce]") {
    CHECK(said("This is a delivery status notification from mail.example.org,\n"
               "running the Courier mail server, version 0.65.\n\n"
               "---------------------------------------------------------------------------\n\n"
               "                           UNDELIVERABLE MAIL\n\n"
               "Your message to the following recipients cannot be delivered:\n\n"
               "<u@example.net>:\n    mx.example.net [198.51.100.5]:\n"
               ">>> RCPT TO:<u@example.net>\n<<< 550 5.1.1 No such user\n\n"
               "---------------------------------------------------------------------------\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("Zoho writes codes with names", "[spfcheck][bounce]") {
    CHECK(said("This message was created automatically by mail delivery software.\n"
               "A message that you sent could not be delivered to one or more of its recipients. "
               "This is a permanent error.\n\n"
               "u@example.net Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 "
               "<u@example.net>: Recipient address rejected: User unknown\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("Mail.ru writes like Exim in two languages", "[spfcheck][bounce]") {
    CHECK(
        said("\xd0\xad\xd1\x82\xd0\xbe \xd0\xbf\xd0\xb8\xd1\x81\xd1\x8c\xd0\xbc\xd0\xbe\n\n"
             "**********************\n\n"
             "This message was created automatically by mail delivery software.\n\n"
             "A message that you sent could not be delivered to one or more of its\n"
             "recipients. This is a permanent error. The following address(es) failed:\n\n"
             "u@example.net\nSMTP error from remote mail server after RCPT TO:<u@example.net>: "
             "host mx.example.net [198.51.100.5]: 550 Message was not accepted -- invalid mailbox."
             "  Local mailbox u@example.net is unavailable: user not found\n\n"
             "**********************\n") == "bounce: u@example.net 550 - mailbox_unknown");
}

TEST_CASE("McAfee has the reason beside the address", "[spfcheck][bounce]") {
    CHECK(said("The original message was received\n  -- from a@example.org\n\n"
               "--- The following addresses had delivery problems ---\n\n"
               "<u@example.net>   (User unknown u@example.net)\n") ==
          "bounce: u@example.net - - mailbox_unknown");
}

TEST_CASE("m-FILTER shows the reply between lines", "[spfcheck][bounce]") {
    CHECK(said("This is a bounce of your message.\nu@example.net could not be delivered.\n"
               "-------server message\n550 5.1.1 unknown user <u@example.net>\n\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("addresses in a list share what is said behind the last", "[spfcheck][bounce]") {
    CHECK(said("Your message could not be delivered to:\n\n  u@example.net\n  v@example.net\n\n"
               "550 5.7.1 Message rejected as spam\n") ==
          "bounce: u@example.net 550 5.7.1 content; v@example.net 550 5.7.1 content");
}

TEST_CASE("MDaemon shows the session with the time in front of each line", "[spfcheck][bounce]") {
    CHECK(said("The attached message had PERMANENT fatal delivery errors!\n\n"
               "Failed address: u@example.net\n\n--- Session Transcript ---\n"
               " Tue 2026-05-05 10:00:00: <-- 220 mx.example.net\n"
               " Tue 2026-05-05 10:00:00: --> RCPT To:<u@example.net>\n"
               " Tue 2026-05-05 10:00:00: <-- 550 5.1.1 User unknown\n --- End Transcript ---\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("where nothing else names a recipient, a summary of the message does",
          "[spfcheck][bounce]") {
    CHECK(said("Message could not be delivered to mobile.\n"
               "Error: No valid recipients for this MM\n\nTo: 5555550123@mobile.example\n") ==
          "bounce: 5555550123@mobile.example - - mailbox_unknown");
}

TEST_CASE("a form that nobody knows: the address near the reply is the recipient",
          "[spfcheck][bounce]") {
    CHECK(said("Dear sender,\n\nyour message to u@example.net was rejected by the next server:\n"
               "554 5.7.1 Client host blocked using a DNSBL\n\n"
               "Write to helpdesk@example.org if you need help.\n") ==
          "bounce: u@example.net 554 5.7.1 policy");
}

TEST_CASE("X-Failed-Recipients names those that the text does not", "[spfcheck][bounce]") {
    const std::string text =
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: a@example.org\n"
        "Subject: Delivery Status Notification (Failure)\nX-Failed-Recipients: g@example.net\n\n"
        "Hello a@example.org,\n\nWe're writing to let you know that the group you tried to contact "
        "(g) may not exist, or you may not have permission to post messages to the group.\n\n"
        " * You might have spelled the group name wrong. * Set up SPF records.\n";
    CHECK(told(text) == "bounce: g@example.net - - mailbox_unknown");
}

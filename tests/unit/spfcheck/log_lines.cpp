// What lines of a server's log say about each recipient.

#include "support/bounces.hpp"
#include "support/catch.hpp"

using spf::test::told;

TEST_CASE("Postfix logs what became of a message for each recipient", "[spfcheck][log]") {
    CHECK(
        told("May  5 10:00:00 mail postfix/smtp[1]: 4A: to=<u@example.net>, relay=mx.example.net"
             "[198.51.100.5]:25, delay=1, dsn=5.7.26, status=bounced (host mx.example.net"
             "[198.51.100.5] said: 550-5.7.26 The MAIL FROM domain [example.org] has an SPF record "
             "with a hard fail 550-5.7.26 policy (-all) but it fails to pass SPF checks with the "
             "ip: 550 5.7.26 [192.0.2.7]. (in reply to end of DATA command))\n"
             "May  5 10:00:00 mail postfix/smtp[1]: 4B: to=<v@example.net>, relay=mx.example.net"
             "[198.51.100.5]:25, delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 1)\n"
             "May  5 10:00:00 mail postfix/virtual[1]: 4C: to=<w@example.org>, relay=virtual, "
             "delay=1, dsn=2.0.0, status=sent (delivered to maildir)\n") ==
        "bounce: u@example.net 550 5.7.26 spf; v@example.net 250 2.0.0 other [relayed]; "
        "w@example.org - 2.0.0 other [delivered]");
}

TEST_CASE("of several lines about a recipient of a message the last counts", "[spfcheck][log]") {
    CHECK(told("May  5 10:00:00 mail postfix/smtp[1]: 4B: to=<v@example.net>, relay=mx.example.net"
               "[198.51.100.5]:25, dsn=4.2.0, status=deferred (host mx.example.net[198.51.100.5] "
               "said: 450 4.2.0 Greylisted (in reply to RCPT TO command))\n"
               "May  5 10:05:00 mail postfix/smtp[1]: 4B: to=<v@example.net>, relay=mx.example.net"
               "[198.51.100.5]:25, dsn=2.0.0, status=sent (250 2.0.0 Ok)\n") ==
          "delivered: v@example.net 250 2.0.0 other [relayed]");
}

TEST_CASE("an alias in Postfix's log is what the sender wrote", "[spfcheck][log]") {
    const auto report = spfcheck::read_report(
        "May  5 10:00:00 mail postfix/smtp[1]: 4A: to=<u@example.net>, orig_to=<info@example.org>, "
        "relay=mx.example.net[198.51.100.5]:25, dsn=5.1.1, status=bounced (host mx.example.net"
        "[198.51.100.5] said: 550 5.1.1 User unknown (in reply to RCPT TO command))\n");
    REQUIRE(report);
    REQUIRE(report->recipients.size() == 1);
    CHECK(report->recipients[0].address == "info@example.org");
    CHECK(report->recipients[0].final_address == "u@example.net");
    CHECK(report->recipients[0].remote_host == "mx.example.net");
}

TEST_CASE("Postfix logs what it refuses itself", "[spfcheck][log]") {
    CHECK(told("May  5 10:00:00 mx postfix/smtpd[1]: NOQUEUE: reject: RCPT from h[192.0.2.7]: 550 "
               "5.7.23 <u@example.net>: Recipient address rejected: SPF fail - not authorized; "
               "from=<a@example.org> to=<u@example.net> proto=ESMTP helo=<h>\n") ==
          "bounce: u@example.net 550 5.7.23 spf");
}

TEST_CASE("Exim flags what became of a message", "[spfcheck][log]") {
    CHECK(
        told(
            "2026-05-05 10:00:00 1abc-01-AB <= a@example.org H=app [192.0.2.7] P=esmtps S=1234\n"
            "2026-05-05 10:00:01 1abc-01-AB ** u@example.net F=<a@example.org> R=dnslookup "
            "T=remote_smtp H=mx.example.net [198.51.100.5] X=TLS1.3:AES:256 CV=yes: SMTP error "
            "from remote mail server after MAIL FROM:<a@example.org> SIZE=2000: 550 SPF: 192.0.2.7 "
            "is not allowed to send mail from a@example.org\n"
            "2026-05-05 10:00:01 1abd-01-AB == v@example.net R=dnslookup T=remote_smtp defer (-44) "
            "H=mx.example.net [198.51.100.5]: SMTP error from remote mail server after RCPT "
            "TO:<v@example.net>: 451 4.7.1 Greylisted\n"
            "2026-05-05 10:00:01 1abe-01-AB => w@example.net R=dnslookup T=remote_smtp "
            "H=mx.example.net [198.51.100.5] C=\"250 2.0.0 OK\"\n"
            "2026-05-05 10:00:01 1abf-01-AB => local <local@example.org> R=localuser T=local\n") ==
        "bounce: u@example.net 550 - spf; v@example.net 451 4.7.1 greylisted [delayed]; "
        "w@example.net 250 2.0.0 other [relayed]; local@example.org - - other [delivered]");
}

TEST_CASE("sendmail logs recipients together", "[spfcheck][log]") {
    CHECK(told("May  5 10:00:00 mail sendmail[1]: 445A: to=<u@example.net>,<v@example.net>, "
               "delay=00:00:01, mailer=esmtp, relay=mx.example.net. [198.51.100.5], dsn=5.1.1, "
               "stat=User unknown\n"
               "May  5 10:00:00 mail sendmail[1]: 445B: to=<w@example.net>, delay=00:00:01, "
               "relay=mx.example.net. [198.51.100.5], dsn=4.0.0, stat=Deferred: Connection timed "
               "out\n") ==
          "bounce: u@example.net - 5.1.1 mailbox_unknown; v@example.net - 5.1.1 mailbox_unknown; "
          "w@example.net - 4.0.0 other [delayed]");
}

TEST_CASE("Exchange tracks messages in a table", "[spfcheck][log]") {
    CHECK(told("#Software: Microsoft Exchange Server\n"
               "#Fields: date-time,client-ip,server-hostname,source,event-id,internal-message-id,"
               "recipient-address,recipient-status\n"
               "2026-05-05T10:00:00Z,,mx.example.net,SMTP,SEND,1,u@example.net,250 2.1.5 OK\n"
               "2026-05-05T10:00:00Z,,EX1,SMTP,FAIL,2,v@example.net,\"[{LRT=};{LED=550 5.7.23 SPF "
               "validation failed};{FQDN=mx.example.net};{IP=198.51.100.5}]\"\n") ==
          "bounce: u@example.net 250 2.1.5 other [relayed]; v@example.net 550 5.7.23 spf");
    CHECK(told("\"Timestamp\",\"Sender\",\"EventId\",\"Recipients\",\"RecipientStatus\"\n"
               "\"5/5/2026\",\"a@example.org\",\"DEFER\",\"u@example.net;v@example.net\","
               "\"451 4.7.1 Greylisted;452 4.2.2 Mailbox full\"\n") ==
          "delay: u@example.net 451 4.7.1 greylisted; v@example.net 452 4.2.2 mailbox_full");
}

TEST_CASE("Exchange's send connector logs the session", "[spfcheck][log]") {
    CHECK(
        told("#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,"
             "remote-endpoint,event,data,context\n"
             "2026-05-05T10:00:00Z,Out,8,1,10.0.0.1:1,198.51.100.5:25,>,RCPT TO:<u@example.net>,\n"
             "2026-05-05T10:00:00Z,Out,8,1,10.0.0.1:1,198.51.100.5:25,<,\"550 5.7.1 SPF fail, "
             "x\",\n") == "bounce: u@example.net 550 5.7.1 spf");
}

TEST_CASE("a log that is wrapped when it is pasted is read", "[spfcheck][log]") {
    CHECK(told("May  5 10:00:00 mail postfix/smtp[1]: 4A: to=<u@example.net>,\n"
               "  relay=mx.example.net[198.51.100.5]:25, dsn=5.1.1, status=bounced (host\n"
               "  mx.example.net[198.51.100.5] said: 550 5.1.1 User unknown (in reply to RCPT\n"
               "  TO command))\n") == "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

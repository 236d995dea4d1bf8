// What a support desk reads first: the verdict of `spfcheck diagnose` about the messages, bounces
// and logs in tests/cli/diagnose/, in both languages.

#include <algorithm>
#include <sstream>
#include <tuple>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

const std::string folder = SPF_SOURCE_DIR "/tests/cli/diagnose/";

/// Runs `spfcheck diagnose` on a file of the folder, or on an address. A message that was received
/// is read with --message, everything else with --bounce.
Run diagnose(const std::string& input, const std::vector<std::string>& more = {}) {
    const bool is_message = input == "helo-wrong-message.eml" || input == "not-aligned.eml" ||
                            input == "private-address.eml" || input == "good.eml";
    std::vector<std::string> arguments{"diagnose", "--zone", folder + "desk.zone"};
    if (input.find('@') != std::string::npos) {
        arguments.push_back(input);
    } else {
        arguments.insert(arguments.end(), {is_message ? "--message" : "--bounce", folder + input});
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    return spfcheck(arguments, {"LC_ALL=C.UTF-8"});
}

/// Returns the first paragraph of what is printed, the verdict, in one line.
std::string verdict(const Run& run) {
    std::string out = run.out.substr(0, run.out.find("\n\n"));
    if (!out.empty() && out.back() == '\n') out.pop_back();
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
}

/// A case: its input, and the verdict in English and in Italian.
using Case = std::tuple<std::string, std::string, std::string>;

const std::vector<Case> cases{
    // Something on our side.
    {"own-server.eml",
     "SPF: your server 192.0.2.50 (mail2.example.com) is missing from example.com's record",
     "SPF: nel record di example.com manca il server del mittente, 192.0.2.50 (mail2.example.com)"},
    {"relay-missing.eml",
     "SPF: the relay 198.51.100.7 (relay.example) is missing from example.com's record",
     "SPF: nel record di example.com manca il relay 198.51.100.7 (relay.example)"},
    {"helo-wrong.eml",
     "192.0.2.5 may send for example.com, but greets as parked.example, which fails SPF",
     "192.0.2.5 è autorizzato a inviare per example.com, ma si presenta come parked.example, nome "
     "per cui SPF dà fail"},
    {"helo-wrong-message.eml",
     "192.0.2.5 may send for example.com, but greets as parked.example, which fails SPF",
     "192.0.2.5 è autorizzato a inviare per example.com, ma si presenta come parked.example, nome "
     "per cui SPF dà fail"},
    {"typo.eml", "gmial.com receives no mail; did you mean gmail.com?",
     "gmial.com non riceve posta: forse si intendeva gmail.com?"},
    {"ugo@gmial.com", "gmial.com receives no mail; did you mean gmail.com?",
     "gmial.com non riceve posta: forse si intendeva gmail.com?"},
    {"two-records.eml", "SPF: twice.example has 2 SPF records, so none of them works",
     "SPF: twice.example ha 2 record SPF, quindi nessuno funziona"},
    {"too-many-lookups.eml",
     "SPF: the record of deep.example needs more than 10 DNS lookups, so it does not work",
     "SPF: il record di deep.example richiede più di 10 lookup DNS, quindi non funziona"},
    {"exim-text.eml",
     "SPF: your server 192.0.2.50 (mail2.example.com) is missing from example.com's record",
     "SPF: nel record di example.com manca il server del mittente, 192.0.2.50 (mail2.example.com)"},
    {"reverse-dns.eml",
     "192.0.2.51 has no reverse DNS name (PTR), which gmail.com requires; SPF is not the reason",
     "192.0.2.51 non ha un nome nel DNS inverso (PTR), richiesto da gmail.com; SPF non c'entra"},
    {"not-aligned.eml",
     "SPF passes for bounces.mailer.example, not for example.com in From, so not for DMARC",
     "SPF dà pass per bounces.mailer.example, ma non per example.com nel campo From: per DMARC non "
     "basta"},
    // The three meanings of 5.7.26, and 5.7.23 without SPF.
    {"gmail-hard-fail.eml",
     "SPF: the relay 198.51.100.7 (relay.example) is missing from example.com's record",
     "SPF: nel record di example.com manca il relay 198.51.100.7 (relay.example)"},
    {"gmail-neither.eml",
     "Neither SPF nor DKIM passes: 198.51.100.7 (relay.example) is missing from the record",
     "Né SPF né DKIM danno pass: nel record manca 198.51.100.7 (relay.example)"},
    {"gmail-dmarc.eml", "DMARC, not SPF: gmail.com refused the mail by example.com's DMARC policy",
     "DMARC, non SPF: gmail.com ha rifiutato il messaggio per la policy DMARC di example.com"},
    {"5.7.23-dmarc.eml",
     "DMARC, not SPF: partner.example refused the mail by example.com's DMARC policy",
     "DMARC, non SPF: partner.example ha rifiutato il messaggio per la policy DMARC di "
     "example.com"},
    // The recipient's side.
    {"null-mx.eml", "silent.example accepts no mail at all (null MX): check the address",
     "silent.example non accetta alcuna posta (null MX): controllare l'indirizzo"},
    {"ugo@silent.example", "silent.example accepts no mail at all (null MX): check the address",
     "silent.example non accetta alcuna posta (null MX): controllare l'indirizzo"},
    {"mailbox-full.eml",
     "The mailbox of ugo@partner.example is full; nothing to repair on your side",
     "La casella ugo@partner.example è piena; dalla parte del mittente non c'è nulla da "
     "correggere"},
    {"mailbox-unknown.eml",
     "ugo@partner.example does not exist, says mx.partner.example; check the address",
     "ugo@partner.example non esiste, risponde mx.partner.example; controllare l'indirizzo"},
    {"content.eml", "partner.example took the mail for spam; SPF is in order",
     "partner.example ha considerato spam il messaggio; SPF è in regola"},
    {"forwarded.eml",
     "Forwarded: partner.example passed the mail on to mailbox.example, where SPF cannot pass",
     "Inoltro: partner.example ha inoltrato il messaggio a mailbox.example, dove SPF non può dare "
     "pass"},
    // Nothing to repair.
    {"greylisted.eml",
     "Not lost: partner.example asks to try again later (greylisting); nothing to do",
     "Messaggio non perso: partner.example chiede di riprovare più tardi (greylisting); nulla da "
     "fare"},
    {"forgery.eml",
     "Forgery, probably: 198.51.100.66 (host66.stranger.example) is not a server of example.com",
     "Probabile falsificazione: 198.51.100.66 (host66.stranger.example) non è un server di "
     "example.com"},
    {"complaint.eml",
     "A complaint, not a bounce: ugo@mailbox.example got the mail and reported it as spam",
     "Una segnalazione di spam, non un mancato recapito: ugo@mailbox.example ha ricevuto il "
     "messaggio"},
    {"vacation.eml", "An automatic reply, not a bounce: ugo@partner.example got the mail",
     "Una risposta automatica, non un mancato recapito: ugo@partner.example ha ricevuto il "
     "messaggio"},
    {"sent.log", "mx.partner.example took the mail for ugo@partner.example: ask there",
     "mx.partner.example ha accettato il messaggio per ugo@partner.example: chiedere a chi lo "
     "gestisce"},
    {"fixed-since.eml", "SPF passes now: 192.0.2.5 may send for example.com; send the mail again",
     "Ora SPF dà pass: 192.0.2.5 è autorizzato a inviare per example.com; inviare di nuovo il "
     "messaggio"},
    {"good.eml", "Nothing wrong on your side: SPF passes for example.com and is aligned with From",
     "Dalla parte del mittente è tutto in regola: SPF dà pass per example.com ed è allineato con "
     "il campo From"},
    // What the input does not tell.
    {"private-address.eml",
     "10.0.0.5 is a private address: this message does not show which server sent it",
     "10.0.0.5 è un indirizzo privato: da questo messaggio non risulta quale server l'abbia "
     "inviato"},
    {"pasted.txt",
     "SPF: 198.51.100.7 (relay.example) may not send for example.com, says the recipient's server",
     "SPF: 198.51.100.7 (relay.example) non è autorizzato a inviare per example.com, dice il "
     "server del destinatario"},
};

}  // namespace

TEST_CASE("the verdict of each case of a support desk is right", "[cli][diagnose]") {
    if (lacks_gmime()) return;
    for (const auto& [input, english, italian] : cases) {
        CAPTURE(input);
        const Run run = diagnose(input);
        CAPTURE(run.err);
        CHECK(verdict(run) == english);
        if (SPF_WITH_GETTEXT) CHECK(verdict(diagnose(input, {"--lang", "it"})) == italian);
    }
}

TEST_CASE("a server is proposed to be authorized only if it may be ours", "[cli][diagnose]") {
    if (lacks_gmime()) return;
    for (const char* input : {"forwarded.eml", "private-address.eml", "good.eml", "content.eml"}) {
        CAPTURE(input);
        CHECK_THAT(diagnose(input).out, !Contains("spfcheck authorize"));
    }
    CHECK_THAT(diagnose("relay-missing.eml").out,
               Contains("spfcheck authorize example.com 198.51.100.7"));
    CHECK_THAT(diagnose("own-server.eml").out,
               Contains("spfcheck authorize example.com 192.0.2.50"));
    // Of a stranger's server it is asked first.
    const std::string forgery = diagnose("forgery.eml").out;
    CHECK(forgery.find("there is nothing to do.") < forgery.find("spfcheck authorize"));
}

TEST_CASE("a verdict begins with a capital letter or a name", "[cli][diagnose]") {
    const TemporaryFile pasted("550 5.7.1 Client host blocked using bl.example\n");
    CHECK_THAT(
        spfcheck({"diagnose", "--bounce", pasted.path(), "--zone", folder + "desk.zone"}).out,
        StartsWith("The recipient's server refused the mail by a rule of its own"));
}

TEST_CASE("what diagnose prints fits in 80 columns", "[cli][diagnose]") {
    if (lacks_gmime()) return;
    for (const Case& each : cases) {
        CAPTURE(std::get<0>(each));
        std::istringstream lines(diagnose(std::get<0>(each)).out);
        for (std::string line; std::getline(lines, line);) {
            if (line.find(folder) == std::string::npos) CHECK(line.size() <= 80);
        }
    }
}

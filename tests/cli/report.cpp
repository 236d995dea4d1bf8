// spfcheck report: the page, the picture and the graph, and that no record adds markup to them.

#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/temporary_folder.hpp"
#include "support/terminal.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;
using spf::test::TemporaryFolder;

namespace {

std::string contents_of(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

/// Runs the checker of what a report may contain, or prints the text of a page.
Run markup(const std::string& kind, const std::string& text) {
    const TemporaryFile file(text);
    return shell("python3 " SPF_SOURCE_DIR "/tests/cli/markup.py " + kind + ' ' + file.path());
}

std::string text_of(const std::string& page) {
    Run run = markup("text", page);
    CHECK(run.err == "");
    return run.out;
}

/// Checks all three forms of the report on a domain, and returns the text of the page.
std::string checked(const std::string& domain, const std::string& zone_file) {
    const TemporaryFolder folder;
    const std::string path = folder.path() / "out";
    const Run run = spfcheck({"report", domain, "--zone", zone_file, "--html", path + ".html",
                              "--svg", path + ".svg", "--dot", path + ".dot"});
    CAPTURE(domain, run.err);
    CHECK((run.status == 0 || run.status == 1 || run.status == 5));
    for (const std::string kind : {"html", "svg", "dot"}) {
        CAPTURE(kind);
        const Run problems = markup(kind, contents_of(path + '.' + kind));
        CHECK(problems.out == "");
        CHECK(problems.err == "");
        CHECK(problems.status == 0);
    }
    return text_of(contents_of(path + ".html"));
}

/// A text as strings of a TXT record in a zone file, octet by octet.
std::string txt(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size() || at == 0; at += 255) {
        out += " \"";
        for (const char c : text.substr(at, 255)) {
            const auto octet = static_cast<unsigned char>(c);
            const std::string digits = std::to_string(1000 + octet).substr(1);
            const bool is_plain = octet > ' ' && octet < 0x7f && c != '"' && c != '\\' && c != ';';
            out += is_plain || c == ' ' ? std::string(1, c) : '\\' + digits;
        }
        out += '"';
    }
    return " TXT (" + out + " )\n";
}

std::string soa(const std::string& domain) {
    return domain + ". 3600 IN SOA ns." + domain + ". root." + domain + ". 1 2 3 4 5\n";
}

const char* const hostile_text =
    "<script>alert(1)</script><img src=x onerror=alert(1)> \"'>--> ]]> <![CDATA[ &amp; &#x41; "
    "</code></pre></style><svg onload=alert(1)> \xe2\x80\xae\xc2\x85\xff\xfe\x01\x1b[31m\r\n\t";

}  // namespace

TEST_CASE("a report begins with the first line of the overview", "[cli][report]") {
    for (const std::string domain :
         {"example.com", "broken.example", "toomany.example", "twice.example", "norecord.example",
          "moved.example", "void.example", "absent.example"}) {
        CAPTURE(domain);
        const Run overview = spfcheck({domain, "--zone", zone("example.zone")});
        const Run report =
            spfcheck({"report", domain, "--zone", zone("example.zone"), "--html", "-"});
        CHECK(report.status == overview.status);
        const std::string text = text_of(report.out);
        CHECK_THAT(text, StartsWith("SPF report: " + domain + "\nSPF of " + domain + "\n"));
        std::string verdict;  // which is longer than a line
        std::istringstream lines(overview.out);
        for (std::string line; std::getline(lines, line) && !line.empty();) {
            verdict += verdict.empty() ? line : line.substr(1);
        }
        CHECK_THAT(text, Contains('\n' + verdict + '\n'));
    }
}

TEST_CASE("a report has the record, terms, networks, commands and answers of a domain",
          "[cli][report]") {
    const std::string text = checked("example.com", zone("example.zone"));
    CHECK_THAT(text, Contains("\nv=spf1 mx ip4:192.0.2.0/28 include:_spf.mailer.example -all "
                              "exp=explain.example.com\n"));
    CHECK_THAT(text, Contains("\nmx 1 the mail servers: 1 IPv4, 1 IPv6\n"));
    CHECK_THAT(text, Contains("\n192.0.2.0/28 pass ip4:192.0.2.0/28\n"));
    CHECK_THAT(text, Contains("\n203.0.113.0/26 pass ip4:203.0.113.0/26 of _spf.mailer.example\n"));
    CHECK_THAT(text, Contains("\nNothing has to be done.\n"));
    CHECK_THAT(text, Contains("\nspfcheck check --ip 192.0.2.0 --sender example.com --zone "));
    CHECK_THAT(text, !Contains("spfcheck networks"));  // which are on the page
    CHECK_THAT(text, Contains("\nmx.example.com A 3600 192.0.2.33\n"));
    CHECK_THAT(text, Contains("Lookups: 2 of 10, void 0 of 2."));
}

TEST_CASE("a report marks what a finding is about in the record, and leads to the finding",
          "[cli][report]") {
    const std::string page =
        spfcheck({"report", "broken.example", "--zone", zone("example.zone")}).out;
    CHECK_THAT(page, Contains("ip4:192.0.2.0<mark class=\"error\">/33</mark><sup><a "
                              "href=\"#finding-1\" aria-label=\"finding 1\">1</a></sup> "));
    CHECK_THAT(page, Contains("<li id=\"finding-1\">"));
    CHECK_THAT(text_of(page), Contains("Error 1 an IPv4 prefix length must be"));
}

TEST_CASE("a report proposes the record that fix proposes", "[cli][report]") {
    for (const std::string domain : {"toomany.example", "twice.example", "void.example"}) {
        CAPTURE(domain);
        const nlohmann::json fix = nlohmann::json::parse(
            spfcheck({"fix", domain, "--zone", zone("example.zone"), "--json"}).out);
        const std::string record = fix["proposal"]["record"];
        CHECK_THAT(checked(domain, zone("example.zone")),
                   Contains("\nPublish this as the only SPF record of " + domain +
                            " (type TXT):\n" + record + "\nIt needs "));
    }
    CHECK_THAT(checked("example.com", zone("example.zone")), !Contains("Publish"));
    CHECK_THAT(checked("broken.example", zone("example.zone")), !Contains("Publish"));
}

TEST_CASE("a report says what was supposed", "[cli][report]") {
    const Run run = spfcheck(
        {"report", "example.com", "--zone", zone("example.zone"), "--record", "v=spf1 +all"});
    CHECK_THAT(text_of(run.out), Contains("Supposed, and not what DNS says: example.com. TXT "
                                          "\"v=spf1 +all\""));
}

TEST_CASE("the picture shows how many lookups each term takes, and what is beyond the limit",
          "[cli][report]") {
    const std::string zone_text =
        soa("example") + "our.example." +
        txt("v=spf1 include:a.example include:_spf.google.com mx -all") + "a.example." +
        txt("v=spf1 a:b.example a:c.example include:d.example -all") + "d.example." +
        txt("v=spf1 a:b.example a:c.example mx:our.example -all") + soa("google.com") +
        "_spf.google.com." + txt("v=spf1 include:n.google.com ~all") + "n.google.com." +
        txt("v=spf1 ip4:192.0.2.1 a ?all") +
        "our.example. MX 10 b.example.\nb.example. A 192.0.2.2\nc.example. A 192.0.2.3\n"
        "n.google.com. A 192.0.2.1\n";
    const TemporaryFile file(zone_text);
    const std::string text = checked("our.example", file.path());
    CHECK_THAT(text, Contains("\ninclude:a.example\n7\n"));
    CHECK_THAT(text, Contains("\ninclude:d.example\n4\n"));
    CHECK_THAT(text, Contains("\n3\nGoogle Workspace\n"));
    CHECK_THAT(text, Contains("A check needs at most 11 lookups; 10 are allowed. include:a.example "
                              "takes 7. include:_spf.google.com takes 3. mx takes 1."));
    CHECK_THAT(text, Contains("\nbeyond the limit: receivers stop with an error\n"));
    const std::string svg =
        spfcheck({"report", "our.example", "--zone", file.path(), "--svg", "-"}).out;
    CHECK_THAT(svg, Contains("<rect class=\"over\""));
    const std::string good =
        spfcheck({"report", "example.com", "--zone", zone("example.zone"), "--svg", "-"}).out;
    CHECK_THAT(good, !Contains("<rect class=\"over\""));
    const std::string dot =
        spfcheck({"report", "our.example", "--zone", file.path(), "--dot", "-"}).out;
    CHECK_THAT(dot, Contains("n0 -> n1 [label=\"7\"]"));
    CHECK_THAT(dot, Contains("[label=\"include:_spf.google.com\\nGoogle Workspace\""));
}

TEST_CASE("loops and repeated records are said in the picture, and end", "[cli][report]") {
    const TemporaryFile file(soa("example") + "our.example." +
                             txt("v=spf1 include:a.example include:b.example -all") + "a.example." +
                             txt("v=spf1 include:b.example -all") + "b.example." +
                             txt("v=spf1 include:c.example -all") + "c.example." +
                             txt("v=spf1 include:our.example -all"));
    const std::string text = checked("our.example", file.path());
    CHECK_THAT(text, Contains("leads back to a record above"));
    CHECK_THAT(text, Contains("counted again; its terms are shown above"));
    CHECK_THAT(text, Contains("1000 or more of 10"));
}

TEST_CASE("no record, explanation or name adds markup to a report", "[cli][report][hostile]") {
    const std::string hostile(hostile_text);
    std::string text =
        soa("example") + "plain.example." + txt(hostile) + "mark.example." +
        txt("v=spf1 include:x exp=e.mark.example x=" + hostile + " -all") + "unknown.example." +
        txt("v=spf1 a:" + hostile + " ip4:<b>/33 -all") + "modifier.example." +
        txt("v=spf1 x=<script>&\"']]>%{i} exp=e.example -all") + "e.example." + txt(hostile) +
        "nul.example." + txt(std::string("v=spf1 \0 a\0b -all", 18)) + "deep.example." +
        txt("v=spf1 include:<svg/onload=x>.example include:\"]]>.evil.example -all") +
        "incl.example." +
        txt("v=spf1 include:unknown.example include:nul.example "
            "exists:%{i}.]]>&\"'<script>.example redirect=mark.example") +
        "long.example." + txt("v=spf1 " + std::string(60'000, '<') + " -all") + "bold.example." +
        txt("v=spf1 mx a include:incl.example ~all") +
        "bold.example. MX 10 \\<i\\>\\034\\038.example.\n";
    const TemporaryFile file(text);
    for (const std::string domain :
         {"plain.example", "mark.example", "unknown.example", "modifier.example", "nul.example",
          "deep.example", "incl.example", "long.example", "bold.example"}) {
        const std::string page = checked(domain, file.path());
        CHECK(page.size() < 200'000);
    }
    CHECK_THAT(checked("modifier.example", file.path()),
               Contains("x=<script>&\"']]>%{i}"));  // what it is, as text
}

TEST_CASE("a huge tree is cut, and what is left out is counted", "[cli][report][hostile]") {
    std::string text = soa("example") + "our.example.";
    std::string record = "v=spf1";
    for (int i = 0; i < 500; ++i) record += " include:s" + std::to_string(i) + ".example";
    text += txt(record + " -all");
    for (int i = 0; i < 120; ++i) {
        text += "s" + std::to_string(i) + ".example." +
                txt("v=spf1 a:<b>&\".example include:s" + std::to_string(i + 1) + ".example -all");
    }
    text += "deep.example." + txt("v=spf1 include:s0.example -all");
    const TemporaryFile file(text);
    const std::string wide = checked("our.example", file.path());
    CHECK_THAT(wide, Contains("more terms"));
    CHECK_THAT(checked("deep.example", file.path()), Contains("more terms"));
}

TEST_CASE("each output is written to its file, or printed", "[cli][report]") {
    const TemporaryFolder folder;
    const std::string page = folder.path() / "page.html";
    const std::vector<std::string> domain{"report", "example.com", "--zone", zone("example.zone")};
    const auto with = [&domain](const std::vector<std::string>& more) {
        std::vector<std::string> words = domain;
        words.insert(words.end(), more.begin(), more.end());
        return spfcheck(words);
    };
    const Run file = with({"--html", page});
    CHECK(file.out ==
          "example.com: no errors; 2 of 10 lookups, 81 addresses may send, others refused\n"
          "  written: " +
              page + '\n');
    CHECK_THAT(contents_of(page), StartsWith("<!DOCTYPE html>"));
    CHECK_THAT(with({}).out, StartsWith("<!DOCTYPE html>"));
    CHECK_THAT(with({"--html", "-"}).out, StartsWith("<!DOCTYPE html>"));
    CHECK_THAT(with({"--html", "-"}).out, Contains("<html lang=\"en\">"));
    CHECK_THAT(with({"--svg", "-", "--html", page}).out, StartsWith("<?xml"));
    CHECK_THAT(with({"--dot=-"}).out, StartsWith("digraph"));
    // No other file is left behind.
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a report replaces a file as a whole, also through a link", "[cli][report]") {
    const TemporaryFolder folder;
    folder.write("old", "old");
    std::filesystem::permissions(folder.path() / "old", std::filesystem::perms::owner_read |
                                                            std::filesystem::perms::owner_write);
    std::filesystem::create_symlink("old", folder.path() / "link");
    const std::string link = folder.path() / "link";
    const Run run =
        spfcheck({"report", "example.com", "--zone", zone("example.zone"), "--dot", link});
    CHECK(run.status == 0);
    CHECK(std::filesystem::is_symlink(link));
    CHECK_THAT(contents_of(folder.path() / "old"), StartsWith("digraph"));
    CHECK((std::filesystem::status(link).permissions() & std::filesystem::perms::group_read) ==
          std::filesystem::perms::none);
}

TEST_CASE("a file that cannot be written is told, and the old one kept", "[cli][report]") {
    const TemporaryFolder folder;
    const Run run = spfcheck({"report", "example.com", "--zone", zone("example.zone"), "--html",
                              folder.path() / "absent/page.html"});
    CHECK(run.status == 65);
    CHECK_THAT(run.err, Contains("absent/page.html cannot be written: No such file"));
    folder.write("page.html", "old");
    const Run silent = spfcheck({"report", "example.com", "--nameserver", "127.0.0.1:1",
                                 "--timeout", "1", "--html", folder.path() / "page.html"});
    CHECK(silent.status == 69);
    CHECK(contents_of(folder.path() / "page.html") == "old");
}

TEST_CASE("a report needs a place to go", "[cli][report]") {
    const Run twice = spfcheck(
        {"report", "example.com", "--zone", zone("example.zone"), "--html", "-", "--svg", "-"});
    CHECK(twice.status == 64);
    CHECK_THAT(twice.err, Contains("a file of its own"));
    const Run empty =
        spfcheck({"report", "example.com", "--zone", zone("example.zone"), "--html="});
    CHECK(empty.status == 64);
}

TEST_CASE("a report is not printed at a terminal unless asked for", "[cli][report]") {
    const spf::test::Terminal terminal;
    if (!terminal.exists()) return;
    const std::string command = "\"$SPFCHECK\" report example.com --zone " + zone("example.zone");
    const Run refused = shell(command + " >" + terminal.path());
    CHECK(refused.status == 64);
    CHECK_THAT(refused.err, Contains("where is the report to go? Give --html FILE"));
    CHECK(terminal.shown() == "");
    CHECK(shell(command + " --dot - >" + terminal.path()).status == 0);
    CHECK_THAT(terminal.shown(), StartsWith("digraph"));
}

TEST_CASE("networks that a report leaves out are counted, and a command lists them",
          "[cli][report]") {
    std::string record = "v=spf1";
    for (int i = 0; i < 600; ++i) {
        record += " ip4:10.0." + std::to_string(i / 100) + '.' + std::to_string(2 * (i % 100));
    }
    const TemporaryFile file(soa("our.example") + "our.example." + txt(record + " -all"));
    const std::string text = checked("our.example", file.path());
    CHECK_THAT(text, Contains("\n10.0.0.198 pass ip4:10.0.0.198\n"));
    CHECK_THAT(text, Contains("\nand 100 more networks\n"));
    CHECK_THAT(text, Contains("\nspfcheck networks our.example --zone "));
    CHECK_THAT(text, Contains("more terms of the record"));
}

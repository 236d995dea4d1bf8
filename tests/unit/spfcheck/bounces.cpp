// The reader of bounces on mails, most of which were written without it: tests/cli/bounces/, whose
// table expected.tsv contains what is right for each.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "bounce/bounce.hpp"
#include "support/catch.hpp"

namespace {

using namespace spfcheck;

const std::string folder = SPF_SOURCE_DIR "/tests/cli/bounces/";

/// What is right for a recipient: a row of the table.
struct Row {
    std::string file;
    std::string kind;
    std::string address;
    std::string cause;
    std::string status;
    std::string claimed_ip;
};

/// Returns whether a value is one of the alternatives of a cell, such as "policy|other".
bool allows(const std::string& cell, const std::string& value) {
    if (cell == "?") return true;
    std::istringstream alternatives(cell);
    for (std::string each; std::getline(alternatives, each, '|');) {
        if (each == value || (each == "-" && value.empty())) return true;
    }
    return false;
}

/// Returns the rows of the table by file.
std::map<std::string, std::vector<Row>> expected() {
    std::map<std::string, std::vector<Row>> out;
    std::ifstream file(folder + "expected.tsv");
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        std::istringstream cells(line);
        Row row;
        for (std::string* cell :
             {&row.file, &row.kind, &row.address, &row.cause, &row.status, &row.claimed_ip}) {
            std::getline(cells, *cell, '\t');
        }
        out[row.file].push_back(row);
    }
    return out;
}

std::string content(const std::string& name) {
    std::ifstream file(folder + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// How many of several were right, and a line about each of the others.
struct Score {
    std::size_t right = 0;
    std::size_t all = 0;
    std::string wrong{};

    void count(bool is_right, const std::string& line) {
        ++all;
        if (is_right) {
            ++right;
        } else {
            wrong += line + '\n';
        }
    }
    [[nodiscard]] bool at_least(std::size_t percent) const {
        return all > 0 && right * 100 >= all * percent;
    }
    [[nodiscard]] std::string table() const {
        return std::to_string(right) + " of " + std::to_string(all) + " are right\n" + wrong;
    }
};

struct Scores {
    Score kinds;
    Score recipients;
    Score statuses;
    Score addresses;
    std::string falsely_spf;
};

/// Returns whether the recipient did not get the message, or not yet.
bool is_undelivered(const FailedRecipient& recipient) {
    return recipient.action == Action::failed || recipient.action == Action::delayed;
}

/// Returns the recipient of a row, or null if the report has none of that address.
const FailedRecipient* find(const Report& report, const Row& row) {
    const auto found = std::ranges::find_if(report.recipients, [&](const FailedRecipient& each) {
        return is_undelivered(each) && allows(row.address, each.address);
    });
    return found == report.recipients.end() ? nullptr : &*found;
}

std::string shown(const FailedRecipient& recipient) {
    const Refusal& refusal = recipient.refusal;
    return recipient.address + " " + std::string(to_string(refusal.cause)) + " " + refusal.status +
           " " + (refusal.claimed_ip ? refusal.claimed_ip->to_string() : "") + " (" +
           refusal.text.substr(0, 70) + ")";
}

void judge_recipient(const Report& report, const Row& row, Scores& scores) {
    const std::string label = row.file + ": " + row.address + " " + row.cause + " " + row.status +
                              " " + row.claimed_ip + ", not ";
    const FailedRecipient* recipient = find(report, row);
    if (!recipient) {
        scores.recipients.count(false, label + "absent");
        return;
    }
    const Refusal& refusal = recipient->refusal;
    const std::string ip = refusal.claimed_ip ? refusal.claimed_ip->to_string() : "";
    const std::string line = label + shown(*recipient);
    scores.recipients.count(allows(row.cause, std::string(to_string(refusal.cause))), line);
    scores.statuses.count(allows(row.status, refusal.status), line);
    scores.addresses.count(allows(row.claimed_ip, ip), line);
}

/// Notes each recipient whose cause is called SPF although no row of the file permits that.
void note_falsely_spf(const Report& report, const std::vector<Row>& rows, Scores& scores) {
    for (const FailedRecipient& each : report.recipients) {
        if (each.refusal.cause != Cause::spf) continue;
        const bool known = std::ranges::any_of(
            rows, [&](const Row& row) { return allows(row.address, each.address); });
        const bool permitted = std::ranges::any_of(rows, [&](const Row& row) {
            return (!known || allows(row.address, each.address)) && allows(row.cause, "spf");
        });
        if (!permitted) scores.falsely_spf += rows.front().file + ": " + shown(each) + '\n';
    }
}

/// Returns what became of all mails of the table. It is done once for all tests.
const Scores& scores() {
    static const Scores result = [] {
        Scores out;
        for (const auto& [file, rows] : expected()) {
            const auto report = read_report(content(file));
            if (!report) {
                out.kinds.count(false, file + ": " + report.error().message);
                for (const Row& row : rows) out.recipients.count(row.cause == "-", file);
                continue;
            }
            const std::string kind(to_string(report->kind));
            out.kinds.count(allows(rows.front().kind, kind),
                            file + ": " + rows.front().kind + ", not " + kind);
            note_falsely_spf(*report, rows, out);
            for (const Row& row : rows) {
                if (row.cause != "-") judge_recipient(*report, row, out);
            }
        }
        return out;
    }();
    return result;
}

bool lacks_gmime() {
    if (SPF_WITH_GMIME) return false;
    WARN("SKIPPED: mails are read with gmime");
    return true;
}

}  // namespace

TEST_CASE("no recipient is said to be refused for SPF who was not", "[bounces]") {
    if (lacks_gmime()) return;
    CHECK(expected().size() >= 200);
    CHECK(scores().falsely_spf == "");
}

TEST_CASE("nine of ten recipients in bounces have the right cause", "[bounces]") {
    if (lacks_gmime()) return;
    const Score& score = scores().recipients;
    INFO(score.table());
    CHECK(score.all >= 200);
    CHECK(score.at_least(90));
}

TEST_CASE("bounces, delays, complaints and automatic replies are told apart", "[bounces]") {
    if (lacks_gmime()) return;
    INFO(scores().kinds.table());
    CHECK(scores().kinds.at_least(97));
}

TEST_CASE("of several codes in a bounce, the one to believe is reported", "[bounces][rfc3463]") {
    if (lacks_gmime()) return;
    INFO(scores().statuses.table());
    CHECK(scores().statuses.at_least(90));
}

TEST_CASE("the address that a server names as refused is found in a bounce", "[bounces]") {
    if (lacks_gmime()) return;
    INFO(scores().addresses.table());
    CHECK(scores().addresses.at_least(90));
}

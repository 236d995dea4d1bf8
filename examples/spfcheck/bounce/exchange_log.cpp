#include "bounce/exchange_log.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "bounce/assemble.hpp"
#include "bounce/prose.hpp"
#include "bounce/text.hpp"
#include "io/csv.hpp"
#include "names/parts.hpp"
#include "refusal/words.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

/// Only so many octets of a message ID tell messages apart: RFC 5322, 2.1.1 allows no longer line.
constexpr std::size_t longest_message_id = 998;

/// Where the columns are that say what became of a message; each has several names.
struct Columns {
    std::optional<std::size_t> event, recipients, status, server, message;
};

std::optional<std::size_t> column(const std::vector<std::string>& names,
                                  std::initializer_list<std::string_view> any) {
    for (const std::string_view name : any) {
        if (const auto found = column_named(names, name)) return found;
    }
    return std::nullopt;
}

Columns columns_in(const std::vector<std::string>& names) {
    Columns out;
    out.event = column(names, {"event-id", "EventId", "Status", "Event"});
    out.recipients =
        column(names, {"recipient-address", "Recipients", "RecipientAddress", "recipient_address"});
    out.status = column(names, {"recipient-status", "RecipientStatus", "Detail", "SmtpResponse"});
    out.server = column(names, {"server-hostname", "ServerHostname", "ToIP"});
    out.message = column(names, {"internal-message-id", "InternalMessageId", "message-id",
                                 "MessageId", "MessageTraceId"});
    return out;
}

std::string value_in(const std::vector<std::string>& row, std::optional<std::size_t> column) {
    return column && *column < row.size() ? row[*column] : std::string{};
}

/// Returns what an event means for its recipients; nothing if it is a step on the way.
std::optional<Action> action_of_event(std::string_view event) noexcept {
    struct Meaning {
        std::string_view event;
        Action action;
    };
    constexpr std::array<Meaning, 14> meanings{
        Meaning{"FAIL", Action::failed},        Meaning{"Failed", Action::failed},
        Meaning{"BADMAIL", Action::failed},     Meaning{"REJECT", Action::failed},
        Meaning{"DEFER", Action::delayed},      Meaning{"Pending", Action::delayed},
        Meaning{"SEND", Action::relayed},       Meaning{"SENDEXTERNAL", Action::relayed},
        Meaning{"DELIVER", Action::delivered},  Meaning{"Delivered", Action::delivered},
        Meaning{"EXPAND", Action::expanded},    Meaning{"Expanded", Action::expanded},
        Meaning{"Quarantined", Action::failed}, Meaning{"FilteredAsSpam", Action::delivered}};
    for (const Meaning& each : meanings) {
        if (equals_ignoring_case(event, each.event)) return each.action;
    }
    return std::nullopt;
}

/// Returns the elements of a list in a column, which are separated by ";". A status may hold a ";"
/// in brackets or braces.
std::vector<std::string> elements(std::string_view list) {
    std::vector<std::string> out(1);
    int depth = 0;
    for (const char c : list) {
        if (c == '[' || c == '{') ++depth;
        if (c == ']' || c == '}') --depth;
        if (c == ';' && depth <= 0 && out.size() < most_recipients) {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    return out;
}

void add_row(const std::vector<std::string>& row, const Columns& columns, std::string_view line,
             std::map<std::string, std::size_t>& places, std::vector<FailedRecipient>& out) {
    const auto action = action_of_event(value_in(row, columns.event));
    if (!action) return;
    const std::vector<std::string> addresses = elements(value_in(row, columns.recipients));
    const std::string status = value_in(row, columns.status);
    const std::vector<std::string> statuses = elements(status);
    const bool own = statuses.size() == addresses.size();
    // The status of all recipients is read once.
    const FailedRecipient common = own ? FailedRecipient{} : recipient_who({}, status);
    const std::string message = value_in(row, columns.message).substr(0, longest_message_id);
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const std::string address = address_in_word(addresses[i]);
        if (address.empty()) continue;
        FailedRecipient one = own ? recipient_who({}, statuses[i]) : common;
        one.address = address;
        one.action = *action;
        const bool accepted = *action != Action::failed && *action != Action::delayed;
        if (accepted) one.refusal.cause = Cause::other;
        if (one.remote_host.empty() && *action == Action::relayed)
            one.remote_host = spf::printable(value_in(row, columns.server), 255);
        one.line = spf::printable(line, longest_evidence);
        const auto [place, added] = places.try_emplace(message + '\n' + lower(address), out.size());
        if (!added) {
            // A later step does not undo a failure.
            if (out[place->second].action != Action::failed) out[place->second] = std::move(one);
        } else if (out.size() < most_recipients) {
            out.push_back(std::move(one));
        } else {
            places.erase(place);
        }
    }
}

/// Returns the names of columns in a line such as "#Fields: date-time,client-ip"; none if it is
/// none.
std::vector<std::string> names_in(std::string_view line) {
    if (starts_ignoring_case(line, "#Fields:")) line = trimmed(line.substr(8));
    const auto names = csv_values(line, separator_in(line));
    return names && names->size() > 3 ? *names : std::vector<std::string>{};
}

/// Reads the log of a send connector, whose columns are event (">" sent, "<" received) and data.
std::vector<FailedRecipient> read_connector(const std::vector<std::string_view>& lines,
                                            std::size_t first, std::size_t event,
                                            std::size_t data) {
    std::vector<std::string> transcript;
    for (std::size_t i = first; i < lines.size() && transcript.size() < 10'000; ++i) {
        const auto row = csv_values(lines[i], ',');
        if (!row || row->size() <= std::max(event, data)) continue;
        const std::string& mark = (*row)[event];
        if (mark == ">") transcript.push_back(">>> " + (*row)[data]);
        if (mark == "<") transcript.push_back("<<< " + (*row)[data]);
    }
    const std::vector<std::string_view> views(transcript.begin(), transcript.end());
    std::vector<FailedRecipient> out;
    for (const Said& each : read_transcript(views)) {
        out.push_back(recipient_who(each.address, each.words));
        if (each.words.starts_with('4')) out.back().action = Action::delayed;
    }
    return out;
}

}  // namespace

std::vector<FailedRecipient> read_exchange_log(std::string_view text) {
    const std::vector<std::string_view> lines = lines_of(text);
    std::vector<FailedRecipient> out;
    std::map<std::string, std::size_t> places;
    Columns columns;
    char separator = ',';
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = trimmed(lines[i]);
        const bool header = starts_ignoring_case(line, "#Fields:");
        if (line.empty() || (line.starts_with('#') && !header)) continue;
        if (header || !columns.event) {
            const std::vector<std::string> names = names_in(line);
            const auto event = column_named(names, "event");
            const auto data = column_named(names, "data");
            if (header && event && data) return read_connector(lines, i + 1, *event, *data);
            columns = columns_in(names);
            separator = separator_in(line);
            if (!columns.event || !columns.recipients) {
                columns = {};
                if (i > 20) break;  // it is no table
            }
            continue;
        }
        if (const auto row = csv_values(line, separator)) add_row(*row, columns, line, places, out);
    }
    return out;
}

}  // namespace spfcheck

#include "bounce/delivery_status.hpp"

#include <algorithm>

#include "bounce/text.hpp"
#include "names/parts.hpp"
#include "refusal/words.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

/// Returns a value without its type: "dns; mx.example.net" is "mx.example.net".
std::string_view without_type(std::string_view value) noexcept {
    const std::size_t end = value.find(';');
    if (end == npos || value.substr(0, end).find(' ') != npos) return trimmed(value);
    return trimmed(value.substr(end + 1));
}

/// Returns the address in a field, with the escapes of RFC 6533 (section 3) as they are.
std::string address_of(std::string_view value) {
    const std::string_view text = without_type(value);
    std::string address = address_in_word(text);
    if (!address.empty()) return address;
    address = first_address_in(text);
    if (!address.empty()) return address;
    // An address of X.400, or a mailbox without a domain.
    return spf::printable(trimmed(text.substr(0, text.find('\n'))), 200);
}

/// Returns the name of a server: without its type, and without what stands behind.
std::string server_of(std::string_view value) {
    const std::string_view text = without_type(value);
    const std::size_t end = std::min(text.find_first_of(" \t\n(;,["), text.size());
    std::string_view name = text.substr(0, end);
    if (name.empty()) name = text;
    return spf::printable(name, 255);
}

Action action_of(std::string_view value) noexcept {
    for (const Action each :
         {Action::delayed, Action::delivered, Action::relayed, Action::expanded}) {
        if (starts_ignoring_case(value, to_string(each))) return each;
    }
    return Action::failed;  // also "error" of OpenSMTPD, which RFC 3464 does not know
}

std::string status_of(std::string_view value) {
    for (std::size_t i = 0; i < value.size() && i < 40; ++i) {
        const std::size_t size = enhanced_code_at(value, i);
        if (size > 0) return std::string(value.substr(i, size));
    }
    return {};
}

void set(StatusOfRecipient& recipient, const Field& field) {
    if (equals_ignoring_case(field.name, "Original-Recipient")) {
        recipient.original = address_of(field.value);
    } else if (equals_ignoring_case(field.name, "Final-Recipient")) {
        recipient.final_address = address_of(field.value);
    } else if (equals_ignoring_case(field.name, "X-Actual-Recipient") &&
               recipient.final_address.empty()) {
        recipient.final_address = address_of(field.value);
    } else if (equals_ignoring_case(field.name, "Action")) {
        recipient.action = action_of(field.value);
    } else if (equals_ignoring_case(field.name, "Status")) {
        recipient.status = status_of(field.value);
    } else if (equals_ignoring_case(field.name, "Remote-MTA")) {
        recipient.remote_mta = server_of(field.value);
    } else if (equals_ignoring_case(field.name, "Diagnostic-Code")) {
        recipient.diagnostic = words_of_diagnostic(field.value);
    }
}

bool is_empty(const StatusOfRecipient& recipient) noexcept {
    return recipient.original.empty() && recipient.final_address.empty() &&
           recipient.status.empty() && recipient.diagnostic.empty();
}

/// Returns whether a field begins the group of another recipient than the current one.
bool begins_group(const StatusOfRecipient& current, const Field& field) {
    if (equals_ignoring_case(field.name, "Final-Recipient")) return !current.final_address.empty();
    if (equals_ignoring_case(field.name, "Original-Recipient")) return !current.original.empty();
    return false;
}

}  // namespace

std::string words_of_diagnostic(std::string_view value) {
    const std::size_t end = value.find(';');
    const std::string_view type = value.substr(0, end);
    const bool typed = end != npos && type.size() < 24 && type.find(' ') == npos;
    return std::string(trimmed(typed ? value.substr(end + 1) : value));
}

DeliveryStatus read_delivery_status(std::string_view text) {
    DeliveryStatus out;
    StatusOfRecipient current;
    const auto finish = [&] {
        const bool named = !current.original.empty() || !current.final_address.empty();
        if (named && out.recipients.size() < most_recipients) out.recipients.push_back(current);
        if (named) current = {};
    };
    const std::vector<std::string_view> lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size();) {
        std::size_t end = i;
        for (const Field& field : fields_of(lines, i, end)) {
            if (equals_ignoring_case(field.name, "Reporting-MTA")) {
                out.reporting_mta = server_of(field.value);
                continue;
            }
            if (begins_group(current, field)) finish();
            set(current, field);
        }
        // An empty line ends a group, if it had a recipient.
        if (!is_empty(current)) finish();
        i = end + 1;
    }
    return out;
}

}  // namespace spfcheck

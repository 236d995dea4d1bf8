#include "protocol/answer.hpp"

namespace policyd {

Answer dunno() { return "DUNNO"; }

Answer prepend(std::string_view field) {
    constexpr std::string_view action = "PREPEND ";
    Answer answer;
    answer.reserve(action.size() + field.size());
    answer.append(action).append(field);
    return answer;
}

Answer refuse(const spf::report::SmtpReply& reply, DeferWith defer_with, std::string_view address) {
    const auto lines = reply.lines_for(spf::report::postfix_policy_rules(address));
    const std::string text = reply.enhanced + ' ' + (lines.empty() ? "" : lines.front());
    const bool is_final = reply.code / 100 == 5;
    if (!is_final && defer_with == DeferWith::defer_if_permit) return "DEFER_IF_PERMIT " + text;
    return std::to_string(reply.code) + ' ' + text;
}

void append_wire(std::string& out, std::string_view answer) {
    out.append("action=").append(answer).append("\n\n");
}

}  // namespace policyd

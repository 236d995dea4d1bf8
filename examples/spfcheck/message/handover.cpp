#include "message/handover.hpp"

#include <string_view>

#include "io/language.hpp"
#include "message/sentences.hpp"
#include "message/trace_fields.hpp"
#include "spf/base/printable.hpp"
#include "spf/net/ip.hpp"
#include "spf/report/wrap.hpp"

namespace spfcheck {
namespace {

using Says = MessageSentence;

spf::NetworkSet networks(const std::vector<std::string>& texts) {
    std::vector<spf::Network> out;
    out.reserve(texts.size());
    for (const std::string& text : texts) {
        if (const auto network = spf::Network::parse(text)) out.push_back(*network);
    }
    return spf::NetworkSet(out);
}

Spoken name_of(const std::string& path) {
    return path == "-" ? say<Says::standard_input>() : Spoken(spf::printable(path, 200));
}

/// Returns the message of an error. If a Received line cannot be read, the message is followed by
/// an excerpt of that line, in which the place of the error is marked.
std::string explained(const spf::ReceivedError& error, const std::vector<std::string>& received) {
    Spoken message = message_of(error);
    using Code = spf::ReceivedError::Code;
    const bool all = error.code == Code::no_line || error.code == Code::from_inside;
    if (all || error.line == 0 || error.line > received.size()) return message;
    if (error.code == Code::not_smtp) message = say<Says::perhaps_a_filter>(message);
    const std::string body = spf::unfolded(received[error.line - 1]);
    const spf::report::Excerpt place = spf::report::excerpt(body, error.offset, 1, 76);
    return say<Says::of_line>(error.line, message) + "\n  " + place.text + "\n  " + place.underline;
}

}  // namespace

spf::Expected<Relayed, Failure> read_relayed(const MessageOptions& options,
                                             std::optional<spf::IpAddress> connection) {
    const Spoken name = name_of(options.path);
    const auto fields = read_trace_fields(options.path);
    if (!fields)
        return Failure{exit_data, say<Says::of_file>(name, Spoken(fields.error().message))};
    return relayed_in(*fields, name, options.trusted, connection);
}

spf::Expected<Relayed, Failure> relayed_in(const TraceFields& fields, const std::string& name,
                                           const std::vector<std::string>& trusted,
                                           std::optional<spf::IpAddress> connection) {
    const std::vector<std::string_view> received(fields.received.begin(), fields.received.end());
    auto handover = spf::find_handover(received, networks(trusted), connection);
    if (!handover) {
        // The explanation may have several lines, so it cannot be an argument of a message.
        return Failure{exit_data, name + ": " + explained(handover.error(), fields.received)};
    }
    Relayed relayed{.handover = *std::move(handover),
                    .sender = std::nullopt,
                    .has_lines_below = false,
                    .author_domain = fields.author_domain};
    relayed.has_lines_below = fields.received.size() > relayed.handover.line;
    if (fields.above_return_path < relayed.handover.line) relayed.sender = fields.return_path;
    return relayed;
}

Spoken to_sentence(const spf::Handover& handover) {
    const std::string client = handover.ip.to_string();
    if (handover.line == 0) return say<Says::evaluated_client>(client);
    const std::string relay =
        handover.relay ? handover.relay->to_string() : spf::printable(handover.by, 60);
    return say<Says::evaluated_hop>(client, relay, handover.line);
}

Json to_json(const spf::Handover& handover) {
    if (handover.line == 0) return {};
    Json json;
    json["line"] = handover.line;
    json["ip"] = handover.ip.to_string();
    json["helo"] = handover.helo;
    json["by"] = handover.by;
    json["protocol"] = handover.protocol;
    json["relay"] = handover.relay ? Json(handover.relay->to_string()) : Json();
    return json;
}

}  // namespace spfcheck

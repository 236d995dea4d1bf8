#include "diagnose/input.hpp"

#include <cerrno>
#include <fstream>
#include <iostream>
#include <sstream>

#include <unistd.h>

#include "diagnose/sentences.hpp"
#include "io/language.hpp"
#include "message/handover.hpp"
#include "message/trace_fields.hpp"
#include "names/idn.hpp"
#include "names/parts.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"

namespace spfcheck {
namespace {

using Says = DiagnoseSentence;

Spoken name_of_source(const std::string& path) {
    return path == "-" ? say<Says::standard_input>() : Spoken(spf::printable(path, 200));
}

/// Returns the first octets of a file; more than any report or header may have is not read.
spf::Expected<std::string, Failure> contents(const std::string& path) {
    errno = 0;
    std::ifstream file;
    if (path != "-") file.open(path, std::ios::binary);
    std::istream& in = path == "-" ? std::cin : file;
    std::string out(longest_report, '\0');
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    out.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad() || (path != "-" && !file.is_open()) || (out.empty() && errno != 0)) {
        const Spoken why = say<Says::unreadable>(system_message(errno));
        return Failure{exit_data, say<Says::source_of>(name_of_source(path), why)};
    }
    return out;
}

std::string author_domain_of(const std::string& address) {
    const std::size_t at = address.rfind('@');
    if (at == std::string::npos) return {};
    const auto name = spf::dns::canonical_name(ascii_domain(address.substr(at + 1)));
    return name ? *name : std::string();
}

/// Returns an address in a field without the angle brackets.
std::string without_brackets(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('<') && text.ends_with('>')) text = text.substr(1, text.size() - 2);
    return std::string(trimmed(text));
}

/// Takes the domain in From for that in MAIL FROM, if that is not known.
void use_author(Case& into) {
    if (into.sender || into.author_domain.empty()) return;
    into.sender = into.author_domain;
    into.is_sender_of_author = true;
}

/// Takes the client, the sender and the author from the header of a message.
std::optional<Failure> use_message(Case& into, std::string_view message, const std::string& name,
                                   const MessageOptions& options) {
    const auto fields = trace_fields_of(message);
    if (!fields)
        return Failure{exit_data, say<Says::source_of>(name, Spoken(fields.error().message))};
    // The address that was given stands for a message whose header does not name the client.
    auto relayed = relayed_in(*fields, name, options.trusted, std::nullopt);
    // A copy that the sender kept has no Received field, but an author.
    const bool is_copy = fields->received.empty() && !fields->author_domain.empty();
    if (!relayed && !into.ip && !is_copy) return relayed.error();
    into.author_domain = fields->author_domain;
    if (!relayed) {
        use_author(into);
        return std::nullopt;
    }
    if (!into.ip) {
        into.ip = relayed->handover.ip;
        into.source = Source::message;
        into.helo = into.helo.empty() ? relayed->handover.helo : into.helo;
    }
    const std::size_t line = relayed->handover.line;
    if (line > 0 && line <= fields->received.size())
        into.received = "Received: " + spf::unfolded(fields->received[line - 1]);
    if (!into.sender && relayed->sender) into.sender = without_brackets(*relayed->sender);
    use_author(into);
    into.handover = std::move(relayed->handover);
    return std::nullopt;
}

/// Takes what a report says about the mail that was sent.
void use_report(Case& into, Report report) {
    into.is_report = true;
    into.kind = report.kind;
    into.reporter = std::move(report.reporting_server);
    if (into.recipients.empty()) {
        into.recipients = std::move(report.recipients);
    } else if (report.recipients.size() == 1 && report.recipients.front().address.empty()) {
        // Pasted words do not say whom they are about.
        const std::string address = into.recipients.front().address;
        into.recipients = std::move(report.recipients);
        into.recipients.front().address = address;
    } else if (!report.recipients.empty()) {
        into.recipients = std::move(report.recipients);
    }
    if (into.recipients.empty()) into.recipients.emplace_back();
    if (!report.original) return;
    OriginalMessage& original = *report.original;
    into.author_domain = author_domain_of(original.author);
    if (!into.sender && original.return_path) into.sender = without_brackets(*original.return_path);
    if (!into.sender && !original.author.empty()) {
        into.sender = original.author;
        into.is_sender_of_author = true;
    }
    if (original.received.empty()) return;
    const auto first = spf::parse_received(original.received.front());
    if (!first) return;
    into.first_hop = *first;
    into.first_line = "Received: " + spf::unfolded(original.received.front());
}

/// Returns which file to read, and whether it has to be a message: the path is empty if there is no
/// file to read.
struct Input {
    std::string path;
    bool is_message = false;
};

Input input_of(const DiagnoseOptions& options) {
    if (!options.message.path.empty()) return {options.message.path, true};
    if (!options.bounce.empty()) return {options.bounce, false};
    const bool is_address = options.subject.find('@') != std::string::npos;
    if (!options.subject.empty() && !is_address) return {options.subject, false};
    const bool has_words = is_address || !options.to.empty() || !options.ip.empty() ||
                           options.sender.has_value() || options.helo.has_value();
    return {has_words || ::isatty(STDIN_FILENO) == 1 ? "" : "-", false};
}

/// Puts what the options say into a case.
std::optional<Failure> use_options(Case& into, const DiagnoseOptions& options) {
    const bool is_address = options.subject.find('@') != std::string::npos;
    const std::string& to = !options.to.empty() ? options.to : options.subject;
    const bool has_address = !options.to.empty() || is_address;
    const int files = (options.message.path.empty() ? 0 : 1) + (options.bounce.empty() ? 0 : 1) +
                      (options.subject.empty() || is_address ? 0 : 1);
    if (files > 1) return Failure{exit_usage, say<Says::too_many_inputs>()};
    if (has_address) into.recipients.emplace_back().address = read_address(to).text;
    if (!options.ip.empty()) {
        const auto ip = spf::IpAddress::parse(options.ip);
        if (!ip) return Failure{exit_usage, say<Says::bad_ip>(options.ip, message_of(ip.error()))};
        into.ip = *ip;
        into.source = Source::given;
    }
    if (options.sender) into.sender = ascii_sender(without_brackets(*options.sender));
    into.helo = ascii_domain(options.helo.value_or(""));
    return std::nullopt;
}

}  // namespace

spf::Expected<Case, Failure> read_case(const DiagnoseOptions& options) {
    Case out;
    if (auto wrong = use_options(out, options)) return *std::move(wrong);
    const Input input = input_of(options);
    if (input.path.empty()) {
        const bool is_empty = out.recipients.empty() && !out.ip && !out.sender && out.helo.empty();
        if (is_empty) return Failure{exit_usage, say<Says::nothing_given>()};
        return out;
    }
    const auto text = contents(input.path);
    if (!text) return text.error();
    const bool is_empty = trimmed(*text).empty();
    const bool is_implied =
        options.message.path.empty() && options.bounce.empty() && options.subject.empty();
    if (is_empty && is_implied) return Failure{exit_usage, say<Says::nothing_given>()};
    const std::string name = name_of_source(input.path);
    if (!input.is_message) {
        auto report = read_report(*text);
        if (!report)
            return Failure{report.error().exit_status,
                           say<Says::source_of>(name, Spoken(report.error().message))};
        if (report->kind != MailKind::message) {
            use_report(out, *std::move(report));
            if (out.sender) out.sender = ascii_sender(*out.sender);
            return out;
        }
    }
    if (auto wrong = use_message(out, *text, name, options.message)) {
        if (input.is_message) return *std::move(wrong);
        return Failure{exit_data, say<Says::source_of>(name, say<Says::not_understood>())};
    }
    if (out.sender) out.sender = ascii_sender(*out.sender);
    return out;
}

}  // namespace spfcheck

// RFC 7208, 9.1:
//     header-field   = "Received-SPF:" [CFWS] result FWS [comment FWS] [ key-value-list ] CRLF
//     key-value-pair = key [CFWS] "=" ( dot-atom / quoted-string )
// A mechanism such as ip4:192.0.2.1 or an IPv6 address is no dot-atom, so it is quoted here, although
// an example in 9.1 leaves the quotes out.

#include "spf/report/received_spf.hpp"

#include <array>
#include <string_view>

#include "report/field.hpp"

namespace spf {
namespace {

/// Supporting information for people, in the words that such fields have always had.
std::string comment_text(const Outcome& outcome) {
    const std::string who =
        "domain of " + (field::is_about_mail_from(outcome) ? outcome.sender : outcome.domain);
    const std::string ip = outcome.ip.to_string();
    switch (outcome.result) {
        case Result::pass: return who + " designates " + ip + " as permitted sender";
        case Result::fail: return who + " does not designate " + ip + " as permitted sender";
        case Result::softfail: return who + " discourages use of " + ip + " as sender";
        case Result::neutral: return who + " neither permits nor denies " + ip;
        case Result::none: return who + " does not designate permitted senders";
        case Result::temperror: return who + " could not be asked for permitted senders";
        case Result::permerror: break;
    }
    return who + " has no usable list of permitted senders";
}

}  // namespace

std::string received_spf(const Outcome& outcome, Folding folding) {
    struct Part {
        std::string text;
        bool present;
    };
    enum : std::size_t {
        note,
        client,
        sender,
        helo,
        identity,
        mechanism,
        problem,
        receiver,
        count
    };

    const bool receiver_known = !outcome.receiver.empty() && outcome.receiver != "unknown";
    const std::string by = receiver_known ? outcome.receiver + ": " : std::string();
    std::array<Part, count> parts{{
        {field::comment(by + comment_text(outcome)), true},
        {"client-ip=" + field::dot_atom_or_quoted(outcome.ip.to_string()), true},
        {"envelope-from=" + field::quoted_string(outcome.null_sender ? "" : outcome.sender),
         outcome.identity == Identity::mail_from},
        {"helo=" + field::dot_atom_or_quoted(outcome.helo), !outcome.helo.empty()},
        {"identity=" + std::string(to_string(outcome.identity)), true},
        {"mechanism=" + field::dot_atom_or_quoted(outcome.mechanism), !outcome.mechanism.empty()},
        {"problem=" + field::quoted_string(field::problem_text(outcome)),
         outcome.problem.has_value()},
        {"receiver=" + field::dot_atom_or_quoted(outcome.receiver), receiver_known},
    }};

    const auto joined = [&] {
        std::string out = "Received-SPF: " + std::string(to_string(outcome.result));
        std::string_view separator = " ";
        for (const Part& part : parts) {
            if (!part.present) continue;
            out.append(separator).append(part.text);
            separator = &part == &parts[note] ? " " : "; ";
        }
        return out;
    };

    // "not excessively long" (9.1): what a verifier can do without goes first.
    std::string out = joined();
    for (const std::size_t expendable : {note, problem, mechanism, receiver}) {
        if (field::fits(out)) break;
        parts[expendable].present = false;
        out = joined();
    }
    return field::laid_out(out, folding);
}

}  // namespace spf

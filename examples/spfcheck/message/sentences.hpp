// The messages for people about a mail message and its Received lines.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class MessageSentence : std::uint8_t {
    // Which client is checked. {1} is the address of the client. {2} is the relay that accepted the
    // message from this client, and {3} the number of the Received line with the client.
    evaluated_client,
    evaluated_hop,
    // Why the client cannot be found in the mail message. In `of_file`, {1} is the name of the file
    // and {2} another of these messages.
    of_file,
    of_line,
    perhaps_a_filter,
    unreadable,
    no_gmime,
    header_too_long,
    no_header,
    header_unreadable,
    is_empty,
    standard_input,
};

template <>
struct Sentences<MessageSentence> {
    using enum MessageSentence;
    static constexpr std::array<Wording<MessageSentence>,
                                static_cast<std::size_t>(standard_input) + 1>
        table{{
            {evaluated_client,
             "evaluated {1}, the client itself, because it is not a trusted relay"},
            {evaluated_hop, "evaluated {1}, the client of {2} (Received line {3})"},

            {of_file, "{1}: {2}"},
            {of_line, "Received line {1}: {2}"},
            {perhaps_a_filter,
             "{1}; if a filter of your own wrote this line, delete it and the lines above it from "
             "the message"},
            {unreadable, "cannot be read: {1}"},
            {no_gmime, "this spfcheck was built without gmime, so it cannot read messages"},
            {header_too_long, "the header is longer than {1} MiB, or this is not a message"},
            {no_header, "there is no header, so this is not a message"},
            {header_unreadable, "the header cannot be read, so this is not a message"},
            {is_empty, "it is empty"},
            {standard_input, "standard input"},
        }};
};
static_assert(is_in_order(Sentences<MessageSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck

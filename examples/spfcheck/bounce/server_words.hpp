// The words of another server within what a mail server or its log says about them.
#pragma once

#include <string>
#include <string_view>

namespace spfcheck {

/// What a server said.
struct ServerWords {
    std::string_view words{};  ///< without what introduces them, such as "host mx[192.0.2.1] said:"
    std::string host{};        ///< the server that said so; empty if it is not named
};

/// Returns the words of the other server in a text such as "host mx.example.net[198.51.100.5] said:
/// 550 5.1.1 User unknown (in reply to RCPT TO command)". If nothing introduces such words, the
/// whole text. Only the first `longest_reply` octets are read.
[[nodiscard]] ServerWords server_words(std::string_view text);

}  // namespace spfcheck

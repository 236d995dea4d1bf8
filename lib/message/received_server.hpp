// Reads the part of a Received field after "by", in which a server describes itself.
#pragma once

#include <string_view>

#include "message/received_client.hpp"

namespace spf::received {

/// The parts of the text after "by", up to the date. The views refer to this text.
struct Server {
    std::string_view name;
    std::string_view comment;   ///< the first comment after the name; empty if there is none
    std::string_view product;   ///< the last comment after the name; empty if there is none
    std::string_view remark;    ///< the comment after the protocol; empty if there is none
    std::string_view protocol;  ///< the word after `with`; empty if there is no `with`
    bool has_id = false;        ///< whether `id` directly follows the name and its comments
    bool via_http = false;      ///< whether `via HTTP` or `(via HTTP)` follows the name
    bool ends = false;          ///< whether nothing follows the protocol, except the date
};

/// Returns the parts of the text after "by".
Server read_server(std::string_view text) noexcept;

/// Returns whether a further word "by", in a comment or not, makes a line ambiguous. `text` is the
/// text after the first "by".
bool has_second_by(std::string_view text);

/// Returns whether the protocol is that of local delivery (RFC 2033, 1).
bool is_lmtp(std::string_view protocol) noexcept;
/// Returns whether no SMTP client handed over the message: a program on the host submitted it, or
/// fetched it from a mailbox (fetchmail, getmail). The address is then that of the mailbox server.
bool is_no_hand_over(const Server& server) noexcept;
/// Returns whether the line without "from" that describes this server means that the message was
/// passed on within the host, or between hosts of Google.
bool is_passed_on(const Server& server);
/// Returns whether the line without "from" that describes this server means that a user or a
/// program submitted the message.
bool is_submitted(const Server& server) noexcept;

/// Returns whether this server writes the address that it saw in place of the client's name, if the
/// line says no more about the client.
bool writes_address_as_name(const Server& server, const ClientReader& client);

}  // namespace spf::received

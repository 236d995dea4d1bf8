// Reads the part of a Received field between "from" and "by", in which a server describes the
// client.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "spf/net/ip.hpp"

namespace spf::received {

/// The client that one Received line describes. The view `helo` refers to the body of this field.
struct Client {
    std::optional<IpAddress> ip;  ///< absent if the client used a local socket
    std::string_view helo;
};

/// What one comment before "by" is about.
struct Comment {
    enum class Topic {
        remark,    ///< something that does not matter here, such as the cipher of TLS
        address,   ///< the address of the client, as in `(host.example [192.0.2.1])`
        greeting,  ///< what the client sent, as in `(HELO mail.example.org)`
        keys,      ///< more about a client whose address is before the comment, as in `(helo=mail)`
        socket,    ///< the client used a local socket
        imitation,  ///< something that looks like a part of another line
        unclear,    ///< an address or a bracket in an unknown form
    };

    Topic topic = Topic::remark;
    std::optional<IpAddress> ip{};
    std::optional<std::string_view> helo{};
};

/// Returns what a comment is about. The whole comment has to match a form that servers write.
Comment read_comment(std::string_view text);

/// Collects what a line says about the client, and decides which address is that of the client.
///
/// The address can be in a comment, outside of comments, or in place of the name. Only one of them
/// is the client's, and an attacker may have written the other one. Nearly all servers write the
/// name that the client sent before the address, so the name may be an address of any value. If the
/// address is in place of the name, it must be the only one.
class ClientReader {
public:
    /// What add() found out about a comment.
    enum class Finding { fits, no_address, ambiguous };

    /// \param name  the word after "from", which may be empty
    explicit ClientReader(std::string_view name);

    /// Adds the next comment.
    Finding add(std::string_view comment);
    /// Adds an address that is not in a comment.
    Finding add(const IpAddress& ip);
    /// Adds a word between the comments and "by", such as in "via TCP".
    Finding add_word(std::string_view word) {
        return fits_in(word) ? Finding::fits : Finding::ambiguous;
    }
    /// Adds the name that the client sent, if a server writes it outside of comments.
    Finding add_helo(std::string_view helo);

    /// Returns whether the address of the client is known, or that it used a local socket. If the
    /// only address is in place of the name, this is not known yet.
    [[nodiscard]] bool has_client() const noexcept { return ip_ || has_socket_; }
    /// Returns whether the line says nothing about the client but its name, or that it used a local
    /// socket.
    [[nodiscard]] bool may_be_local() const noexcept { return has_socket_ || parts_ == 0; }
    /// Returns whether a comment `(HELO NAME)` precedes the comment with the address.
    [[nodiscard]] bool has_greeting() const noexcept { return has_greeting_; }
    /// Returns whether the name and the address contradict each other.
    [[nodiscard]] bool is_contradictory() const noexcept;
    /// Returns whether the only address is in place of the name, and a comment says what the client
    /// sent instead. In this form, servers write the address that they saw.
    [[nodiscard]] bool has_keys_for_name() const noexcept;
    /// Returns whether the name is the only address. If no other part of the line shows who wrote
    /// it, the client may have sent it.
    [[nodiscard]] bool has_only_name() const noexcept { return name_ip_ && !has_client(); }
    [[nodiscard]] bool is_name_in_brackets() const noexcept { return in_brackets_; }
    /// Returns whether there is more than an address in place of the name, such as a port. Unless a
    /// comment says what the client sent, it is not known who wrote the address.
    [[nodiscard]] bool is_name_doubtful() const noexcept { return is_doubtful_; }
    /// Returns whether a comment says what servers write about a message from a queue on the same
    /// host: `[localhost]` after the address of the host in place of the name.
    [[nodiscard]] bool is_from_localhost() const noexcept { return is_from_localhost_; }
    /// Returns whether a comment contains a remark that is not about TLS.
    [[nodiscard]] bool has_remark() const noexcept { return has_remark_; }
    /// Takes the address in place of the name for that of the client.
    /// \pre has_only_name()
    void trust_name() noexcept { ip_ = name_ip_; }

    /// Returns the client.
    [[nodiscard]] Client client() const noexcept;

private:
    Finding set(const IpAddress& ip, std::size_t place);
    /// Returns whether a text does not contain an address other than the one known so far.
    [[nodiscard]] bool fits_in(std::string_view text) const;

    std::string_view name_;
    std::optional<IpAddress> name_ip_{};  ///< if the whole name is an address
    std::optional<IpAddress> ip_{};
    std::optional<std::string_view> helo_{};
    std::size_t parts_ = 0;  ///< how many comments and addresses came after the name
    std::size_t place_ = 0;  ///< how many of them came before `ip_`
    bool in_brackets_ = false;
    bool is_doubtful_ = false;
    bool has_greeting_ = false;
    bool has_keys_ = false;
    bool has_remark_ = false;
    bool has_socket_ = false;
    bool is_from_localhost_ = false;
};

}  // namespace spf::received

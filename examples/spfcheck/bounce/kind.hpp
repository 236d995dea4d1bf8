// Whether a mail is a bounce, an answer by a program, or anything else.
#pragma once

#include <string_view>

#include "message/mime.hpp"

namespace spfcheck {

/// Returns whether a mail is a complaint: an abuse report (RFC 5965), which a failure report of
/// DMARC is, too (RFC 6591).
[[nodiscard]] bool is_complaint(const Mail& mail) noexcept;

/// Returns whether a mail is an answer by a program: vacation, a challenge, or a notification of
/// what was done with a message (RFC 8098).
[[nodiscard]] bool is_auto_reply(const Mail& mail) noexcept;

/// How certain it is, by its header and the words of its text, that a mail is a bounce: from 0. At
/// 2 it is one, unless it names nobody.
[[nodiscard]] int signs_of_bounce(const Mail& mail, std::string_view text) noexcept;

/// Returns whether a bounce says that the server will try again.
[[nodiscard]] bool warns_only(std::string_view subject, std::string_view text) noexcept;

}  // namespace spfcheck

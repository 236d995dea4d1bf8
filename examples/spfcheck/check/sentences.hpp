// The messages of the sub-command check, in addition to reports and advice.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class CheckSentence : std::uint8_t {
    // What is wrong with the command line.
    limit_range,
    no_such_limit,
    bad_ip,
    trusted_relay_alone,
    ip_missing,
    sender_missing,
    helo_missing,
    mail_from_missing,
    words_and_options,
    // Which identity is checked for a mail message, and why.
    helo_is_checked,
    // The HELO name was to be checked in addition to MAIL FROM: {1} is the name, and {2} the reason
    // why there is no result.
    helo_not_checked,
    // With --trace: {1} is a list of names whose records were evaluated, each with its service in
    // parentheses.
    services,
};

template <>
struct Sentences<CheckSentence> {
    using enum CheckSentence;
    static constexpr std::array<Wording<CheckSentence>, static_cast<std::size_t>(services) + 1>
        table{{
            {limit_range, "{1} must be a number from 0 to {2}"},
            {no_such_limit,
             "\"{1}\" is not a limit; the limits are dns_lookups, void_lookups, mx_names and "
             "ptr_names"},
            {bad_ip, "\"{1}\" is not an IP address: {2}"},
            {trusted_relay_alone, "--trusted-relay requires --message"},
            {ip_missing, "--ip is required without --message"},
            {sender_missing, "--sender or --helo is missing: whose mail is to be checked?"},
            {helo_missing, "--identity helo requires --helo"},
            {mail_from_missing, "--identity mailfrom requires --sender"},
            {words_and_options, "\"{1}\" is given in addition to {2}"},

            {helo_is_checked,
             "the HELO name is checked, because there is neither --sender nor a Return-Path that a "
             "trusted server wrote"},

            {helo_not_checked, "HELO {1} was not checked: {2}"},

            {services, "Services: {1}."},
        }};
};
static_assert(is_in_order(Sentences<CheckSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck

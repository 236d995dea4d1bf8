/// \file report/log_line.hpp  Describes a decision in one line for the log of a server, which
/// programs can parse.
#pragma once

#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/receiver/reception.hpp"
#include "spf/receiver/session.hpp"

namespace spf::report {

/// Returns a line that describes a message and the decision about it, without a line break at its
/// end:
///
///     action=reject demanded=reject ground=result result=fail identity=mailfrom
///     domain=example.com mechanism=-all client=192.0.2.1 helo=mx.example.net from=a@example.com
///     to=b@example.org spf-helo=none spf-mailfrom=fail dns-lookups=2 void-lookups=0
///
/// (Here it is broken for print.) The line is made for programs such as fail2ban, Logstash and
/// logcheck, so it is stable: its keys keep their names, their order and their meaning. New keys
/// may be inserted anywhere except before `action`. A key without a value is omitted.
///
/// | key | value | omitted |
/// | --- | --- | --- |
/// | `action` | the name of receiver::Verdict::action | never |
/// | `demanded` | receiver::Verdict::demanded; differs only if the policy is tested | never |
/// | `ground` | the name of receiver::Verdict::ground | never |
/// | `result` | the result for `identity` | not checked |
/// | `identity` | receiver::Verdict::identity: `mailfrom` or `helo` | not checked |
/// | `domain` | the domain of `identity` | not checked |
/// | `mechanism` | as in Received-SPF: the directive that matched, or `default` | none decided |
/// | `client` | the address of the client | never |
/// | `helo` | the HELO name | there was none |
/// | `from` | the reverse-path without `<>`; a null reverse-path is `<>` | never |
/// | `to` | the recipient without `<>` | for all recipients |
/// | `spf-helo` | the result for HELO | not checked |
/// | `spf-mailfrom` | the result for MAIL FROM, or for `postmaster@HELO` (2.4) | not checked |
/// | `dns-lookups` | Outcome::dns_lookups of the check of `identity` | not checked |
/// | `void-lookups` | Outcome::void_lookups of the check of `identity` | not checked |
/// | `matched` | receiver::Verdict::matched | empty |
/// | `local-client` | what the local address is, such as `"private (RFC 1918)"` | not local |
/// | `problem` | the name of Problem::code, such as `syntax_error` | no problem |
/// | `detail` | Problem::message(). Its words are for people and may change. | no problem |
///
/// `problem` and `detail` belong to the check of `identity`.
///
/// The format is logfmt: pairs of a key and a value, separated by single spaces. A value that has
/// a space or `=` is in double quotes, and in these a backslash is written twice. An octet that is
/// not printable US-ASCII is written as an escape such as `\x1b`. No value has a double quote
/// within: in `detail` it is written as a single quote, and elsewhere as `\x22`.
///
/// Untrusted text can forge neither a line nor a pair, not even for a reader that ignores quotes,
/// such as a regular expression. In `detail` and `local-client`, `=` is written as `\x3d`, and in
/// all other values a space is written as `\x20`. No value therefore has both spaces and `=`, and a
/// regular expression with a space before the key, such as ` client=(\S+) `, matches only the real
/// pair.
///
/// Each value has at most 320 octets, not counting its quotes; a longer one is cut and ends in
/// `...`. The line has at most 3,000 octets. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT std::string log_line(const receiver::Session& session,
                                              const receiver::Decision& decision);

/// Returns a pair `key=value` in the same format, for what the program adds to the line, such as
/// the queue id. The value may be untrusted, and is written as `helo` would be; if it is empty,
/// nothing follows the `=`. `key` should be of lower-case letters and hyphens, and none of the keys
/// above. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT std::string log_pair(std::string_view key, std::string_view value);

/// Appends what log_pair() returns to `line`, which saves a string for each pair. Throws only
/// std::bad_alloc.
SPF_EXPORT void append_log_pair(std::string& line, std::string_view key, std::string_view value);

}  // namespace spf::report

// The situations of which a verdict tells one. Only judge.cpp needs them.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "diagnose/judge.hpp"
#include "diagnose/sentences.hpp"
#include "io/language.hpp"

namespace spfcheck {

/// A situation: its sentence, its name in JSON, and who has something to repair.
struct Situation {
    DiagnoseSentence code;
    std::string_view name;
    Side side;
};

/// The situations, in the order of their sentences.
inline constexpr auto situations = [] {
    using Says = DiagnoseSentence;
    return std::to_array<Situation>({
        {Says::typo, "typo", Side::ours},
        {Says::typo_registered, "typo", Side::ours},
        {Says::bad_address, "bad_address", Side::ours},
        {Says::null_mx, "null_mx", Side::theirs},
        {Says::no_domain, "no_domain", Side::ours},
        {Says::no_server, "no_server", Side::theirs},
        {Says::address_fine, "address_fine", Side::nobody},
        {Says::mailbox_full, "mailbox_full", Side::theirs},
        {Says::mailbox_unknown, "mailbox_unknown", Side::theirs},
        {Says::mailbox_unknown_says, "mailbox_unknown", Side::theirs},
        {Says::auto_reply, "auto_reply", Side::nobody},
        {Says::complaint, "complaint", Side::nobody},
        {Says::delivered, "delivered", Side::theirs},
        {Says::greylisted, "greylisted", Side::nobody},
        {Says::delayed, "delayed", Side::nobody},
        {Says::refused_by_content, "content", Side::theirs},
        {Says::refused_by_content_not_spf, "content", Side::theirs},
        {Says::refused_by_policy, "policy", Side::theirs},
        {Says::refused_by_dmarc, "dmarc", Side::ours},
        {Says::refused_by_some_dmarc, "dmarc", Side::ours},
        {Says::refused_by_dkim, "dkim", Side::ours},
        {Says::refused_by_dns, "dns", Side::unknown},
        {Says::refused_otherwise, "other", Side::unknown},
        {Says::own_server_missing, "own_server_missing", Side::ours},
        {Says::relay_missing, "relay_missing", Side::ours},
        {Says::service_missing, "service_missing", Side::ours},
        {Says::neither_passes, "neither_passes", Side::ours},
        {Says::forgery, "forgery", Side::nobody},
        {Says::says_server, "not_authorized", Side::ours},
        {Says::reporter_unlisted, "not_authorized", Side::unknown},
        {Says::helo_wrong, "helo_wrong", Side::ours},
        {Says::forwarded, "forwarded", Side::theirs},
        {Says::forwarded_on, "forwarded", Side::theirs},
        {Says::private_address, "private_address", Side::unknown},
        {Says::signed_in, "signed_in", Side::unknown},
        {Says::reverse_dns_missing, "reverse_dns", Side::ours},
        {Says::reverse_dns_differs, "reverse_dns", Side::ours},
        {Says::reverse_dns_now, "reverse_dns_repaired", Side::nobody},
        {Says::spf_unchecked, "spf_unchecked", Side::unknown},
        {Says::spf_no_sender, "spf_unchecked", Side::unknown},
        {Says::no_client, "no_client", Side::unknown},
        {Says::no_sender, "no_sender", Side::unknown},
        {Says::two_records, "several_records", Side::ours},
        {Says::too_many_lookups, "too_many_lookups", Side::ours},
        {Says::broken_record, "broken_record", Side::ours},
        {Says::no_record, "no_record", Side::ours},
        {Says::no_sender_domain, "no_sender_domain", Side::ours},
        {Says::dns_failure, "dns_failure", Side::unknown},
        {Says::spf_unanswered, "dns_failure", Side::unknown},
        {Says::repaired, "repaired", Side::nobody},
        {Says::not_aligned, "not_aligned", Side::ours},
        {Says::nothing_wrong, "nothing_wrong", Side::nobody},
        {Says::nothing_wrong_no_author, "nothing_wrong", Side::nobody},
    });
}();

/// Returns the situation of a sentence.
inline const Situation& situation_of(DiagnoseSentence code) noexcept {
    const auto found = std::find_if(situations.begin(), situations.end(),
                                    [code](const Situation& each) { return each.code == code; });
    return found == situations.end() ? situations.front() : *found;
}

/// Returns a sentence with a capital letter if it begins with words that stand for a name.
inline std::string begun(std::string text) {
    for (const std::string& words :
         {say<DiagnoseSentence::the_server>(), say<DiagnoseSentence::the_recipient>()}) {
        const bool is_lower = text.starts_with(words) && words[0] >= 'a' && words[0] <= 'z';
        if (is_lower) text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text;
}

/// Returns the verdict with a sentence and what stands in its places.
template <DiagnoseSentence code, class... Arguments>
Verdict verdict(Arguments&&... arguments) {
    return {code, situation_of(code).side, begun(say<code>(std::forward<Arguments>(arguments)...))};
}

}  // namespace spfcheck

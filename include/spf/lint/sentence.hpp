/// \file lint/sentence.hpp  The message texts of lint for special cases. The general texts of each
/// code are in FindingKind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf::lint {

/// The texts of Finding::message() and Finding::remedy() for cases in which the texts of the code
/// (FindingKind) are not specific enough. The numbers of these enumerators are not stable, because
/// new ones may be inserted anywhere.
enum class Sentence : std::uint8_t {
    usual,  ///< the text of the code, in FindingKind
    // Texts of message(): what is wrong with the version, the strings or the size.
    record_octets,
    string_octets,
    // Texts of message(): what is wrong with the syntax.
    unclear_all,
    spf_pasted,
    dmarc_pasted,
    record_pasted,
    text_pasted,
    invisible_character,
    backslash,
    backslash_for_slash,
    quotes_between_terms,
    value_in_brackets,
    address_in_brackets,
    mark_before_term,
    other_separator,
    different_alls,
    no_colon,
    no_equals_sign,
    aaaa,
    token_as_mechanism,
    everyone_once_fixed,
    perhaps_a_range,
    range,
    port,
    colon_and_number,
    url_for_name,
    // Texts of message(): why a correct term does not do what was probably meant.
    rejecting_include,
    redirect_before_terms,
    private_range,
    near_name,
    bare_all,
    everyone_around,
    everyone_around_ip4,
    everyone_around_ip6,
    everyone_together_ip4,
    everyone_together_ip6,
    huge_ip4,
    huge_ip6,
    huge_around_ip4,
    huge_around_ip6,
    half_of_ip4,
    // Texts of message(): what is wrong with a domain or a record that its record leads to.
    domain_problem,
    alias_of_nothing,
    alias_without_record,
    records_of_domain,
    obsolete_alone,
    name_not_in_zone,
    name_not_in_source,
    lookup_failed,
    lookup_truncated,
    no_record_at,
    host_without_record,
    no_domain_for_record,
    name_without_address,
    name_without_exchange,
    everyone_by_name,
    exchanges_of_domain,
    loop_by,
    record_twice,
    same_record_twice,
    short_ttl,
    long_ttl,
    voids,
    voids_ip4,
    voids_ip6,
    lookups,
    lookups_by,
    lookups_at_least,
    lookups_at_least_by,
    lookups_endless,
    lookups_endless_by,
    // Texts of remedy(): how to correct the version or the strings.
    write_space_and_all,
    // Texts of remedy(): how to correct the syntax.
    write_all,
    write_name_and_all,
    write_all_and_publish,
    merge_records,
    publish_dmarc,
    publish_record,
    publish_text,
    publish_token,
    delete_character,
    delete_or_space,
    write_space,
    delete_backslash,
    delete_backslash_or_slash,
    write_slash,
    space_for_quotes,
    delete_brackets,
    separate_by_spaces,
    keep_one_all,
    write_colon,
    write_equals_sign,
    write_a,
    delete_or_complete,
    join_address,
    list_range,
    delete_port,
    slash_or_no_port,
    delete_zero,
    write_name,
    // Texts of remedy(): how to write what was probably meant.
    delete_opening,
    perhaps_near_name,
    surely_near_name,
    senders_and_all,
    // Texts of remedy(): how to correct what was found by lint_domain().
    write_host,
    correct_alias,
    publish_at_target,
    publish_as_txt,
    open_tcp,
    check_one_address,
};
/// The number of texts. The values 0 to sentence_count - 1 are valid.
inline constexpr std::size_t sentence_count =
    static_cast<std::size_t>(Sentence::check_one_address) + 1;

/// Returns the English pattern of a text (base/message.hpp). It is empty for `usual`. In the
/// pattern, {1} is Finding::term(), {2} is the first argument of the Message, and so on. The
/// pattern is in static storage.
[[nodiscard]] SPF_EXPORT std::string_view pattern_of(Sentence sentence) noexcept;
/// Returns the name of the enumerator. The name is in static storage.
[[nodiscard]] SPF_EXPORT std::string_view to_string(Sentence sentence) noexcept;

}  // namespace spf::lint

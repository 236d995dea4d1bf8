// The messages for people about services that send mail, and about the files that list services.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class ProvidersSentence : std::uint8_t {
    // What the user has to publish so that a service may send. {1} is the name of the service.
    add_at_domain,
    add_at_sub_domain,
    create_records,
    leave_alone,
    ask_provider,
    // The same in a few words, for the list of all services.
    short_add_at_domain,
    short_add_at_sub_domain,
    short_create_records,
    short_leave_alone,
    short_ask_provider,
    // Where the advice comes from. {1} is the source and {2} its date. In `no_source_dated`, {1} is
    // the date.
    weak,
    source,
    source_dated,
    no_source,
    no_source_dated,
    unknown_service,
    unknown_service_like,
    // What --verify found out. In `verified`, the numbers are those of the good includes, of all,
    // and of those that are gone, empty, changed and not known. In the others, {1} is the include,
    // {2} its service, and {3} its record or why it has none; in `include_changed`, {4} is the
    // earlier record.
    verified,
    include_gone,
    include_empty,
    include_changed,
    include_unknown,
    verify_alone,
    since_alone,
    not_verified_output,
    // What is wrong with a file of services. {1} is the path of the file, or of a key in it such as
    // `providers[3].advice`. In `not_json`, {1} and {2} are the line and the column of the mistake.
    unreadable,
    too_large,
    wrong,
    not_json,
    number_too_large,
    no_object,
    version,
    no_services,
    unknown_key,
    not_string,
    not_one_of,
    not_strings,
    empty_string,
    missing,
    no_letter,
    not_mechanism,
    not_name,
    mechanisms_missing,
    sub_domain_missing,
    not_service,
    // Behind a service whose entry is not well supported by sources.
    in_brackets_weak,
};

template <>
struct Sentences<ProvidersSentence> {
    using enum ProvidersSentence;
    static constexpr std::array<Wording<ProvidersSentence>,
                                static_cast<std::size_t>(in_brackets_weak) + 1>
        table{{
            {add_at_domain, "Add the mechanism of {1} to the domain's record."},
            {add_at_sub_domain,
             "Add the mechanism of {1} to the record of the sub-domain that it sends with, not to "
             "that of the domain."},
            {create_records, "Do not change the SPF record for {1}; create the records below."},
            {leave_alone, "Do not change the SPF record for {1}."},
            {ask_provider, "Ask {1}, because what to publish depends on your account: {2}."},

            {short_add_at_domain, "add a term"},
            {short_add_at_sub_domain, "add to a sub-domain"},
            {short_create_records, "other records"},
            {short_leave_alone, "nothing to add"},
            {short_ask_provider, "ask the service"},

            {weak, "Not confirmed: no page of the vendor says this."},
            {source, "Source: {1}"},
            {source_dated, "Source: {1} ({2})"},
            {no_source, "Source: none given"},
            {no_source_dated, "Source: none given (entry of {1})"},
            {unknown_service,
             "there is no service \"{1}\"; \"spfcheck providers\" lists the known services"},

            {unknown_service_like,
             "there is no service \"{1}\"; perhaps \"{2}\"? \"spfcheck providers\" lists the known "
             "services"},

            {verified,
             "{1} of {2} includes have a record; gone: {3}, empty: {4}, changed: {5}, not known: "
             "{6}"},
            {include_gone, "gone: {1} ({2}): {3}"},
            {include_empty, "empty: {1} ({2}): \"{3}\" authorises no address"},
            {include_changed, "changed: {1} ({2}): \"{3}\", earlier \"{4}\""},
            {include_unknown, "not known: {1} ({2}): {3}"},
            {verify_alone, "--verify asks for all services, so it excludes NAME"},
            {since_alone, "--since requires --verify"},
            {not_verified_output,
             "{1} is not the output of \"spfcheck providers --verify --json\""},

            {unreadable, "{1} cannot be read"},
            {too_large, "{1} is larger than {2} MiB, which is the most that is read"},
            {wrong, "{1}: {2}"},
            {not_json, "line {1}, column {2}: this is not JSON"},
            {number_too_large, "a number in the file is too large"},
            {no_object, "the file must be an object with version and providers"},
            {version, "{1} must be 1"},
            {no_services, "{1} must be an array of services"},
            {unknown_key, "{1} is not a known key; the keys are {2}"},
            {not_string, "{1} must be a string"},
            {not_one_of, "{1} is \"{2}\", but must be one of {3}"},
            {not_strings, "{1} must be an array of strings"},
            {empty_string, "{1} must be a string that is not empty"},
            {missing, "{1} is missing"},
            {no_letter, "{1} contains no letter or digit, so the service cannot be found by it"},
            {not_mechanism, "{1} is \"{2}\", but must be include:, a:, ip4: or ip6: with a value"},
            {not_name, "{1} is \"{2}\", but must be a name of DNS, such as spf.mailer.example"},
            {mechanisms_missing,
             "{1} is missing: with {2}, name the term to add to the SPF record"},
            {sub_domain_missing,
             "{1} is missing: add_at_subdomain requires the label of the sub-domain"},
            {not_service, "{1} must be an object with name and advice"},
            {in_brackets_weak, "weak"},
        }};
};
static_assert(is_in_order(Sentences<ProvidersSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck

// The names and messages of enumerators. Each name comes from the table of the enumeration that the
// C API repeats, so that a C program and a C++ program write the same words.

#include <array>
#include <cstddef>
#include <string_view>

#include "base/code_table.hpp"
#include "c/values.hpp"
#include "spf/version.hpp"

namespace {

// All names are literals, so they end with NUL.
constexpr const char* unknown = "unknown";

template <class Value>
const char* name_of(std::optional<Value> value) {
    return value ? to_string(*value).data() : unknown;
}

// An enumerator of the C API is converted to that of the library with the same value. These
// functions return the other one, so a new enumerator that the C API lacks does not compile.
constexpr int in_c(spf::Result result) {
    switch (result) {
        case spf::Result::none: return SPFC_RESULT_NONE;
        case spf::Result::neutral: return SPFC_RESULT_NEUTRAL;
        case spf::Result::pass: return SPFC_RESULT_PASS;
        case spf::Result::fail: return SPFC_RESULT_FAIL;
        case spf::Result::softfail: return SPFC_RESULT_SOFTFAIL;
        case spf::Result::temperror: return SPFC_RESULT_TEMPERROR;
        case spf::Result::permerror: return SPFC_RESULT_PERMERROR;
    }
    return -1;
}
constexpr int in_c(spf::Identity identity) {
    switch (identity) {
        case spf::Identity::mail_from: return SPFC_MAIL_FROM;
        case spf::Identity::helo: return SPFC_HELO;
    }
    return -1;
}
constexpr int in_c(spf::receiver::Action action) {
    switch (action) {
        case spf::receiver::Action::none: return SPFC_ACTION_NONE;
        case spf::receiver::Action::mark: return SPFC_ACTION_MARK;
        case spf::receiver::Action::defer: return SPFC_ACTION_DEFER;
        case spf::receiver::Action::reject: return SPFC_ACTION_REJECT;
    }
    return -1;
}
constexpr int in_c(spf::receiver::Ground ground) {
    switch (ground) {
        case spf::receiver::Ground::result: return SPFC_GROUND_RESULT;
        case spf::receiver::Ground::authenticated: return SPFC_GROUND_AUTHENTICATED;
        case spf::receiver::Ground::network: return SPFC_GROUND_NETWORK;
        case spf::receiver::Ground::helo_name: return SPFC_GROUND_HELO_NAME;
        case spf::receiver::Ground::sender_domain: return SPFC_GROUND_SENDER_DOMAIN;
        case spf::receiver::Ground::recipient: return SPFC_GROUND_RECIPIENT;
        case spf::receiver::Ground::relay_network: return SPFC_GROUND_RELAY_NETWORK;
        case spf::receiver::Ground::relay_host: return SPFC_GROUND_RELAY_HOST;
        case spf::receiver::Ground::relay_domain: return SPFC_GROUND_RELAY_DOMAIN;
    }
    return -1;
}
constexpr int in_c(spf::dns::Status status) {
    switch (status) {
        case spf::dns::Status::ok: return SPFC_DNS_OK;
        case spf::dns::Status::no_data: return SPFC_DNS_NO_DATA;
        case spf::dns::Status::nxdomain: return SPFC_DNS_NXDOMAIN;
        case spf::dns::Status::servfail: return SPFC_DNS_SERVFAIL;
        case spf::dns::Status::error: return SPFC_DNS_ERROR;
        case spf::dns::Status::timeout: return SPFC_DNS_TIMEOUT;
        case spf::dns::Status::unreachable: return SPFC_DNS_UNREACHABLE;
        case spf::dns::Status::not_in_zone: break;  // C programs have no zone data
    }
    return -1;
}
constexpr int in_c(spf::report::Folding folding) {
    switch (folding) {
        case spf::report::Folding::folded: return SPFC_FOLDED;
        case spf::report::Folding::folded_with_lf: return SPFC_FOLDED_WITH_LF;
        case spf::report::Folding::unfolded: return SPFC_UNFOLDED;
    }
    return -1;
}
constexpr int in_c(spf::dns::RecordType type) {
    switch (type) {
        case spf::dns::RecordType::a: return SPFC_TYPE_A;
        case spf::dns::RecordType::ptr: return SPFC_TYPE_PTR;
        case spf::dns::RecordType::mx: return SPFC_TYPE_MX;
        case spf::dns::RecordType::txt: return SPFC_TYPE_TXT;
        case spf::dns::RecordType::aaaa: return SPFC_TYPE_AAAA;
        case spf::dns::RecordType::spf: break;  // checks do not ask for it
    }
    return -1;
}
/// Returns whether the enumerators up to `last` have the same values for C.
template <class Value>
constexpr bool agrees(Value last) {
    for (int value = 0; value <= static_cast<int>(last); ++value) {
        if (in_c(static_cast<Value>(value)) != value) return false;
    }
    return true;
}
static_assert(agrees(spf::Result::permerror));
static_assert(agrees(spf::Identity::helo));
static_assert(agrees(spf::receiver::Action::reject));
static_assert(agrees(spf::receiver::Ground::relay_domain));
static_assert(agrees(spf::dns::Status::unreachable));
static_assert(agrees(spf::report::Folding::unfolded));
static_assert(in_c(spf::dns::RecordType::a) == 1 && in_c(spf::dns::RecordType::ptr) == 12 &&
              in_c(spf::dns::RecordType::mx) == 15 && in_c(spf::dns::RecordType::txt) == 16 &&
              in_c(spf::dns::RecordType::aaaa) == 28);

constexpr std::array<spf::CodeEntry<spf_error>, SPFC_NO_RESOLVER + 1> errors{{
    {SPFC_OK, "ok", "nothing is wrong"},
    {SPFC_NO_MEMORY, "no_memory", "there is not enough memory"},
    {SPFC_NULL_ARGUMENT, "null_argument", "an argument is NULL that must not be NULL"},
    {SPFC_BAD_VALUE, "bad_value", "a number is not a value of its enumeration"},
    {SPFC_BAD_ADDRESS, "bad_address", "the text is not an IPv4 or IPv6 address"},
    {SPFC_BAD_NETWORK, "bad_network",
     "the text is not an address, or an address with a prefix length such as 192.0.2.0/24"},
    {SPFC_BAD_NAME, "bad_name", "the text is not a name in the required form"},
    {SPFC_BAD_TEXT, "bad_text", "the text does not have the required form"},
    {SPFC_DUPLICATE, "duplicate", "the name has been added before"},
    {SPFC_TOO_LARGE, "too_large", "the text is too long, or the answer has too many records"},
    {SPFC_NOT_ASKED, "not_asked", "no open question has the number of the answer"},
    {SPFC_NO_RESOLVER, "no_resolver", "the checker was made without a callback that asks DNS"},
}};
static_assert(spf::is_in_order_of_codes(errors), "one line for each error, in their order");

const spf::CodeEntry<spf_error>* entry_of(spf_error error) noexcept {
    const auto index = spf::c_api::in_range<std::size_t>(error, SPFC_NO_RESOLVER);
    return index ? &errors[*index] : nullptr;
}

}  // namespace

const char* spf_error_name(spf_error error) {
    const auto* const entry = entry_of(error);
    return entry == nullptr ? unknown : entry->name.data();
}

const char* spf_error_message(spf_error error) {
    const auto* const entry = entry_of(error);
    return entry == nullptr ? "the number is not an error" : entry->message.data();
}

const char* spf_version() { return SPF_VERSION_STRING; }

const char* spf_result_name(spf_result result) { return name_of(spf::c_api::result_of(result)); }
const char* spf_identity_name(spf_identity identity) {
    return name_of(spf::c_api::identity_of(identity));
}
const char* spf_action_name(spf_action action) { return name_of(spf::c_api::action_of(action)); }
const char* spf_ground_name(spf_ground ground) { return name_of(spf::c_api::ground_of(ground)); }
const char* spf_dns_status_name(spf_dns_status status) {
    return name_of(spf::c_api::status_of(status));
}

const char* spf_record_type_name(spf_record_type type) {
    switch (type) {
        case SPFC_TYPE_A:
        case SPFC_TYPE_PTR:
        case SPFC_TYPE_MX:
        case SPFC_TYPE_TXT:
        case SPFC_TYPE_AAAA: return to_string(static_cast<spf::dns::RecordType>(type)).data();
    }
    return unknown;
}

spf_error spf_action_from_name(const char* name, spf_action* action) {
    if (name == nullptr || action == nullptr) return SPFC_NULL_ARGUMENT;
    const auto found = spf::receiver::action_named(name);
    if (!found) return SPFC_BAD_NAME;
    *action = static_cast<spf_action>(*found);
    return SPFC_OK;
}

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

// An enumerator of the C API is converted to the enumerator of the library with the same value.
template <class Value, class Enumerator>
constexpr bool equal(Value value, Enumerator enumerator) {
    return static_cast<int>(value) == static_cast<int>(enumerator);
}
static_assert(equal(SPFC_RESULT_NONE, spf::Result::none) &&
              equal(SPFC_RESULT_NEUTRAL, spf::Result::neutral) &&
              equal(SPFC_RESULT_PASS, spf::Result::pass) &&
              equal(SPFC_RESULT_FAIL, spf::Result::fail) &&
              equal(SPFC_RESULT_SOFTFAIL, spf::Result::softfail) &&
              equal(SPFC_RESULT_TEMPERROR, spf::Result::temperror) &&
              equal(SPFC_RESULT_PERMERROR, spf::Result::permerror));
static_assert(equal(SPFC_MAIL_FROM, spf::Identity::mail_from) &&
              equal(SPFC_HELO, spf::Identity::helo));
static_assert(equal(SPFC_ACTION_NONE, spf::receiver::Action::none) &&
              equal(SPFC_ACTION_MARK, spf::receiver::Action::mark) &&
              equal(SPFC_ACTION_DEFER, spf::receiver::Action::defer) &&
              equal(SPFC_ACTION_REJECT, spf::receiver::Action::reject));
static_assert(equal(SPFC_GROUND_RESULT, spf::receiver::Ground::result) &&
              equal(SPFC_GROUND_AUTHENTICATED, spf::receiver::Ground::authenticated) &&
              equal(SPFC_GROUND_NETWORK, spf::receiver::Ground::network) &&
              equal(SPFC_GROUND_HELO_NAME, spf::receiver::Ground::helo_name) &&
              equal(SPFC_GROUND_SENDER_DOMAIN, spf::receiver::Ground::sender_domain) &&
              equal(SPFC_GROUND_RECIPIENT, spf::receiver::Ground::recipient) &&
              equal(SPFC_GROUND_RELAY_NETWORK, spf::receiver::Ground::relay_network) &&
              equal(SPFC_GROUND_RELAY_HOST, spf::receiver::Ground::relay_host) &&
              equal(SPFC_GROUND_RELAY_DOMAIN, spf::receiver::Ground::relay_domain));
static_assert(equal(SPFC_DNS_OK, spf::dns::Status::ok) &&
              equal(SPFC_DNS_NO_DATA, spf::dns::Status::no_data) &&
              equal(SPFC_DNS_NXDOMAIN, spf::dns::Status::nxdomain) &&
              equal(SPFC_DNS_SERVFAIL, spf::dns::Status::servfail) &&
              equal(SPFC_DNS_ERROR, spf::dns::Status::error) &&
              equal(SPFC_DNS_TIMEOUT, spf::dns::Status::timeout) &&
              equal(SPFC_DNS_UNREACHABLE, spf::dns::Status::unreachable));
static_assert(equal(SPFC_TYPE_A, spf::dns::RecordType::a) &&
              equal(SPFC_TYPE_PTR, spf::dns::RecordType::ptr) &&
              equal(SPFC_TYPE_MX, spf::dns::RecordType::mx) &&
              equal(SPFC_TYPE_TXT, spf::dns::RecordType::txt) &&
              equal(SPFC_TYPE_AAAA, spf::dns::RecordType::aaaa));
static_assert(equal(SPFC_FOLDED, spf::report::Folding::folded) &&
              equal(SPFC_FOLDED_WITH_LF, spf::report::Folding::folded_with_lf) &&
              equal(SPFC_UNFOLDED, spf::report::Folding::unfolded));

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

// Answers are filled record by record. A name in a record is read as DNS libraries of C write it
// (RFC 1035, 5.1):
//
//   name  = "." / "" / label *( "." label ) [ "." ]
//   label = 1*63( any octet except "\" and "." / "\" 3DIGIT / "\" any octet except DIGIT )
//
// An escaped dot within a label is refused, because the library's names have no escapes.

#include "c/answer.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <climits>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/ascii.hpp"
#include "c/guard.hpp"
#include "c/values.hpp"
#include "dns/escapes.hpp"
#include "spf/base/expected.hpp"
#include "spf/dns/name.hpp"

namespace {

constexpr std::size_t most_records = 4096;
constexpr std::size_t most_text_octets = 65'535;
// Each octet of a name may be written as `\DDD`.
constexpr std::size_t longest_escaped_name = 4 * (spf::dns::max_name_length + 1);

/// Returns the octet that an escape after a backslash means, and removes the escape from `rest`.
/// Returns nothing if it is not an escape, or if it means a dot.
std::optional<char> read_escape(std::string_view& rest) noexcept {
    if (rest.empty()) return std::nullopt;
    std::size_t length = 1;
    unsigned value = static_cast<unsigned char>(rest.front());
    if (spf::ascii::is_digit(rest.front())) {
        length = 3;
        if (rest.size() < length) return std::nullopt;
        value = 0;
        for (const char digit : rest.substr(0, length)) {
            if (!spf::ascii::is_digit(digit)) return std::nullopt;
            value = value * 10 + static_cast<unsigned>(digit - '0');
        }
        if (value > 255) return std::nullopt;
    }
    if (value == '.') return std::nullopt;
    rest.remove_prefix(length);
    return static_cast<char>(value);
}

/// Returns the name without escapes and without trailing dot, or nothing if it is not a name.
std::optional<std::string> read_name(const char* text) {
    const std::size_t length = ::strnlen(text, longest_escaped_name + 1);
    if (length > longest_escaped_name) return std::nullopt;
    std::string_view rest{text, length};
    std::string name;
    if (rest.empty() || rest == ".") return name;
    while (!rest.empty()) {
        const char octet = rest.front();
        rest.remove_prefix(1);
        if (octet != '\\') {
            name += octet;
            continue;
        }
        const auto escaped = read_escape(rest);
        if (!escaped) return std::nullopt;
        name += *escaped;
    }
    if (name.ends_with('.')) name.pop_back();
    if (spf::dns::name_problem(name) || name.ends_with('.')) return std::nullopt;
    return name;
}

/// Adds a record of `text_octets` octets of text by calling `add()`. Marks the answer as cut if it
/// is full, or if `add()` throws.
template <class Add>
spf_error add_record(spf_answer& answer, std::size_t records, std::size_t text_octets,
                     const Add& add) noexcept {
    spf_error error = SPFC_TOO_LARGE;
    if (records <= most_records - answer.records &&
        text_octets <= most_text_octets - answer.text_octets) {
        error = spf::c_api::guarded([&] {
            add();
            return SPFC_OK;
        });
    }
    if (error != SPFC_OK) {
        answer.is_cut = true;
        return error;
    }
    answer.records += records;
    answer.text_octets += text_octets;
    return SPFC_OK;
}

/// Adds an address.
spf_error add_address(spf_answer& answer, spf::IpAddress address) noexcept {
    return add_record(answer, 1, 0, [&] { answer.answer.addresses.push_back(address); });
}

/// Returns the first `size` octets that a pointer of a C program points to.
template <std::size_t size>
std::array<std::uint8_t, size> octets_of(const void* octets) noexcept {
    std::array<std::uint8_t, size> copy{};
    std::memcpy(copy.data(), octets, size);
    return copy;
}

/// Reads a name, and adds a record with it by calling `add(name)`.
template <class Add>
spf_error add_with_name(spf_answer& answer, const char* text, const Add& add) noexcept {
    std::optional<std::string> name;
    const spf_error error = spf::c_api::guarded([&] {
        name = read_name(text);
        return name ? SPFC_OK : SPFC_BAD_NAME;
    });
    if (error == SPFC_NO_MEMORY) answer.is_cut = true;
    if (error != SPFC_OK) return error;
    return add_record(answer, 1, 0, [&] { add(*std::move(name)); });
}

/// Returns the milliseconds from now to a deadline, as spf_question::timeout_ms describes them.
int milliseconds_until(spf::dns::Clock::time_point deadline) noexcept {
    if (deadline == spf::dns::Clock::time_point::max()) return -1;
    const auto now = spf::dns::Clock::now();
    if (deadline <= now) return 0;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count();
    return static_cast<int>(std::min<decltype(left)>(left, INT_MAX));
}

}  // namespace

spf::dns::AnswerPtr spf_answer::shared() const {
    if (is_cut) return spf::dns::make_answer(spf::dns::Status::error);
    return std::make_shared<const spf::dns::Answer>(answer);
}

namespace spf::c_api {

QuestionText::QuestionText(const dns::Question& question, unsigned long id)
    : octets_(question.name), question_() {
    dns::append_escaped_name(name_, octets_);
    question_.id = id;
    question_.type = static_cast<spf_record_type>(question.type);
    question_.name = name_.c_str();
    question_.octets = reinterpret_cast<const unsigned char*>(octets_.data());
    question_.length = octets_.size();
    question_.timeout_ms = milliseconds_until(question.deadline);
}

dns::AnswerPtr CallbackResolver::resolve(const dns::Question& question) {
    const QuestionText text{question, 0};
    spf_answer answer;
    callback_(context_, &text.question(), &answer);
    return answer.shared();
}

}  // namespace spf::c_api

spf_answer* spf_answer_new() {
    return spf::c_api::released([] { return std::make_unique<spf_answer>(); });
}

void spf_answer_free(spf_answer* answer) { delete answer; }

void spf_answer_clear(spf_answer* answer) {
    if (answer != nullptr) *answer = spf_answer{};
}

spf_error spf_answer_set_status(spf_answer* answer, spf_dns_status status, uint32_t ttl_seconds) {
    if (answer == nullptr) return SPFC_NULL_ARGUMENT;
    const auto value = spf::c_api::status_of(status);
    if (!value) return SPFC_BAD_VALUE;
    answer->answer.status = *value;
    constexpr std::uint32_t longest = 0x7fff'ffff;  // RFC 2181, 8
    const bool is_kept = !is_failure(*value) && ttl_seconds <= longest;
    answer->answer.ttl = std::chrono::seconds{is_kept ? ttl_seconds : 0};
    return SPFC_OK;
}

spf_error spf_answer_add_text(spf_answer* answer, const void* text, size_t length) {
    if (answer == nullptr || (text == nullptr && length > 0)) return SPFC_NULL_ARGUMENT;
    return add_record(*answer, 1, length, [&] {
        answer->answer.texts.emplace_back(static_cast<const char*>(text), length);
    });
}

spf_error spf_answer_append_text(spf_answer* answer, const void* text, size_t length) {
    if (answer == nullptr || (text == nullptr && length > 0)) return SPFC_NULL_ARGUMENT;
    if (answer->answer.texts.empty()) return SPFC_BAD_TEXT;
    return add_record(*answer, 0, length, [&] {
        answer->answer.texts.back().append(static_cast<const char*>(text), length);
    });
}

spf_error spf_answer_add_address(spf_answer* answer, const char* address) {
    if (answer == nullptr || address == nullptr) return SPFC_NULL_ARGUMENT;
    const auto read = spf::IpAddress::parse(address);
    return read ? add_address(*answer, *read) : SPFC_BAD_ADDRESS;
}

spf_error spf_answer_add_ipv4(spf_answer* answer, const void* octets) {
    if (answer == nullptr || octets == nullptr) return SPFC_NULL_ARGUMENT;
    return add_address(*answer, spf::IpAddress::v4(octets_of<4>(octets)));
}

spf_error spf_answer_add_ipv6(spf_answer* answer, const void* octets) {
    if (answer == nullptr || octets == nullptr) return SPFC_NULL_ARGUMENT;
    return add_address(*answer, spf::IpAddress::v6(octets_of<16>(octets)));
}

spf_error spf_answer_add_exchange(spf_answer* answer, uint16_t preference, const char* host) {
    if (answer == nullptr || host == nullptr) return SPFC_NULL_ARGUMENT;
    return add_with_name(*answer, host, [&](std::string&& name) {
        answer->answer.exchanges.push_back({preference, std::move(name)});
    });
}

spf_error spf_answer_add_name(spf_answer* answer, const char* name) {
    if (answer == nullptr || name == nullptr) return SPFC_NULL_ARGUMENT;
    return add_with_name(*answer, name, [&](std::string&& read) {
        answer->answer.names.push_back(std::move(read));
    });
}

// Tests a complete check. The input determines the DNS answers. The check must end within the
// limits. It must have the same outcome with hints, with a trace, and in an Evaluation that was
// used before.

#include "spf/evaluation/evaluation.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "require.hpp"
#include "spf/record/select.hpp"

namespace {

struct Input {
    std::uint8_t client = 0;
    std::uint8_t shape = 0;
    std::uint8_t count = 0;
    std::vector<std::string> texts;

    [[nodiscard]] std::string_view text(std::size_t i) const {
        return texts.empty() ? std::string_view{} : std::string_view{texts[i % texts.size()]};
    }
};

Input read(const std::uint8_t* data, std::size_t size) {
    Input input;
    input.client = data[0];
    input.shape = data[1];
    input.count = data[2];
    std::string text;
    for (std::size_t i = 3; i < size; ++i) {
        if (data[i] == 0) {
            input.texts.push_back(std::move(text));
            text.clear();
        } else {
            text += static_cast<char>(data[i]);
        }
    }
    input.texts.push_back(std::move(text));
    return input;
}

/// Returns the answer to a question. The answer depends only on the question and the input, so
/// equal questions have equal answers.
spf::dns::AnswerPtr answer_to(const spf::dns::Question& question, const Input& input) {
    std::size_t seed = input.shape;
    for (const char c : question.name) seed = seed * 31 + static_cast<unsigned char>(c);
    seed += static_cast<std::size_t>(question.type) * 7;
    if (seed % 41 == 0) return nullptr;

    auto answer = std::make_shared<spf::dns::Answer>();
    answer->status =
        seed % 5 == 0 ? static_cast<spf::dns::Status>(seed / 5 % 7) : spf::dns::Status::ok;
    answer->ttl = std::chrono::seconds{seed % 1000};
    const std::size_t count = (seed / 11) % (input.count % 16U + 1U);
    for (std::size_t i = 0; i < count; ++i) {
        answer->addresses.push_back(
            spf::IpAddress::v4({192, 0, 2, static_cast<std::uint8_t>(seed + i)}));
        answer->exchanges.push_back(
            {static_cast<std::uint16_t>(i), std::string{input.text(seed + i)}});
        answer->names.emplace_back(input.text(seed + i));
    }
    answer->texts.emplace_back(input.text(seed + 2));
    if (seed % 7 == 0) answer->texts.emplace_back(input.text(seed + 3));
    if (seed % 2 == 0) {
        answer->selected =
            std::make_shared<const spf::SelectedRecord>(spf::select_record(answer->texts));
    }
    return answer;
}

void run(spf::Evaluation& check, const Input& input) {
    std::size_t questions = 0;
    while (!check.done()) {
        const spf::dns::Question question = check.pending();
        REQUIRE_THAT(!question.name.empty() && question.name.size() <= 253);
        REQUIRE_THAT(question.name.back() != '.');
        for (const spf::dns::Question& hint : check.hints()) REQUIRE_THAT(!hint.name.empty());
        // The maximum number of questions: one for the first record, eleven for each of ten terms
        // (an MX query and ten hosts), eleven for the reverse mapping, and one for `exp`.
        REQUIRE_THAT(++questions <= 1 + 10 * 11 + 11 + 1);
        check.answer(answer_to(question, input));
    }
}

void check_limits(const spf::Outcome& outcome) {
    REQUIRE_THAT(outcome.dns_lookups <= 11);
    REQUIRE_THAT(outcome.void_lookups <= 3);
    const bool exceeded = outcome.dns_lookups > 10 || outcome.void_lookups > 2;
    REQUIRE_THAT(!exceeded || outcome.result == spf::Result::permerror);
    const bool error = outcome.result == spf::Result::permerror ||
                       outcome.result == spf::Result::temperror ||
                       outcome.result == spf::Result::none;
    REQUIRE_THAT(error == outcome.problem.has_value());
    if (outcome.problem) REQUIRE_THAT(!outcome.problem->message().empty());
    REQUIRE_THAT(outcome.explanation.empty() || outcome.result == spf::Result::fail);
    REQUIRE_THAT(std::all_of(outcome.explanation.begin(), outcome.explanation.end(),
                             [](char c) { return c >= ' ' && c < '\x7f'; }));
}

void check_same(const spf::Outcome& one, const spf::Outcome& other) {
    REQUIRE_THAT(one.result == other.result);
    REQUIRE_THAT(one.mechanism == other.mechanism);
    REQUIRE_THAT(one.explanation == other.explanation);
    REQUIRE_THAT(one.dns_lookups == other.dns_lookups);
    REQUIRE_THAT(one.void_lookups == other.void_lookups);
    REQUIRE_THAT(one.ttl == other.ttl);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const Input input = read(data, size);
    spf::Request request;
    request.ip = input.client % 3 == 0 ? spf::IpAddress::v6({0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0,
                                                             0, 0, 0, 0, 0, 0, input.client})
                                       : spf::IpAddress::v4({192, 0, 2, input.client});
    request.mail_from = input.text(0);
    request.helo = input.text(1);
    request.time = std::chrono::sys_seconds{std::chrono::seconds{1'700'000'000}};

    spf::Evaluation first{request};
    run(first, input);
    const spf::Outcome outcome = std::move(first).outcome();
    check_limits(outcome);

    spf::Options options;
    options.trace = true;
    options.hints = true;
    spf::Evaluation second{request, options};
    run(second, input);
    check_same(outcome, second.outcome());
    second.reset(request);
    if (!second.done()) second.expire();
    second.reset(request);
    run(second, input);
    check_same(outcome, second.outcome());
    return 0;
}

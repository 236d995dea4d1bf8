// Tests the C API as a C program may use it, with any settings, texts, numbers and answers, and
// with answers in any order. A decision without I/O must be the decision that waits. A check
// without I/O must have the outcomes of the check that waits. Every text that the API describes as
// printable US-ASCII must be so.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "require.hpp"
#include "spf/c.h"

namespace {

/// Reads numbers and texts from the input. After its end, all are 0 and empty.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size)
        : rest_(reinterpret_cast<const char*>(data), size) {}

    std::uint8_t number() {
        if (rest_.empty()) return 0;
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    /// Returns what is before the next NUL, so that most of an input is readable text.
    std::string text() {
        const std::string_view text = rest_.substr(0, rest_.find('\0'));
        rest_.remove_prefix(std::min(text.size() + 1, rest_.size()));
        return std::string{text};
    }
    [[nodiscard]] bool is_over() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

/// Returns an enumerator or, for large numbers, a value that is not one.
template <class Enumeration>
Enumeration enumerator(std::uint8_t number) {
    constexpr std::array<int, 3> odd{-1, 1'000, 2'147'483'647};
    return static_cast<Enumeration>(number < 250 ? number % 10 : odd[number % odd.size()]);
}

void require_known(spf_error error) {
    REQUIRE_THAT(std::string_view(spf_error_name(error)) != "unknown");
    REQUIRE_THAT(error != SPFC_NO_MEMORY);
}

void require_printable(const char* text) {
    REQUIRE_THAT(text != nullptr);
    const std::string_view view = text;
    REQUIRE_THAT(
        std::all_of(view.begin(), view.end(), [](char c) { return c >= ' ' && c <= '~'; }));
}

std::string taken(char* text) {
    require_printable(text);
    std::string copy = text;
    spf_text_free(text);
    return copy;
}

/// What a name server has: the answer to a question depends only on the question and on this.
struct Zone {
    std::vector<std::string> texts{};
    std::uint8_t shape = 0;

    [[nodiscard]] const std::string& text(std::size_t i) const { return texts[i % texts.size()]; }
};

void fill(spf_answer* answer, const spf_question& question, const Zone& zone) {
    std::size_t seed = zone.shape;
    for (std::size_t i = 0; i < question.length; ++i) seed = seed * 31 + question.octets[i];
    seed = seed * 31 + static_cast<std::size_t>(question.type);
    require_printable(question.name);
    REQUIRE_THAT(question.length >= 1 && question.length <= 253);
    if (seed % 13 == 0) return;
    const auto status = static_cast<std::uint8_t>(seed % 4 == 0 ? seed / 4 : 0);
    require_known(spf_answer_set_status(answer, enumerator<spf_dns_status>(status),
                                        static_cast<std::uint32_t>(seed * 7919)));
    for (std::size_t count = seed / 16 % 4; count > 0; --count) {
        const std::string& text = zone.text(seed + count);
        require_known(spf_answer_add_exchange(answer, 10, text.c_str()));
        require_known(spf_answer_add_name(answer, text.c_str()));
        require_known(spf_answer_add_address(answer, text.c_str()));
        require_known(spf_answer_add_ipv4(answer, "\xc0\x00\x02\x01"));
        require_known(spf_answer_add_ipv6(answer, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"));
    }
    if (seed % 11 == 0) require_known(spf_answer_append_text(answer, "x", 1));
    const std::string& record = zone.text(seed + 1);
    require_known(spf_answer_add_text(answer, record.data(), record.size() / 2));
    require_known(spf_answer_append_text(answer, record.data() + record.size() / 2,
                                         record.size() - record.size() / 2));
    if (seed % 5 == 0) require_known(spf_answer_add_text(answer, nullptr, 0));
    // At most 4096 records.
    for (int i = 0; seed % 64 == 1 && i < 4100; ++i) spf_answer_add_text(answer, "", 0);
}

void ask(void* context, const spf_question* question, spf_answer* answer) {
    fill(answer, *question, *static_cast<const Zone*>(context));
}

/// Changes a policy as the input says.
void configure(spf_policy* policy, Input& input) {
    spf_exceptions* const exceptions = spf_exceptions_new();
    for (int changes = input.number() % 16; changes > 0 && !input.is_over(); --changes) {
        const std::uint8_t kind = input.number();
        const auto rule = enumerator<spf_rule>(input.number());
        const auto result = enumerator<spf_result>(input.number());
        const auto action = enumerator<spf_action>(input.number());
        const std::string text = input.text();
        const char* const name = text.c_str();
        spf_text_error mistake;
        spf_error error = SPFC_OK;
        switch (kind % 13) {
            case 0: error = spf_policy_set_action(policy, rule, result, action); break;
            case 1: error = spf_exceptions_set_action(exceptions, rule, result, action); break;
            case 2: error = spf_policy_add_domain(policy, name, exceptions); break;
            case 3: error = spf_policy_add_recipient(policy, name, exceptions); break;
            case 4: error = spf_policy_add_skip_network(policy, name); break;
            case 5: error = spf_policy_add_skip_helo(policy, name); break;
            case 6: error = spf_policy_add_relay_network(policy, name); break;
            case 7: error = spf_policy_add_relay_host(policy, name); break;
            case 8: error = spf_policy_add_relay_domain(policy, name); break;
            case 9: error = spf_policy_set_test(policy, kind % 2 == 0); break;
            case 10: error = spf_policy_clear_skip_networks(policy); break;
            case 11: error = spf_exceptions_set_skip(exceptions, kind % 2 == 0); break;
            default:
                error = spf_policy_set_reason(policy, name, &mistake);
                REQUIRE_THAT((error == SPFC_OK) == (mistake.message[0] == '\0'));
                REQUIRE_THAT(mistake.offset <= text.size());
                require_printable(mistake.message);
        }
        require_known(error);
        spf_policy_action(policy, rule, result);
    }
    spf_exceptions_free(exceptions);
}

/// Checks all texts about an outcome. Returns the JSON.
std::string describe(const spf_outcome* outcome) {
    if (outcome == nullptr) return "absent";
    require_printable(spf_outcome_client(outcome));
    require_printable(spf_outcome_explanation(outcome));
    const spf_result result = spf_outcome_result(outcome);
    const bool has_problem = result == SPFC_RESULT_NONE || result == SPFC_RESULT_TEMPERROR ||
                             result == SPFC_RESULT_PERMERROR;
    REQUIRE_THAT((spf_outcome_problem(outcome) != nullptr) == has_problem);
    REQUIRE_THAT((spf_outcome_problem_code(outcome) != nullptr) == has_problem);
    if (has_problem) require_printable(spf_outcome_problem(outcome));
    if (has_problem) require_printable(spf_outcome_remedy(outcome));
    REQUIRE_THAT(spf_outcome_ttl(outcome) >= 0);
    taken(spf_outcome_summary(outcome));
    return taken(spf_outcome_json(outcome));
}

std::string describe(const spf_check* check) {
    return describe(spf_check_outcome(check, SPFC_HELO)) +
           describe(spf_check_outcome(check, SPFC_MAIL_FROM));
}

/// Checks a list of fields in one line each, and frees it.
std::string describe(spf_fields* fields) {
    std::string text;
    for (std::size_t i = 0; i < spf_fields_count(fields); ++i) {
        require_printable(spf_fields_text(fields, i));
        REQUIRE_THAT(std::strlen(spf_fields_text(fields, i)) <= 998);
        REQUIRE_THAT(std::string(spf_fields_name(fields, i)) + ": " + spf_fields_value(fields, i) ==
                     spf_fields_text(fields, i));
        text.append(spf_fields_text(fields, i)) += '\n';
    }
    spf_fields_free(fields);
    return text;
}

std::string describe(const spf_reply* reply, const char* address) {
    REQUIRE_THAT(spf_reply_code(reply) == 550 || spf_reply_code(reply) == 451);
    REQUIRE_THAT(spf_reply_line_count(reply) >= 1);
    for (const auto interface :
         {SPFC_INTERFACE_SMTP, SPFC_INTERFACE_MILTER, SPFC_INTERFACE_POSTFIX}) {
        spf_reply* adapted = nullptr;
        REQUIRE_THAT(spf_reply_for(reply, interface, address, &adapted) == SPFC_OK);
        for (std::size_t i = 0; i < spf_reply_line_count(adapted); ++i)
            require_printable(spf_reply_line(adapted, i));
        REQUIRE_THAT(spf_reply_line_count(adapted) >= 1);
        REQUIRE_THAT(interface != SPFC_INTERFACE_POSTFIX || spf_reply_line_count(adapted) == 1);
        spf_reply_free(adapted);
    }
    require_printable(spf_reply_text(reply));
    return spf_reply_smtp(reply);
}

std::string describe(const spf_decision* decision, const spf_session& session) {
    std::string text = taken(spf_decision_log_line(decision, &session));
    // If the client is several relays, the one whose check ends first is the ground.
    const spf_ground ground = spf_decision_ground(decision);
    if (ground == SPFC_GROUND_RELAY_HOST || ground == SPFC_GROUND_RELAY_DOMAIN) text = "a relay";
    text += spf_action_name(spf_decision_demanded(decision));
    require_printable(spf_decision_matched(decision));
    const bool is_refused = spf_decision_action(decision) >= SPFC_ACTION_DEFER;
    const spf_reply* const reply = spf_decision_reply(decision);
    REQUIRE_THAT((reply != nullptr) == is_refused);
    if (reply != nullptr) text += describe(reply, session.recipient);
    spf_fields* fields = nullptr;
    REQUIRE_THAT(spf_decision_fields(decision, "mx.example.org", SPFC_UNFOLDED, &fields) ==
                 SPFC_OK);
    text += describe(fields);
    return text + describe(spf_decision_check(decision));
}

/// An answer that is under way.
struct Sent {
    unsigned long id = 0;
    spf_answer* answer = nullptr;
};

/// Answers the questions of a reception or evaluation in the order that the input determines. With
/// `is_careless`, time may be over, and numbers may be wrong.
template <class Object, class Next, class Pass, class Expire, class Done>
void finish(Object* object, const Zone& zone, Input& input, bool is_careless, const Next& next,
            const Pass& pass, const Expire& expire, const Done& done) {
    std::vector<Sent> sent;
    unsigned long last = 0;
    for (int steps = 0; !done(object); ++steps) {
        REQUIRE_THAT(steps < 20'000);
        while (const spf_question* const question = next(object)) {
            REQUIRE_THAT(question->id > last && question->timeout_ms == -1);
            last = question->id;
            sent.push_back({last, spf_answer_new()});
            fill(sent.back().answer, *question, zone);
        }
        if (done(object)) break;
        REQUIRE_THAT(!sent.empty());
        const std::uint8_t choice = input.number();
        REQUIRE_THAT(pass(object, last + 1, nullptr) == SPFC_NOT_ASKED);
        if (is_careless && choice % 16 == 15) {
            REQUIRE_THAT(expire(object) == SPFC_OK);
            continue;
        }
        const auto chosen = sent.begin() + choice % static_cast<std::ptrdiff_t>(sent.size());
        const spf_error error = pass(object, chosen->id, chosen->answer);
        REQUIRE_THAT(error == SPFC_OK || (is_careless && error == SPFC_NOT_ASKED));
        REQUIRE_THAT(pass(object, chosen->id, chosen->answer) == SPFC_NOT_ASKED);
        spf_answer_free(chosen->answer);
        sent.erase(chosen);
    }
    for (const Sent& late : sent) {
        REQUIRE_THAT(pass(object, late.id, late.answer) == SPFC_NOT_ASKED);
        spf_answer_free(late.answer);
    }
    REQUIRE_THAT(next(object) == nullptr);
}

std::string decide(spf_checker* caches, const spf_policy* policy, const spf_session& session,
                   const spf_options& options, const Zone& zone, Input& input, bool is_careless) {
    spf_reception* reception = nullptr;
    REQUIRE_THAT(spf_reception_new(caches, policy, &session, &options, &reception) == SPFC_OK);
    finish(reception, zone, input, is_careless, spf_reception_next, spf_reception_answer,
           spf_reception_expire, spf_reception_is_done);
    const std::string text = describe(spf_reception_decision(reception), session);
    spf_reception_free(reception);
    return text;
}

std::string check(spf_checker* caches, const spf_session& session, const spf_options& options,
                  const Zone& zone, Input& input, bool is_careless) {
    spf_evaluation* evaluation = nullptr;
    REQUIRE_THAT(spf_evaluation_new(caches, &session, &options, &evaluation) == SPFC_OK);
    finish(evaluation, zone, input, is_careless, spf_evaluation_next, spf_evaluation_answer,
           spf_evaluation_expire, spf_evaluation_is_done);
    const std::string text = describe(spf_evaluation_check(evaluation));
    spf_evaluation_free(evaluation);
    return text;
}

/// Decides and checks in all ways, and compares the results.
void run(const spf_policy* policy, const spf_session& session, const spf_options& options,
         Zone& zone, Input& input) {
    spf_checker* const checker = spf_checker_new(ask, &zone, nullptr);
    spf_decision* decision = nullptr;
    const spf_error error = spf_receive(checker, policy, &session, &options, &decision);
    REQUIRE_THAT(error == SPFC_OK || error == SPFC_BAD_ADDRESS);
    if (error != SPFC_OK) return spf_checker_free(checker);
    const std::string decided = describe(decision, session);
    spf_decision_free(decision);
    spf_checker_clear(checker);
    spf_check* waited = nullptr;
    REQUIRE_THAT(spf_check_mail(checker, &session, &options, &waited) == SPFC_OK);
    const std::string checked = describe(waited);
    spf_check_free(waited);
    spf_checker_free(checker);

    // With the time in a question, the answers may change from one second to the next.
    const bool has_time =
        std::any_of(zone.texts.begin(), zone.texts.end(), [](const std::string& text) {
            return text.find("{t") != std::string::npos || text.find("{T") != std::string::npos;
        });
    const std::string stepped = decide(nullptr, policy, session, options, zone, input, false);
    REQUIRE_THAT(has_time || stepped == decided);
    REQUIRE_THAT(check(nullptr, session, options, zone, input, false) == checked || has_time);

    spf_checker* const caches = spf_checker_new(nullptr, nullptr, nullptr);
    check(caches, session, options, zone, input, true);
    decide(caches, policy, session, options, zone, input, true);
    decide(caches, policy, session, options, zone, input, false);
    spf_checker_free(caches);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input{data, size};
    const std::uint8_t flags = input.number();
    const std::string client = input.text();
    const std::string helo = input.text();
    const std::string reverse_path = input.text();
    const std::string recipient = input.text();
    spf_session session{};
    session.client = flags % 4 == 3 ? client.c_str() : "192.0.2.1";
    session.helo = helo.c_str();
    session.reverse_path = reverse_path.c_str();
    session.recipient = recipient.c_str();
    session.is_authenticated = flags % 64 == 63;
    spf_options options{};
    options.trace = (flags & 4U) != 0;
    options.stop_on_helo_fail = (flags & 8U) != 0;
    options.without_explanation = (flags & 16U) != 0;

    Zone zone;
    zone.shape = input.number();
    for (int count = 1 + input.number() % 8; count > 0; --count) zone.texts.push_back(input.text());
    spf_policy* const policy = spf_policy_new();
    configure(policy, input);
    run(policy, session, options, zone, input);
    spf_policy_free(policy);
    return 0;
}

#include "batch/worker.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "batch/events.hpp"
#include "spf/base/printable.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/log/spdlog.hpp"
#include "spf/resolver/cache.hpp"

namespace spfcheck {
namespace {

/// A thread collects output lines. It writes them when they have at least this number of octets in
/// total, or when the thread has nothing else to do.
constexpr std::size_t enough_output = 65536;

/// Counts a check in `shared.heard` if DNS answered its first question, the one for the record;
/// otherwise in `shared.unheard`. A check that asked no question is not counted.
void count(const spf::Outcome& outcome, BatchShared& shared) {
    using Code = spf::Problem::Code;
    const auto& problem = outcome.problem;
    if (problem && problem->code == Code::malformed_domain) return;
    // The lookups of terms are counted only after DNS has answered the question for the record. So
    // a check with at least one such lookup has received an answer.
    const bool unheard = problem && is_silence(*problem) && outcome.dns_lookups == 0;
    ++(unheard ? shared.unheard : shared.heard);
}

void log(spdlog::logger& logger, const spf::Outcome& outcome) {
    for (const spf::Step& step : outcome.trace) {
        if (step.kind != spf::Step::Kind::lookup) continue;
        logger.debug("DNS {} {}: {}{}{}", spf::dns::to_string(step.type),
                     spf::printable(step.domain), spf::dns::to_string(step.status),
                     step.text.empty() ? "" : ", ", spf::printable(step.text));
    }
    spf::log_outcome(logger, outcome);
}

/// Collects output lines until there are enough to write.
class Writer {
public:
    explicit Writer(BatchShared& shared) : shared_(shared) {}

    /// Adds the output line for an outcome.
    /// \param octets  the size of the input line, with its line end
    void answer(const std::string& id, const spf::Outcome& outcome, std::size_t octets) {
        append_answer(text_, id, outcome);
        count(outcome, shared_);
        log(*shared_.logger, outcome);
        written(octets);
    }
    void error(const BatchItemError& error, const Line& line) {
        append_error(text_, error, line.number);
        ++shared_.refused;
        written(line.octets());
    }
    void pass_over(const Line& line) { shared_.octets += line.octets(); }
    void flush() {
        if (!text_.empty() && !shared_.sink.write(text_)) shared_.source.stop();
    }
    [[nodiscard]] bool works() const { return shared_.sink.error() == 0 && !shared_.interrupted; }

private:
    void written(std::size_t octets) {
        ++shared_.done;
        shared_.octets += octets;
        if (text_.size() >= enough_output) flush();
    }
    BatchShared& shared_;
    std::string text_;
};

/// Returns the check that an input line asks for. Returns nothing if the line is blank, names the
/// columns, or is wrong; for a wrong line, adds an output line with the error.
std::optional<BatchItem> read(const Line& line, const BatchShared& shared, Writer& writer) {
    if (line.number == shared.header_line || is_blank(line.text)) {
        writer.pass_over(line);
        return std::nullopt;
    }
    auto item = read_item(line.text, line.number, shared.columns);
    if (item) return *std::move(item);
    writer.error(item.error(), line);
    return std::nullopt;
}

/// Returns the outcome of a request. If there is a compiled policy for the domain, the policy
/// decides. Otherwise the record is evaluated, and after several evaluations the policy of the
/// domain is compiled. If only zone files are used, compiling may look up further names in them. If
/// name servers are used, compiling asks them nothing: a policy is compiled only from the DNS
/// answers to earlier checks.
const spf::Outcome& check(BatchShared& shared, Dns& dns, spf::CachingResolver* kept,
                          const spf::Request& request, spf::Evaluation& evaluation,
                          spf::Outcome& known) {
    spf::PolicyCache* const policies = shared.policies;
    if (policies != nullptr && policies->check(request, shared.how, known)) return known;
    dns.begin_check();
    spf::dns::Resolver& answers = kept != nullptr ? *kept : static_cast<spf::dns::Resolver&>(dns);
    const spf::Outcome& outcome = check_host(evaluation, request, answers, shared.how);
    if (policies != nullptr) policies->learn(outcome.domain, kept != nullptr ? nullptr : &dns);
    return outcome;
}

}  // namespace

void run_asynchronous(BatchShared& shared, spf::CaresDriver& driver, std::size_t in_flight) {
    Writer writer{shared};
    Lines lines;
    std::vector<pollfd> waiting;
    // What the output line of a check in flight needs in addition to the outcome. When the outcome
    // is known, the slot of the check is reused for another check.
    struct Waiting {
        std::string id;
        std::size_t octets = 0;
    };
    std::vector<Waiting> slots(in_flight);
    std::vector<std::size_t> free_slots(in_flight);
    for (std::size_t i = 0; i < in_flight; ++i) free_slots[i] = i;

    // No further input lines are read while this number of checks waits in the queue of the driver.
    // With a short queue, the data of the checks in flight is close together in memory, so access
    // to it is faster.
    constexpr std::size_t enough_queued = 256;
    bool more = true;
    while (writer.works() && (more || driver.in_flight() > 0)) {
        bool input_is_slow = false;
        while (more && !free_slots.empty() && driver.queued() < enough_queued && writer.works()) {
            if (lines.empty()) {
                const auto taken = lines.take(shared.source, false);
                more = taken != LineSource::Taken::end;
                input_is_slow = taken == LineSource::Taken::not_yet;
                if (taken != LineSource::Taken::block) break;
            }
            const Line line = lines.next();
            const auto item = read(line, shared, writer);
            if (!item) continue;
            const std::size_t slot = free_slots.back();
            free_slots.pop_back();
            slots[slot] = {item->id, line.octets()};
            driver.submit(
                item->request(),
                [&, slot](const spf::Outcome& outcome) {
                    writer.answer(slots[slot].id, outcome, slots[slot].octets);
                    free_slots.push_back(slot);
                },
                shared.how);
        }
        // The program that sends the input may wait for results before it sends more, so the
        // results must be written now.
        if (input_is_slow || driver.in_flight() == 0) writer.flush();
        if (!more && driver.in_flight() == 0) break;
        wait_for(driver, input_is_slow ? shared.source.descriptor() : -1, waiting);
    }
    writer.flush();
}

void run_blocking(BatchShared& shared, Dns& dns, bool keep_answers) {
    Writer writer{shared};
    Lines lines;
    std::optional<spf::CachingResolver> kept;
    if (keep_answers && shared.policies != nullptr) kept.emplace(dns, shared.policies->answers());
    spf::Evaluation evaluation;
    spf::Outcome known;
    while (writer.works()) {
        const auto taken = lines.await(shared.source, [&writer] { writer.flush(); });
        if (taken == LineSource::Taken::not_yet) continue;
        if (taken == LineSource::Taken::end) break;
        const Line line = lines.next();
        const auto item = read(line, shared, writer);
        if (!item) continue;
        const spf::Request request = item->request();
        const spf::Outcome& outcome =
            check(shared, dns, kept ? &*kept : nullptr, request, evaluation, known);
        writer.answer(item->id, outcome, line.octets());
    }
    writer.flush();
}

}  // namespace spfcheck

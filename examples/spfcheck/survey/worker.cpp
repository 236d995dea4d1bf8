// A domain is examined in rounds. In each round, the questions that are known are asked, all at the
// same time. After the last answer, the overview is made from the answers; if it needs others, they
// are asked in the next round. This is what analyse() does for one domain (dns/ahead.hpp). Here,
// thousands of domains are between two rounds at any time.

#include "survey/worker.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <poll.h>

#include "batch/events.hpp"
#include "dns/ahead.hpp"
#include "dns/lint_questions.hpp"
#include "networks/missing.hpp"
#include "overview/picture.hpp"
#include "spf/analysis/tree_questions.hpp"
#include "spf/log/spdlog.hpp"

namespace spfcheck {
namespace {

using spf::analysis::FetchedAnswers;
using spf::analysis::TreeQuestions;

/// A thread collects output lines. It writes them when they have at least this number of octets in
/// total, or when the thread has nothing else to do.
constexpr std::size_t enough_output = 65536;

/// A domain of the input.
struct Subject {
    std::string domain;
    std::uint64_t line = 0;  ///< the number for the output
    std::size_t octets = 0;  ///< the size of the input line, with its line end
};

/// Counts a domain in `shared.heard` if DNS answered any question about it, otherwise in
/// `shared.unheard`. A domain that is not looked up is not counted.
void count_heard(SurveyShared& shared, const Picture& picture) {
    using Code = spf::Problem::Code;
    const auto& problem = picture.missing.problem;
    if (problem && problem->code == Code::malformed_domain) return;
    const bool unheard = problem && is_silence(*problem) && picture.lint.record.empty() &&
                         picture.lint.records.empty();
    ++(unheard ? shared.unheard : shared.heard);
}

/// Collects output lines until there are enough to write.
class Writer {
public:
    explicit Writer(SurveyShared& shared) : shared_(shared) {}

    void write(const Subject& subject, const Picture& picture) {
        const Judgement judgement = judged(picture);
        append(text_, shared_.format, subject.line, judgement);
        shared_.summary.add(judgement);
        count_heard(shared_, picture);
        ++lines_;
        pass_over(subject.octets);
        if (text_.size() >= enough_output) flush();
    }
    void refuse(std::uint64_t line, std::size_t octets, std::string_view error) {
        append_error(text_, shared_.format, line, error);
        shared_.summary.add_refused();
        ++lines_;
        pass_over(octets);
        if (text_.size() >= enough_output) flush();
    }
    void pass_over(std::size_t octets) { shared_.octets += octets; }
    void flush() {
        if (text_.empty()) return;
        if (shared_.sink.write(text_)) {
            shared_.written += lines_;
        } else {
            shared_.source.stop();
        }
        lines_ = 0;
        flushed_ = spf::dns::Clock::now();
    }
    /// Returns whether lines have waited for a second, so that a person should see them.
    [[nodiscard]] bool is_late() const {
        return spf::dns::Clock::now() - flushed_ > std::chrono::seconds{1};
    }
    [[nodiscard]] bool works() const {
        return shared_.sink.error() == 0 && !shared_.interrupted && !shared_.input_differs;
    }

private:
    SurveyShared& shared_;
    std::string text_;
    std::uint64_t lines_ = 0;
    spf::dns::Clock::time_point flushed_ = spf::dns::Clock::now();
};

/// Returns the domain of an input line. Returns nothing if the line is blank, names the columns, is
/// done already or has no domain; for a line without domain, writes an output line with the error.
std::optional<Subject> read(const Line& line, SurveyShared& shared, Writer& writer) {
    if (shared.input.is_header(line.number) || is_blank(line.text)) {
        writer.pass_over(line.octets());
        return std::nullopt;
    }
    const std::uint64_t number = line.number + shared.first_line - 1;
    auto domain = shared.input.domain_in(line.text);
    const auto known = shared.done_before.skip(number, domain ? *domain : std::string());
    if (known != DoneLines::Known::is_new) {
        if (known == DoneLines::Known::differs) shared.input_differs = true;
        writer.pass_over(line.octets());
        return std::nullopt;
    }
    if (domain) return Subject{*std::move(domain), number, line.octets()};
    writer.refuse(number, line.octets(), domain.error().message);
    return std::nullopt;
}

/// Examines one domain, and waits for its answers.
Picture examined(const std::string& domain, SurveyShared& shared, Dns& dns) {
    dns.begin_check();
    const TimeLimit limit(shared.limit);
    TreeQuestions questions;
    add_lint_questions(questions, domain);
    return analyse(dns, questions, [&](spf::dns::Resolver& resolver) {
        return picture_of(domain, resolver, shared.catalogue, limit);
    });
}

/// Notices a question that does not fit into a TreeQuestions.
class Beyond final : public spf::dns::Resolver {
public:
    spf::dns::AnswerPtr resolve(const spf::dns::Question& /*question*/) override {
        was_asked = true;
        return spf::dns::make_answer(spf::dns::Status::error);
    }
    bool was_asked = false;
};

/// Examines many domains at the same time.
class Examiner {
public:
    Examiner(SurveyShared& shared, Writer& writer, spf::CaresDriver& driver,
             spf::AnswerCache& answers)
        : shared_(shared), writer_(writer), driver_(driver), answers_(answers) {}

    /// Begins to examine a domain.
    void begin(Subject subject) {
        if (free_.empty()) free_.push_back(&visits_.emplace_back());
        Visit& visit = *free_.back();
        free_.pop_back();
        ++in_flight_;
        visit.subject = std::move(subject);
        visit.limit.emplace(shared_.limit);
        visit.deadline = spf::dns::deadline_after(shared_.limit);
        visit.rounds = 0;
        visit.questions.emplace();
        add_lint_questions(*visit.questions, visit.subject.domain);
        proceed(visit);
    }
    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }
    /// Returns the domains that have to be examined one after the other, and forgets them.
    [[nodiscard]] std::vector<Subject> take_hostile() { return std::exchange(hostile_, {}); }
    [[nodiscard]] std::size_t hostile() const noexcept { return hostile_.size(); }

private:
    /// A domain that is being examined. The memory is used again for another domain.
    struct Visit {
        Subject subject;
        std::optional<TimeLimit> limit;
        spf::dns::Clock::time_point deadline;
        unsigned rounds = 0;
        std::optional<TreeQuestions> questions;
    };

    /// Asks all questions that are known. When all are answered, makes the overview.
    void proceed(Visit& visit) {
        while (true) {
            if (!ask(visit)) return;
            if (finish(visit)) return;
        }
    }

    /// Asks the questions that are known.
    /// \return whether all are answered already
    bool ask(Visit& visit) {
        // An answer from the cache may lead to further questions, which next() returns then.
        while (const auto question = visit.questions->next()) {
            if (spf::dns::AnswerPtr known = answers_.lookup(*question)) {
                visit.questions->answer(*question, std::move(known));
                continue;
            }
            if (spf::dns::Clock::now() >= visit.deadline) {
                visit.questions->answer(*question,
                                        spf::dns::make_answer(spf::dns::Status::timeout));
                continue;
            }
            submit(visit, *question);
        }
        return visit.questions->done();
    }

    void submit(Visit& visit, const spf::dns::Question& question) {
        const auto begun = shared_.logger->should_log(spdlog::level::warn)
                               ? spf::dns::Clock::now()
                               : spf::dns::Clock::time_point();
        driver_.submit_question({question.name, question.type, visit.deadline},
                                [this, &visit, name = question.name, type = question.type,
                                 begun](const spf::dns::AnswerPtr& answer) {
                                    if (begun != spf::dns::Clock::time_point()) {
                                        spf::log_answer(*shared_.logger, {name, type}, *answer,
                                                        spf::dns::Clock::now() - begun);
                                    }
                                    visit.questions->answer({name, type}, answer);
                                    proceed(visit);
                                });
    }

    /// Makes the overview and writes it.
    /// \return false if it needs further answers
    bool finish(Visit& visit) {
        Beyond beyond;
        FetchedAnswers answers(*visit.questions, &beyond);
        const Picture picture =
            picture_of(visit.subject.domain, answers, shared_.catalogue, *visit.limit);
        if (answers.is_complete() && !beyond.was_asked) {
            writer_.write(visit.subject, picture);
        } else if (beyond.was_asked || ++visit.rounds == most_runs) {
            hostile_.push_back(std::move(visit.subject));
        } else {
            return false;
        }
        visit.questions.reset();
        free_.push_back(&visit);
        --in_flight_;
        return true;
    }

    SurveyShared& shared_;
    Writer& writer_;
    spf::CaresDriver& driver_;
    spf::AnswerCache& answers_;
    std::deque<Visit> visits_;  // never shrinks, so that references to its elements stay valid
    std::vector<Visit*> free_;
    std::vector<Subject> hostile_;
    std::size_t in_flight_ = 0;
};

}  // namespace

void run_asynchronous(SurveyShared& shared, spf::CaresDriver& driver, spf::AnswerCache& answers,
                      std::size_t in_flight, const std::function<std::unique_ptr<Dns>()>& dns) {
    Writer writer{shared};
    Lines lines;
    std::vector<pollfd> waiting;
    Examiner examiner{shared, writer, driver, answers};
    std::unique_ptr<Dns> slow;
    const auto examine_hostile = [&] {
        for (const Subject& each : examiner.take_hostile()) {
            if (slow == nullptr) slow = dns();
            if (slow == nullptr || !writer.works()) return;
            writer.write(each, examined(each.domain, shared, *slow));
        }
    };

    // No further domain is begun while this number of questions waits in the queue of the driver,
    // because the time limit of a domain includes the time in the queue.
    constexpr std::size_t enough_queued = 256;
    constexpr std::size_t enough_hostile = 1000;
    bool more = true;
    while (writer.works() && (more || examiner.in_flight() > 0)) {
        bool input_is_slow = false;
        // Domains whose answers are all in the cache do not keep the thread from reading replies.
        constexpr unsigned most_begun = 64;
        for (unsigned begun = 0; begun < most_begun && more && examiner.in_flight() < in_flight &&
                                 driver.queued() < enough_queued && writer.works();
             ++begun) {
            if (lines.empty()) {
                const auto taken = lines.take(shared.source, false);
                more = taken != LineSource::Taken::end;
                input_is_slow = taken == LineSource::Taken::not_yet;
                if (taken != LineSource::Taken::block) break;
            }
            auto subject = read(lines.next(), shared, writer);
            if (subject) examiner.begin(*std::move(subject));
        }
        if (examiner.hostile() >= enough_hostile) examine_hostile();
        // The program that sends the input may wait for results before it sends more, so the
        // results must be written now.
        if (input_is_slow || examiner.in_flight() == 0 || writer.is_late()) writer.flush();
        if (examiner.in_flight() == 0 && !input_is_slow) continue;
        wait_for(driver, input_is_slow ? shared.source.descriptor() : -1, waiting);
    }
    examine_hostile();
    writer.flush();
}

void run_blocking(SurveyShared& shared, Dns& dns) {
    Writer writer{shared};
    Lines lines;
    while (writer.works()) {
        const auto taken = lines.await(shared.source, [&writer] { writer.flush(); });
        if (taken == LineSource::Taken::not_yet) continue;
        if (taken == LineSource::Taken::end) break;
        const auto subject = read(lines.next(), shared, writer);
        if (subject) writer.write(*subject, examined(subject->domain, shared, dns));
    }
    writer.flush();
}

}  // namespace spfcheck

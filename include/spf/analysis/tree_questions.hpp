/// \file analysis/tree_questions.hpp  Asks for the whole tree of a domain's records with all
/// independent questions in flight, without I/O.
///
/// The analyses (map_networks(), flatten(), authorize(), lint_domain()) ask one question after the
/// other. If each answer takes 150 ms, a tree of 80 questions takes twelve seconds. A TreeQuestions
/// names all questions that are known already, so that a program can ask them at the same time. A
/// FetchedAnswers then passes the answers to the analysis. The analysis itself does not change, and
/// neither does its result.
///
///     TreeQuestions questions;
///     questions.add_domain("example.com");
///     while (true) {
///         while (!questions.done()) {
///             while (const auto question = questions.next()) ask(*question);  // does not wait
///             const auto [question, answer] = wait_for_one_answer();
///             questions.answer(question, answer);
///         }
///         FetchedAnswers answers(questions);
///         const NetworkMap map = map_networks("example.com", answers);
///         if (answers.is_complete()) return map;
///     }
///
/// Most analyses are complete the first time. The others ask questions that only the analysis
/// itself can know, such as those of `exists:%{i}.example.com`, and run a second time.
///
/// A server asks with CaresDriver::submit_question() (driver/cares.hpp).
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"

namespace spf {
class MacroString;
class Record;
}  // namespace spf

namespace spf::analysis {

/// How many questions a TreeQuestions asks at most, so that the records of untrusted domains cannot
/// exhaust memory or time.
struct TreeLimits {
    /// The maximum number of names whose records are asked for because other records lead to them.
    std::size_t most_records = 100;
    std::size_t most_names = 500;  ///< the maximum number of all other questions
};

/// The questions for the records of one or more domains, for the records that these include or to
/// which they redirect, and for the names in their terms. Takes the answers in any order, and then
/// knows further questions. No question is asked twice.
///
/// A term whose name depends on the client's address leads to no question (`ptr`, and macros with i
/// or p). In other terms, the macros of the sender have the values that map_networks() uses.
///
/// Does no I/O and reads no clock. There is no recursion. Memory: the answers, and some hundred
/// octets for each question. Throws only std::bad_alloc. One thread at a time may use an object.
class SPF_EXPORT TreeQuestions {
public:
    /// Makes an object without questions.
    explicit TreeQuestions(TreeLimits limits = {}) noexcept : limits_(limits) {}
    ~TreeQuestions() = default;
    TreeQuestions(const TreeQuestions&) = delete;
    TreeQuestions& operator=(const TreeQuestions&) = delete;

    /// Adds the record of a domain, and all records to which it leads. Ignores a name that
    /// check_host() does not accept (4.3).
    void add_domain(std::string_view domain);
    /// Adds all records to which the text of a record leads that is not published, or not yet, at
    /// `domain`. The record of `domain` itself is not asked for.
    void add_record(std::string_view domain, std::string_view text);
    /// Adds the addresses of a host. Ignores a name that cannot be asked for.
    void add_host(std::string_view name);
    /// Adds a single question, unless it is known already.
    /// \return false if is_full(), so that the question was not added
    bool add(const dns::Question& question);

    /// Returns the next question to ask, with no deadline; nothing if no question is known that
    /// this function has not returned yet. The name is valid as long as this object exists.
    [[nodiscard]] std::optional<dns::Question> next();
    /// Accepts the answer to a question. Null counts as a failed lookup. An answer to an unknown
    /// question, and a second answer to the same question, are ignored.
    void answer(const dns::Question& question, dns::AnswerPtr answer);

    /// Returns whether every question that is known has its answer.
    [[nodiscard]] bool done() const noexcept { return missing_ == 0; }
    /// Returns whether a question was left out because of the TreeLimits.
    [[nodiscard]] bool is_full() const noexcept { return is_full_; }
    /// Returns the number of questions that are known, with and without answers.
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
    /// Returns the number of questions without an answer.
    [[nodiscard]] std::size_t missing() const noexcept { return missing_; }
    /// Returns the question without an answer that has been known longest, for a message to a
    /// person who waits; nothing if done(). The name is valid as long as this object exists.
    [[nodiscard]] std::optional<dns::Question> awaited() const noexcept;
    /// Returns the answer to a question; null if there is none yet.
    [[nodiscard]] dns::AnswerPtr find(const dns::Question& question) const;

private:
    struct Entry {
        std::string name;
        dns::RecordType type{};
        dns::AnswerPtr answer;
        /// For the record of a domain in a tree, the domain at the root of the tree, which is the
        /// domain of the sender (4.3). Empty for all other questions.
        std::string root;
        bool is_for_hosts = false;  ///< whether the addresses of the mail exchanges are asked for
    };
    struct Less {
        using is_transparent = void;
        using View = std::pair<dns::RecordType, std::string_view>;
        bool operator()(const View& a, const View& b) const noexcept { return a < b; }
    };

    Entry* entry_of(std::string_view name, dns::RecordType type, bool is_record);
    void add_tree(const std::string& name, const std::string& root);
    void add_exchanges(const std::string& name);
    void add_addresses(const std::string& name);
    void add_terms(const Record& record, const std::string& domain, const std::string& root);
    void read(Entry& entry);
    void read_all();

    TreeLimits limits_;
    std::deque<Entry> entries_;  // never shrinks, so that references to its elements stay valid
    std::map<Less::View, std::size_t, Less> known_;  // views of the names in `entries_`
    std::vector<Entry*> unread_;  // entries with an answer that may lead to further questions
    std::size_t next_ = 0;        // the index of the question that next() will return
    std::size_t records_ = 0;
    std::size_t missing_ = 0;
    bool is_full_ = false;
};

/// A resolver that answers from a TreeQuestions. If the answer to a question is not there, adds the
/// question to the TreeQuestions and answers dns::Status::no_data in its place. The caller must
/// then discard the result of the analysis, ask the new questions and run the analysis again.
///
/// Refers to the TreeQuestions and the other resolver, which must outlive this object.
class SPF_EXPORT FetchedAnswers final : public dns::Resolver {
public:
    /// Makes a resolver.
    /// \param questions  the answers that are there already; new questions are added
    /// \param beyond  the resolver for questions that the TreeLimits do not allow; if it is null,
    ///                they are answered with dns::Status::error
    explicit FetchedAnswers(TreeQuestions& questions, dns::Resolver* beyond = nullptr) noexcept
        : questions_(questions), beyond_(beyond) {}

    /// Returns the answer to a question, or dns::Status::no_data if it is not there yet.
    dns::AnswerPtr resolve(const dns::Question& question) override;
    /// Returns true if there is no other resolver.
    [[nodiscard]] bool is_immediate() const noexcept override { return beyond_ == nullptr; }
    /// Returns whether the analysis has received the final answers to all its questions.
    [[nodiscard]] bool is_complete() const noexcept { return is_complete_; }

private:
    TreeQuestions& questions_;
    dns::Resolver* beyond_;
    bool is_complete_ = true;
};

}  // namespace spf::analysis

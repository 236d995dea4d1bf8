// An answer that a C program fills, and the question that it sees.
#pragma once

#include <cstddef>
#include <string>

#include "spf/c/dns.h"
#include "spf/dns/resolver.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_answer {
    spf::dns::Answer answer{};
    std::size_t records = 0;      // the number of records of all types
    std::size_t text_octets = 0;  // the length of all texts together
    // Whether a record could not be added, so that the answer is not complete.
    bool is_cut = false;

    /// Returns the answer as the library uses it: a failure if it is not complete.
    [[nodiscard]] spf::dns::AnswerPtr shared() const;
};

namespace spf::c_api {

/// A question as a C program sees it, with copies of its texts. It can be neither copied nor moved,
/// because spf_question refers to the texts.
class QuestionText {
public:
    /// Copies the name of a question.
    QuestionText(const dns::Question& question, unsigned long id);
    QuestionText(const QuestionText&) = delete;
    QuestionText& operator=(const QuestionText&) = delete;

    /// Returns the question. It is valid as long as this object.
    [[nodiscard]] const spf_question& question() const noexcept { return question_; }

private:
    std::string octets_;
    std::string name_;
    spf_question question_;
};

/// Asks the callback of a C program.
class CallbackResolver final : public dns::Resolver {
public:
    CallbackResolver(spf_resolve_function* callback, void* context) noexcept
        : callback_(callback), context_(context) {}

    dns::AnswerPtr resolve(const dns::Question& question) override;
    /// Returns whether there is a callback.
    [[nodiscard]] bool can_resolve() const noexcept { return callback_ != nullptr; }

private:
    spf_resolve_function* callback_;
    void* context_;
};

}  // namespace spf::c_api

// Collects the tables of all folders.

#include "spf/texts/all_texts.hpp"

#include <algorithm>

#include "analysis/fix/messages.hpp"
#include "analysis/sentences.hpp"
#include "base/octet_name.hpp"
#include "evaluation/problem_sentences.hpp"
#include "report/sentences.hpp"
#include "spf/advice/advice.hpp"
#include "spf/analysis/flatten.hpp"
#include "spf/base/error.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/lint/lint.hpp"
#include "spf/message/received.hpp"
#include "spf/net/special_address.hpp"

namespace spf {
namespace {

/// The list, and the topic of what is added to it.
class Texts {
public:
    void begin(std::string_view topic) { topic_ = topic; }
    /// Adds a text, unless it has nothing to translate or is in the list already.
    void add(std::string_view english) {
        const bool has_words = std::any_of(english.begin(), english.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
        const bool is_new = std::none_of(out_.begin(), out_.end(), [english](const Text& each) {
            return each.english == english;
        });
        if (has_words && is_new) out_.push_back({english, topic_});
    }
    /// Adds the message for each code of an error.
    template <class Error>
    void add_errors() {
        for (std::size_t i = 0; i < Error::code_count; ++i) {
            Error error;
            error.code = static_cast<typename Error::Code>(i);
            add(error.message());
        }
    }
    [[nodiscard]] std::vector<Text> take() { return std::move(out_); }

private:
    std::string_view topic_;
    std::vector<Text> out_;
};

void add_report(Texts& out) {
    using report::ReportSentence;
    out.begin("report");
    for (const auto& row : report::report_sentences) {
        const bool is_reply = row.code >= ReportSentence::reply_may_not_send;
        if (!is_reply) out.add(row.pattern);
    }
}

void add_lint(Texts& out) {
    out.begin("lint");
    for (const lint::FindingKind& kind : lint::finding_kinds()) {
        out.add(kind.message);
        out.add(kind.remedy);
    }
    for (std::size_t i = 0; i < lint::sentence_count; ++i) {
        out.add(lint::pattern_of(static_cast<lint::Sentence>(i)));
    }
}

void add_analysis(Texts& out) {
    out.begin("analysis");
    for (std::size_t i = 0; i < analysis::sentence_count; ++i) {
        out.add(analysis::pattern_of(static_cast<analysis::Sentence>(i)));
    }
    out.add(analysis::merged_loosest);
    for (const auto& row : analysis::step_entries) out.add(row.message);
    for (const auto& row : analysis::fix_problem_entries) out.add(row.message);
    out.add_errors<analysis::FlattenError>();
}

}  // namespace

std::vector<Text> all_texts() {
    Texts out;
    out.begin("base");
    out.add_errors<ParseError>();
    for (const std::string_view each : octet_name_texts()) out.add(each);
    out.begin("net");
    for (const SpecialRange& each : special_ranges()) out.add(each.name);
    out.begin("dns");
    out.add_errors<dns::NameServerError>();
    out.begin("evaluation");
    for (const auto& row : problem_sentences) out.add(row.pattern);
    for (const auto& row : syntax_remedies) out.add(row.pattern);
    out.begin("message");
    out.add_errors<ReceivedError>();
    add_report(out);
    add_lint(out);
    add_analysis(out);
    out.begin("advice");
    for (std::size_t i = 0; i < advice::sentence_count; ++i) {
        out.add(advice::pattern_of(static_cast<advice::Sentence>(i)));
    }
    return out.take();
}

}  // namespace spf

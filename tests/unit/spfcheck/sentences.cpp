// What spfcheck says to people: each sentence of each of its rooms, whatever it names.

#include "support/sentences.hpp"

#include <filesystem>

#include "authorize/sentences.hpp"
#include "batch/sentences.hpp"
#include "check/sentences.hpp"
#include "diagnose/sentences.hpp"
#include "diff/sentences.hpp"
#include "dns/sentences.hpp"
#include "evidence/sentences.hpp"
#include "fix/sentences.hpp"
#include "flatten/sentences.hpp"
#include "io/sentences.hpp"
#include "lint/sentences.hpp"
#include "manual/sentences.hpp"
#include "message/sentences.hpp"
#include "names/sentences.hpp"
#include "networks/sentences.hpp"
#include "options/sentences.hpp"
#include "overview/sentences.hpp"
#include "providers/sentences.hpp"
#include "report/sentences.hpp"
#include "support/catch.hpp"
#include "survey/sentences.hpp"
#include "table/sentences.hpp"
#include "usage/sentences.hpp"
#include "verify/sentences.hpp"
#include "whose/sentences.hpp"

namespace {

/// How many rooms of spfcheck have a table.
std::size_t rooms_with_sentences() {
    const std::filesystem::path program =
        std::filesystem::path(SPF_SOURCE_DIR) / "examples/spfcheck";
    std::size_t out = 0;
    for (const auto& room : std::filesystem::directory_iterator(program)) {
        if (std::filesystem::exists(room.path() / "sentences.hpp")) ++out;
    }
    return out;
}

template <class... Codes>
void check_all() {
    CHECK(sizeof...(Codes) == rooms_with_sentences());
    (spf::test::check_sentences(spfcheck::Sentences<Codes>::table), ...);
}

}  // namespace

TEST_CASE("each sentence of spfcheck is short printable text, whatever it names",
          "[spfcheck][message]") {
    using namespace spfcheck;
    check_all<AuthorizeSentence, BatchSentence, CheckSentence, DiagnoseSentence, DiffSentence,
              DnsSentence, EvidenceSentence, FixSentence, FlattenSentence, HelpSentence,
              ProgramSentence, LintSentence, ManualSentence, MessageSentence, NamesSentence,
              NetworksSentence, OptionsSentence, OverviewSentence, ProvidersSentence,
              ReportSentence, SurveySentence, UsageSentence, VerifySentence, WhoseSentence>();
}

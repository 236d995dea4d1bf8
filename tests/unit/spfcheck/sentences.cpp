// What spfcheck says to people: each sentence of each of its rooms, whatever it names.

#include "support/sentences.hpp"

#include "authorize/sentences.hpp"
#include "diff/sentences.hpp"
#include "flatten/sentences.hpp"
#include "names/sentences.hpp"
#include "networks/sentences.hpp"
#include "providers/sentences.hpp"
#include "support/catch.hpp"

namespace {

template <class... Codes>
void check_all() {
    (spf::test::check_sentences(spfcheck::Sentences<Codes>::table), ...);
}

}  // namespace

TEST_CASE("each sentence of spfcheck is short printable text, whatever it names",
          "[spfcheck][message]") {
    check_all<spfcheck::AuthorizeSentence, spfcheck::DiffSentence, spfcheck::FlattenSentence,
              spfcheck::NamesSentence, spfcheck::NetworksSentence, spfcheck::ProvidersSentence>();
}

TEST_CASE("spfcheck counts arguments as the library does", "[spfcheck][message]") {
    for (const char* pattern : {"", "{", "none", "{1}", "{2} and {1:term|terms}", "{9}"}) {
        CHECK(spfcheck::count_arguments(pattern) == spf::argument_count(pattern));
    }
}

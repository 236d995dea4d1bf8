// Tests the record parser. Errors point into the text. A record keeps its text. Normalising a
// record does not change its meaning. Functions that describe a record agree with its terms.

#include "spf/record/parse.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

#include "require.hpp"

namespace {

void check_error(const spf::ParseError& error, const std::string& text) {
    REQUIRE_THAT(error.offset <= text.size());
    REQUIRE_THAT(error.length <= text.size() - error.offset);
    REQUIRE_THAT(!error.message().empty());
    REQUIRE_THAT(!error.section().empty());
    REQUIRE_THAT((error.code == spf::ParseError::Code::not_spf) == !spf::has_version(text));
}

bool inside(std::string_view part, std::string_view whole) {
    return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

void check_record(const spf::Record& record, const std::string& text) {
    REQUIRE_THAT(to_string(record) == text);
    bool all = false;
    for (const spf::Directive& directive : record.directives) {
        REQUIRE_THAT(inside(directive.text, record.text()));
        REQUIRE_THAT(!directive.text.empty());
        all = all || std::holds_alternative<spf::All>(directive.mechanism);
    }
    REQUIRE_THAT(all == record.has_all());
    std::size_t redirects = 0;
    for (const spf::Modifier& modifier : record.modifiers) {
        REQUIRE_THAT(inside(modifier.text, record.text()));
        redirects += std::holds_alternative<spf::Redirect>(modifier.kind) ? 1U : 0U;
    }
    REQUIRE_THAT(redirects == (record.redirect() == nullptr ? 0U : 1U));

    const std::string tidy = canonical(record);
    const auto again = spf::parse_record(tidy);
    REQUIRE_THAT(again);
    REQUIRE_THAT(again->directives.size() == record.directives.size());
    REQUIRE_THAT(again->modifiers.size() == record.modifiers.size());
    REQUIRE_THAT(canonical(*again) == tidy);
    for (std::size_t i = 0; i < record.directives.size(); ++i) {
        REQUIRE_THAT(again->directives[i].qualifier == record.directives[i].qualifier);
        REQUIRE_THAT(again->directives[i].mechanism.index() ==
                     record.directives[i].mechanism.index());
    }

    // The copy shares the text, so the views in both records stay valid.
    const spf::Record copy = record;
    REQUIRE_THAT(copy.text().data() == record.text().data());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto record = spf::parse_record(text);
    if (record) {
        check_record(*record, text);
    } else {
        check_error(record.error(), text);
    }
    return 0;
}

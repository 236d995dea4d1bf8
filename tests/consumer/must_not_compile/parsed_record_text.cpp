// A view of the text of a temporary Record cannot be had through the Expected that parse_record()
// returns, either.
// error: deleted
#include <spf/record/parse.hpp>

std::size_t length_of_some_record() {
#ifdef MISUSE
    const std::string_view text = (*spf::parse_record("v=spf1 -all")).text();
#else
    const auto record = spf::parse_record("v=spf1 -all");
    const std::string_view text = record ? record->text() : std::string_view{};
#endif
    return text.size();
}

// The text of a Record dies with it: no view can be had from a temporary one.
// error: deleted
#include <spf/record/parse.hpp>

spf::Record make_record();

std::size_t length_of_some_record() {
#ifdef MISUSE
    const std::string_view text = make_record().text();
#else
    const spf::Record record = make_record();
    const std::string_view text = record.text();
#endif
    return text.size();
}

// The text of a Record is destroyed with the Record, so a view of the text of a temporary Record is
// refused.
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

// gmime with owners of its objects. Only the sources that use gmime include this.
#pragma once

#include <memory>
#include <string_view>

#include <gmime/gmime.h>

namespace spfcheck {

struct Unref {
    void operator()(void* object) const noexcept { g_object_unref(object); }
};
template <class Object>
using Owned = std::unique_ptr<Object, Unref>;

/// Initialises gmime, and shuts it down when the program ends.
class Gmime {
public:
    Gmime() { g_mime_init(); }
    ~Gmime() { g_mime_shutdown(); }
    Gmime(const Gmime&) = delete;
    Gmime& operator=(const Gmime&) = delete;
    Gmime(Gmime&&) = delete;
    Gmime& operator=(Gmime&&) = delete;
};

/// Returns the message in a text, or nothing if gmime finds none.
inline Owned<GMimeMessage> parsed_message(std::string_view text) {
    static const Gmime gmime;
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
    return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

}  // namespace spfcheck

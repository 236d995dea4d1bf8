#include "io/output_buffer.hpp"

#include <cerrno>

#include <unistd.h>

namespace spfcheck {

OutputBuffer::int_type OutputBuffer::overflow(int_type c) {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char octet = traits_type::to_char_type(c);
    return xsputn(&octet, 1) == 1 ? c : traits_type::eof();
}

std::streamsize OutputBuffer::xsputn(const char* text, std::streamsize size) {
    waiting_.append(text, static_cast<std::size_t>(size));
    if (waiting_.size() >= enough && sync() != 0) return 0;
    return size;
}

int OutputBuffer::sync() {
    std::size_t done = 0;
    while (error_ == 0 && done < waiting_.size()) {
        const ssize_t written =
            ::write(descriptor_, waiting_.data() + done, waiting_.size() - done);
        if (written >= 0) done += static_cast<std::size_t>(written);
        if (written < 0 && errno != EINTR) error_ = errno;
    }
    waiting_.clear();
    return error_ == 0 ? 0 : -1;
}

}  // namespace spfcheck

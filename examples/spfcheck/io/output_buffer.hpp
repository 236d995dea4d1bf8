// A stream buffer that remembers why a write failed.
#pragma once

#include <cstddef>
#include <ostream>
#include <streambuf>
#include <string>

namespace spfcheck {

/// A buffer for a file descriptor. If a write fails, standard streams do not keep errno. spfcheck
/// needs errno, because a closed pipe is not an error, but a full disk is.
class OutputBuffer final : public std::streambuf {
public:
    explicit OutputBuffer(int descriptor) : descriptor_(descriptor) {}

    /// Returns errno of the first write that failed, or 0 if no write failed.
    [[nodiscard]] int error() const noexcept { return error_; }

protected:
    int_type overflow(int_type c) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    /// Writes the whole buffer and empties it. If a write has failed before, only empties the
    /// buffer.
    int sync() override;

private:
    static constexpr std::size_t enough = 65536;
    int descriptor_;
    int error_ = 0;
    std::string waiting_;
};

}  // namespace spfcheck

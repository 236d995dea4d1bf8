// Standard output that remembers why a write failed.
#pragma once

#include <cstddef>
#include <ostream>
#include <streambuf>
#include <string>

namespace spfcheck {

/// A buffer for a file descriptor. Standard streams do not keep errno, and it matters whether the
/// reader has gone away or the disk is full.
class OutputBuffer final : public std::streambuf {
public:
    explicit OutputBuffer(int descriptor) : descriptor_(descriptor) {}

    /// errno of the first write that failed, or 0.
    [[nodiscard]] int error() const noexcept { return error_; }

protected:
    int_type overflow(int_type c) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    /// Writes the whole buffer, unless a write has failed before.
    int sync() override;

private:
    static constexpr std::size_t enough = 65536;
    int descriptor_;
    int error_ = 0;
    std::string waiting_;
};

}  // namespace spfcheck

// What a survey says at its end, for people.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "survey/judgement.hpp"

namespace spfcheck {

/// Counts what a survey finds. Threads may share an object. Memory: one number for each kind of
/// finding, ending and service.
class Summary {
public:
    void add(const Judgement& judgement);
    void add_refused();

    [[nodiscard]] std::uint64_t domains() const;
    [[nodiscard]] std::uint64_t refused() const;
    /// Prints at most seven lines.
    /// \param before  the number of lines that an earlier run has written
    void print(std::ostream& err, std::chrono::duration<double> time, std::uint64_t before) const;

private:
    using Counts = std::map<std::string, std::uint64_t, std::less<>>;

    mutable std::mutex mutex_;
    std::uint64_t domains_ = 0;
    std::uint64_t refused_ = 0;
    Counts records_;
    Counts errors_;  // how many domains have an error of this kind
    Counts endings_;
    Counts services_;
};

}  // namespace spfcheck

// libspf2 for comparison, with the same texts and zones. Its DNS data is in memory, too.
#pragma once

#include <memory>
#include <string>

#include "cases.hpp"

namespace bench {

/// Returns whether the program was built with libspf2. If not, the classes below must not be used.
[[nodiscard]] bool have_libspf2() noexcept;

/// Parses a record with libspf2, again in each run.
class TheirParser {
public:
    explicit TheirParser(std::string text);
    ~TheirParser();
    TheirParser(const TheirParser&) = delete;
    TheirParser& operator=(const TheirParser&) = delete;

    /// \return whether libspf2 accepts the record
    bool run();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Runs one check with libspf2. In each run, a request is made, evaluated and freed, as in a mail
/// server for each message.
class TheirCheck {
public:
    /// \param cached  whether libspf2 uses its cache before the zone
    TheirCheck(const Case& made, bool cached);
    ~TheirCheck();
    TheirCheck(const TheirCheck&) = delete;
    TheirCheck& operator=(const TheirCheck&) = delete;

    /// \return whether the result is pass
    bool run();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bench

// libspf2, for comparison, on the same texts and zones, with its DNS in memory too.
#pragma once

#include <memory>
#include <string>

#include "cases.hpp"

namespace bench {

/// Whether the program was built with libspf2; if not, the classes below must not be used.
[[nodiscard]] bool have_libspf2() noexcept;

/// Compiles a record.
class TheirParser {
public:
    explicit TheirParser(std::string text);
    ~TheirParser();
    TheirParser(const TheirParser&) = delete;
    TheirParser& operator=(const TheirParser&) = delete;

    /// Whether it accepts the record.
    bool run();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Checks one case: a request made, evaluated and freed, as a mail server does per message.
class TheirCheck {
public:
    /// `cached` puts libspf2's cache between server and zone.
    TheirCheck(const Case& made, bool cached);
    ~TheirCheck();
    TheirCheck(const TheirCheck&) = delete;
    TheirCheck& operator=(const TheirCheck&) = delete;

    /// Whether the result is pass.
    bool run();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bench

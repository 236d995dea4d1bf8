// Includes Catch2, version 2 or 3, and makes it available under one set of names: those of version
// 2.
#pragma once

#include <functional>
#include <string>
#include <utility>

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_approx.hpp>
#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_all.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#define SPF_TEST_HAS_CATCH2_3

using Catch::Approx;

namespace Catch {

using Matchers::EndsWith;
using Matchers::Equals;
using Matchers::Matches;
using Matchers::StartsWith;
/// Matches a text that contains another text. Version 3 calls this ContainsSubstring.
inline auto Contains(const std::string& text) { return Matchers::ContainsSubstring(text); }

}  // namespace Catch
#else
#include <catch2/catch.hpp>
#endif

namespace spf::test {

/// A test case whose body is a function object. Catch2 owns the RegisteredTest.
class RegisteredTest final : public Catch::ITestInvoker {
public:
    explicit RegisteredTest(std::function<void()> body) : body_(std::move(body)) {}
    void invoke() const override { body_(); }

private:
    std::function<void()> body_;
};

/// Makes a test case whose name is known only at run time, for example because it is read from a
/// file. TEST_CASE() needs the name at compile time.
inline void register_test(const std::string& name, const std::string& tags,
                          std::function<void()> body) {
#ifdef SPF_TEST_HAS_CATCH2_3
    auto invoker = Catch::Detail::make_unique<RegisteredTest>(std::move(body));
    const Catch::AutoReg registration{std::move(invoker), CATCH_INTERNAL_LINEINFO,
                                      Catch::StringRef{}, Catch::NameAndTags{name, tags}};
#else
    auto* const invoker = new RegisteredTest(std::move(body));
    const Catch::AutoReg registration{invoker, CATCH_INTERNAL_LINEINFO, Catch::StringRef{},
                                      Catch::NameAndTags{name, tags}};
#endif
}

}  // namespace spf::test

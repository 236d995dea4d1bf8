// Makes a Record in its block of memory, term by term, for the record parser.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/padded_text.hpp"
#include "record/ip4_test.hpp"
#include "spf/record/record.hpp"

namespace spf {

/// Builds a Record in one block of memory. The block contains the terms, then the tests of the
/// directives (record/ip4_test.hpp), then the text. In the part for the terms, the directives are
/// at the beginning and the modifiers at the end. The modifiers are in reverse order until take()
/// reverses them.
class RecordBuilder {
public:
    explicit RecordBuilder(std::string_view text);

    /// Returns the copy of the text in the block. The terms must be views of it.
    [[nodiscard]] PaddedText text() const noexcept { return text_; }

    /// Adds a directive, with a test that every client passes. No more terms may be added than the
    /// text contains.
    Directive& add_directive() noexcept {
        std::construct_at(tests_ + directive_count_);
        return *std::construct_at(directives_ + directive_count_++);
    }
    void add_ip4(Network network, std::string_view term) noexcept {
        std::construct_at(directives_ + directive_count_,
                          Directive{Qualifier::pass, Ip4{network}, term});
        *std::construct_at(tests_ + directive_count_) = test_of(network);
        ++directive_count_;
    }
    Modifier& add_modifier() noexcept {
        ++modifier_count_;
        return *std::construct_at(--modifiers_);
    }
    /// Sets the test of the directive that was added last, which must be an `ip4`.
    void set_test(Network network) noexcept { tests_[directive_count_ - 1] = test_of(network); }
    void note_all() noexcept { record_.has_all_ = true; }

    /// Returns the record. Call this function once, after all terms have been added.
    Record take() {
        record_.directives = {directives_, directive_count_};
        record_.modifiers = {modifiers_, modifier_count_};
        std::reverse(modifiers_, modifiers_ + modifier_count_);
        std::construct_at(tests_ + directive_count_);
        record_.ip4_tests_ = tests_;
        return std::move(record_);
    }

private:
    static Record::Ip4Test test_of(Network network) noexcept {
        const std::uint64_t mask = std::uint64_t{0xffff'ffffU} << (32U - network.prefix_length());
        return {static_cast<std::uint32_t>(network.low()), static_cast<std::uint32_t>(mask)};
    }

    Record record_;
    Directive* directives_ = nullptr;   // in the block
    Modifier* modifiers_ = nullptr;     // in the block
    Record::Ip4Test* tests_ = nullptr;  // in the block
    std::size_t directive_count_ = 0;
    std::size_t modifier_count_ = 0;
    PaddedText text_;  // in the block
};

}  // namespace spf

// Builds a Record term by term in its block of memory. The record parser uses it.
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

/// Builds a Record in one block of memory. The block contains the terms, then a Record::Ip4Test for
/// each directive and one more (record/ip4_test.hpp), then the text of the record. In the part for
/// the terms, the directives begin at the front and the modifiers at the end. The modifiers are in
/// reverse order until take() reverses them.
class RecordBuilder {
public:
    explicit RecordBuilder(std::string_view text);

    /// Returns the copy of the record's text in the block. All terms must be views of this copy.
    [[nodiscard]] PaddedText text() const noexcept { return text_; }

    /// Adds a directive. Its Ip4Test matches every client, unless set_test() changes it. No more
    /// terms may be added than the text of the record contains.
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
    /// Sets the Ip4Test of the directive that was added last, which must be an `ip4`.
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
    Directive* directives_ = nullptr;   // the first directive in the block
    Modifier* modifiers_ = nullptr;     // the modifier in the block that was added last
    Record::Ip4Test* tests_ = nullptr;  // the first test in the block
    std::size_t directive_count_ = 0;
    std::size_t modifier_count_ = 0;
    PaddedText text_;  // the copy of the record's text in the block
};

}  // namespace spf

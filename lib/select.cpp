// Selecting records (RFC 7208 section 4.5).

#include "spf/select.hpp"

namespace spf {

SelectedRecord select_record(std::span<const std::string> texts) {
    const std::string* found = nullptr;
    std::size_t count = 0;
    for (const std::string& text : texts) {
        if (!has_version(text)) continue;
        found = &text;
        ++count;
    }
    if (count == 0) return NoRecord{};
    if (count > 1) return SeveralRecords{count};
    auto record = parse_record(*found);
    if (!record) return BrokenRecord{*found, record.error()};
    return *std::move(record);
}

}  // namespace spf

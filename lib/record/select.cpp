// Selects the SPF record among the TXT records of a domain (RFC 7208 section 4.5).

#include "spf/record/select.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "base/ascii.hpp"

namespace spf {

bool is_almost_record(std::string_view text) noexcept {
    constexpr std::size_t most_junk = 16;
    constexpr std::array<std::string_view, 7> beginnings{"v=spf",   "v-spf",       "v:spf", "vspf1",
                                                         "v=v=spf", "version=spf", "spf=1"};
    if (has_version(text)) return false;
    // Spaces, quotes and invisible characters before the version are ignored, because people insert
    // them by mistake.
    const auto is_junk = [](char c) {
        return !ascii::is_visible(c) || ascii::contains("\"'`\\(", c);
    };
    const std::string_view front = text.substr(0, most_junk);
    const auto junk = static_cast<std::size_t>(
        std::find_if_not(front.begin(), front.end(), is_junk) - front.begin());
    text.remove_prefix(junk);
    const auto starts = [text](std::string_view beginning) {
        std::size_t at = 0;
        for (const char c : text) {
            if (at == beginning.size()) break;
            if (c == ' ') continue;  // a space in the version is ignored, as in "v = spf1"
            if (ascii::lower(c) != beginning[at]) return false;
            ++at;
        }
        return at == beginning.size();
    };
    // "spf2.0/pra" begins a record of Sender ID (RFC 4406), so it is not a misspelt SPF record.
    return std::any_of(beginnings.begin(), beginnings.end(), starts) ||
           (text.size() > 4 && starts("spf1") && text[4] == ' ');
}

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

dns::AnswerPtr with_selected_record(dns::AnswerPtr answer) {
    if (answer == nullptr || answer->selected != nullptr || answer->status != dns::Status::ok) {
        return answer;
    }
    auto parsed = std::make_shared<dns::Answer>(*answer);
    parsed->selected = std::make_shared<const SelectedRecord>(select_record(parsed->texts));
    return parsed;
}

dns::AnswerPtr published_answer(std::string text, std::chrono::seconds ttl) {
    auto answer = std::make_shared<dns::Answer>();
    answer->status = dns::Status::ok;
    answer->ttl = ttl;
    answer->texts.push_back(std::move(text));
    answer->selected = std::make_shared<const SelectedRecord>(select_record(answer->texts));
    return answer;
}

}  // namespace spf

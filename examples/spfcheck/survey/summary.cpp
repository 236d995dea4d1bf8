#include "survey/summary.hpp"

#include <algorithm>
#include <ostream>
#include <utility>
#include <vector>

#include "io/language.hpp"
#include "io/terminal.hpp"
#include "spf/base/printable.hpp"
#include "survey/sentences.hpp"

namespace spfcheck {
namespace {

using Says = SurveySentence;

/// Returns what kind of record a domain has, for the summary.
std::string_view kind_of(const Judgement& judgement) {
    if (!judgement.result || !judgement.problem) return "usable";
    switch (*judgement.result) {
        case spf::Result::none: return "none";
        case spf::Result::permerror: return "broken";
        case spf::Result::temperror: return "DNS failed";
        default: return "usable";
    }
}

std::string_view ending_of(const Judgement& judgement) {
    return judgement.result ? spf::to_string(*judgement.result) : "depend on the message";
}

/// Adds one to a count. Makes a key only if it is new.
template <class Counts>
void count(Counts& counts, std::string_view key) {
    const auto found = counts.find(key);
    if (found != counts.end()) {
        ++found->second;
    } else {
        counts.emplace(key, 1);
    }
}

/// Returns a list such as "~all 12, -all 7", the largest numbers first, in at most `width` columns.
template <class Counts>
std::string list_of(const Counts& counts, std::size_t width) {
    std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string out;
    for (const auto& [name, number] : sorted) {
        const std::string item =
            std::string(translated(spf::printable(name, 40))) + ' ' + std::to_string(number);
        if (!out.empty() && columns_of(out) + columns_of(item) + 7 > width) return out + ", ...";
        out.append(out.empty() ? "" : ", ").append(item);
    }
    return out;
}

std::string text_of(std::chrono::duration<double> time) {
    const auto seconds = static_cast<std::uint64_t>(time.count());
    if (seconds < 100) {
        const auto tenths = static_cast<std::uint64_t>(time.count() * 10);
        return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " s";
    }
    return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
}

}  // namespace

void Summary::add(const Judgement& judgement) {
    const std::lock_guard lock{mutex_};
    ++domains_;
    count(records_, kind_of(judgement));
    for (std::size_t i = 0; i < judgement.errors; ++i) {
        const auto end = judgement.findings.begin() + static_cast<std::ptrdiff_t>(i);
        const bool is_new = std::find(judgement.findings.begin(), end, *end) == end;
        if (is_new) count(errors_, *end);
    }
    if (kind_of(judgement) == "usable") count(endings_, ending_of(judgement));
    for (const std::string& each : judgement.services) count(services_, each);
}

void Summary::add_refused() {
    const std::lock_guard lock{mutex_};
    ++refused_;
}

std::uint64_t Summary::domains() const {
    const std::lock_guard lock{mutex_};
    return domains_;
}

std::uint64_t Summary::refused() const {
    const std::lock_guard lock{mutex_};
    return refused_;
}

void Summary::print(std::ostream& err, std::chrono::duration<double> time,
                    std::uint64_t before) const {
    constexpr std::size_t width = 79;
    const std::lock_guard lock{mutex_};
    const auto rate =
        static_cast<std::uint64_t>(static_cast<double>(domains_) / std::max(time.count(), 0.001));
    err << (before == 0 ? say<Says::total>(domains_, text_of(time), rate)
                        : say<Says::total_resumed>(domains_, text_of(time), rate, before))
        << '\n';
    const auto line = [&err](const std::string& text) { err << "  " << text << '\n'; };
    if (!records_.empty()) line(say<Says::records>(Spoken(list_of(records_, width - 11))));
    if (!errors_.empty()) line(say<Says::errors>(Spoken(list_of(errors_, width - 10))));
    if (!endings_.empty()) line(say<Says::endings>(Spoken(list_of(endings_, width - 10))));
    if (!services_.empty()) line(say<Says::services>(Spoken(list_of(services_, width - 12))));
    if (refused_ > 0) line(say<Says::refused>(refused_));
}

}  // namespace spfcheck

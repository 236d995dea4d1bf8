#include "names/idn2.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <idn2.h>

namespace spfcheck {
namespace {

struct IdnFree {
    void operator()(char* text) const noexcept { idn2_free(text); }
};

bool is_letter_digit_hyphen(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

// This function checks the rules of STD 3 itself. The check of libidn2 2.3
// (IDN2_USE_STD3_ASCII_RULES) does not refuse a label with a forbidden character, but drops the
// character: `e\uff20x` would become the name `ex`.
std::optional<std::string> a_label(const std::string& label) {
    constexpr int flags = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL;
    char* converted = nullptr;
    const int status = idn2_to_ascii_8z(label.c_str(), &converted, flags);
    const std::unique_ptr<char, IdnFree> owner(converted);
    if (status != IDN2_OK || converted == nullptr) return std::nullopt;
    std::string out(converted);
    const bool plain = std::all_of(out.begin(), out.end(), is_letter_digit_hyphen);
    return plain && !out.empty() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace spfcheck

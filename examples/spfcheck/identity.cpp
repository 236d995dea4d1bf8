#include "identity.hpp"

#include <algorithm>
#include <memory>

#include <idn2.h>

namespace spfcheck {
namespace {

struct IdnFree {
    void operator()(char* text) const noexcept { idn2_free(text); }
};

bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string ascii_domain(const std::string& name) {
    if (is_ascii(name) || name.find('\0') != std::string::npos) return name;
    char* converted = nullptr;
    const int status =
        idn2_to_ascii_8z(name.c_str(), &converted, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    const std::unique_ptr<char, IdnFree> owner(converted);
    return status == IDN2_OK && converted != nullptr ? converted : name;
}

std::string ascii_sender(const std::string& sender) {
    const std::size_t at = sender.rfind('@');
    std::size_t begin = at == std::string::npos ? 0 : at + 1;
    std::size_t end = sender.size();
    if (begin == 0 && sender.starts_with('<')) begin = 1;
    if (end > begin && sender.back() == '>') --end;
    return sender.substr(0, begin) + ascii_domain(sender.substr(begin, end - begin)) +
           sender.substr(end);
}

}  // namespace spfcheck

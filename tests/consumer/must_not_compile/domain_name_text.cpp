// The text of a DomainName dies with it: no reference can be had from a temporary one.
// error: deleted
#include <spf/dns/name.hpp>

std::size_t length_of_parent(const spf::DomainName& name) {
#ifdef MISUSE
    const std::string_view text = name.parent().value().text();
#else
    const auto parent = name.parent();
    const std::string_view text = parent ? std::string_view{parent->text()} : std::string_view{};
#endif
    return text.size();
}

// Changes the text of a record, not its syntax tree. Therefore all other parts of the text remain
// as the owner of the record wrote them.

#include "spf/record/edit.hpp"

#include "spf/dns/resolver.hpp"

namespace spf {
namespace {

std::string joined(std::span<const std::string> terms) {
    std::string out;
    for (const std::string& term : terms) out += (out.empty() ? "" : " ") + term;
    return out;
}

}  // namespace

std::size_t place_for_terms(const Record& record) {
    std::size_t end = version_section.size();
    for (const Directive& directive : record.directives) {
        const std::size_t begin = record.offset_of(directive.text);
        if (is_all(directive.mechanism)) return begin;
        end = begin + directive.text.size();
    }
    return end;
}

std::size_t place_in_front(const Record& record) {
    return record.directives.empty() ? version_section.size()
                                     : record.offset_of(record.directives.front().text);
}

std::string with_terms(const Record& record, std::size_t place,
                       std::span<const std::string> terms) {
    std::string text = to_string(record);
    if (terms.empty()) return text;
    const bool at_a_word = place < text.size() && text[place] != ' ';
    return text.insert(place, at_a_word ? joined(terms) + ' ' : ' ' + joined(terms));
}

std::string with_replaced(const Record& record, const Directive& directive,
                          std::span<const std::string> terms) {
    std::string text = to_string(record);
    std::size_t begin = record.offset_of(directive.text);
    std::size_t length = directive.text.size();
    if (terms.empty()) {  // also removes the spaces before the directive
        while (text[begin - 1] == ' ') {
            --begin;
            ++length;
        }
    }
    return text.replace(begin, length, joined(terms));
}

std::string network_term(const Network& network) {
    return (network.family() == Family::ipv4 ? "ip4:" : "ip6:") + network.to_string();
}

std::vector<std::string> network_terms(const NetworkSet& set) {
    std::vector<std::string> out;
    for (const Network& network : set.networks()) out.push_back(network_term(network));
    return out;
}

std::vector<std::string> txt_strings(std::string_view text) {
    std::vector<std::string> out;
    while (text.size() > dns::longest_string) {
        const std::size_t space = text.rfind(' ', dns::longest_string - 1);
        const std::size_t length =
            space == std::string_view::npos ? dns::longest_string : space + 1;
        out.emplace_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    out.emplace_back(text);
    return out;
}

}  // namespace spf

#include "completion/scripts.hpp"

#include <algorithm>
#include <cctype>

#include "providers/catalogue.hpp"

namespace spfcheck {

ValueKind kind_of_value(std::string_view value) {
    if (value.find('|') != std::string_view::npos) return ValueKind::choice;
    if (value == "FILE") return ValueKind::file;
    if (value == "SERVICE" || value == "RELAY") return ValueKind::service;
    if (value == "COMMAND") return ValueKind::command;
    return ValueKind::anything;
}

std::vector<std::string> service_words() {
    std::vector<std::string> out;
    const Catalogue* const catalogue = built_in_catalogue();
    if (catalogue == nullptr) return out;
    for (const Provider& service : catalogue->providers()) {
        std::string word;
        for (const char c : service.name) {
            const auto octet = static_cast<unsigned char>(c);
            if (octet < 0x80 && std::isalnum(octet) != 0) {
                word += static_cast<char>(std::tolower(octet));
            } else if (octet < 0x80 && !word.empty() && word.back() != '-') {
                word += '-';
            } else if (octet >= 0x80) {
                word += c;
            }
        }
        while (word.ends_with('-')) word.pop_back();
        if (catalogue->find(word) == &service) out.push_back(std::move(word));
    }
    std::ranges::sort(out);
    return out;
}

std::string in_short(std::string_view description) {
    std::size_t end = description.size();
    for (const std::string_view separator : {"; ", ": ", " (", ". ", "\n"}) {
        end = std::min(end, description.find(separator));
    }
    std::string out(description.substr(0, end));
    if (out.ends_with('.')) out.pop_back();
    return out;
}

}  // namespace spfcheck

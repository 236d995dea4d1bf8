#include "providers/catalogue.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

#include "data/providers_data.hpp"
#include "names/edits.hpp"
#include "providers/file.hpp"
#include "providers/sentences.hpp"

namespace spfcheck {
namespace {

using Says = ProvidersSentence;

/// Returns the key by which names are compared: their letters and digits, in lower case.
std::string key_of(std::string_view name) {
    std::string out;
    for (const char each : name) {
        if (each >= 'A' && each <= 'Z') out += static_cast<char>(each - 'A' + 'a');
        if ((each >= 'a' && each <= 'z') || (each >= '0' && each <= '9')) out += each;
    }
    return out;
}

constexpr std::size_t farthest = 3;

/// Returns key_of() of each word in a name.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> out;
    while (!name.empty()) {
        const std::size_t end = std::min(name.find_first_of(" .,-/()"), name.size());
        std::string word = key_of(name.substr(0, end));
        if (!word.empty()) out.push_back(std::move(word));
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return out;
}

/// Returns the distance of a name from the name of a service: 0 or 1 for typing errors, 2 or 3 for
/// a word in common. If the distance is greater than `farthest`, the names are not similar.
std::size_t distance(std::string_view given, std::string_view name) {
    constexpr std::size_t longest = 64;
    constexpr std::size_t shortest_word = 4;
    if (given.size() > longest || name.size() > longest) return farthest + 1;
    const std::string key = key_of(given);
    const std::string other = key_of(name);
    const std::size_t slips = edits(key, other);
    if (slips <= std::min(key.size(), other.size()) / 5 + 1) return slips > 1 ? 1 : 0;
    for (const std::string& word : words_of(given)) {
        if (word.size() < shortest_word) continue;
        for (const std::string& each : words_of(name)) {
            if (word == each) return 2;
            if (each.starts_with(word) || word.starts_with(each)) {
                if (std::min(each.size(), word.size()) > shortest_word) return farthest;
            }
        }
    }
    return farthest + 1;
}

bool is_named(const Provider& provider, const std::string& key) {
    return key_of(provider.name) == key ||
           std::any_of(provider.aliases.begin(), provider.aliases.end(),
                       [&key](const std::string& alias) { return key_of(alias) == key; });
}

/// Returns a name of DNS as the index contains it: in lower case, and without a dot at its end. Of
/// a longer text than a name can be (RFC 1035, 2.3.4), only the end is returned.
std::string index_key(std::string_view name) {
    constexpr std::size_t longest = 253;
    if (name.ends_with('.')) name.remove_suffix(1);
    if (name.size() > longest) name.remove_prefix(name.size() - longest);
    std::string out(name);
    for (char& each : out) {
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    }
    return out;
}

/// Returns the built-in services as one text. They are compiled in as several texts, because
/// compilers limit the length of a literal.
std::string built_in_text() {
    std::string out;
    for (const std::string_view part : providers_data) out += part;
    return out;
}

/// Returns the name of DNS in a mechanism; empty if the mechanism has an address instead.
std::string_view name_in(std::string_view mechanism) {
    for (const std::string_view prefix : {"include:", "a:"}) {
        if (mechanism.starts_with(prefix)) return mechanism.substr(prefix.size());
    }
    return {};
}

/// Returns whether an element of Provider::also has no record of its own.
bool is_pattern(std::string_view name) { return name.starts_with("*."); }

}  // namespace

std::vector<std::string_view> Provider::includes() const {
    std::vector<std::string_view> out;
    for (const std::string_view mechanism : mechanisms) {
        if (mechanism.starts_with("include:")) out.push_back(name_in(mechanism));
    }
    for (const std::string_view each : also) {
        if (!is_pattern(each)) out.push_back(each);
    }
    return out;
}

spf::Expected<Catalogue, Failure> Catalogue::load(const std::vector<std::string>& paths) {
    const auto wrong = [](const std::string& path, const std::string& mistake) {
        return Failure{exit_data, say<Says::wrong>(path, mistake)};
    };
    Catalogue out;
    auto built_in = read_providers(built_in_text());
    if (!built_in) return wrong("built-in providers", built_in.error());
    out.providers_ = *std::move(built_in);
    // The maximum size of a file. The built-in services need about 80 KiB.
    constexpr unsigned largest = 4;  // MiB
    constexpr std::size_t largest_size = std::size_t{largest} << 20U;
    for (const std::string& path : paths) {
        std::ifstream file(path, std::ios::binary);
        std::string text(largest_size + 1, '\0');
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        if (!file.is_open() || file.bad()) return Failure{exit_data, say<Says::unreadable>(path)};
        text.resize(static_cast<std::size_t>(file.gcount()));
        if (text.size() > largest_size) {
            return Failure{exit_data, say<Says::too_large>(path, largest)};
        }
        auto more = read_providers(text);
        if (!more) return wrong(path, more.error());
        out.providers_.insert(out.providers_.begin(), more->begin(), more->end());
    }
    out.index_names();
    return out;
}

void Catalogue::index_names() {
    // emplace() keeps the first service that has a name. A service that another service sends
    // through comes after that service in the built-in file.
    for (std::size_t i = 0; i < providers_.size(); ++i) {
        for (const std::string& mechanism : providers_[i].mechanisms) {
            const std::string_view name = name_in(mechanism);
            if (!name.empty()) by_name_.emplace(index_key(name), i);
        }
        for (const std::string_view name : providers_[i].also) {
            by_name_.emplace(index_key(is_pattern(name) ? name.substr(2) : name), i);
        }
    }
}

const Provider* Catalogue::service_of(std::string_view name) const {
    const std::string key = index_key(name);
    for (std::string_view rest = key; !rest.empty();) {
        const auto found = by_name_.find(rest);
        if (found != by_name_.end()) return &providers_[found->second];
        rest.remove_prefix(std::min(rest.find('.'), rest.size() - 1) + 1);
    }
    return nullptr;
}

const Catalogue* built_in_catalogue() {
    static const auto built_in = Catalogue::load({});
    return built_in ? &*built_in : nullptr;
}

const Provider* service_of(std::string_view name) {
    const Catalogue* const built_in = built_in_catalogue();
    return built_in != nullptr ? built_in->service_of(name) : nullptr;
}

const Provider* service_of_term(std::string_view term) {
    const std::size_t separator = term.find_first_of(":=");
    std::string_view name = separator == std::string_view::npos ? term : term.substr(separator + 1);
    // After the name, `a` and `mx` may have a prefix length (RFC 7208, 5.3). A macro may contain
    // '/', but only as a delimiter in braces (7.1).
    const std::size_t slash =
        name.find('/', name.rfind('}') == std::string_view::npos ? 0 : name.rfind('}'));
    return service_of(name.substr(0, slash));
}

std::string with_service(std::string_view term) {
    const Provider* const service = service_of_term(term);
    std::string out(term);
    return service == nullptr ? out : out.append(" (").append(service->name).append(")");
}

const Provider* Catalogue::find(std::string_view name) const {
    const std::string key = key_of(name);
    const auto found =
        std::find_if(providers_.begin(), providers_.end(),
                     [&key](const Provider& provider) { return is_named(provider, key); });
    return found == providers_.end() || key.empty() ? nullptr : &*found;
}

std::vector<std::string> Catalogue::near(std::string_view name) const {
    constexpr std::size_t most = 3;
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const Provider& provider : providers_) {
        std::size_t best = distance(name, provider.name);
        for (const std::string& alias : provider.aliases) {
            best = std::min(best, distance(name, alias));
        }
        if (best <= farthest) found.emplace_back(best, provider.name);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> out;
    for (const auto& each : found) {
        if (out.size() < most) out.push_back(each.second);
    }
    return out;
}

}  // namespace spfcheck

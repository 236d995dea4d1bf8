/// \file receiver/by_domain.hpp  A map from patterns of domain names to values, for lists of
/// domains in configurations.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "spf/base/export.hpp"
#include "spf/dns/name.hpp"

namespace spf::receiver {

/// Returns the domain of a pattern in canonical form: without the leading "*.", in lower case,
/// without trailing dot. Returns an empty text if the pattern has neither the form "example.com"
/// nor the form "*.example.com".
[[nodiscard]] SPF_EXPORT std::string domain_of_pattern(std::string_view pattern);

/// A map from patterns to values. The pattern "example.com" matches that domain alone. The pattern
/// "*.example.com" matches all domains below example.com, at any depth, but not example.com itself.
///
/// The time of find() depends on the length of the domain, not on the number of patterns. Several
/// threads may call const members at once.
template <class Value>
class ByDomain {
public:
    /// Adds a pattern with its value.
    /// \return whether the pattern was added. It is not added if it is neither a domain name nor a
    ///         domain name after "*.", or if it was added before.
    bool add(std::string_view pattern, Value value) {
        std::string domain = domain_of_pattern(pattern);
        if (domain.empty()) return false;
        Values& values = pattern.starts_with("*.") ? below_ : exact_;
        return values.try_emplace(std::move(domain), std::move(value)).second;
    }

    /// Returns the value of the most specific pattern that matches a domain, or null if no pattern
    /// matches it. The domain must be in lower case and without trailing dot.
    [[nodiscard]] const Value* find(std::string_view domain) const {
        if (domain.size() > dns::max_name_length) return nullptr;
        if (const auto found = exact_.find(domain); found != exact_.end()) return &found->second;
        if (below_.empty()) return nullptr;
        for (std::size_t dot = domain.find('.'); dot != std::string_view::npos;
             dot = domain.find('.', dot + 1)) {
            const auto found = below_.find(domain.substr(dot + 1));
            if (found != below_.end()) return &found->second;
        }
        return nullptr;
    }

    /// Returns whether there is no pattern.
    [[nodiscard]] bool empty() const noexcept { return exact_.empty() && below_.empty(); }
    /// Returns the number of patterns.
    [[nodiscard]] std::size_t size() const noexcept { return exact_.size() + below_.size(); }

private:
    struct Hash {
        // NOLINTNEXTLINE(readability-identifier-naming): the standard gives the name
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const noexcept {
            return std::hash<std::string_view>{}(name);
        }
    };
    using Values = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

    Values exact_;
    Values below_;
};

}  // namespace spf::receiver

// The known services, and how a service is found by the names that people use.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/failure.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// A service. See providers.schema.json.
struct Provider {
    std::string name;
    std::vector<std::string> aliases;
    std::string category;
    std::string advice;                   ///< as in the contract of `authorize`
    std::vector<std::string> mechanisms;  ///< the terms for the record
    std::string sub_domain;               ///< the label of add_at_subdomain
    std::vector<std::string> records;     ///< other records to create
    std::string ask;                      ///< what only the provider can say
    std::string note;
    bool is_strong = false;  ///< the source is the vendor
    std::string source;
    std::string date;
};

/// The known services, in the order of the file; those of users come first.
class Catalogue {
public:
    /// Loads the built-in services, and before them those of `paths`, the last file first.
    [[nodiscard]] static spf::Expected<Catalogue, Failure> load(
        const std::vector<std::string>& paths);

    /// Finds a service by name or alias; only letters and digits count, not their case. Null if
    /// unknown.
    [[nodiscard]] const Provider* find(std::string_view name) const;
    /// Returns a few services whose names are closest, the closest first: some letters differ, or
    /// they have a word in common.
    [[nodiscard]] std::vector<std::string> near(std::string_view name) const;
    [[nodiscard]] const std::vector<Provider>& providers() const noexcept { return providers_; }

private:
    std::vector<Provider> providers_;
};

}  // namespace spfcheck

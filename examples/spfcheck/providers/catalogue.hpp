// The services that are known, and how one is found by what people call it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/failure.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// One service. See providers.schema.json.
struct Provider {
    std::string name;
    std::vector<std::string> aliases;
    std::string category;
    std::string advice;                   ///< as in the contract of `authorize`
    std::vector<std::string> mechanisms;  ///< what goes into the record
    std::string sub_domain;               ///< the label of add_at_subdomain
    std::vector<std::string> records;     ///< other records to create
    std::string ask;                      ///< what only the provider can tell
    std::string note;
    bool is_strong = false;  ///< the vendor's own word
    std::string source;
    std::string date;
};

/// The services known, in the order of the file; those of users first.
class Catalogue {
public:
    /// The built-in ones, and those of `paths` in front, the last file first.
    [[nodiscard]] static spf::Expected<Catalogue, Failure> load(
        const std::vector<std::string>& paths);

    /// By name or alias; letters and digits count, their case does not. Null: unknown.
    [[nodiscard]] const Provider* find(std::string_view name) const;
    /// The services whose names come closest: a few letters are others, or a word is the same. A few at
    /// most, the closest first.
    [[nodiscard]] std::vector<std::string> near(std::string_view name) const;
    [[nodiscard]] const std::vector<Provider>& providers() const noexcept { return providers_; }

private:
    std::vector<Provider> providers_;
};

}  // namespace spfcheck

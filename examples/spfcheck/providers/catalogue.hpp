// The known services, which are found by the names that people use.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/failure.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// A service that sends mail for its customers. providers.schema.json describes the members.
struct Provider {
    std::string name;
    std::vector<std::string> aliases;
    std::string category;
    std::string advice;                   ///< what to do, such as "add_at_domain"
    std::vector<std::string> mechanisms;  ///< the terms for the record
    std::string sub_domain;               ///< the label of the sub-domain for "add_at_subdomain"
    std::vector<std::string> records;     ///< other records to create
    std::string ask;                      ///< what to ask the service about
    std::string note;
    bool is_strong = false;  ///< whether a page of the vendor confirms the advice
    std::string source;
    std::string date;
};

/// The known services, in the order of their files; services from the user's files come first.
class Catalogue {
public:
    /// Loads the built-in services and those of the files at `paths`. The services of the last file
    /// come first, and the built-in services last.
    [[nodiscard]] static spf::Expected<Catalogue, Failure> load(
        const std::vector<std::string>& paths);

    /// Returns the service with this name or alias, or null. Only letters and digits are compared,
    /// and their case is ignored.
    [[nodiscard]] const Provider* find(std::string_view name) const;
    /// Returns the names of at most three services that are similar to `name`, the most similar
    /// first. Similar names differ in a few letters, or have a word in common.
    [[nodiscard]] std::vector<std::string> near(std::string_view name) const;
    [[nodiscard]] const std::vector<Provider>& providers() const noexcept { return providers_; }

private:
    std::vector<Provider> providers_;
};

}  // namespace spfcheck

// The known services, which are found by the names that people use, and by the names that records
// include.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
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
    /// Names of DNS by which the service is recognised, but which it does not recommend: names that
    /// customers include, or have included. A name stands for all names below it, too. A name after
    /// "*." has no record of its own; only names below it do.
    std::vector<std::string> also;

    /// Returns the names whose records list the networks of the service: those of its mechanisms
    /// `include:`, and those in `also` without "*.".
    [[nodiscard]] std::vector<std::string_view> includes() const;
    std::string sub_domain;            ///< the label of the sub-domain for "add_at_subdomain"
    std::vector<std::string> records;  ///< other records to create
    std::string ask;                   ///< what to ask the service about
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
    /// Returns the service whose name in DNS this is, such as the name in an `include:` or the name
    /// of a host; null if none is known. A service has the names of its mechanisms and those in
    /// Provider::also, and all names below them. If several services have the name, the service
    /// with the longest of these names is returned. Upper and lower case are equal, and a dot at
    /// the end is ignored. Macros (RFC 7208, 7) may stand in place of labels: in
    /// "%{ir}.spf.has.pphosted.com", the labels after the last macro decide.
    [[nodiscard]] const Provider* service_of(std::string_view name) const;
    [[nodiscard]] const std::vector<Provider>& providers() const noexcept { return providers_; }

private:
    /// Allows lookups by a std::string_view, without a copy.
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    void index_names();

    std::vector<Provider> providers_;
    /// The index in `providers_` of each name in DNS, which is in lower case.
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> by_name_;
};

/// Returns the built-in services; null if they cannot be read. They are read once, and exist until
/// the program ends. Threads may call the function at the same time.
[[nodiscard]] const Catalogue* built_in_catalogue();

/// Returns the built-in service whose name in DNS this is, as Catalogue::service_of() does. The
/// service exists until the program ends. Threads may call the function at the same time.
[[nodiscard]] const Provider* service_of(std::string_view name);

/// Returns the built-in service whose name in DNS is in a term of a record (RFC 7208, 4.6.1), such
/// as `include:NAME`, `?a:NAME/24` or `redirect=NAME`; null if none is known.
[[nodiscard]] const Provider* service_of_term(std::string_view term);

/// Returns a text for people: the term or name of DNS, followed by the name of its service in
/// parentheses if it is known, as in "include:_spf.google.com (Google Workspace)".
[[nodiscard]] std::string with_service(std::string_view term);

}  // namespace spfcheck

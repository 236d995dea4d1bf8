// The input lines of a survey.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "batch/lines.hpp"
#include "io/failure.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// Finds the domain in an input line: the line itself, a value in a row of a table (CSV), or a
/// value in a JSON object.
class SurveyInput {
public:
    /// Makes the reader for an input.
    /// \param first  the first line that is not blank
    /// \param column  the name or number of the column with the domains; empty if the lines are
    ///                domains. For JSON, the key of the domain, which is "domain" if it is empty.
    /// \return an error if the input is a table that has no such column
    [[nodiscard]] static spf::Expected<SurveyInput, Failure> of(const FirstLine& first,
                                                                const std::string& column);

    /// Returns whether the line with this number has no domain, because it names the columns.
    [[nodiscard]] bool is_header(std::uint64_t number) const noexcept {
        return number == header_line_;
    }
    /// Returns the domain in a line: in lower case and with A-labels, if it is a domain name. A
    /// mail address or URL stands for its domain. Returns an error if `lint` would refuse to look
    /// up the text.
    [[nodiscard]] spf::Expected<std::string, Failure> domain_in(std::string_view line) const;

private:
    [[nodiscard]] spf::Expected<std::string, Failure> text_in(std::string_view line) const;

    std::string key_ = "domain";
    std::optional<std::size_t> column_;
    char separator_ = ',';
    std::uint64_t header_line_ = 0;
};

}  // namespace spfcheck

// What a survey says of one domain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "overview/picture.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// The overview of a domain, in one line.
struct Judgement {
    std::string domain;
    std::string record;                 ///< empty if there is none, or several
    std::optional<spf::Result> result;  ///< of addresses that no term names; absent if not known
    std::string all;                    ///< the term that decides `result`; empty if there is none
    std::vector<std::string_view> findings;  ///< the codes of findings, errors first
    std::size_t errors = 0;
    std::size_t warnings = 0;
    std::size_t hints = 0;
    std::optional<unsigned> dns_lookups;  ///< as LintReport::dns_lookups
    bool at_least = false;                ///< as LintReport::at_least
    unsigned void_lookups = 0;
    Size may_send;                        ///< the addresses that certainly pass
    bool is_complete = true;              ///< the result of every address is known
    std::vector<std::string> services;    ///< the known services that the record names, each once
    std::optional<spf::Problem> problem;  ///< why addresses get an error or no result
};

/// Returns what the overview says of a domain, in short.
[[nodiscard]] Judgement judged(const Picture& picture);

/// The formats of the output.
enum class Format : std::uint8_t { json, csv };

/// Returns the first output line, with its line end; empty for JSON.
[[nodiscard]] std::string header_of(Format format);
/// Appends the output line about a domain. `line` is the number of the input line.
void append(std::string& out, Format format, std::uint64_t line, const Judgement& judgement);
/// Appends the output line for an input line without domain.
void append_error(std::string& out, Format format, std::uint64_t line, std::string_view error);

}  // namespace spfcheck

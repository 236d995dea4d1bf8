// How --help looks: two columns within 80, descriptions wrapped.
#pragma once

#include <string>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "terminal.hpp"

namespace spfcheck {

class HelpFormatter : public CLI::Formatter {
public:
    HelpFormatter() { column_width(left); }
    std::string make_option_desc(const CLI::Option* option) const override {
        return lines((option->get_required() ? "required; " : "") + option->get_description(),
                     right);
    }
    /// The name of the value alone.
    std::string make_option_opts(const CLI::Option* option) const override {
        return option->get_type_size() == 0 ? std::string() : ' ' + option->get_type_name();
    }

private:
    static constexpr std::size_t left = 28;
    static constexpr std::size_t right = 80 - left;
};

}  // namespace spfcheck

// The layout of --help: two columns in lines of at most 80 characters, with wrapped descriptions.
#pragma once

#include <sstream>
#include <string>
#include <utility>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "io/terminal.hpp"

namespace spfcheck {

class HelpFormatter : public CLI::Formatter {
public:
    HelpFormatter() { column_width(left); }
    std::string make_option_desc(const CLI::Option* option) const override {
        return lines((option->get_required() ? "required; " : "") + option->get_description(),
                     right);
    }
    /// Returns only the name of the value that an option has, such as "FILE". The function of CLI11
    /// would add the default value and more.
    std::string make_option_opts(const CLI::Option* option) const override {
        return option->get_type_size() == 0 ? std::string() : ' ' + option->get_type_name();
    }

    std::string make_description(const CLI::App* app) const override {
        return app->get_description() + "\n\n";
    }
    std::string make_subcommand(const CLI::App* sub) const override {
        std::ostringstream out;
        CLI::detail::format_help(out, sub->get_name(), lines(sub->get_description(), right), left);
        return out.str();
    }
    /// Returns the help with one empty line between groups instead of two.
    std::string make_help(const CLI::App* app, std::string name,
                          CLI::AppFormatMode mode) const override {
        std::string help = CLI::Formatter::make_help(app, std::move(name), mode);
        for (std::size_t at = 0; (at = help.find("\n\n\n", at)) != std::string::npos;)
            help.erase(at, 1);
        return help;
    }

private:
    static constexpr std::size_t left = 28;
    static constexpr std::size_t right = 80 - left;
};

}  // namespace spfcheck

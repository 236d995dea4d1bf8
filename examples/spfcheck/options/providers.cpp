#include "options/providers.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace spfcheck {

void setup_providers(CLI::App& app, std::vector<std::string>& files) {
    app.add_option("--providers", files, "know the services of this JSON file, too; repeatable")
        ->type_name("FILE")
        ->allow_extra_args(false);
}

}  // namespace spfcheck

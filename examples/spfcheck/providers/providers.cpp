#include "providers/providers.hpp"

#include <ostream>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "options/providers.hpp"
#include "providers/print.hpp"
#include "providers/sentences.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

constexpr int exit_unknown = 1;

}  // namespace

void setup(CLI::App& app, ProvidersOptions& options) {
    app.add_option("NAME", options.name, "a service; without a name, all are listed")
        ->type_name("");
    setup_providers(app, options.files);
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck providers
  spfcheck providers "Google Workspace"
  spfcheck providers mailgun --json

Exit status:
  0 the service is known, 1 it is not, 64 wrong usage, 65 unreadable file,
  70 internal error)");
}

int run(const ProvidersOptions& options, std::ostream& out, std::ostream& err) {
    const auto catalogue = Catalogue::load(options.files);
    if (!catalogue) return tell(catalogue.error(), err);
    const std::size_t width = style_of_output(options.output.colour).width;
    if (!options.name.empty()) {
        const Provider* provider = catalogue->find(options.name);
        if (provider == nullptr) {
            return tell({exit_unknown, say<ProvidersSentence::unknown_service>(options.name)}, err);
        }
        if (options.output.json) {
            write(out, to_json(*provider));
        } else {
            print(out, *provider, width);
        }
        return exit_ok;
    }
    Json all;
    all["providers"] = Json::array();
    for (const Provider& provider : catalogue->providers()) {
        all["providers"].push_back(to_json(provider));
        if (options.output.json) continue;
        std::string line = spf::printable(provider.name, 50);
        line.resize(52, ' ');
        out << line << provider.advice << (provider.is_strong ? "" : " (weak)") << '\n';
    }
    if (options.output.json) write(out, all);
    return exit_ok;
}

}  // namespace spfcheck

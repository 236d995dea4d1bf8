#include "options/message.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "io/language.hpp"
#include "options/sentences.hpp"
#include "spf/net/ip.hpp"

namespace spfcheck {
namespace {

using Says = OptionsSentence;

Spoken network_problem(const std::string& text) {
    const auto network = spf::Network::parse(text);
    return network ? Spoken() : say<Says::bad_network>(text, message_of(network.error()));
}

}  // namespace

void setup(CLI::App& app, MessageOptions& options, const std::string& group) {
    app.add_option("--message", options.path,
                   "take client, HELO name and sender from the header of this message (- is "
                   "standard input)")
        ->type_name("FILE")
        ->group(group);
    app.add_option("--trusted-relay", options.trusted,
                   "networks of servers whose Received lines are believed, such as a backup MX")
        ->type_name("NET...")
        ->delimiter(',')
        ->check(CLI::Validator(network_problem, ""))
        ->group(group);
}

}  // namespace spfcheck

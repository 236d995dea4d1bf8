// spfcheck diagnose: the recipient did not get our mail: is it us, them, or the relay?
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/message.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct DiagnoseOptions {
    std::string subject;  ///< a file with a message or a bounce, or an address; "-" is stdin
    std::string to;       ///< the address of the recipient
    std::string bounce;   ///< the path of the bounce; "-" is standard input
    MessageOptions message;
    std::string ip;                     ///< the address of the server that sent the mail
    std::optional<std::string> sender;  ///< the address in MAIL FROM
    std::optional<std::string> helo;
    bool redact = false;
    DnsOptions dns;
    OutputOptions output;

    /// Returns the files that are read in addition to zone files and Options::message.
    [[nodiscard]] std::vector<std::string> files() const;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, DiagnoseOptions& options);

/// Finds out what happened to a mail, and prints it on one page.
/// \return the exit status: 0 if nothing is wrong on the sender's side, 1 if there is, 2 if it is
///         the recipient's, 5 if it is not known
int run(const DiagnoseOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck

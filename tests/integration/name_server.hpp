/// \file name_server.hpp  A real authoritative name server (nsd) for one test.
#pragma once

#include <cstdint>
#include <string_view>

#include <sys/types.h>

#include "spf/resolver/ldns.hpp"
#include "support/temporary_folder.hpp"

namespace spf::test {

/// nsd, serving one zone on a free port of 127.0.0.1 (and of ::1, if it exists) from the end of the
/// constructor to the destructor.
class Nsd {
public:
    /// Whether nsd is installed.
    [[nodiscard]] static bool installed();

    /// \param zone    name of the zone, "." for the root
    /// \param master_file  text of the zone, SOA and NS records included
    /// Throws std::runtime_error, with the output of nsd, if nsd does not start.
    Nsd(std::string_view zone, std::string_view master_file);
    ~Nsd();
    Nsd(const Nsd&) = delete;
    Nsd& operator=(const Nsd&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] dns::NameServer server() const;

private:
    [[nodiscard]] bool start(std::string_view zone);
    void stop() noexcept;

    TemporaryFolder folder_;
    std::uint16_t port_ = 0;
    pid_t process_ = -1;
};

}  // namespace spf::test

// A daemon with a name server of its own and a configuration, on free ports of 127.0.0.1.
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "integration/cares_support.hpp"
#include "integration/sockets.hpp"
#include "policyd/daemon.hpp"
#include "spf/resolver/zone.hpp"
#include "support/temporary_folder.hpp"

namespace policyd_test {

using spf::test::Message;
using spf::test::Sent;

/// The data of the tests.
inline spf::ZoneResolver test_zone() {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 ip4:192.0.2.1 -all");
    zone.add_txt("xn--bcher-kva.example", "v=spf1 ip4:192.0.2.1 -all");
    zone.add_txt("soft.example", "v=spf1 ~all");
    zone.add_txt("broken.example", "v=spf1 ip4:1.2.3 -all");
    zone.add_txt("explained.example", "v=spf1 exp=why.explained.example -all");
    zone.add_txt("why.explained.example", "caf\xe9 \"%{s}\" is closed\r\n for you");
    return zone;
}

class Served {
public:
    /// `config` is in TOML; `silent` is a text in questions that get no reply.
    explicit Served(std::string_view config = "", std::string_view silent = "")
        : zone_(test_zone()), silent_(silent), port_(spf::test::free_port()) {
        write(config);
        daemon_ = std::make_unique<Daemon>(Start{
            .arguments = {"--config", file(), "--listen", "127.0.0.1:" + std::to_string(port_),
                          "--nameserver", "127.0.0.1:" + std::to_string(server_.server().port)}});
    }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] Daemon& daemon() noexcept { return *daemon_; }
    [[nodiscard]] std::size_t queries() const noexcept { return server_.udp_queries(); }
    /// Replaces the configuration, which the daemon reads after SIGHUP.
    void write(std::string_view config) const {
        std::ofstream(file()) << "receiver = \"mx.receiver.test\"\n" << config;
    }

    [[nodiscard]] std::string file() const { return (folder_.path() / "policyd.toml").string(); }

private:
    spf::ZoneResolver zone_;
    std::string silent_;
    spf::test::TemporaryFolder folder_;
    spf::test::ScriptedServer server_{[this](const Message& query, bool) -> std::vector<Sent> {
        const std::string text(query.begin(), query.end());
        if (!silent_.empty() && text.find(silent_) != std::string::npos) return {};
        return {spf::test::reply_from(zone_, query)};
    }};
    std::uint16_t port_;
    std::unique_ptr<Daemon> daemon_;
};

}  // namespace policyd_test

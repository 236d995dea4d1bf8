// The daemon as its operator starts, reloads and stops it.

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "policyd/served.hpp"
#include "support/catch.hpp"

using namespace policyd_test;
using spf::test::TemporaryFolder;

namespace {

#if defined(__has_feature)
#define SPF_HAS_FEATURE(feature) __has_feature(feature)
#else
#define SPF_HAS_FEATURE(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || SPF_HAS_FEATURE(address_sanitizer)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

std::string listen_argument(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }

using Clients = std::vector<std::unique_ptr<Client>>;

/// Connects clients, each of which asks at once.
Clients asking_clients(int count, std::uint16_t port) {
    Clients clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<Client>(port));
        clients.back()->send(request({.client = "127.0.0.1"}));
    }
    return clients;
}

/// Each client closes its connection when it is answered, so that those that wait have their turn.
void check_all_answered(Clients clients) {
    for (auto& client : clients) {
        CHECK(client->receive() == "DUNNO");
        client.reset();
    }
}

}  // namespace

TEST_CASE("A reload changes the policy and loses no connection", "[policyd][daemon]") {
    Served served;
    Client client(served.port());
    REQUIRE(client.ask(request({.sender = "a@soft.example"})).starts_with("PREPEND "));
    served.write("[actions.mail_from]\nsoftfail = \"reject\"\n");
    served.daemon().signal(SIGHUP);
    REQUIRE(served.daemon().logs("reloaded the configuration"));
    CHECK(client.ask(request({.sender = "a@soft.example", .instance = "2"}))
              .starts_with("550 5.7.1 "));
}

TEST_CASE("A message keeps the policy that its first recipient had", "[policyd][daemon]") {
    Served served;
    Client client(served.port());
    REQUIRE(client.ask(request({.sender = "a@soft.example"})).starts_with("PREPEND "));
    served.write("[actions.mail_from]\nsoftfail = \"reject\"\n");
    served.daemon().signal(SIGHUP);
    REQUIRE(served.daemon().logs("reloaded the configuration"));
    CHECK(client.ask(request({.sender = "a@soft.example"})) == "DUNNO");
}

TEST_CASE("A broken configuration is reported and the former one stays", "[policyd][daemon]") {
    Served served("[actions.mail_from]\nsoftfail = \"reject\"\n");
    Client client(served.port());
    REQUIRE(client.ask(request({.sender = "a@soft.example"})).starts_with("550 "));
    served.write("[actions.mail_from]\nsoftfail = \"refuse\"\n");
    served.daemon().signal(SIGHUP);
    CHECK(served.daemon().logs("policyd.toml:3:12: \"actions.mail_from.softfail\": \"refuse\""));
    CHECK(client.ask(request({.sender = "a@soft.example", .instance = "2"})).starts_with("550 "));
}

TEST_CASE("A configuration that is empty or gone is reported and the former one stays",
          "[policyd][daemon]") {
    Served served("[actions.mail_from]\nsoftfail = \"reject\"\n");
    Client client(served.port());
    REQUIRE(client.ask(request({.sender = "a@soft.example"})).starts_with("550 "));
    SECTION("empty") {
        std::ofstream(served.file()) << "\n";
        served.daemon().signal(SIGHUP);
        CHECK(served.daemon().logs("policyd.toml: is empty"));
    }
    SECTION("gone") {
        std::filesystem::remove(served.file());
        served.daemon().signal(SIGHUP);
        CHECK(served.daemon().logs("policyd.toml: No such file or directory"));
    }
    CHECK(served.daemon().logs("the configuration is unchanged, because it cannot be read"));
    CHECK(client.ask(request({.sender = "a@soft.example", .instance = "2"})).starts_with("550 "));
}

TEST_CASE("A configuration of comments alone means the defaults, also at a reload",
          "[policyd][daemon]") {
    Served served("[actions.mail_from]\nsoftfail = \"reject\"\n");
    Client client(served.port());
    std::ofstream(served.file()) << "# Nothing is set.\n";
    served.daemon().signal(SIGHUP);
    REQUIRE(served.daemon().logs("reloaded the configuration"));
    CHECK(client.ask(request({.sender = "a@soft.example"})).starts_with("PREPEND "));
}

TEST_CASE("A reload with other limits has policies compiled again", "[policyd][daemon]") {
    const std::uint16_t metrics = spf::test::free_port();
    const std::string listener = "[metrics]\nlisten = \"" + listen_argument(metrics) + "\"\n";
    Served served(listener);
    Client client(served.port());
    int asked = 0;
    const auto ask_often = [&] {
        for (int i = 0; i < 5; ++i) {
            const std::string instance = std::to_string(++asked);
            REQUIRE(client.ask(request({.instance = instance})).starts_with("PREPEND "));
        }
    };
    const auto hits = [&] {
        Client prometheus(metrics);
        prometheus.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        REQUIRE(prometheus.receive() == "closed");
        const std::string key = "\nspf_policyd_policy_hits_total ";
        const std::size_t at = prometheus.received().find(key);
        REQUIRE(at != std::string::npos);
        return std::stoi(prometheus.received().substr(at + key.size()));
    };
    ask_often();
    const int before = hits();
    REQUIRE(before > 0);
    served.write(listener + "[limits]\nvoid_lookups = 5\n");
    served.daemon().signal(SIGHUP);
    REQUIRE(served.daemon().logs("reloaded the configuration"));
    ask_often();
    CHECK(hits() > before);
}

TEST_CASE("The daemon answers what it was asked before it stops", "[policyd][daemon]") {
    Served served("[limits]\ncheck_seconds = 2\n", "slow");
    Client slow(served.port());
    Client idle(served.port());
    REQUIRE(idle.ask(request()).starts_with("PREPEND "));
    slow.send(request({.sender = "a@slow.example", .instance = "2"}));
    REQUIRE(becomes_true([&] { return served.queries() > 1; }));
    served.daemon().signal(SIGTERM);
    CHECK(idle.receive() == "closed");
    CHECK(slow.receive().starts_with("PREPEND Received-SPF: temperror "));
    CHECK(served.daemon().wait() == 0);
}

TEST_CASE("A UNIX socket that was left behind is replaced, and removed at the end",
          "[policyd][daemon]") {
    const TemporaryFolder folder;
    const std::string path = (folder.path() / "socket").string();
    const Start start{.arguments = {"--listen", "unix:" + path}};
    {
        Daemon killed(start);
        Client client(path);
        killed.signal(SIGKILL);
        killed.wait();
    }
    REQUIRE(std::filesystem::exists(path));
    Daemon daemon(start);
    Client client(path);
    CHECK(client.ask(request({.client = "127.0.0.1"})) == "DUNNO");
    daemon.signal(SIGTERM);
    CHECK(daemon.wait() == 0);
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("A daemon with few files accepts fewer connections", "[policyd][daemon]") {
    const std::uint16_t port = spf::test::free_port();
    const Daemon daemon({.arguments = {"--listen", listen_argument(port)}, .max_files = 40});
    CHECK(
        daemon.logs("only 40 files may be open, so at most 16 connections are accepted; for "
                    "1000 set LimitNOFILE= (ulimit -n) to 1320"));
    Clients clients = asking_clients(40, port);
    CHECK(daemon.logs("the maximum number of connections is reached"));
    check_all_answered(std::move(clients));
}

TEST_CASE("A daemon without files lets clients wait", "[policyd][daemon]") {
    if (is_sanitized) {  // by making a pipe, the sanitizer finds out what may be read
        WARN("SKIPPED: the sanitizer ends a program that has no file descriptor left");
        return;
    }
    const std::uint16_t port = spf::test::free_port();
    const Daemon daemon({.arguments = {"--listen", listen_argument(port)}, .max_files = 14});
    Clients clients = asking_clients(20, port);
    CHECK(daemon.logs("a connection cannot be accepted: Too many open files, so clients wait"));
    check_all_answered(std::move(clients));
}

TEST_CASE("A reload does not change what is fixed at the start", "[policyd][daemon]") {
    Served served("[limits]\nconnections = 50\n");
    const Client client(served.port());
    for (int i = 0; i < 2; ++i) {
        served.write("[limits]\nconnections = 60\n");
        served.daemon().signal(SIGHUP);
        REQUIRE(served.daemon().logs("change with the next start"));
    }
}

TEST_CASE("Prometheus is answered after clients of it that say nothing", "[policyd][daemon]") {
    const std::uint16_t metrics = spf::test::free_port();
    const Served served("[metrics]\nlisten = \"" + listen_argument(metrics) + "\"\n");
    {
        std::vector<std::unique_ptr<Client>> silent;
        for (int i = 0; i < 30; ++i) {
            silent.push_back(std::make_unique<Client>(metrics));
            silent.back()->send("GET /m");
        }
    }
    CHECK(becomes_true([&] {
        Client prometheus(metrics);
        prometheus.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return prometheus.receive() == "closed" &&
               prometheus.received().find("spf_policyd_connections 0\n") != std::string::npos;
    }));
}

TEST_CASE("A log that is not read does not stop the daemon", "[policyd][daemon]") {
    const TemporaryFolder folder;
    const std::string pipe = (folder.path() / "log").string();
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    const std::uint16_t port = spf::test::free_port();
    Daemon daemon({.arguments = {"--listen", listen_argument(port)}, .log = pipe});
    Client client(port);
    for (int i = 0; i < 3000; ++i) {
        const std::string instance = std::to_string(i);
        REQUIRE(client.ask(request({.client = "127.0.0.1", .instance = instance})) == "DUNNO");
    }
    daemon.signal(SIGTERM);
    CHECK(daemon.wait() == 0);
    ::close(reader);
}

TEST_CASE("A pipe is refused as a configuration, because it can be read once only",
          "[policyd][daemon]") {
    const TemporaryFolder folder;
    const std::string pipe = (folder.path() / "c.toml").string();
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    Daemon daemon({.arguments = {"--config", pipe}});
    CHECK(daemon.wait() == 78);
    CHECK(daemon.log().find("is not a regular file") != std::string::npos);
}

TEST_CASE("A socket of systemd that does not listen is refused", "[policyd][daemon]") {
    const int bound = spf::test::bound_socket(SOCK_STREAM, 0);
    Daemon daemon({.environment = {"LISTEN_PID=", "LISTEN_FDS=1"}, .inherited_socket = bound});
    CHECK(daemon.wait() == 71);
    CHECK(daemon.log().find("does not listen for streams") != std::string::npos);
    ::close(bound);
}

TEST_CASE("A second signal stops the daemon at once", "[policyd][daemon]") {
    Served served("", "slow");
    Client slow(served.port());
    slow.send(request({.sender = "a@slow.example"}));
    REQUIRE(becomes_true([&] { return served.queries() > 0; }));
    served.daemon().signal(SIGTERM);
    REQUIRE(served.daemon().logs("stopping"));
    served.daemon().signal(SIGTERM);
    CHECK(served.daemon().wait() == 0);
    CHECK(slow.receive() == "closed");
}

TEST_CASE("An address that is in use is an error of the system", "[policyd][daemon]") {
    const TemporaryFolder folder;
    const std::string path = (folder.path() / "socket").string();
    const Start start{.arguments = {"--listen", "unix:" + path}};
    const Daemon first(start);
    const Client client(path);
    Daemon second(start);
    CHECK(second.wait() == 71);
    CHECK(second.log() ==
          "spf-policyd: cannot listen at unix:" + path + ": Address already in use\n");
}

TEST_CASE("A socket and readiness are systemd's", "[policyd][daemon]") {
    const TemporaryFolder folder;
    const std::string notify = (folder.path() / "notify").string();
    const int states = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    notify.copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(::bind(states, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    const int listening = spf::test::bound_socket(SOCK_STREAM, 0);
    REQUIRE(::listen(listening, 5) == 0);

    Daemon daemon({.environment = {"LISTEN_PID=", "LISTEN_FDS=1", "LISTEN_FDNAMES=spf-policyd",
                                   "NOTIFY_SOCKET=" + notify},
                   .inherited_socket = listening});
    Client client(spf::test::port_of(listening));
    CHECK(client.ask(request({.client = "127.0.0.1"})) == "DUNNO");
    char state[64] = {};
    REQUIRE(::recv(states, state, sizeof state - 1, 0) > 0);
    CHECK(std::string(state) == "READY=1");
    CHECK(daemon.logs("listens at " + listen_argument(spf::test::port_of(listening)) + '\n'));
    ::close(states);
    ::close(listening);
}

TEST_CASE("Prometheus reads what was decided", "[policyd][daemon]") {
    const std::uint16_t metrics = spf::test::free_port();
    const Served served("[metrics]\nlisten = \"" + listen_argument(metrics) + "\"\n");
    Client client(served.port());
    REQUIRE(client.ask(request()).starts_with("PREPEND "));
    REQUIRE(client.ask(request({.client = "192.0.2.2", .instance = "2"})).starts_with("550 "));
    Client prometheus(metrics);
    const std::string page =
        prometheus.ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    // All is one text up to the end of the connection: the page has no empty line.
    CHECK(page == "closed");
    CHECK(prometheus.received().find("spf_policyd_decisions_total{action=\"reject\"} 1\n") !=
          std::string::npos);
    CHECK(prometheus.received().find(
              "spf_policyd_results_total{identity=\"mailfrom\",result=\"pass\"} 1\n") !=
          std::string::npos);
}

TEST_CASE("Compiled policies are used with other limits, too", "[policyd][daemon]") {
    const std::uint16_t metrics = spf::test::free_port();
    const Served served("limits.void_lookups = 5\nmetrics.listen = \"" + listen_argument(metrics) +
                        "\"\n");
    Client client(served.port());
    for (const std::string_view instance : {"1", "2", "3", "4"})
        REQUIRE(client.ask(request({.instance = instance})).starts_with("PREPEND "));
    Client prometheus(metrics);
    prometheus.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    REQUIRE(prometheus.receive() == "closed");
    CHECK(prometheus.received().find("\nspf_policyd_policy_hits_total 2\n") != std::string::npos);
}

TEST_CASE("A configuration is checked without starting", "[policyd][daemon]") {
    const TemporaryFolder folder;
    const std::string path = (folder.path() / "c.toml").string();
    std::ofstream(path) << "tset = true\n";
    Daemon broken({.arguments = {"--config", path, "--check-config"}});
    CHECK(broken.wait() == 78);
    CHECK(broken.log().starts_with("spf-policyd: " + path + ":1:1: there is no key \"tset\"; "));
    std::ofstream(path) << "test = true\n";
    Daemon fine({.arguments = {"--config", path, "--check-config"}});
    CHECK(fine.wait() == 0);
}

TEST_CASE("A file to import that cannot be read is an error", "[policyd][daemon][import]") {
    const TemporaryFolder folder;
    const std::string path = folder.path().string();
    Daemon daemon({.arguments = {"--import", path}});
    CHECK(daemon.wait() == 78);
    CHECK(daemon.log() == "spf-policyd: " + path + ": Is a directory\n");
}

TEST_CASE("A wrong command line says where help is", "[policyd][daemon]") {
    Daemon daemon({.arguments = {"--port", "25"}});
    CHECK(daemon.wait() == 64);
    CHECK(daemon.log().find("Try \"spf-policyd --help\".") != std::string::npos);
}

#include "integration/name_server.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "integration/sockets.hpp"

namespace spf::test {
namespace {

std::string contents(const std::filesystem::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Whether nsd answers for its zone, with any answer.
bool answers(const dns::NameServer& server) {
    using namespace std::chrono_literals;
    LdnsOptions options;
    options.servers = {server};
    options.timeout = 100ms;
    options.tries = 1;
    const auto status = LdnsResolver{options}.resolve({"localhost", dns::RecordType::a})->status;
    return status != dns::Status::timeout && status != dns::Status::unreachable;
}

}  // namespace

bool Nsd::installed() { return ::access(SPF_NSD, X_OK) == 0; }

Nsd::Nsd(std::string_view zone, std::string_view master_file) {
    folder_.write("zone", master_file);
    constexpr int most_ports = 5;  // another program may take a free port before nsd does
    for (int i = 0; i < most_ports; ++i) {
        if (start(zone)) return;
        stop();
    }
    throw std::runtime_error("nsd did not start: " + contents(folder_.path() / "log"));
}

Nsd::~Nsd() { stop(); }

dns::NameServer Nsd::server() const { return server_at(port_); }

bool Nsd::start(std::string_view zone) {
    port_ = free_port();
    const std::string folder = folder_.path().string();
    const std::string at_port = "@" + std::to_string(port_) + "\n";
    std::string config = "server:\n  ip-address: 127.0.0.1" + at_port;
    if (has_ipv6_loopback()) config += "  ip-address: ::1" + at_port;
    // The rate limit would drop replies after a few hundred questions.
    config +=
        "  server-count: 1\n  username: \"\"\n  chroot: \"\"\n  database: \"\"\n  pidfile: \"\"\n"
        "  rrl-ratelimit: 0\n  zonesdir: \"" +
        folder + "\"\n  logfile: \"" + folder + "/log\"\n  xfrdfile: \"" + folder +
        "/xfrd\"\n  zonelistfile: \"" + folder + "/zones\"\n  xfrdir: \"" + folder +
        "\"\nremote-control:\n  control-enable: no\nzone:\n  name: \"" + std::string{zone} +
        "\"\n  zonefile: \"zone\"\n";
    folder_.write("nsd.conf", config);

    const std::string config_path = folder + "/nsd.conf";
    std::string program = SPF_NSD;
    std::string debug = "-d";
    std::string with_config = "-c";
    std::string path = config_path;
    const std::array<char*, 5> arguments{program.data(), debug.data(), with_config.data(),
                                         path.data(), nullptr};
    const pid_t parent = ::getpid();
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("fork failed");
    if (process_ == 0) {  // from here on only async-signal-safe calls
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent) ::_exit(1);
        const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, fd);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }

    using namespace std::chrono_literals;
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < deadline) {
        if (::waitpid(process_, nullptr, WNOHANG) == process_) {
            process_ = -1;
            return false;
        }
        if (answers(server())) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

void Nsd::stop() noexcept {
    if (process_ <= 0) return;
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
    ::kill(-process_, SIGKILL);  // its children, which would notice only after some time
    process_ = -1;
}

}  // namespace spf::test

// The resolver consists of small resolvers. Zone files are asked before name servers, name servers
// are asked only until the deadline of the check, and all answers are logged.

#include "dns/dns.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include "dns/sentences.hpp"
#include "spf/log/spdlog.hpp"
#include "spf/resolver/ldns.hpp"
#include "spf/resolver/zone_file.hpp"

namespace spfcheck {
namespace {

using Says = DnsSentence;

using std::chrono::milliseconds;

/// Asks name servers. A question that is not answered ends at the deadline of the check.
class TimedServers final : public spf::dns::Resolver {
public:
    TimedServers(std::vector<spf::dns::NameServer> servers, milliseconds deadline)
        : resolver_({.servers = std::move(servers)}), limit_(deadline) {
        begin();
    }

    void begin() { end_ = spf::dns::deadline_after(limit_); }

    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        spf::dns::DeadlineResolver timed{resolver_, end_};
        if (timed.is_over()) return spf::dns::make_answer(spf::dns::Status::timeout);
        spf::dns::AnswerPtr answer = timed.resolve(question);
        asked_ = true;
        reached_ = reached_ || answer->status != spf::dns::Status::unreachable;
        return answer;
    }

    [[nodiscard]] bool is_unreachable() const noexcept { return asked_ && !reached_; }
    [[nodiscard]] const std::vector<spf::dns::NameServer>& servers() const noexcept {
        return resolver_.servers();
    }

private:
    spf::LdnsResolver resolver_;
    milliseconds limit_;
    spf::dns::Clock::time_point end_;
    bool asked_ = false;
    bool reached_ = false;
};

/// Answers from the data of zone files. Name servers, if there are any, are asked about names that
/// the files do not contain.
class Layers final : public spf::dns::Resolver {
public:
    Zone zone;
    std::optional<TimedServers> servers;

    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        if (!zone) return servers->resolve(question);
        spf::dns::AnswerPtr answer = zone->lookup(question);
        const bool known = answer->status != spf::dns::Status::nxdomain &&
                           answer->status != spf::dns::Status::not_in_zone;
        if (known || !servers) return answer;
        return ask_servers(question, unknown_name(question, *answer));
    }

private:
    /// Returns the name to ask the name servers about, because the zone files have no data for it.
    /// If the files contain an alias (CNAME) for the name of the question, the result is the target
    /// of the last alias. Otherwise the result is the name of the question.
    static std::string unknown_name(const spf::dns::Question& question,
                                    const spf::dns::Answer& answer) {
        if (answer.status == spf::dns::Status::not_in_zone && answer.texts.size() > 1)
            return answer.texts[1];
        return answer.canonical_name.empty() ? std::string(question.name) : answer.canonical_name;
    }

    /// Asks the name servers about `name`. If the name of the question is an alias in the zone
    /// files, `name` is the target of the alias. The servers are not asked about the alias itself,
    /// because data in the zone files replaces the data of the servers.
    spf::dns::AnswerPtr ask_servers(const spf::dns::Question& question, const std::string& name) {
        if (name == question.name) return servers->resolve(question);
        spf::dns::Question target = question;
        target.name = name;
        spf::dns::AnswerPtr found = servers->resolve(target);
        if (found->is_failure() || !found->canonical_name.empty()) return found;
        auto answer = std::make_shared<spf::dns::Answer>(*found);
        answer->canonical_name = name;
        return answer;
    }
};

class Stack final : public Dns {
public:
    Stack(Layers layers, std::shared_ptr<spdlog::logger> logger)
        : layers_(std::move(layers)), logged_(layers_, std::move(logger)) {}

    void begin_check() override {
        if (layers_.servers) layers_.servers->begin();
    }
    [[nodiscard]] bool is_unreachable() const noexcept override {
        return layers_.servers && layers_.servers->is_unreachable();
    }
    [[nodiscard]] std::string name_servers() const override;
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        return logged_.resolve(question);
    }

private:
    Layers layers_;
    spf::LoggingResolver logged_;
};

std::string to_string(const spf::dns::NameServer& server) {
    std::string out = server.address.to_string();
    if (!server.interface.empty()) out += '%' + server.interface;
    if (server.port == 53) return out;
    if (!server.address.is_v4()) out = '[' + out + ']';
    return out + ':' + std::to_string(server.port);
}

std::string Stack::name_servers() const {
    std::string out;
    if (!layers_.servers) return out;
    for (const spf::dns::NameServer& server : layers_.servers->servers()) {
        if (!out.empty()) out += ", ";
        out += to_string(server);
    }
    return out;
}

}  // namespace

spf::Expected<Zone, Failure> load_zones(const DnsOptions& options) {
    if (options.zones.empty()) return Zone();
    const std::vector<std::filesystem::path> paths(options.zones.begin(), options.zones.end());
    spf::ZoneOptions how;
    how.knows_all = false;
    auto zone = spf::load_zone_files(paths, how);
    if (!zone) return Failure{exit_data, say<Says::zone_file>(zone.error().message())};
    return Zone(std::make_shared<spf::ZoneResolver>(*std::move(zone)));
}

std::unique_ptr<Dns> open_dns(const DnsOptions& options, Zone zone,
                              const std::shared_ptr<spdlog::logger>& logger) {
    Layers layers;
    layers.zone = std::move(zone);
    if (options.asks_servers()) layers.servers.emplace(options.servers(), options.deadline());
    return std::make_unique<Stack>(std::move(layers), logger);
}

spf::Expected<std::unique_ptr<Dns>, Failure> open_dns(
    const DnsOptions& options, const std::shared_ptr<spdlog::logger>& logger) {
    auto zone = load_zones(options);
    if (!zone) return zone.error();
    return open_dns(options, *std::move(zone), logger);
}

int tell_unreachable(const Dns& dns, std::ostream& err) {
    const std::string servers = dns.name_servers();
    return tell({exit_unavailable,
                 servers.empty() ? say<Says::none_configured>() : say<Says::unreachable>(servers)},
                err);
}

}  // namespace spfcheck

// Zone files are asked before name servers, name servers are asked only until the deadline of the
// check, and all answers are logged.

#include "dns/dns.hpp"

#include <filesystem>
#include <optional>
#include <sstream>
#include <utility>

#include "dns/sentences.hpp"
#include "dns/servers.hpp"
#include "dns/used_answers.hpp"
#include "dns/waiting.hpp"
#include "io/language.hpp"
#include "spf/analysis/tree_questions.hpp"
#include "spf/log/spdlog.hpp"
#include "spf/resolver/zone_file.hpp"

namespace spfcheck {
namespace {

using Says = DnsSentence;
using spf::dns::AnswerPtr;

using std::chrono::milliseconds;

/// Answers from the data of zone files. Name servers, if there are any, are asked about names that
/// the files do not contain.
class Layers {
public:
    std::optional<spf::ZoneResolver> supposed;  // the records of --with
    Zone zone;
    std::optional<Servers> servers;

    /// Returns the supposed answer to a question; null if DNS is to be asked.
    [[nodiscard]] AnswerPtr supposed_answer(const spf::dns::Question& question) const {
        if (!supposed) return nullptr;
        AnswerPtr answer = supposed->lookup(question);
        return answer->status == spf::dns::Status::ok ? answer : nullptr;
    }
    /// Calls `answered` with the answer, either at once or in Servers::wait().
    void ask(const spf::dns::Question& question, Servers::Answered answered) {
        if (const AnswerPtr answer = supposed_answer(question)) return answered(answer);
        if (!zone) return servers->ask(question, std::move(answered));
        spf::dns::AnswerPtr answer = zone->lookup(question);
        const bool known = answer->status != spf::dns::Status::nxdomain &&
                           answer->status != spf::dns::Status::not_in_zone;
        if (known || !servers) return answered(answer);
        ask_servers(question, unknown_name(question, *answer), std::move(answered));
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
    void ask_servers(const spf::dns::Question& question, const std::string& name,
                     Servers::Answered answered) {
        if (name == question.name) return servers->ask(question, std::move(answered));
        spf::dns::Question target = question;
        target.name = name;
        servers->ask(target, [name, answered = std::move(answered)](const AnswerPtr& found) {
            if (found->is_failure() || !found->canonical_name.empty()) return answered(found);
            auto answer = std::make_shared<spf::dns::Answer>(*found);
            answer->canonical_name = name;
            answered(answer);
        });
    }
};

class Stack final : public Dns {
public:
    Stack(Layers layers, std::shared_ptr<UsedAnswers> used, std::shared_ptr<spdlog::logger> logger,
          bool shows_waiting)
        : layers_(std::move(layers)),
          used_(std::move(used)),
          logger_(std::move(logger)),
          // Log lines would break up the line that shows what is waited for.
          shows_waiting_(shows_waiting && !logger_->should_log(spdlog::level::info)) {}

    void begin_check() override {
        begun_ = spf::dns::Clock::now();
        if (layers_.servers) layers_.servers->begin();
    }
    [[nodiscard]] bool asks_servers() const noexcept override {
        return layers_.servers.has_value();
    }
    [[nodiscard]] bool is_unreachable() const noexcept override {
        if (used_ && used_->is_closed()) return used_->is_unreachable();
        return layers_.servers && layers_.servers->is_unreachable();
    }
    [[nodiscard]] std::optional<milliseconds> exceeded_time() const override {
        if (!layers_.servers || !layers_.servers->is_time_over()) return std::nullopt;
        return layers_.servers->limit();
    }
    [[nodiscard]] std::string name_servers() const override;
    AnswerPtr resolve(const spf::dns::Question& question) override {
        AnswerPtr out;
        ask(question, [&out](const AnswerPtr& answer) { out = answer; });
        if (out != nullptr) return out;
        WaitingLine line(shows_waiting_, begun_);
        while (out == nullptr) wait(line, question, 1, 1);
        return out;
    }
    void fetch(spf::analysis::TreeQuestions& questions) override {
        WaitingLine line(shows_waiting_, begun_);
        while (!questions.done()) {
            while (const auto question = questions.next()) {
                ask(*question, [&questions, asked = *question](const AnswerPtr& answer) {
                    questions.answer(asked, answer);
                });
            }
            if (const auto question = questions.awaited())
                wait(line, *question, questions.missing(), questions.size());
        }
    }

private:
    void ask(const spf::dns::Question& question, Servers::Answered answered);
    void wait(WaitingLine& line, const spf::dns::Question& question, std::size_t missing,
              std::size_t all) {
        line.update(question, missing, all);
        constexpr milliseconds between_updates{100};
        layers_.servers->wait(line.is_possible() ? between_updates : milliseconds{60'000});
    }

    Layers layers_;
    std::shared_ptr<UsedAnswers> used_;
    std::shared_ptr<spdlog::logger> logger_;
    bool shows_waiting_;
    spf::dns::Clock::time_point begun_ = spf::dns::Clock::now();
};

/// Asks a question, unless its answer was used before. Records and logs the answer. A supposed
/// answer is not recorded, because DNS did not give it: the command line supposes it again.
void Stack::ask(const spf::dns::Question& question, Servers::Answered answered) {
    if (used_ && layers_.supposed_answer(question) == nullptr) {
        if (const AnswerPtr known = used_->find(question)) return answered(known);
        answered = [used = used_, name = std::string(question.name), type = question.type,
                    answered = std::move(answered)](const AnswerPtr& answer) {
            answered(used->record({name, type}, answer));
        };
    }
    if (!logger_->should_log(spdlog::level::warn)) {
        layers_.ask(question, std::move(answered));
        return;
    }
    layers_.ask(question, [logger = logger_, name = std::string(question.name),
                           type = question.type, begin = spf::dns::Clock::now(),
                           answered = std::move(answered)](const AnswerPtr& answer) {
        spf::log_answer(*logger, {name, type}, *answer, spf::dns::Clock::now() - begin);
        answered(answer);
    });
}

/// Returns whether the answers of evidence are the only ones.
bool is_replay(const DnsOptions& options) { return options.used && options.used->is_closed(); }

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
    for (const spf::dns::NameServer& server : layers_.servers->all()) {
        if (!out.empty()) out += ", ";
        out += to_string(server);
    }
    return out;
}

}  // namespace

bool is_silence(const spf::Problem& problem) noexcept {
    using spf::dns::Status;
    const bool failed =
        problem.code == spf::Problem::Code::dns_failure &&
        (problem.status == Status::unreachable || problem.status == Status::timeout);
    return failed || problem.code == spf::Problem::Code::deadline;
}

spf::Expected<Zone, Failure> load_zones(const DnsOptions& options) {
    if (options.zones.empty() || is_replay(options)) return Zone();
    const std::vector<std::filesystem::path> paths(options.zones.begin(), options.zones.end());
    spf::ZoneOptions how;
    how.knows_all = false;
    auto zone = spf::load_zone_files(paths, how);
    if (!zone) return Failure{exit_data, say<Says::zone_file>(message_of(zone.error()))};
    return Zone(std::make_shared<spf::ZoneResolver>(*std::move(zone)));
}

spf::Expected<LocatedZones, Failure> load_located_zones(const DnsOptions& options) {
    if (options.zones.empty() || is_replay(options)) return LocatedZones();
    const std::vector<std::filesystem::path> paths(options.zones.begin(), options.zones.end());
    spf::ZoneOptions how;
    how.knows_all = false;
    auto read = spf::load_located_zone_files(paths, how);
    if (!read) return Failure{exit_data, say<Says::zone_file>(message_of(read.error()))};
    return LocatedZones{std::make_shared<spf::ZoneResolver>(std::move(read->zone)),
                        std::move(read->texts)};
}

spf::Expected<std::unique_ptr<Dns>, Failure> open_dns(const DnsOptions& options, Zone zone,
                                                      const std::shared_ptr<spdlog::logger>& logger,
                                                      ForWhom whom) {
    Layers layers;
    layers.zone = std::move(zone);
    // The records were read when the command line was parsed, so they are well-formed.
    if (!options.with.empty()) {
        if (auto supposed = spf::parse_zone(options.records()))
            layers.supposed.emplace(*std::move(supposed));
    }
    if (options.asks_servers() && !is_replay(options)) {
        auto servers = Servers::open(options.servers(), options.deadline());
        if (!servers) return servers.error();
        layers.servers.emplace(*std::move(servers));
    }
    std::unique_ptr<Dns> dns =
        std::make_unique<Stack>(std::move(layers), options.used, logger, whom == ForWhom::person);
    if (options.used && !is_replay(options)) options.used->set_name_servers(dns->name_servers());
    return dns;
}

spf::Expected<std::unique_ptr<Dns>, Failure> open_dns(
    const DnsOptions& options, const std::shared_ptr<spdlog::logger>& logger) {
    auto zone = load_zones(options);
    if (!zone) return zone.error();
    return open_dns(options, *std::move(zone), logger, ForWhom::person);
}

void tell_time(const Dns& dns, std::ostream& err) {
    const auto limit = dns.exceeded_time();
    if (!limit) return;
    std::ostringstream seconds;
    seconds << static_cast<double>(limit->count()) / 1000;
    tell({exit_ok, say<Says::time_over>(seconds.str())}, err);
}

int tell_unreachable(const Dns& dns, std::ostream& err) {
    const std::string servers = dns.name_servers();
    return tell({exit_unavailable,
                 servers.empty() ? say<Says::none_configured>() : say<Says::unreachable>(servers)},
                err);
}

}  // namespace spfcheck

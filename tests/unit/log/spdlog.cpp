#if __has_include(<spdlog/spdlog.h>)
#include "spf/log/spdlog.hpp"

#include <sstream>

#include <spdlog/sinks/ostream_sink.h>

#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"

namespace {

struct Log {
    std::ostringstream text;
    std::shared_ptr<spdlog::logger> logger = std::make_shared<spdlog::logger>(
        "t", std::make_shared<spdlog::sinks::ostream_sink_mt>(text));
    explicit Log(spdlog::level::level_enum level) {
        logger->set_pattern("%l %v");
        logger->set_level(level);
    }
};

spf::ZoneResolver zone() {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 -all");
    zone.set_status("slow.example", spf::dns::Status::timeout);
    return zone;
}

}  // namespace

TEST_CASE("each lookup is logged with what came of it", "[spdlog]") {
    Log log(spdlog::level::debug);
    spf::ZoneResolver inner = zone();
    spf::LoggingResolver resolver(inner, log.logger);
    CHECK(resolver.resolve({"example.com", spf::dns::RecordType::txt})->texts.size() == 1);
    CHECK(resolver.resolve({"slow.example", spf::dns::RecordType::a})->is_failure());
    CHECK_THAT(log.text.str(),
               Catch::StartsWith("debug DNS TXT example.com: ok, 1 record, TTL 3600 s, ") &&
                   Catch::Contains("\nwarning DNS A slow.example: timeout, 0 records, TTL 0 s, "));
}

TEST_CASE("a name cannot forge a line of the log", "[spdlog]") {
    Log log(spdlog::level::debug);
    spf::ZoneResolver inner = zone();
    spf::LoggingResolver resolver(inner, log.logger);
    static_cast<void>(
        resolver.resolve({"x\r\nerror forged\033[31m.example", spf::dns::RecordType::txt}));
    const std::string text = log.text.str();
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find('\033') == std::string::npos);
}

TEST_CASE("outcomes are logged at info, errors at warn", "[spdlog]") {
    Log log(spdlog::level::warn);
    spf::log_outcome(*log.logger, report_test::outcome_of(spf::Result::pass));
    CHECK(log.text.str().empty());
    spf::log_outcome(*log.logger, report_test::outcome_of(spf::Result::temperror));
    CHECK_THAT(log.text.str(), Catch::StartsWith("warning SPF temperror: "));
    log.logger->set_level(spdlog::level::info);
    spf::log_outcome(*log.logger, report_test::outcome_of(spf::Result::pass));
    CHECK_THAT(log.text.str(), Catch::Contains("info SPF pass: 192.0.2.10 may send mail"));
}
#endif

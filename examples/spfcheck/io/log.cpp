#include "io/log.hpp"

#include <ostream>
#include <utility>

#include <spdlog/sinks/ostream_sink.h>

namespace spfcheck {

std::shared_ptr<spdlog::logger> make_logger(int verbosity, std::ostream& err) {
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(err, true);
    auto logger = std::make_shared<spdlog::logger>("spfcheck", std::move(sink));
    logger->set_pattern("%n: %l: %v");
    logger->set_level(verbosity >= 2   ? spdlog::level::debug
                      : verbosity == 1 ? spdlog::level::info
                                       : spdlog::level::err);
    return logger;
}

}  // namespace spfcheck

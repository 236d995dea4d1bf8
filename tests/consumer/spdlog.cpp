// A program that logs to spdlog. It must link, and the outcome must be written to the given logger.
#include <cstdio>
#include <memory>
#include <sstream>

#include <spdlog/sinks/ostream_sink.h>
#include <spf/log/spdlog.hpp>

int main() {
    std::ostringstream text;
    spdlog::logger logger("spf", std::make_shared<spdlog::sinks::ostream_sink_st>(text));
    spf::log_outcome(logger, spf::Outcome{});
    const bool right = text.str().find("SPF") != std::string::npos;
    std::puts(right ? "as expected" : "nothing was logged");
    return right ? 0 : 1;
}

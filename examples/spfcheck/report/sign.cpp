#include "report/sign.hpp"

#include "report/sentences.hpp"

namespace spfcheck {
namespace {

std::string_view path_of(Sign sign) {
    switch (sign) {
        case Sign::good: return "M3 10.5l4.5 4.5L17 5";
        case Sign::warning: return "M10 2.5L18.5 17h-17zM10 8v4M10 14.4v.1";
        case Sign::error:
            return "M10 1.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M6.8 6.8l6.4 6.4M13.2 6.8l-6.4 "
                   "6.4";
        case Sign::hint:
        case Sign::none: break;
    }
    return "M10 1.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M10 9v5M10 6v.1";
}

}  // namespace

std::string word_of(Sign sign) {
    switch (sign) {
        case Sign::error: return say<ReportSentence::error>();
        case Sign::warning: return say<ReportSentence::warning>();
        case Sign::hint: return say<ReportSentence::hint>();
        case Sign::good:
        case Sign::none: break;
    }
    return {};
}

std::string_view class_of(Sign sign) {
    switch (sign) {
        case Sign::error: return "error";
        case Sign::warning: return "warning";
        case Sign::good: return "good";
        case Sign::hint:
        case Sign::none: break;
    }
    return "hint";
}

Sign sign_of(spf::lint::Finding::Severity severity) {
    using Severity = spf::lint::Finding::Severity;
    switch (severity) {
        case Severity::error: return Sign::error;
        case Severity::warning: return Sign::warning;
        case Severity::hint: break;
    }
    return Sign::hint;
}

void write_sign(Markup& out, Sign sign) {
    out.start("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                      {"class", "sign " + std::string(class_of(sign))},
                      {"viewBox", "0 0 20 20"},
                      {"width", "15"},
                      {"height", "15"},
                      {"aria-hidden", "true"}});
    out.empty("path", {{"d", std::string(path_of(sign))}});
    out.end();
}

}  // namespace spfcheck

#include "spf/resolver/overlay.hpp"

#include <utility>

#include "spf/dns/name.hpp"
#include "spf/record/select.hpp"

namespace spf {

RecordOverlay::RecordOverlay(std::string_view name, std::string text, dns::Resolver& upstream)
    : name_(name), record_(published_answer(std::move(text))), upstream_(upstream) {
    dns::make_canonical(name_);
}

dns::AnswerPtr RecordOverlay::resolve(const dns::Question& question) {
    if (question.type == dns::RecordType::txt && question.name == name_) return record_;
    return upstream_.resolve(question);
}

}  // namespace spf

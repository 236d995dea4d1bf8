#include "spf/resolver/overlay.hpp"

#include <memory>
#include <utility>

#include "spf/dns/name.hpp"
#include "spf/record/select.hpp"

namespace spf {

RecordOverlay::RecordOverlay(std::string_view name, std::string text, dns::Resolver& upstream)
    : name_(name), upstream_(upstream) {
    dns::make_canonical(name_);
    dns::Answer answer;
    answer.status = dns::Status::ok;
    answer.texts.push_back(std::move(text));
    record_ = with_selected_record(std::make_shared<const dns::Answer>(std::move(answer)));
}

dns::AnswerPtr RecordOverlay::resolve(const dns::Question& question) {
    if (question.type == dns::RecordType::txt && question.name == name_) return record_;
    return upstream_.resolve(question);
}

}  // namespace spf

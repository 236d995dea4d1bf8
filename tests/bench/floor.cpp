#include "floor.hpp"

#include <variant>

#include "spf/evaluation/evaluation.hpp"
#include "spf/record/select.hpp"

namespace bench {
namespace {

std::uint32_t mask_of(unsigned length) noexcept {
    return length == 0 ? 0 : ~std::uint32_t{0} << (32U - length);
}

}  // namespace

Floor::Floor(const Case& made) : zone_(made.resolver(true)), client_(made.request().ip.v4_bits()) {
    for (const ZoneRecord& record : made.zone) nodes_[record.name];
    spf::Evaluation evaluation{made.request()};
    while (!evaluation.done()) {
        const spf::dns::Question question = evaluation.pending();
        const spf::dns::AnswerPtr answer = zone_.lookup(question);
        names_.emplace_back(question.name);
        types_.push_back(question.type);
        Node& node = nodes_[names_.back()];
        node.from_record.clear();
        if (answer->selected != nullptr) {
            for (const spf::Directive& directive :
                 std::get<spf::Record>(*answer->selected).directives) {
                const auto* const ip4 = std::get_if<spf::Ip4>(&directive.mechanism);
                if (ip4 == nullptr) continue;
                const std::uint32_t mask = mask_of(ip4->network.prefix_length());
                node.from_record.push_back({static_cast<std::uint32_t>(ip4->network.low()), mask});
            }
        }
        node.from_addresses.clear();
        for (const spf::IpAddress address : answer->addresses) {
            node.from_addresses.push_back({address.v4_bits(), ~std::uint32_t{0}});
        }
        in_order_.push_back(&node);
        evaluation.answer(answer);
    }
}

bool Floor::matches(const Node& node, spf::dns::RecordType type) const noexcept {
    const bool record = type == spf::dns::RecordType::txt;
    for (const Masked& network : record ? node.from_record : node.from_addresses) {
        if (((client_ ^ network.bits) & network.mask) == 0) return true;
    }
    return false;
}

bool Floor::run() const {
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const auto found = nodes_.find(std::string_view{names_[i]});
        if (found == nodes_.end()) return false;
        if (matches(found->second, types_[i])) return true;
    }
    return false;
}

bool Floor::run_with_zone() {
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const spf::dns::AnswerPtr answer = zone_.borrow({names_[i], types_[i]});
        if (answer->status != spf::dns::Status::ok) return false;
        if (matches(*in_order_[i], types_[i])) return true;
    }
    return false;
}

}  // namespace bench

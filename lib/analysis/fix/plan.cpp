#include "analysis/fix/plan.hpp"

#include <algorithm>
#include <map>
#include <variant>

#include "spf/record/edit.hpp"

namespace spf::analysis {
namespace {

Slot slot_of(const Directive& directive) {
    Slot out;
    out.text = directive.text;
    out.qualifier = directive.qualifier;
    out.asks = traits_of(directive.mechanism).asks;
    if (const Network* const network = network_of(directive.mechanism)) out.network = *network;
    return out;
}

Slot slot_of(const Modifier& modifier) {
    Slot out;
    out.text = modifier.text;
    out.is_redirect = std::holds_alternative<Redirect>(modifier.kind);
    return out;
}

/// Returns the terms for a set, with a qualifier. Networks that are wholly in `covered` are left
/// out.
std::vector<std::string> terms_for(const NetworkSet& set, Qualifier qualifier,
                                   const NetworkSet& covered) {
    std::vector<std::string> out;
    for (const Network& network : set.networks()) {
        if (covered.contains(network)) continue;
        out.push_back(network_term(network));
        if (qualifier != Qualifier::pass) {
            out.back().insert(out.back().begin(), static_cast<char>(qualifier));
        }
    }
    return out;
}

void append(std::string& record, const std::vector<std::string>& terms) {
    for (const std::string& each : terms) (record += ' ') += each;
}

}  // namespace

Plan::Plan(const Record& record) {
    std::map<std::size_t, Slot> in_order;
    for (const Directive& each : record.directives) {
        in_order.emplace(record.offset_of(each.text), slot_of(each));
    }
    for (const Modifier& each : record.modifiers) {
        in_order.emplace(record.offset_of(each.text), slot_of(each));
    }
    slots.reserve(in_order.size());
    for (auto& [offset, slot] : in_order) slots.push_back(std::move(slot));
}

std::string Plan::text(std::size_t left_out) const {
    std::string out(version_section);
    NetworkSet listed;  // the networks that earlier terms list, whatever their qualifier
    for (std::size_t i = 0; i < slots.size();) {
        const Slot& first = slots[i];
        // A sequence of terms whose order does not matter, or else a single term.
        std::size_t end = i + 1;
        if (first.qualifier == Qualifier::pass) {
            while (end < slots.size() &&
                   slots[end].qualifier.value_or(Qualifier::pass) == Qualifier::pass) {
                ++end;
            }
        }
        NetworkSet written;
        std::vector<Network> own;
        for (std::size_t k = i; k < end; ++k) {
            const Slot& slot = slots[k];
            if (slot.fate == Fate::networks) written = set_union(written, *slot.matches);
            if (slot.fate == Fate::kept && slot.network) own.push_back(*slot.network);
        }
        const NetworkSet listed_here = set_union(listed, NetworkSet(own));
        bool is_written = false;
        for (std::size_t k = i; k < end; ++k) {
            const Slot& slot = slots[k];
            if (slot.depends_on_message && left_out > 0) {
                --left_out;
                continue;
            }
            if (slot.fate == Fate::kept) (out += ' ') += slot.text;
            if (slot.fate == Fate::networks && !is_written) {
                append(out, terms_for(written, *slot.qualifier, listed_here));
                is_written = true;
            }
        }
        listed = set_union(listed_here, written);
        i = end;
    }
    return out;
}

std::string Plan::replacement(const Slot& slot) {
    if (slot.fate != Fate::networks) return {};
    std::string out;
    append(out, terms_for(*slot.matches, *slot.qualifier, {}));
    return out.empty() ? out : out.substr(1);
}

}  // namespace spf::analysis

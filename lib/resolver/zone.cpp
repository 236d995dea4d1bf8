// DNS data in memory: a tree of names.
//
// Each name with data has a Node, and so has each of its ancestors up to the root. A node is found
// by the hash of its name. Therefore an empty non-terminal is found like any other name (RFC 4592,
// 2.2.2). A node contains a finished answer for each type of record that its name has. If a node
// has no answer for a type, its ancestors are searched for the wildcard at the closest encloser,
// and for the SOA record of the zone, which determines the TTL of the negative answer.

#include "spf/resolver/zone.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/ascii.hpp"
#include "base/name_hash.hpp"
#include "base/octets.hpp"
#include "resolver/hash_index.hpp"
#include "resolver/zone_node.hpp"
#include "spf/dns/name.hpp"
#include "spf/record/select.hpp"

namespace spf {
namespace {

using std::chrono::seconds;
using zone_tree::Alias;
using zone_tree::negative;
using zone_tree::Node;
using zone_tree::OwnAnswer;
using zone_tree::type_count;

constexpr auto type_indexes = [] {
    std::array<std::uint8_t, 100> indexes{};
    indexes.fill(type_count);
    std::uint8_t next = 0;
    for (const dns::RecordType type : dns::record_types)
        indexes.at(static_cast<std::size_t>(type)) = next++;
    return indexes;
}();

/// Returns the index in Node::answers for a type; `type_count` for a type that has no index.
std::size_t index_of(dns::RecordType type) noexcept {
    const auto number = static_cast<std::size_t>(type);
    return number < type_indexes.size() ? type_indexes[number] : type_count;
}

std::string key_of(std::string_view name) {
    std::string key(name);
    dns::make_canonical(key);
    return key;
}

/// Returns whether a name can be used as a key of the tree without changes: in lower case and
/// without a trailing dot. This should be true for the names in all questions.
bool is_key(std::string_view name) noexcept {
    return dns::without_trailing_dot(name).size() == name.size() &&
           std::none_of(name.begin(), name.end(), ascii::is_upper);
}

/// Returns a name without its first label. For a name with only one label, the result is empty,
/// which is the name of the root.
std::string_view parent_of(std::string_view name) noexcept {
    const std::size_t dot = name.find('.');
    return dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
}

/// Returns an answer that may be changed. Answers that a caller may still hold must not change, so
/// such an answer is copied first.
dns::Answer& writable(OwnAnswer& answer) {
    if (!answer) {
        answer = std::make_shared<dns::Answer>();
    } else if (answer.use_count() > 1) {
        answer = std::make_shared<dns::Answer>(*answer);
    } else {
        // Another thread may have held this answer and read it until just now. The fence ensures
        // that its reads come before the changes that follow here.
        std::atomic_thread_fence(std::memory_order_acquire);
    }
    return *answer;
}

/// Returns the result of select_record() (4.5) for all TXT records of a name, after the record
/// `text` has been added to them. `before` is the result for the records without `text`.
std::shared_ptr<const SelectedRecord> selected_with(std::shared_ptr<const SelectedRecord> before,
                                                    const std::string& text) {
    SelectedRecord added = select_record({&text, 1});
    const bool is_record = !std::holds_alternative<NoRecord>(added);
    if (before != nullptr && !is_record) return before;
    if (before != nullptr && !std::holds_alternative<NoRecord>(*before)) {
        const auto* several = std::get_if<SeveralRecords>(before.get());
        added = SeveralRecords{several == nullptr ? 2 : several->count + 1};
    }
    return std::make_shared<const SelectedRecord>(std::move(added));
}

/// The aliases that have been followed from the name in the question.
struct Chain {
    seconds ttl = seconds::max();
    std::string_view target;  ///< the name to which the aliases lead; empty if there are none
};

/// Returns the answer to a question whose name has an alias. `answer` is the answer for the name at
/// the end of the aliases in `chain`. The result also contains this name, and its TTL is at most
/// the smallest TTL of the aliases.
dns::AnswerPtr at_end_of(const Chain& chain, const dns::AnswerPtr& answer) {
    if (chain.target.empty()) return answer;
    auto out = std::make_shared<dns::Answer>(*answer);
    out->ttl = std::min(answer->ttl, chain.ttl);
    out->canonical_name = chain.target;
    return out;
}

std::size_t hash_of(const IpAddress& address) noexcept { return std::hash<IpAddress>{}(address); }
std::size_t hash_of(const std::string& text) noexcept { return hash_name(text); }
std::size_t hash_of(const dns::MailExchange& exchange) noexcept {
    return hash_name(exchange.host) ^ exchange.preference;
}

}  // namespace

class ZoneResolver::Tree {
public:
    explicit Tree(ZoneOptions options) : options_(std::move(options)) {
        root_.apex = negative(seconds{0});
    }

    /// Returns the answer to a question. If a node already contains the answer, `give` makes the
    /// AnswerPtr that is returned. In resolve(), this pointer shares ownership of the answer. In
    /// borrow(), it does not.
    template <class Give>
    [[nodiscard]] dns::AnswerPtr lookup(const dns::Question& question, Give give) const {
        const std::size_t type = index_of(question.type);
        if (type == type_count) return dns::make_answer(dns::Status::error);
        const Node* const node = find(question.name);
        // The most frequent case: the name has records of this type, so no wildcard or alias is
        // involved.
        if (node != nullptr && !node->overrides && node->answers[type])
            return give(node->answers[type]);
        return search(question.name, type, node);
    }

    /// Returns the node of a name, which is created if it does not exist. Returns null if the name
    /// is not legal, because no question can contain such a name.
    Node* node(std::string_view name) {
        const std::string key = key_of(name);
        if (!key.empty() && dns::name_problem(name)) return nullptr;
        Node& made = make(key);
        made.is_owner = true;
        return &made;
    }

    /// Adds a record to the answer of a name for the type `type`. `member` is the list of
    /// dns::Answer that contains the values of this type. `lengths` contains the lengths of the
    /// strings in a TXT record if it has several strings.
    template <class T>
    void add(std::string_view name, dns::RecordType type, std::vector<T> dns::Answer::*member,
             T value, seconds ttl, std::vector<std::uint8_t> lengths = {}) {
        Node* at = node(name);
        if (at == nullptr) return;
        OwnAnswer& slot = at->answers[index_of(type)];
        if (slot && holds(slot, (*slot).*member, value)) return;
        dns::Answer& answer = writable(slot);
        answer.ttl = answer.status == dns::Status::ok ? std::min(answer.ttl, ttl) : ttl;
        answer.status = dns::Status::ok;
        std::vector<T>& values = answer.*member;
        values.push_back(std::move(value));
        if (!lengths.empty() || !answer.string_lengths.empty()) {
            answer.string_lengths.resize(values.size());
            answer.string_lengths.back() = std::move(lengths);
        }
        answer.is_authoritative = true;
        if (type == dns::RecordType::txt && options_.preparse)
            answer.selected = selected_with(std::move(answer.selected), answer.texts.back());
    }

    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        names.reserve(nodes_.size());
        for (const Node& node : nodes_) names.push_back(node.name);
        return names;
    }

private:
    /// Finds the answer to any question by following wildcards and aliases. `source` is the node of
    /// `name`; null if it has no node.
    [[nodiscard]] dns::AnswerPtr search(std::string_view name, std::size_t type,
                                        const Node* source) const;

    /// Returns whether the records of a node's name may be in another zone, which is not part of
    /// this data.
    [[nodiscard]] bool is_elsewhere(const Node& node) const noexcept {
        return !options_.knows_all && is_delegated(&node);
    }

    /// Returns the answer for a name that is in none of the zones in this data.
    [[nodiscard]] dns::AnswerPtr unknown(std::string_view name) const {
        auto answer = std::make_shared<dns::Answer>();
        answer->status = dns::Status::not_in_zone;
        answer->texts = {options_.source, std::string{name}};
        return answer;
    }

    /// Returns the answer for a name that has no node and that no wildcard matches. `encloser` is
    /// the closest name above it that exists.
    [[nodiscard]] dns::AnswerPtr missing(std::string_view name, const Chain& chain,
                                         const Node& encloser) const {
        const bool is_ours = options_.knows_all || is_owned(&encloser);
        if (!is_ours || is_elsewhere(encloser)) return unknown(name);
        return at_end_of(chain, negative_at(encloser).nxdomain);
    }

    /// Returns whether a list of values contains `value` already. If it does not, the caller adds
    /// the value. For long lists there is an index of their values. This function adds to the index
    /// those values that are missing from it.
    template <class T>
    bool holds(const OwnAnswer& slot, const std::vector<T>& values, const T& value) {
        constexpr std::size_t is_long = 16;
        if (values.size() < is_long)
            return std::find(values.begin(), values.end(), value) != values.end();
        Positions& positions = long_lists_[&slot];
        for (std::size_t i = positions.size(); i < values.size(); ++i)
            positions.emplace(hash_of(values[i]), i);
        const auto [first, last] = positions.equal_range(hash_of(value));
        return std::any_of(first, last,
                           [&](const auto& entry) { return values[entry.second] == value; });
    }

    /// The place in the tree for a name. `source` is the node of the name. If the name has no node,
    /// it is the wildcard that matches the name; null if there is no such wildcard.
    struct Place {
        const Node* source = nullptr;
        const Node* encloser = nullptr;  ///< the longest ancestor of the name that has a node
    };

    Node& make(std::string_view key) {
        if (key.empty()) return root_;
        const std::size_t hash = hash_name(key);
        if (Node* const found = find(key, hash)) return *found;
        // The depth of this recursion is the number of labels in the name, which is at most 127.
        Node& parent = make(parent_of(key));
        Node& made = nodes_.emplace_back();
        made.name = key;
        made.parent = &parent;
        index_.insert(hash, &made);
        if (key == "*" || key.starts_with("*.")) parent.wildcard = &made;
        return made;
    }

    [[nodiscard]] Node* find(std::string_view key, std::size_t hash) const {
        Node* const* const found =
            index_.find(hash, [key](const Node* node) { return octets::same(node->name, key); });
        return found == nullptr ? nullptr : *found;
    }
    [[nodiscard]] const Node* find(std::string_view key) const {
        return key.empty() ? &root_ : find(key, hash_name(key));
    }

    /// Returns the place in the tree for a name that has no node. The name must be in lower case.
    [[nodiscard]] Place place(std::string_view key) const {
        const Node* encloser = nullptr;
        while (encloser == nullptr) {
            key = parent_of(key);
            encloser = find(key);
        }
        return {encloser->wildcard, encloser};
    }

    /// The indexes of the values in a list. The key is the hash of a value.
    using Positions = std::unordered_multimap<std::size_t, std::size_t>;

    ZoneOptions options_;
    std::unordered_map<const OwnAnswer*, Positions> long_lists_;
    Node root_;
    std::deque<Node> nodes_;  // a deque, because a Node must not move in memory
    HashIndex<Node*> index_;
};

dns::AnswerPtr ZoneResolver::Tree::search(std::string_view name, std::size_t type,
                                          const Node* source) const {
    Chain chain;
    std::string lowered;
    for (unsigned aliases = 0; aliases <= max_aliases; ++aliases) {
        if (source == nullptr && !is_key(name)) {
            lowered = key_of(name);
            name = lowered;
            source = find(name);
        }
        if (source == nullptr) {
            const Place around = place(name);
            if (around.source == nullptr) return missing(name, chain, *around.encloser);
            source = around.source;
        }
        if (source->overrides && (*source->overrides)[type]) return (*source->overrides)[type];
        if (source->answers[type]) return at_end_of(chain, source->answers[type]);
        if (!source->alias && is_elsewhere(*source)) return unknown(name);
        if (!source->alias) return at_end_of(chain, negative_at(*source).no_data);
        name = source->alias->target;
        chain = {std::min(chain.ttl, source->alias->ttl), name};
        source = find(name);
    }
    return dns::make_answer(dns::Status::error);
}

ZoneResolver::ZoneResolver(ZoneOptions options)
    : tree_(std::make_unique<Tree>(std::move(options))) {}
ZoneResolver::~ZoneResolver() = default;
ZoneResolver::ZoneResolver(ZoneResolver&&) noexcept = default;
ZoneResolver& ZoneResolver::operator=(ZoneResolver&&) noexcept = default;

void ZoneResolver::add_a(std::string_view name, IpAddress address, seconds ttl) {
    tree_->add(name, dns::RecordType::a, &dns::Answer::addresses, address, ttl);
}

void ZoneResolver::add_aaaa(std::string_view name, IpAddress address, seconds ttl) {
    tree_->add(name, dns::RecordType::aaaa, &dns::Answer::addresses, address, ttl);
}

void ZoneResolver::add_mx(std::string_view name, std::uint16_t preference, std::string_view host,
                          seconds ttl) {
    tree_->add(name, dns::RecordType::mx, &dns::Answer::exchanges,
               dns::MailExchange{preference, key_of(host)}, ttl);
}

void ZoneResolver::add_ptr(std::string_view name, std::string_view target, seconds ttl) {
    tree_->add(name, dns::RecordType::ptr, &dns::Answer::names, key_of(target), ttl);
}

void ZoneResolver::add_txt(std::string_view name, std::string text, seconds ttl) {
    tree_->add(name, dns::RecordType::txt, &dns::Answer::texts, std::move(text), ttl);
}

void ZoneResolver::add_txt(std::string_view name, std::span<const std::string> strings,
                           seconds ttl) {
    std::string text;
    std::vector<std::uint8_t> lengths;
    bool fit = true;
    for (const std::string& string : strings) {
        text += string;
        fit = fit && string.size() <= dns::longest_string;
        lengths.push_back(static_cast<std::uint8_t>(string.size()));
    }
    if (!fit || strings.size() == 1) lengths.clear();
    tree_->add(name, dns::RecordType::txt, &dns::Answer::texts, std::move(text), ttl,
               std::move(lengths));
}

void ZoneResolver::add_spf(std::string_view name, std::string text, seconds ttl) {
    tree_->add(name, dns::RecordType::spf, &dns::Answer::texts, std::move(text), ttl);
}

void ZoneResolver::add_cname(std::string_view name, std::string_view target, seconds ttl) {
    if (Node* node = tree_->node(name)) {
        node->alias = std::make_unique<Alias>(Alias{key_of(target), ttl});
    }
}

void ZoneResolver::add_name(std::string_view name) { tree_->node(name); }

void ZoneResolver::add_soa(std::string_view apex, seconds ttl, seconds minimum) {
    if (Node* node = tree_->node(apex)) {
        node->apex = negative(std::min(ttl, minimum));
        node->has_soa = true;
    }
}

void ZoneResolver::add_ns(std::string_view name) {
    if (Node* node = tree_->node(name)) node->has_ns = true;
}

void ZoneResolver::set_status(std::string_view name, dns::Status status) {
    for (const dns::RecordType type : dns::record_types) set_status(name, type, status);
}

void ZoneResolver::set_status(std::string_view name, dns::RecordType type, dns::Status status) {
    Node* node = tree_->node(name);
    const std::size_t index = index_of(type);
    if (node == nullptr || index == type_count) return;
    if (!node->overrides) {
        node->overrides = std::make_unique<std::array<dns::AnswerPtr, type_count>>();
    }
    (*node->overrides)[index] = status == dns::Status::ok ? nullptr : dns::make_answer(status);
}

std::vector<std::string> ZoneResolver::names() const { return tree_->names(); }

dns::AnswerPtr ZoneResolver::lookup(const dns::Question& question) const {
    return tree_->lookup(question, [](const OwnAnswer& own) { return own; });
}

dns::AnswerPtr ZoneResolver::resolve(const dns::Question& question) { return lookup(question); }

// Returns a zone's own answer without counting a reference to it. With counting, the benchmark
// `evaluate, mx` takes 1.25 times as long, and the benchmark `evaluate, three includes` 1.2 times.
// Moreover, the benchmark `checks per second, zone, one domain` is then hardly faster with two
// threads than with one.
dns::AnswerPtr ZoneResolver::borrow(const dns::Question& question) {
    return tree_->lookup(question, [](const OwnAnswer& own) {
        return dns::AnswerPtr{dns::AnswerPtr{}, own.get()};
    });
}

}  // namespace spf

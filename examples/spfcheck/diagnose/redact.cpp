#include "diagnose/redact.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace spfcheck {
namespace {

/// Names below these are never on the internet (RFC 6762, RFC 8375, and what people use).
constexpr std::array<std::string_view, 10> inner_names{
    ".local", ".lan",  ".localdomain", ".internal", ".intranet",
    ".corp",  ".home", ".home.arpa",   ".intern",   ".private"};

bool is_alnum(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_in_name(char c) noexcept { return is_alnum(c) || c == '-' || c == '.' || c == '_'; }

/// Returns whether an octet may be in a local part. A backslash is in the escapes of printable().
bool is_in_local(char c) noexcept {
    return is_alnum(c) || (static_cast<unsigned char>(c) & 0x80U) != 0 ||
           std::string_view("!#$%&'*+-/=?^_`{|}~.\\").find(c) != std::string_view::npos;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

/// Returns where the local part before the "@" begins: the address in `text` that ends there.
std::size_t begin_of_local(std::string_view text, std::size_t least, std::size_t at) noexcept {
    if (at > least && text[at - 1] == '"') {
        const std::size_t open = at > least + 1 ? text.rfind('"', at - 2) : std::string_view::npos;
        if (open != std::string_view::npos && open >= least) return open;
    }
    std::size_t begin = at;
    while (begin > least && is_in_local(text[begin - 1])) --begin;
    // "to=bob@example.com" and "id=bob@example.com" are a key and an address; bob=x@ is one.
    for (const std::string_view key :
         {"to=", "from=", "id=", "s=", "ctladdr=", "mailfrom=", "rcpt="}) {
        if (text.substr(begin, at - begin).starts_with(key)) return begin + key.size();
    }
    return begin;
}

bool is_inner_name(std::string_view name) {
    const std::string low = lower(name);
    return std::any_of(inner_names.begin(), inner_names.end(), [&low](std::string_view end) {
        return low.size() > end.size() && std::string_view(low).ends_with(end);
    });
}

}  // namespace

const std::string& Redactor::user(std::string_view local) {
    std::string key = lower(local);
    const auto found = users_.find(key);
    if (found != users_.end()) return found->second;
    return users_.emplace(std::move(key), "user-" + std::to_string(users_.size() + 1))
        .first->second;
}

const std::string& Redactor::host(std::string_view name) {
    std::string key = lower(name);
    const auto found = hosts_.find(key);
    if (found != hosts_.end()) return found->second;
    return hosts_.emplace(std::move(key), "host-" + std::to_string(hosts_.size() + 1))
        .first->second;
}

void Redactor::know(std::string_view address) {
    const std::size_t at = address.rfind('@');
    const std::string_view local = address.substr(0, at);
    if (local.empty() || at == std::string_view::npos) return;
    known_.emplace(lower(local), user(local));
}

std::string Redactor::without_addresses(std::string_view text) {
    // An address has something before its "@", and a domain or a "[" after it.
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find('@'); at != std::string_view::npos;
         at = text.find('@', at + 1)) {
        const bool has_domain =
            at + 1 < text.size() && (is_alnum(text[at + 1]) || text[at + 1] == '[');
        const std::size_t begin = begin_of_local(text, done, at);
        if (!has_domain || begin == at) continue;
        out.append(text.substr(done, begin - done)).append(user(text.substr(begin, at - begin)));
        done = at;
    }
    out.append(text.substr(done));
    return out;
}

std::string Redactor::text(std::string_view given) {
    const std::string whole = without_addresses(given);
    std::string out;
    for (std::size_t at = 0; at < whole.size();) {
        std::size_t end = at;
        while (end < whole.size() && is_in_name(whole[end])) ++end;
        if (end == at) {
            out += whole[at++];
            continue;
        }
        std::size_t last = end;
        while (last > at && whole[last - 1] == '.') --last;
        const std::string_view word = std::string_view(whole).substr(at, last - at);
        out.append(is_inner_name(word) ? std::string_view(host(word)) : word);
        out.append(whole, last, end - last);
        at = end;
    }
    return out;
}

std::string Redactor::quoted(std::string_view given) {
    const std::string whole = text(given);
    std::string out;
    for (std::size_t at = 0; at < whole.size();) {
        std::size_t end = at;
        while (end < whole.size() && is_in_name(whole[end])) ++end;
        if (end == at) {
            out += whole[at++];
            continue;
        }
        const std::string word = whole.substr(at, end - at);
        const auto known = known_.find(lower(word));
        const bool is_domain = !out.empty() && out.back() == '@';
        out.append(known != known_.end() && !is_domain ? known->second : word);
        at = end;
        if (lower(word) == "subject" && at < whole.size() && whole[at] == ':') return out + ": ...";
    }
    return out;
}

}  // namespace spfcheck

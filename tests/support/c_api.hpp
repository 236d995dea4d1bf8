/// \file c_api.hpp  The handles of the C API as unique_ptrs, and a callback that asks a resolver.
#pragma once

#include <memory>
#include <string>

#include "spf/c.h"
#include "spf/dns/resolver.hpp"

namespace spf::test {

/// Frees a handle by the function of its type.
template <auto free>
struct Free {
    template <class T>
    void operator()(T* handle) const noexcept {
        free(handle);
    }
};

using CAnswer = std::unique_ptr<spf_answer, Free<spf_answer_free>>;
using CChecker = std::unique_ptr<spf_checker, Free<spf_checker_free>>;
using CCheck = std::unique_ptr<spf_check, Free<spf_check_free>>;
using CPolicy = std::unique_ptr<spf_policy, Free<spf_policy_free>>;
using CExceptions = std::unique_ptr<spf_exceptions, Free<spf_exceptions_free>>;
using CDecision = std::unique_ptr<spf_decision, Free<spf_decision_free>>;
using CFields = std::unique_ptr<spf_fields, Free<spf_fields_free>>;
using CReply = std::unique_ptr<spf_reply, Free<spf_reply_free>>;
using CReception = std::unique_ptr<spf_reception, Free<spf_reception_free>>;
using CEvaluation = std::unique_ptr<spf_evaluation, Free<spf_evaluation_free>>;

/// Returns a session with an address of the client, a reverse-path and a HELO name.
inline spf_session session_of(const char* client, const char* reverse_path = nullptr,
                              const char* helo = nullptr) {
    spf_session session{};
    session.client = client;
    session.reverse_path = reverse_path;
    session.helo = helo;
    return session;
}

/// Returns a text of the C API as a string, and frees it.
inline std::string taken(char* text) {
    std::string copy = text == nullptr ? "(null)" : text;
    spf_text_free(text);
    return copy;
}

/// Copies an answer of a resolver into an answer of the C API.
inline void fill(spf_answer* to, const dns::Answer& from) {
    spf_answer_set_status(to, static_cast<spf_dns_status>(from.status),
                          static_cast<std::uint32_t>(from.ttl.count()));
    for (const std::string& text : from.texts) spf_answer_add_text(to, text.data(), text.size());
    for (const IpAddress& address : from.addresses)
        spf_answer_add_address(to, address.to_string().c_str());
    for (const dns::MailExchange& exchange : from.exchanges)
        spf_answer_add_exchange(to, exchange.preference, exchange.host.c_str());
    for (const std::string& name : from.names) spf_answer_add_name(to, name.c_str());
}

/// Asks the dns::Resolver that `context` points to.
inline void ask_resolver(void* context, const spf_question* question, spf_answer* answer) {
    auto& resolver = *static_cast<dns::Resolver*>(context);
    const std::string name(question->octets, question->octets + question->length);
    fill(answer,
         *resolver.resolve({.name = name, .type = static_cast<dns::RecordType>(question->type)}));
}

/// Returns a checker that asks a resolver, which must outlive the checker.
inline CChecker checker_of(dns::Resolver& resolver) {
    return CChecker{spf_checker_new(ask_resolver, &resolver, nullptr)};
}

}  // namespace spf::test

#include "c/report.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "c/guard.hpp"
#include "c/outcome.hpp"
#include "c/values.hpp"
#include "spf/report/authentication_results.hpp"
#include "spf/report/received_spf.hpp"

spf_fields::spf_fields(std::vector<std::string> texts) {
    fields.reserve(texts.size());
    for (std::string& text : texts) {
        const std::size_t colon = text.find(':');
        std::string name = text.substr(0, colon);
        const std::size_t value = text.find_first_not_of(' ', colon + 1);
        fields.push_back({std::move(text), std::move(name), value});
    }
}

spf_reply::spf_reply(spf::report::SmtpReply from)
    : reply(std::move(from)), text(reply.text()), smtp(reply.to_string()) {}

spf_error spf::c_api::mistake_in_server(const char* name) noexcept {
    if (name == nullptr) return SPFC_NULL_ARGUMENT;
    return *name == '\0' ? SPFC_BAD_TEXT : SPFC_OK;
}

namespace {

/// Makes fields of a check: `make(mail, folding)` returns their texts. If `mistake` is an error,
/// returns this error.
template <class Make>
spf_error make_fields(const spf_check* check, spf_error mistake, spf_folding folding,
                      spf_fields** fields, const Make& make) noexcept {
    return spf::c_api::make_into(fields, [&](std::unique_ptr<spf_fields>& out) {
        if (check == nullptr) return SPFC_NULL_ARGUMENT;
        if (mistake != SPFC_OK) return mistake;
        const auto how = spf::c_api::folding_of(folding);
        if (!how) return SPFC_BAD_VALUE;
        out = std::make_unique<spf_fields>(make(check->mail, *how));
        return SPFC_OK;
    });
}

/// Returns the rules of an interface; nothing for numbers that are not in the enumeration.
std::optional<spf::report::ReplyRules> rules_of(spf_interface interface,
                                                std::string_view address) noexcept {
    switch (interface) {
        case SPFC_INTERFACE_SMTP: return spf::report::smtp_rules();
        case SPFC_INTERFACE_MILTER: return spf::report::milter_rules();
        case SPFC_INTERFACE_POSTFIX: return spf::report::postfix_policy_rules(address);
    }
    return std::nullopt;
}

const spf_fields::Field* field_at(const spf_fields* fields, std::size_t index) noexcept {
    return index < spf_fields_count(fields) ? &fields->fields[index] : nullptr;
}

}  // namespace

void spf_fields_free(spf_fields* fields) { delete fields; }

size_t spf_fields_count(const spf_fields* fields) {
    return fields == nullptr ? 0 : fields->fields.size();
}
const char* spf_fields_text(const spf_fields* fields, size_t index) {
    const auto* const field = field_at(fields, index);
    return field == nullptr ? nullptr : field->text.c_str();
}
const char* spf_fields_name(const spf_fields* fields, size_t index) {
    const auto* const field = field_at(fields, index);
    return field == nullptr ? nullptr : field->name.c_str();
}
const char* spf_fields_value(const spf_fields* fields, size_t index) {
    const auto* const field = field_at(fields, index);
    return field == nullptr ? nullptr : field->text.c_str() + field->value;
}

spf_error spf_check_authentication_results(const spf_check* check, const char* authserv_id,
                                           spf_folding folding, spf_fields** fields) {
    return make_fields(check, spf::c_api::mistake_in_server(authserv_id), folding, fields,
                       [&](const spf::MailCheck& mail, spf::report::Folding how) {
                           return std::vector<std::string>{spf::report::authentication_results(
                               spf::c_api::view(authserv_id), mail, how)};
                       });
}

spf_error spf_check_received_spf(const spf_check* check, const char* receiver, spf_folding folding,
                                 spf_fields** fields) {
    return make_fields(check, SPFC_OK, folding, fields,
                       [&](const spf::MailCheck& mail, spf::report::Folding how) {
                           return spf::report::received_spf(spf::c_api::view(receiver), mail, how);
                       });
}

spf_error spf_outcome_reply(const spf_outcome* outcome, spf_action action, spf_reply** reply) {
    return spf::c_api::make_into(reply, [&](std::unique_ptr<spf_reply>& out) {
        if (outcome == nullptr) return SPFC_NULL_ARGUMENT;
        const auto how = spf::c_api::action_of(action);
        if (!how || !refuses(*how)) return SPFC_BAD_VALUE;
        out = std::make_unique<spf_reply>(spf::report::smtp_reply(outcome->outcome, *how));
        return SPFC_OK;
    });
}

spf_error spf_reply_for(const spf_reply* reply, spf_interface interface, const char* address,
                        spf_reply** adapted) {
    return spf::c_api::make_into(adapted, [&](std::unique_ptr<spf_reply>& out) {
        if (reply == nullptr) return SPFC_NULL_ARGUMENT;
        const auto rules = rules_of(interface, spf::c_api::view(address));
        if (!rules) return SPFC_BAD_VALUE;
        spf::report::SmtpReply copy = reply->reply;
        copy.lines = copy.lines_for(*rules);
        out = std::make_unique<spf_reply>(std::move(copy));
        return SPFC_OK;
    });
}

void spf_reply_free(spf_reply* reply) { delete reply; }

int spf_reply_code(const spf_reply* reply) { return reply == nullptr ? 0 : reply->reply.code; }
const char* spf_reply_enhanced(const spf_reply* reply) {
    return reply == nullptr ? nullptr : reply->reply.enhanced.c_str();
}
const char* spf_reply_text(const spf_reply* reply) {
    return reply == nullptr ? nullptr : reply->text.c_str();
}
size_t spf_reply_line_count(const spf_reply* reply) {
    return reply == nullptr ? 0 : reply->reply.lines.size();
}
const char* spf_reply_line(const spf_reply* reply, size_t index) {
    return index < spf_reply_line_count(reply) ? reply->reply.lines[index].c_str() : nullptr;
}
const char* spf_reply_smtp(const spf_reply* reply) {
    return reply == nullptr ? nullptr : reply->smtp.c_str();
}

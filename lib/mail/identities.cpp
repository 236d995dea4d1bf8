#include "mail/identities.hpp"

#include "spf/dns/name.hpp"

namespace spf::identities {

bool is_checkable(std::string_view helo) noexcept { return !dns::check_host_domain_problem(helo); }

Request of_helo(const Client& client) noexcept {
    return {.ip = client.ip,
            .helo = client.helo,
            .identity = Identity::helo,
            .receiver = client.receiver};
}

Request of_mail_from(const Client& client, std::string_view reverse_path) noexcept {
    return {.ip = client.ip,
            .mail_from = reverse_path,
            .helo = client.helo,
            .identity = Identity::mail_from,
            .receiver = client.receiver};
}

bool waits_for_helo(std::string_view reverse_path, const Options& options) noexcept {
    return options.stop_on_helo_fail || is_null_path(reverse_path);
}

bool must_check_mail_from(MailCheck& mail, bool has_null_path, const Options& options) {
    if (options.stop_on_helo_fail && mail.helo->result == Result::fail) {
        mail.mail_from.reset();
        return false;
    }
    if (!has_null_path) return true;
    mail.mail_from = mail.helo;
    mail.mail_from->identity = Identity::mail_from;
    mail.mail_from->null_sender = true;
    return false;
}

}  // namespace spf::identities

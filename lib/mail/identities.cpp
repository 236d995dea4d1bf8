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

bool is_final(const Outcome& helo, const Options& options) noexcept {
    return options.stop_on_helo_fail && helo.result == Result::fail;
}

void turn_into_mail_from(Outcome& outcome) noexcept {
    outcome.identity = Identity::mail_from;
    outcome.null_sender = true;
}

}  // namespace spf::identities

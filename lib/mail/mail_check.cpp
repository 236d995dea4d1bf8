#include "spf/mail/mail_check.hpp"

#include "mail/identities.hpp"
#include "spf/evaluation/check_host.hpp"

namespace spf {

MailCheck check_mail(const Client& client, std::string_view reverse_path, dns::Resolver& resolver,
                     const Options& options) {
    Evaluation evaluation;
    return identities::check_each(client, reverse_path, options, [&](const Request& request) {
        return check_host(evaluation, request, resolver, options);
    });
}

}  // namespace spf

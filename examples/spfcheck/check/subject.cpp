#include "check/subject.hpp"

#include <utility>

namespace spfcheck {

spf::Expected<Subject, Failure> subject_of(const CheckOptions& options,
                                           std::optional<spf::IpAddress> ip) {
    Subject subject{.ip = ip.value_or(spf::IpAddress{}),
                    .sender = options.sender,
                    .helo = options.helo,
                    .handover = std::nullopt};
    if (options.message.path.empty()) return subject;
    auto relayed = read_relayed(options.message, ip);
    if (!relayed) return relayed.error();
    subject.ip = relayed->handover.ip;
    if (!subject.sender) subject.sender = relayed->sender;
    const bool named = relayed->handover.line > 0;
    if (!subject.helo && named) subject.helo = relayed->handover.helo;
    subject.handover = std::move(relayed->handover);
    subject.has_lines_below = relayed->has_lines_below;
    subject.author_domain = std::move(relayed->author_domain);
    return subject;
}

std::optional<spf::Identity> identity_of(const Subject& subject, const std::string& wanted) {
    const bool helo = wanted == "helo" || (wanted.empty() && !subject.sender);
    if (helo) return subject.helo ? std::optional(spf::Identity::helo) : std::nullopt;
    return subject.sender ? std::optional(spf::Identity::mail_from) : std::nullopt;
}

}  // namespace spfcheck

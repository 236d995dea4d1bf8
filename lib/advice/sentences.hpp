// The texts of all advice.
#pragma once

#include <array>

#include "base/code_table.hpp"
#include "base/sentences.hpp"
#include "spf/advice/advice.hpp"

namespace spf::advice {

inline constexpr std::array<Wording<Sentence>, sentence_count> sentences{{
    {Sentence::label_receiver, "Receiver"},
    {Sentence::label_owner, "Owner"},
    {Sentence::label_sender, "Sender"},

    {Sentence::nothing_to_do,
     "Nothing to do: {1} authorises the server. Whether you want mail from {1} is another "
     "question, which SPF does not answer."},
    {Sentence::not_aligned,
     "The pass is for {2}, but readers see {1}, the domain in the From: field. As these domains "
     "are "
     "not aligned, the pass does not count for DMARC (RFC 7489, 3.1.2): without a DKIM signature "
     "of "
     "{1}, this says nothing about mail from {1}."},
    {Sentence::reject_or_record,
     "You may reject the mail with \"550 5.7.23\", or accept it and record the result (RFC 7208, "
     "8.4)."},
    {Sentence::do_not_reject,
     "Do not reject the mail for this result alone; examine it more closely than usual (RFC 7208, "
     "8.5)."},
    {Sentence::treat_as_no_record,
     "Treat the mail as if the domain had no SPF record (RFC 7208, 8.2)."},
    {Sentence::decide_by_other_means,
     "SPF cannot tell whether the mail is genuine; decide by other means (RFC 7208, 8.1)."},
    {Sentence::accept_or_defer,
     "Accept the mail, or answer \"451 4.7.24\" so that the sender tries again later (RFC 7208, "
     "8.6)."},
    {Sentence::accept_or_reject,
     "You may accept the mail as if the domain had no SPF record, or reject it with \"550 5.7.24\" "
     "(RFC 7208, 8.7)."},

    {Sentence::check_other_address,
     "This says nothing about the sender: {1} is {2}, and no mail comes from it through the "
     "internet. Check the address that was given."},
    {Sentence::trust_filter,
     "This says nothing about the sender: {1} is {2}, and no mail comes from it through the "
     "internet. It is a NAT, a proxy or a filter of your own, which hides the client. If it is a "
     "content filter that only you can send through, trust its Received line, and the client "
     "before it is checked:"},
    {Sentence::find_hidden_client,
     "This says nothing about the sender: {1} is {2}, and no mail comes from it through the "
     "internet. It is a NAT, a proxy or a filter of your own, which hides the client. Configure it "
     "to pass on the client's address, or find that address in its log, and check it:"},
    {Sentence::trust_relay,
     "If {1} is a relay of yours, such as a backup MX or a filtering service, check the client "
     "before it:"},

    {Sentence::do_not_check_users,
     "The client had signed in (\"with {1}\" in the Received line, RFC 3848): a user submitted the "
     "message. SPF is about servers, not about your own users, so do not check submissions. Other "
     "receivers check the address that your server sends from:"},
    {Sentence::do_not_check_users_of,
     "The client had signed in (\"with {1}\" in the Received line, RFC 3848): a user submitted the "
     "message. SPF is about servers, not about your own users, so do not check submissions. Other "
     "receivers check the address that {2} sends from:"},
    {Sentence::give_helo,
     "The record depends on the client's HELO name (the macro {1}), but no HELO name was given, so "
     "that real mail may have another result. Give the name:"},
    {Sentence::complete_zone, "To get a result: {1}."},

    {Sentence::whose_server,
     "Whose server is {1}? If neither you nor a service that you use runs it, there is nothing to "
     "do. Otherwise see what to publish so that it may send mail for {2}:"},
    {Sentence::whose_server_as_nothing_sends,
     "The record says that {2} sends no mail at all. Whose server is {1}? If neither you nor a "
     "service that you use runs it, there is nothing to do. Otherwise see what to publish so that "
     "it may send mail for {2}:"},
    {Sentence::whose_helo,
     "Is {1} the server whose name is {2}? If not, there is nothing to do. If it is, see what to "
     "publish so that it may use that name in HELO:"},
    {Sentence::whose_helo_as_nothing_sends,
     "The record says that {2} sends no mail at all. Is {1} the server whose name is {2}? If not, "
     "there is nothing to do. If it is, see what to publish so that it may use that name in HELO:"},
    {Sentence::publish_record,
     "Publish a TXT record at {2} that lists all servers that send mail for it. If {1} is one of "
     "them, see what to publish:"},

    {Sentence::service_sends,
     "{1} belongs to {3}. If you do not send mail through it, there is nothing to do. Otherwise "
     "see "
     "what to publish so that it may send mail for {2}:"},
    {Sentence::service_sends_for_nothing,
     "The record says that {2} sends no mail at all, and {1} belongs to {3}. If you do not send "
     "mail "
     "through it, there is nothing to do. Otherwise see what to publish so that it may send mail "
     "for "
     "{2}:"},
    {Sentence::whose_server_for_alias,
     "Whose server is {1}? If neither you nor a service that you use runs it, there is nothing to "
     "do. Otherwise the record of {3} must list it, because {2} is an alias (CNAME) of that name. "
     "See what its owner has to publish:"},
    {Sentence::find_service, "To see whether {1} belongs to a known sending service:"},
    {Sentence::no_service,
     "{1} belongs to none of the {2} sending services that were asked, so look for its owner in "
     "WHOIS, or in your own network."},

    {Sentence::fix_similar_record,
     "Fix the TXT record \"{1}\" of {2}, which looks like an SPF record: {3}."},
    {Sentence::merge_both_records,
     "Merge the two SPF records of {1}, \"{2}\" and \"{3}\", into one. Until then receivers use "
     "neither (permerror) and may reject the mail."},
    {Sentence::merge_all_records,
     "Merge the {4} SPF records of {1}, such as \"{2}\" and \"{3}\", into one. Until then "
     "receivers use none (permerror) and may reject the mail."},
    {Sentence::fix_record,
     "Fix the SPF record of {1}. Until then receivers treat it as broken (permerror) and may "
     "reject the mail."},
    {Sentence::about_record, "Now: {1}. To correct this, {2}."},
    {Sentence::do_remedy,
     "{1}. Until then receivers treat the record as broken (permerror) and may reject the mail."},
    {Sentence::do_remedy_with,
     "{1} (write: {2}). Until then receivers treat the record as broken (permerror) and may reject "
     "the mail."},
    {Sentence::ask_for_remedy,
     "Ask the owner of {1} to do this: {2}. Until then receivers treat the record of {3} as broken "
     "(permerror) and may reject the mail."},
    {Sentence::open_tcp,
     "{1}. If this happens with other domains too, the receiver's own name server must be able to "
     "use TCP."},
    {Sentence::repair_name_servers,
     "If this lasts, check the name servers of {1}. If it happens with other domains too, check "
     "the receiver's own name server."},

    {Sentence::use_listed_server,
     "Send mail for {1} through a server that its SPF record lists. If this server forwards mail, "
     "use a sender address of your own domain in MAIL FROM (as SRS does)."},
    {Sentence::use_own_helo, "Use a HELO name of your own, whose SPF record lists this server."},
    {Sentence::use_full_domain,
     "Check the spelling: MAIL FROM needs a full domain name; if the reverse-path is null, HELO "
     "needs one."},
    {Sentence::register_domain,
     "Check the spelling of {1}. If the name is right, add it to the DNS before you send mail with "
     "it."},
    {Sentence::send_as_author,
     "For DMARC, sign with DKIM as {1}, or use a bounce address (MAIL FROM) in {1} whose SPF "
     "record "
     "lists this server. To see whether the record of {1} does:"},

    {Sentence::next_fix, "A record that works"},
    {Sentence::next_choice, "With other includes as networks, by choice (--flatten NAME)"},
    {Sentence::next_flatten, "Fewer lookups"},
    {Sentence::next_text, "With that TXT record"},
    {Sentence::next_host, "With {1}"},
    {Sentence::next_of_alias, "What {1} would need"},
    {Sentence::next_first_record, "First record"},
    {Sentence::next_findings, "Corrections"},
    {Sentence::next_networks, "All networks"},
    {Sentence::next_check, "One check"},
    {Sentence::next_overview, "The domain on one screen"},
    {Sentence::next_again, "Ask again"},
}};
static_assert(is_in_order_of_codes(sentences), "one sentence for each code, in order");

}  // namespace spf::advice

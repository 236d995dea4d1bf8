// The requests of Postfix' policy delegation protocol (SMTPD_POLICY_README).

#include "protocol/request.hpp"

#include <string>

#include "support/catch.hpp"

using policyd::parse_request;
using policyd::RequestError;
using policyd::Stage;

namespace {

/// What Postfix 3.7 sends for the first recipient of a message.
constexpr const char* at_rcpt =
    "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\n"
    "client_address=192.0.2.77\nclient_name=unknown\nclient_port=43210\n"
    "reverse_client_name=unknown\nserver_address=127.0.0.1\nserver_port=18925\n"
    "helo_name=client.test\nsender=a@example.test\nrecipient=user@receiver.test\n"
    "recipient_count=0\nqueue_id=\ninstance=557e.6b0b43e0.13378.0\nsize=0\netrn_domain=\n"
    "stress=\nsasl_method=\nsasl_username=\nsasl_sender=\nccert_subject=\nccert_issuer=\n"
    "ccert_fingerprint=\nccert_pubkey_fingerprint=\nencryption_protocol=\nencryption_cipher=\n"
    "encryption_keysize=0\npolicy_context=\n";

Stage stage_of(const std::string& state) {
    return parse_request("request=smtpd_access_policy\nprotocol_state=" + state + "\n")->stage;
}

}  // namespace

TEST_CASE("A request of Postfix has its attributes", "[policyd][request]") {
    const auto request = parse_request(at_rcpt);
    REQUIRE(request);
    CHECK(request->stage == Stage::rcpt);
    CHECK(request->client_address == "192.0.2.77");
    CHECK(request->helo_name == "client.test");
    CHECK(request->sender == "a@example.test");
    CHECK(request->recipient == "user@receiver.test");
    CHECK(request->instance == "557e.6b0b43e0.13378.0");
    CHECK(request->queue_id.empty());
    CHECK(request->sasl_username.empty());
}

TEST_CASE("The stage of a request is that of the SMTP session", "[policyd][request]") {
    CHECK(stage_of("CONNECT") == Stage::before_mail);
    CHECK(stage_of("HELO") == Stage::before_mail);
    CHECK(stage_of("EHLO") == Stage::before_mail);
    CHECK(stage_of("VRFY") == Stage::before_mail);
    CHECK(stage_of("ETRN") == Stage::before_mail);
    CHECK(stage_of("MAIL") == Stage::mail);
    CHECK(stage_of("RCPT") == Stage::rcpt);
    CHECK(stage_of("DATA") == Stage::data);
    CHECK(stage_of("END-OF-MESSAGE") == Stage::end_of_message);
}

TEST_CASE("A value may contain the equals sign", "[policyd][request]") {
    const auto request =
        parse_request("request=smtpd_access_policy\nsender=bounce+a=b@example.test\n");
    REQUIRE(request);
    CHECK(request->sender == "bounce+a=b@example.test");
}

TEST_CASE("Of an attribute that is sent twice the last one counts", "[policyd][request]") {
    const auto request = parse_request(
        "request=smtpd_access_policy\nsender=a@example.test\nsender=b@example.test\n");
    REQUIRE(request);
    CHECK(request->sender == "b@example.test");
}

TEST_CASE("Texts that are no request of this protocol are errors", "[policyd][request]") {
    using namespace std::string_literals;
    CHECK(parse_request("GET / HTTP/1.1\n").error() == RequestError::no_attribute);
    CHECK(parse_request("sender=a@example.test\n").error() == RequestError::not_a_request);
    CHECK(parse_request("request=junk_policy\n").error() == RequestError::not_a_request);
    CHECK(parse_request("").error() == RequestError::not_a_request);
    CHECK(parse_request("request=smtpd_access_policy\nsender=a\0b\n"s).error() ==
          RequestError::nul);
}

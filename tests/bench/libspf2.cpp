// Calls of libspf2. libspf2 parses the record in every check, because a parsed record cannot be
// passed to it. Each of its responses contains a Received-SPF field.

#include "libspf2.hpp"

#include <cstdio>
#include <cstdlib>
#include <utility>

extern "C" {
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <spf2/spf.h>
#include <spf2/spf_dns_cache.h>
#include <spf2/spf_dns_zone.h>
}

namespace bench {
namespace {

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "bench: libspf2: %s\n", what);
    std::exit(1);
}

ns_type type_of(spf::dns::RecordType type) noexcept {
    switch (type) {
        case spf::dns::RecordType::a: return ns_t_a;
        case spf::dns::RecordType::mx: return ns_t_mx;
        default: return ns_t_txt;
    }
}

}  // namespace

bool have_libspf2() noexcept { return true; }

struct TheirParser::State {
    std::string text;
    SPF_dns_server_t* dns = SPF_dns_zone_new(nullptr, nullptr, 0);
    SPF_server_t* server = SPF_server_new_dns(dns, 0);
    SPF_request_t* request = SPF_request_new(server);
    SPF_response_t* response = SPF_response_new(request);

    explicit State(std::string given) : text(std::move(given)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        SPF_response_free(response);
        SPF_request_free(request);
        SPF_server_free(server);
        SPF_dns_free(dns);
    }
};

TheirParser::TheirParser(std::string text) : state_(std::make_unique<State>(std::move(text))) {}
TheirParser::~TheirParser() = default;

bool TheirParser::run() {
    SPF_record_t* record = nullptr;
    const SPF_errcode_t error =
        SPF_record_compile(state_->server, state_->response, &record, state_->text.c_str());
    if (record != nullptr) SPF_record_free(record);
    return error == SPF_E_SUCCESS;
}

struct TheirCheck::State {
    std::string sender;
    std::string helo;
    in_addr client{};
    SPF_dns_server_t* dns = SPF_dns_zone_new(nullptr, nullptr, 0);
    SPF_server_t* server = nullptr;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        SPF_server_free(server);
        SPF_dns_free(dns);  // also frees the layers below
    }
};

TheirCheck::TheirCheck(const Case& made, bool cached) : state_(std::make_unique<State>()) {
    state_->sender = made.sender;
    state_->helo = std::string{made.request().helo};
    if (inet_pton(AF_INET, made.client.c_str(), &state_->client) != 1) give_up("client address");
    for (const ZoneRecord& record : made.zone) {
        if (SPF_dns_zone_add_str(state_->dns, record.name.c_str(), type_of(record.type),
                                 NETDB_SUCCESS, record.value.c_str()) != SPF_E_SUCCESS) {
            give_up("zone");
        }
    }
    if (cached) state_->dns = SPF_dns_cache_new(state_->dns, nullptr, 0, 8);
    state_->server = SPF_server_new_dns(state_->dns, 0);
    SPF_server_set_rec_dom(state_->server, "mx.example.org");
}
TheirCheck::~TheirCheck() = default;

bool TheirCheck::run() {
    SPF_request_t* const request = SPF_request_new(state_->server);
    SPF_request_set_ipv4(request, state_->client);
    SPF_request_set_helo_dom(request, state_->helo.c_str());
    SPF_request_set_env_from(request, state_->sender.c_str());
    SPF_response_t* response = nullptr;
    SPF_request_query_mailfrom(request, &response);
    const bool pass = SPF_response_result(response) == SPF_RESULT_PASS;
    SPF_response_free(response);
    SPF_request_free(request);
    return pass;
}

}  // namespace bench

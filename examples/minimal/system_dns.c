/* Asks DNS with the resolver of the C library (resolver(3)), for spf_checker_new(). A server may use
   this file as it is: link it with -lresolv. Any number of threads may call the function at once. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <spf/c.h>
#include <string.h>

void ask_system_dns(void* context, const spf_question* question, spf_answer* answer);

/* Returns how a lookup without records has ended. */
static spf_dns_status status_of(int error) {
    switch (error) {
        case HOST_NOT_FOUND: return SPFC_DNS_NXDOMAIN;
        case NO_DATA: return SPFC_DNS_NO_DATA;
        case TRY_AGAIN: return SPFC_DNS_SERVFAIL; /* or no server has replied */
        default: return SPFC_DNS_ERROR;
    }
}

/* Adds a TXT record: strings of at most 255 octets, each after its length (RFC 1035, 3.3.14). */
static void add_text(spf_answer* answer, const unsigned char* data, size_t length) {
    spf_answer_add_text(answer, NULL, 0);
    while (length > 0) {
        const size_t string = data[0] < length ? data[0] : length - 1;
        spf_answer_append_text(answer, data + 1, string);
        data += string + 1;
        length -= string + 1;
    }
}

/* Adds a record of the type asked for. */
static void add_record(spf_answer* answer, ns_msg* message, const ns_rr* record) {
    const unsigned char* data = ns_rr_rdata(*record);
    const size_t length = ns_rr_rdlen(*record);
    const int is_exchange = ns_rr_type(*record) == ns_t_mx;
    char name[NS_MAXDNAME];
    if (ns_rr_type(*record) == ns_t_a && length == 4) spf_answer_add_ipv4(answer, data);
    if (ns_rr_type(*record) == ns_t_aaaa && length == 16) spf_answer_add_ipv6(answer, data);
    if (ns_rr_type(*record) == ns_t_txt) add_text(answer, data, length);
    if (!is_exchange && ns_rr_type(*record) != ns_t_ptr) return;
    if (is_exchange && length < 3) return;
    if (ns_name_uncompress(ns_msg_base(*message), ns_msg_end(*message),
                           data + (is_exchange ? 2 : 0), name, sizeof name) < 0)
        return;
    if (is_exchange) spf_answer_add_exchange(answer, (uint16_t)ns_get16(data), name);
    if (!is_exchange) spf_answer_add_name(answer, name);
}

/* Adds the records of a reply. The time for which the answer may be kept is that of the record, or
   alias that leads to it, which may be kept for the shortest time. */
static void add_records(spf_answer* answer, const spf_question* question, ns_msg* message) {
    uint32_t ttl = 0x7fffffff;
    ns_rr record;
    int i;
    for (i = 0; i < ns_msg_count(*message, ns_s_an); ++i) {
        if (ns_parserr(message, ns_s_an, i, &record) != 0) return; /* the status remains an error */
        if (ns_rr_ttl(record) < ttl) ttl = ns_rr_ttl(record);
        if ((int)ns_rr_type(record) == (int)question->type) add_record(answer, message, &record);
    }
    spf_answer_set_status(answer, SPFC_DNS_OK, ttl);
}

/* `context` is the name server to ask, a `const struct sockaddr_in *`, or NULL for the name servers
   in /etc/resolv.conf. */
void ask_system_dns(void* context, const spf_question* question, spf_answer* answer) {
    static const int reply_size = 65536;
    unsigned char reply[65536];
    struct __res_state state;
    ns_msg message;
    int length, seconds;
    memset(&state, 0, sizeof state);
    if (res_ninit(&state) != 0) return;
    if (context != NULL) {
        state.nsaddr_list[0] = *(const struct sockaddr_in*)context;
        state.nscount = 1;
    }
    seconds = question->timeout_ms < 0 ? 10 : question->timeout_ms / 1000;
    state.retry = 2; /* each server is asked twice, and for half of the time */
    state.retrans = seconds / (2 * (state.nscount > 0 ? state.nscount : 1));
    if (state.retrans < 1) state.retrans = 1;
    length = res_nquery(&state, question->name, ns_c_in, question->type, reply, reply_size);
    if (length < 0) {
        spf_answer_set_status(answer, status_of(state.res_h_errno), 0);
    } else if (length <= reply_size && ns_initparse(reply, length, &message) == 0) {
        add_records(answer, question, &message);
    }
    res_nclose(&state);
}

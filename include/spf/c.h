/// \file c.h  The C API: all of it in one include. It is valid C99, and C++11.
///
/// A mail server or filter makes an spf_checker and an spf_policy when it starts. For each message,
/// it gets a decision, and either refuses the message or writes header fields. This is a whole
/// program:
///
/// ~~~{.c}
/// #include <stdio.h>
/// #include <string.h>
///
/// #include <spf/c.h>
///
/// /* Answers a question. A server asks DNS here, as the example system_dns.c does. */
/// static void ask_dns(void* context, const spf_question* question, spf_answer* answer) {
///     const char* record = "v=spf1 ip4:192.0.2.0/24 -all";
///     (void)context;
///     if (question->type == SPFC_TYPE_TXT && strcmp(question->name, "example.com") == 0) {
///         spf_answer_set_status(answer, SPFC_DNS_OK, 3600);
///         spf_answer_add_text(answer, record, strlen(record));
///     } else {
///         spf_answer_set_status(answer, SPFC_DNS_NXDOMAIN, 0);
///     }
/// }
///
/// /* Decides about a message: prints the reply that refuses it, or the fields to write into it. */
/// static void receive(spf_checker* checker, const spf_policy* policy, const char* client) {
///     spf_session session = {.client = client, .helo = "mx.example.com",
///                            .reverse_path = "<alice@example.com>"};
///     spf_decision* decision = NULL;
///     spf_fields* fields = NULL;
///     spf_error error = spf_receive(checker, policy, &session, NULL, &decision);
///     if (error == SPFC_OK)
///         error = spf_decision_fields(decision, "mx.example.org", SPFC_FOLDED, &fields);
///     if (error != SPFC_OK)
///         fprintf(stderr, "%s\n", spf_error_message(error));
///     else if (spf_decision_reply(decision) != NULL)
///         fputs(spf_reply_smtp(spf_decision_reply(decision)), stdout);
///     for (size_t i = 0; i < spf_fields_count(fields); ++i)
///         printf("%s\r\n", spf_fields_text(fields, i));
///     spf_fields_free(fields);
///     spf_decision_free(decision);
/// }
///
/// int main(void) {
///     spf_checker* checker = spf_checker_new(ask_dns, NULL, NULL); /* for the server's lifetime */
///     spf_policy* policy = spf_policy_new(); /* the defaults refuse a fail only */
///     receive(checker, policy, "192.0.2.10");
///     receive(checker, policy, "198.51.100.7");
///     spf_policy_free(policy);
///     spf_checker_free(checker);
///     return 0;
/// }
/// ~~~
///
/// Compile with `cc server.c $(pkg-config --cflags --libs spf-c)`, or in CMake with
/// `find_package(spf REQUIRED COMPONENTS c)` and `target_link_libraries(server PRIVATE spf::c)`.
///
/// ## Which function
/// - If a thread may wait for DNS, use spf_receive(), which decides about the message. If the
///   server decides by itself, use spf_check_mail(), which returns the results.
/// - If the server has an event loop, use an spf_reception in place of spf_receive(), or an
///   spf_evaluation in place of spf_check_mail(). Neither does any I/O: you take each question from
///   it, send the question with your DNS client, and pass the answer in when it arrives.
/// - To configure what is refused and who is not checked, use the functions of spf_policy.
/// - To write the results into the message, use spf_decision_fields(). To refuse the message, send
///   spf_decision_reply().
/// - To refuse the message through a milter or through Postfix's policy protocol, adapt the reply
///   with spf_reply_for().
/// - To log a decision, use spf_decision_log_line(). To show a result to people, use
///   spf_outcome_summary(). To store all that is known about a check, use spf_outcome_json().
///
/// | header | contents |
/// | --- | --- |
/// | c/base.h | errors |
/// | c/session.h | what to check: spf_session, spf_options |
/// | c/dns.h | questions, answers, and the callback that asks DNS |
/// | c/outcome.h | results: spf_check, spf_outcome |
/// | c/checker.h | spf_checker, spf_check_mail() |
/// | c/policy.h | spf_policy |
/// | c/decision.h | spf_receive(), spf_decision |
/// | c/evaluation.h | spf_reception, spf_evaluation |
/// | c/report.h | header fields and SMTP replies: spf_fields, spf_reply |
///
/// ## Rules for all functions
/// **Ownership.** What a function `spf_..._new()` returns, or what a function stores in the last
/// argument `spf_...**`, belongs to the caller, who passes it to the function `spf_..._free()` of
/// its type. A function that returns a pointer to a const object returns a part of its argument:
/// the caller does not free it, and it is valid until the argument is changed or freed. A
/// `const char*` is also a part of the argument, or a constant, and it ends with NUL. A `char*`
/// belongs to the caller, who passes it to spf_text_free(). All functions copy the texts that they
/// are given. Every `spf_..._free()` accepts NULL.
///
/// **Errors.** Functions that can fail return an #spf_error. They then have changed nothing, unless
/// stated otherwise, and have set the pointer in the last argument, if there is one, to NULL.
/// Failures of DNS and wrong records are not errors: then the result of the check is
/// SPFC_RESULT_TEMPERROR or SPFC_RESULT_PERMERROR, and spf_outcome_problem() describes why. If an
/// argument that must not be NULL is NULL, a function returns SPFC_NULL_ARGUMENT. If it returns no
/// #spf_error, it returns NULL, 0 or false, or does nothing. The library never prints anything,
/// never ends the program, and lets no C++ exception out.
///
/// **Texts** from clients and name servers are untrusted. The descriptions tell which functions
/// return printable US-ASCII. Other texts may have any octet except NUL, also line breaks and the
/// controls of terminals, so a program should not log them as they are.
///
/// **Threads.** Any number of threads may use one spf_checker if they may all call its callback at
/// once, and one spf_policy while none of them changes it. Any number of threads may read one
/// spf_check, spf_decision, spf_fields or spf_reply. Every other object may be used by one thread
/// at a time. Different objects are independent. The library starts no threads, and nothing depends
/// on global state.
///
/// **Names** of functions and types begin with `spf_`, those of constants and macros with `SPFC_`.
/// None is a name of libspf2, so a file may include the headers of both.
///
/// **Versions.** The values of enumerators never change. Before 1.0.0, each minor version may
/// change anything else, and has another soname.
#pragma once

#include "spf/c/base.h"
#include "spf/c/checker.h"
#include "spf/c/decision.h"
#include "spf/c/dns.h"
#include "spf/c/evaluation.h"
#include "spf/c/outcome.h"
#include "spf/c/policy.h"
#include "spf/c/report.h"
#include "spf/c/session.h"

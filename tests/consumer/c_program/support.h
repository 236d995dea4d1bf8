/* What the parts of the program share: a check of a condition, and DNS answers from memory. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <spf/c.h>
#include <stdio.h>

extern int failures;

#define CHECK(condition)                                                                   \
    do {                                                                                   \
        if (!(condition)) {                                                                \
            ++failures;                                                                    \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
        }                                                                                  \
    } while (0)

/* Returns whether both texts are equal; a NULL is equal to none. */
int same(const char* text, const char* expected);
/* Returns whether a text contains another; a NULL contains none. */
int has(const char* text, const char* part);

/* Answers from memory. Counts the questions in `*context`, an int, unless `context` is NULL. */
void ask_memory(void* context, const spf_question* question, spf_answer* answer);

/* The parts. */
void check_mail(void);
void decide(void);
void configure(void);
void step_by_step(void);
void refuse_mistakes(void);

#endif

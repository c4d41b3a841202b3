/* A growing piece of text. All zero is empty. */
#ifndef TEXT_H
#define TEXT_H
#include <stddef.h>
#include <wireway.h>

struct text {
    char *data;
    size_t len, cap;
};

/* Appends; answers 0, or -1 when there is no memory: nothing was appended then. */
int text_add(struct text *text, ww_span octets);
/* Appends a span, a literal, a span: one line of a report. */
int text_add_line(struct text *text, ww_span before, const char *between, ww_span after);
void text_free(struct text *text);

int span_is(ww_span span, const char *text);
/* The first `mark` in `span`, or its length. */
size_t span_find(ww_span span, char mark);
/* What is in `span` from offset `at` on. */
ww_span span_from(ww_span span, size_t at);

#endif

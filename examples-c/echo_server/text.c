#include "text.h"
#include <stdlib.h>
#include <string.h>

int text_add(struct text *text, ww_span octets)
{
    size_t needed = text->len + octets.len;
    if (needed > text->cap) {
        size_t cap = needed > 2 * text->cap ? needed : 2 * text->cap;
        char *data = realloc(text->data, cap);
        if (data == NULL)
            return -1;
        text->data = data;
        text->cap = cap;
    }
    if (octets.len > 0)
        memcpy(text->data + text->len, octets.data, octets.len);
    text->len = needed;
    return 0;
}

int text_add_line(struct text *text, ww_span before, const char *between, ww_span after)
{
    const ww_span middle = ww_span_from(between), end = WW_LIT("\n");
    if (text_add(text, before) != 0 || text_add(text, middle) != 0 || text_add(text, after) != 0)
        return -1;
    return text_add(text, end);
}

void text_free(struct text *text)
{
    free(text->data);
    memset(text, 0, sizeof *text);
}

int span_is(ww_span span, const char *text)
{
    return span.len == strlen(text) && memcmp(span.data, text, span.len) == 0;
}

size_t span_find(ww_span span, char mark)
{
    const uint8_t *at = span.len ? memchr(span.data, mark, span.len) : NULL;
    return at ? (size_t)(at - span.data) : span.len;
}

ww_span span_from(ww_span span, size_t at)
{
    return (ww_span){ span.data + at, span.len - at };
}

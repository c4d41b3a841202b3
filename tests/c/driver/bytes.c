#include "driver.h"
#include <stdlib.h>
#include <string.h>

void bytes_add(struct bytes *b, const void *data, size_t len)
{
    if (b->cap - b->len < len) {
        size_t cap = (b->len + len) * 2;
        uint8_t *grown = realloc(b->data, cap);
        if (grown == NULL) abort();
        b->data = grown;
        b->cap = cap;
    }
    if (len > 0) memcpy(b->data + b->len, data, len);
    b->len += len;
}

void bytes_clear(struct bytes *b)
{
    b->len = 0;
}

void bytes_free(struct bytes *b)
{
    free(b->data);
    memset(b, 0, sizeof *b);
}

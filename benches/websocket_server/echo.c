#include "load.h"
#include <string.h>

static size_t header_size(const unsigned char *header)
{
    return header[1] < 126 ? 2 : header[1] == 126 ? 4 : 10;
}

/* The first fragment is binary and others continue it; there are no extensions, and no mask. */
static int begin_frame(struct echo *echo)
{
    echo->left = echo->header_len == 2 ? echo->header[1] : 0;
    for (size_t i = 2; i < echo->header_len; i++)
        echo->left = echo->left << 8 | echo->header[i];
    echo->header_len = 0;
    return (echo->header[0] & 0x7f) == (echo->is_continued ? 0 : 2) ? 0 : -1;
}

/* The last fragment ends where the message does. */
static int end_frame(struct echo *echo, const struct batch *batch)
{
    int is_last = echo->header[0] >> 7;
    echo->messages += (size_t)is_last;
    echo->is_continued = !is_last;
    return is_last && echo->content_len != echo->messages * batch->size ? -1 : 0;
}

static int take_content(struct echo *echo, const struct batch *batch, const unsigned char *octets, size_t len)
{
    if (len > batch->size * batch->depth - echo->content_len ||
        memcmp(octets, batch->content + echo->content_len, len) != 0)
        return -1;
    echo->content_len += len;
    echo->left -= len;
    return echo->left == 0 ? end_frame(echo, batch) : 0;
}

int echo_take(struct echo *echo, const struct batch *batch, const unsigned char *octets, size_t len)
{
    const unsigned char *end = octets + len;
    while (octets < end) {
        size_t some = (size_t)(end - octets);
        int wrong = 0;
        if (echo->left > 0) {
            some = echo->left < some ? (size_t)echo->left : some;
            wrong = take_content(echo, batch, octets, some);
        } else {
            some = 1;
            echo->header[echo->header_len++] = *octets;
            if (echo->header_len >= 2 && echo->header_len == header_size(echo->header)) {
                wrong = begin_frame(echo);
                if (wrong == 0 && echo->left == 0)
                    wrong = end_frame(echo, batch);
            }
        }
        if (wrong != 0)
            return -1;
        octets += some;
    }
    return echo->messages > batch->depth ? -1 : 0;
}

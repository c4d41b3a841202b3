/* What this server has, and how it answers a request for it. */
#ifndef RESOURCES_H
#define RESOURCES_H
#include "text.h"

/* An answer in the making. The content of the request is not there yet when it is chosen. */
struct answer {
    uint16_t status;
    uint16_t field_count;
    const ww_field *fields;
    struct text content;
    ww_span otherwise; /* static content, when `content` is empty */
    int wants_content; /* the content of the request becomes `content` */
    int has_begun;     /* the head was queued */
    int is_stream;     /* `stream_left` octets follow the head */
    uint64_t stream_left;
    int has_length;      /* what follows is `length` octets in all */
    uint64_t length;
    const ww_file *file; /* a file follows the head; NULL: none, or no more */
};

/* Chooses the answer to a request. Copies what it needs of the head. */
void answer_choose(struct answer *answer, const ww_head *head);
/* Turns it into 503: there is no memory for a better one. */
void answer_unavailable(struct answer *answer);
/* GET /plaintext, which is always the same. */
int is_plaintext(const ww_head *head);
extern const ww_response plaintext;

#endif

/* The codec door of the C API: one program, whose argument names the test to run. */
#ifndef TEST_CODEC_H
#define TEST_CODEC_H
#include "../harness.h"

struct test {
    const char *name;
    void (*run)(void);
};

/* Each ends with a test without a name. */
extern const struct test CHUNK_TESTS[], CHUNK_LINE_TESTS[], WRITE_TESTS[], FRAMING_TESTS[], LOOKUP_TESTS[], COPY_TESTS[],
    ARGUMENT_TESTS[], WEBSOCKET_TESTS[], WEBSOCKET_TEXT_TESTS[], WEBSOCKET_REQUEST_TESTS[],
    URL_TESTS[], SEMANTICS_TESTS[], VERDICT_TESTS[], SELECTION_TESTS[], TEXT_TESTS[], MULTIPART_TESTS[];

/* chunk_check.c: a chunked message, in one piece, cut in two at every place, and octet by octet. */
void accepts(const char *message, size_t len, const char *content, size_t behind);
void refuses(const char *message, size_t len, const char *content, ww_status code, const char *rule, uint64_t offset);
/* The same with a text as message, and these limits. */
void refuses_within(const ww_chunk_limits *limits, const char *message, ww_status code, uint64_t offset);
#define ACCEPTS(message, content, behind) accepts(message, sizeof(message) - 1, content, behind)
#define REFUSES(message, content, code, rule, offset) refuses(message, sizeof(message) - 1, content, code, rule, offset)

/* write_check.c: what is written, how much room it needs, and that nothing is written into less. */
void writes_request(const ww_request *r, const char *head);
void writes_response(const ww_response *r, const char *head);
void refuses_request(const ww_request *r, ww_status code);
void refuses_response(const ww_response *r, ww_status code);
ww_request get(const char *target);
ww_response respond(uint16_t status);
ww_span span(const char *text);

/* verdicts.c: parses a request with these field lines. `fields` lasts as long as `head`. */
void parse_request(const char *method, const char *lines, ww_field fields[8], ww_head *head, char text[512]);

/* A copy of `len` octets that a memory checker knows the ends of; free it. */
uint8_t *exactly(const void *octets, size_t len);

#endif

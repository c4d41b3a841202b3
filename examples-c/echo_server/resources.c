#include "resources.h"
#include "file.h"
#include <string.h>

#define METHODS_ALL "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
#define METHODS_READ "GET, HEAD, OPTIONS"

static const ww_field text_plain[] = { WW_FIELD("Content-Type", "text/plain") };
static const ww_field octets[] = { WW_FIELD("Content-Type", "application/octet-stream") };
static const ww_field allow_all[] = { WW_FIELD("Allow", METHODS_ALL) };
static const ww_field allow_read[] = { WW_FIELD("Allow", METHODS_READ) };

/* What is asked of a resource: the head, and what stands behind `?` in its target. */
struct request {
    const ww_head *head;
    ww_span query;
};

const ww_response plaintext = {
    .size = sizeof plaintext, .status = 200, .fields = text_plain, .field_count = 1, .content = WW_LIT("Hello, World!")
};

int is_plaintext(const ww_head *head)
{
    static const char path[] = "/plaintext";
    return head->method_id == WW_METHOD_GET && head->target.len == sizeof path - 1 &&
           memcmp(head->target.data, path, sizeof path - 1) == 0;
}

static void answer_with(struct answer *answer, uint16_t status, const ww_field *field)
{
    answer->status = status;
    answer->fields = field;
    answer->field_count = field != NULL;
}

void answer_unavailable(struct answer *answer)
{
    text_free(&answer->content);
    memset(answer, 0, sizeof *answer);
    answer->status = 503;
}

static void get_root(struct answer *answer, const struct request *request)
{
    static const ww_span ok = WW_LIT("OK");
    uint8_t method = request->head->method_id;
    answer->wants_content = 1;
    if (method == WW_METHOD_GET || method == WW_METHOD_HEAD)
        answer->otherwise = ok;
    else
        answer_with(answer, 200, octets);
}

static void get_plaintext(struct answer *answer, const struct request *request)
{
    (void)request;
    answer->otherwise = plaintext.content;
}

static void get_echo(struct answer *answer, const struct request *request)
{
    const ww_head *head = request->head;
    int result = 0;
    for (size_t i = 0; i < head->field_count && result == 0; i++)
        result = text_add_line(&answer->content, head->fields[i].name, ": ", head->fields[i].value);
    if (result != 0)
        answer_unavailable(answer);
}

/* RFC 6265 §4.2.1: `name=value; name=value`. */
static int add_cookies(struct text *out, ww_span cookies)
{
    int result = 0;
    while (cookies.len > 0 && result == 0) {
        size_t end = span_find(cookies, ';');
        ww_span pair = { cookies.data, end }, none = { NULL, 0 };
        while (pair.len > 0 && pair.data[0] == ' ')
            pair = span_from(pair, 1);
        if (pair.len > 0)
            result = text_add_line(out, pair, "", none);
        cookies = span_from(cookies, end < cookies.len ? end + 1 : end);
    }
    return result;
}

static void get_cookie(struct answer *answer, const struct request *request)
{
    const ww_head *head = request->head;
    int result = 0;
    for (size_t i = 0; i < head->field_count && result == 0; i++)
        if (head->fields[i].id == WW_FIELD_COOKIE)
            result = add_cookies(&answer->content, head->fields[i].value);
    if (result != 0)
        answer_unavailable(answer);
}

/* `bytes=N`; answers 0, or -1 for anything else. */
static int parse_bytes(ww_span query, uint64_t *out)
{
    *out = 0;
    if (query.len <= 6 || query.len > 6 + 18 || memcmp(query.data, "bytes=", 6) != 0)
        return -1;
    for (size_t i = 6; i < query.len; i++) {
        if (query.data[i] < '0' || query.data[i] > '9')
            return -1;
        *out = *out * 10 + (uint64_t)(query.data[i] - '0');
    }
    return 0;
}

static void get_stream(struct answer *answer, const struct request *request)
{
    static const ww_span usage = WW_LIT("/stream?bytes=N\n");
    answer->is_stream = parse_bytes(request->query, &answer->stream_left) == 0;
    if (answer->is_stream) {
        answer_with(answer, 200, octets);
        if (request->head->method_id == WW_METHOD_HEAD)
            answer->stream_left = 0; /* a response to HEAD is streamed too, but takes no content */
    } else {
        answer->status = 400;
        answer->otherwise = usage;
    }
}

static void get_file(struct answer *answer, const struct request *request)
{
    if (served_file == NULL) {
        answer_with(answer, 404, NULL);
        return;
    }
    answer_with(answer, 200, octets);
    answer->is_stream = answer->has_length = 1;
    answer->length = served_file->len;
    if (request->head->method_id == WW_METHOD_GET)
        answer->file = served_file;
}

static const struct resource {
    const char *path;
    const ww_field *allow;
    void (*get)(struct answer *answer, const struct request *request);
} resources[] = {
    { "/", allow_all, get_root },
    { "/plaintext", allow_read, get_plaintext },
    { "/echo", allow_all, get_echo },
    { "/cookie", allow_all, get_cookie },
    { "/stream", allow_read, get_stream },
    { "/file", allow_read, get_file },
};

/* What the target, in any of its forms (RFC 9112 §3.2), has from its path on. `*` and CONNECT ask for no resource, but
 * for the server as a whole, and get the answers of `/`. */
static ww_span path_of(ww_span target)
{
    static const ww_span root = WW_LIT("/");
    size_t at = span_find(target, ':');
    if (target.data[0] == '/')
        return target;
    if (target.len < at + 3 || memcmp(target.data + at, "://", 3) != 0)
        return root;
    for (at += 3; at < target.len && target.data[at] != '/'; at++)
        if (target.data[at] == '?')
            return root;
    return at < target.len ? span_from(target, at) : root;
}

static const struct resource *find_resource(ww_span path)
{
    for (size_t i = 0; i < sizeof resources / sizeof *resources; i++)
        if (span_is(path, resources[i].path))
            return &resources[i];
    return NULL;
}

static int is_allowed(const struct resource *resource, uint8_t method)
{
    switch (method) {
    case WW_METHOD_GET:
    case WW_METHOD_HEAD:
        return 1;
    case WW_METHOD_POST:
    case WW_METHOD_PUT:
    case WW_METHOD_PATCH:
    case WW_METHOD_DELETE:
        return resource->allow == allow_all;
    default:
        return 0;
    }
}

void answer_choose(struct answer *answer, const ww_head *head)
{
    ww_span path = path_of(head->target);
    size_t mark = span_find(path, '?');
    struct request request = { head, span_from(path, mark < path.len ? mark + 1 : mark) };
    const struct resource *resource;
    path.len = mark;
    resource = find_resource(path);
    memset(answer, 0, sizeof *answer);
    answer_with(answer, 200, text_plain);
    if (resource == NULL)
        answer_with(answer, 404, NULL);
    else if (is_allowed(resource, head->method_id))
        resource->get(answer, &request);
    else
        answer_with(answer, head->method_id == WW_METHOD_OPTIONS ? 204 : 405, resource->allow);
}

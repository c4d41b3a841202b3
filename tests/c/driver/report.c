/* The log: one line per event, output piece, result and state; octets in hex. */
#include "driver.h"
#include <string.h>

static void put_hex(ww_span span)
{
    static const char DIGITS[] = "0123456789abcdef";
    size_t i;
    if (span.len == 0) putchar('-');
    for (i = 0; i < span.len; i++) {
        putchar(DIGITS[span.data[i] >> 4]);
        putchar(DIGITS[span.data[i] & 15]);
    }
}

void print_hex(const char *name, ww_span span)
{
    printf(" %s:", name);
    put_hex(span);
}

void broken(const char *what)
{
    printf("BROKEN %s\n", what);
}

void print_state(const char *word, struct driver *d)
{
    static const struct { uint32_t bit; const char *name; } BITS[] = {
        { WW_STATE_WANT_READ, "read" }, { WW_STATE_WANT_WRITE, "write" }, { WW_STATE_EVENTS, "events" },
        { WW_STATE_SHUTDOWN_WRITE, "shutdown" }, { WW_STATE_CLOSE, "close" }, { WW_STATE_IDLE, "idle" },
        { WW_STATE_CAN_RESPOND, "respond" }, { WW_STATE_RESET, "reset" },
    };
    uint32_t state = ww_conn_state(d->conn);
    size_t i;
    printf("%s %s", word, d->last == WW_PAUSED ? "paused," : "");
    for (i = 0; i < sizeof BITS / sizeof BITS[0]; i++) {
        if (state & BITS[i].bit) printf("%s,", BITS[i].name);
    }
    putchar('\n');
}

static void print_head_flags(uint32_t flags)
{
    static const struct { uint32_t bit; const char *name; } BITS[] = {
        { WW_HEAD_UPGRADE, "upgrade" }, { WW_HEAD_CLOSE, "close" }, { WW_HEAD_CHUNKED, "chunked" },
        { WW_HEAD_EXPECT, "expect" }, { WW_HEAD_HOST_MISMATCH, "host-mismatch" }, { WW_HEAD_LENIENT, "lenient" },
        { WW_HEAD_WEBSOCKET, "websocket" },
    };
    size_t i;
    for (i = 0; i < sizeof BITS / sizeof BITS[0]; i++) {
        if (flags & BITS[i].bit) printf(" +%s", BITS[i].name);
    }
}

static void print_fields(const ww_head *head)
{
    size_t i;
    for (i = 0; i < head->field_count; i++) {
        print_hex("f", head->fields[i].name);
        putchar(':');
        put_hex(head->fields[i].value);
    }
}

/* Those of a request that came whole, as `name:value;`. */
static void print_trailers(const ww_head *head)
{
    size_t i;
    if (head->trailer_count == 0) return;
    printf(" trailers:");
    for (i = 0; i < head->trailer_count; i++) {
        put_hex(head->trailers[i].name);
        printf("3a");
        if (head->trailers[i].value.len > 0) put_hex(head->trailers[i].value);
        printf("3b");
    }
}

static void print_head(const ww_event *ev)
{
    const ww_head *head = ev->head;
    if (ev->kind == WW_EVENT_REQUEST) {
        print_hex("w", head->method);
        print_hex("w", head->target);
        print_hex("host", head->host);
    } else {
        char status[8];
        ww_span span;
        span.len = (size_t)snprintf(status, sizeof status, "%u", (unsigned)head->status);
        span.data = (const uint8_t *)status;
        print_hex("w", span);
        print_hex("reason", head->reason);
    }
    printf(" version=1.%u", (unsigned)head->version_minor);
    if (head->content_length == WW_LENGTH_NONE) printf(" length=none");
    else printf(" length=%llu", (unsigned long long)head->content_length);
    print_head_flags(head->flags);
    print_fields(head);
    print_trailers(head);
    if (ev->data.len > 0) print_hex("content", ev->data);
}

static void print_error(struct driver *d, const ww_event *ev)
{
    ww_error_info info = WW_ERROR_INFO_INIT;
    if (ww_conn_error(d->conn, &info) != WW_OK || info.code != ev->code) broken("ww_conn_error tells another error");
    printf("ERROR code=%d status=%u rule=%s", (int)ev->code, (unsigned)info.http_status, info.rule);
}

static void print_carried(const ww_event *ev)
{
    const int is_websocket = ev->kind >= WW_EVENT_MESSAGE && ev->kind <= WW_EVENT_CLOSE_FRAME;
    if (ev->kind == WW_EVENT_DATA || ev->kind == WW_EVENT_RAW || is_websocket) print_hex("d", ev->data);
    if (ev->kind == WW_EVENT_CLOSE_FRAME) printf(" close=%d", (int)ev->code);
    if (ev->kind == WW_EVENT_RAW_END && ev->code != WW_OK) printf(" code=%d", (int)ev->code);
    if (ev->kind == WW_EVENT_RELEASED) printf(" token=%llu", (unsigned long long)ev->token);
}

/* The flags of a message say one type, and WW_EVENT_FLAG_PART what FIRST and LAST leave out. */
static void print_message(const ww_event *ev)
{
    const int is_text = (ev->flags & WW_EVENT_FLAG_TEXT) != 0, is_binary = (ev->flags & WW_EVENT_FLAG_BINARY) != 0;
    const uint32_t ends = WW_EVENT_FLAG_FIRST | WW_EVENT_FLAG_LAST;
    if (is_text == is_binary) broken("a message of no type, or of two");
    if (!(ev->flags & WW_EVENT_FLAG_PART) != ((ev->flags & ends) == ends)) broken("WW_EVENT_FLAG_PART is wrong");
    printf(is_text ? "TEXT" : "BINARY");
    if (ev->flags & WW_EVENT_FLAG_FIRST) printf(" first");
}

void print_event(struct driver *d, const ww_event *ev)
{
    static const char *const KINDS[] = {
        "", "REQUEST", "RESPONSE", "INTERIM", "DATA", "END", "RAW", "RAW-END", "WRITABLE", "RELEASED", "", "OPENED", "CLOSED",
        "POST", "UNDELIVERED", "CONTINUE", "PEER-ENDED", "", "", "", "", "PING", "PONG", "CLOSE",
    };
    if (ev->kind == WW_EVENT_ERROR) print_error(d, ev);
    else if (ev->kind == WW_EVENT_MESSAGE) print_message(ev);
    else if (ev->kind < 1 || (size_t)ev->kind >= sizeof KINDS / sizeof KINDS[0]) broken("an event of unknown kind");
    else printf("%s", KINDS[ev->kind]);
    if (ev->kind <= WW_EVENT_INTERIM) print_head(ev);
    else if (ev->head != NULL) print_fields(ev->head);
    print_carried(ev);
    printf(ev->flags & WW_EVENT_FLAG_LAST ? " last\n" : "\n");
}

/* Notes over REST, and a WebSocket that hears of every change.
 *
 *   rest_server [ADDRESS:PORT [CERT KEY]]
 *
 *   /notes          GET, HEAD: all notes by their targets, as JSON
 *   /notes/milk     GET, HEAD, PUT, DELETE: one of them
 *   /changes        a WebSocket: "PUT /notes/milk" and the like
 *
 * A note is JSON, and is not looked at. With a certificate and its key all of it is https and wss. */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <wireway.h>

#define RESPOND(...) ww_server_respond(server, conn, &(ww_response){ .size = sizeof(ww_response), __VA_ARGS__ })

enum { NOTES_MAX = 1000, TARGET_MAX = 255, CONTENT_MAX = 1 << 14 };

/* No target has an octet that JSON escapes, with WW_CONN_STRICT_TARGET. */
static struct note { char target[TARGET_MAX + 1], content[CONTENT_MAX]; size_t len; } notes[NOTES_MAX];
static size_t note_count;
static ww_mailbox *mailbox;
static const char *const usage = "usage: rest_server [ADDRESS:PORT [CERT KEY]]\n";
static const ww_span changes = WW_LIT("changes");
static const ww_field json = WW_FIELD("Content-Type", "application/json"), upgrade = WW_FIELD("Upgrade", "websocket");
static const ww_field allow = WW_FIELD("Allow", "GET, HEAD, PUT, DELETE"), allow_all = WW_FIELD("Allow", "GET, HEAD");

static void answer_all(ww_server *server, ww_id conn, int method)
{
    static char all[NOTES_MAX * (sizeof(struct note) + 4) + 3];
    size_t i, len = 0;
    for (i = 0; i < note_count; i++)
        len += (size_t)sprintf(all + len, "%c\"%s\":%.*s", i ? ',' : '{', notes[i].target, (int)notes[i].len, notes[i].content);
    len += (size_t)sprintf(all + len, i ? "}" : "{}");
    if (method == WW_METHOD_GET || method == WW_METHOD_HEAD) RESPOND(.status = 200, .fields = &json, .field_count = 1, .content = { (uint8_t *)all, len });
    else RESPOND(.status = 405, .fields = &allow_all, .field_count = 1);
}

/* Tells everyone what has changed. Who does not read it is closed. */
static void tell(ww_server *server, ww_id conn, const char *method, const char *target)
{
    char text[TARGET_MAX + 8];
    const int len = snprintf(text, sizeof text, "%s %s", method, target);
    RESPOND(.status = 204);
    ww_server_publish(server, changes, WW_SEND_TEXT | WW_SLOW_CLOSE, 0, text, (size_t)len, NULL);
}

static void put(ww_server *server, ww_id conn, struct note *note, const char *target, ww_span content)
{
    note_count += note == notes + note_count;
    strcpy(note->target, target);
    if ((note->len = content.len) > 0) memcpy(note->content, content.data, content.len); /* body_max is what there is room for */
    tell(server, conn, "PUT", target);
}

static void answer(ww_server *server, ww_id conn, int method, const char *target, ww_span content)
{
    struct note *note = notes;
    while (note < notes + note_count && strcmp(note->target, target) != 0) note++;
    if (method == WW_METHOD_PUT && note < notes + NOTES_MAX) put(server, conn, note, target, content);
    else if (note == notes + note_count) RESPOND(.status = method == WW_METHOD_PUT ? 507 : 404);
    else if (method == WW_METHOD_DELETE) {
        *note = notes[--note_count];
        tell(server, conn, "DELETE", target);
    } else if (method == WW_METHOD_GET || method == WW_METHOD_HEAD)
        RESPOND(.status = 200, .fields = &json, .field_count = 1, .content = { (uint8_t *)note->content, note->len });
    else RESPOND(.status = 405, .fields = &allow, .field_count = 1);
}

/* Of browsers, only pages of this server may hear of changes; what is no browser sends no Origin. */
static void open_changes(ww_server *server, ww_id conn, const ww_head *head, int is_secure)
{
    const ww_field *origin = ww_head_find(head, WW_FIELD_ORIGIN);
    if (!ww_span_equal(head->target, "/changes")) RESPOND(.status = 404);
    else if (origin != NULL && !ww_ws_is_same_origin(origin->value, head->host, is_secure)) RESPOND(.status = 403);
    else if (ww_server_accept_websocket(server, conn, NULL) == WW_OK) ww_server_subscribe(server, conn, changes);
    else RESPOND(.status = 426, .fields = &upgrade, .field_count = 1); /* does nothing where a bad handshake was answered already */
}

static void on_request(ww_server *server, const ww_event *event, int is_secure)
{
    char target[TARGET_MAX + 1]; /* target_max is what there is room for */
    snprintf(target, sizeof target, "%.*s", (int)event->head->target.len, (const char *)event->head->target.data);
    if (strcmp(target, "/notes") == 0) answer_all(server, event->conn, event->head->method_id);
    else if (strncmp(target, "/notes/", 7) == 0) answer(server, event->conn, event->head->method_id, target, event->data);
    else open_changes(server, event->conn, event->head, is_secure);
}

/* What is no good request is answered as JSON, too. */
static void answer_error(ww_server *server, ww_id conn)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    char text[256];
    ww_server_error(server, conn, &error);
    snprintf(text, sizeof text, "{\"error\":\"%s\"}", error.reason);
    RESPOND(.status = error.http_status, .fields = &json, .field_count = 1, .content = ww_span_from(text));
}

static void on_signal(int number)
{
    (void)number;
    ww_mailbox_drain(mailbox, 2000);
}

static ww_status listen_tls(ww_server *server, const char *address, const char *chain, const char *key, ww_error_info *error)
{
    const ww_tls_certificate certificate = WW_TLS_CERTIFICATE_FILES(chain, key);
    const ww_tls_options options = { .size = sizeof options, .certificates = &certificate, .certificate_count = 1 };
    ww_tls_config *config;
    if (ww_tls_config_new(&options, &config, error) != WW_OK) return WW_E_ARGUMENT;
    const ww_status status = ww_server_listen_tls(server, address, config, error); /* which keeps what it needs */
    ww_tls_config_free(config);
    return status;
}

static ww_status open_server(int argc, char **argv, ww_server **server)
{
    const char *address = argc > 1 ? argv[1] : "127.0.0.1:8080";
    const ww_conn_config conn = { .size = sizeof conn, .flags = WW_CONN_WHOLE_CONTENT | WW_CONN_STRICT_TARGET, .target_max = TARGET_MAX, .body_max = CONTENT_MAX };
    const ww_server_config config = { .size = sizeof config, .conn = conn };
    ww_error_info error = { .size = sizeof error, .reason = "an address, and perhaps a certificate and its key" };
    char name[128];
    size_t len;
    ww_status status = argc == 3 || argc > 4 ? WW_E_ARGUMENT : ww_server_new(&config, server, &error);
    if (status == WW_OK && (status = ww_server_mailbox(*server, &mailbox)) == WW_OK)
        status = argc < 4 ? ww_server_listen(*server, address, &error) : listen_tls(*server, address, argv[2], argv[3], &error);
    if (status == WW_OK && (status = ww_server_address(*server, 0, name, sizeof name, &len)) == WW_OK)
        printf("listening on %s\n", name), fflush(stdout);
    else
        fprintf(stderr, "%s: %s\n%s", address, error.reason, status == WW_E_ARGUMENT ? usage : "");
    return status;
}

int main(int argc, char **argv)
{
    ww_server *server = NULL;
    ww_event event;
    if (argc == 2 && strcmp(argv[1], "--help") == 0) return fputs(usage, stdout) < 0;
    ww_status status = open_server(argc, argv, &server);
    signal(SIGTERM, on_signal);
    while (status == WW_OK && (status = ww_server_next(server, &event, -1)) == WW_OK) {
        if (event.kind == WW_EVENT_REQUEST) on_request(server, &event, argc == 4); /* it comes whole */
        else if (event.flags & WW_EVENT_FLAG_CAN_RESPOND) answer_error(server, event.conn);
    }
    ww_server_free(server);
    return status == WW_DONE ? 0 : 1 + (status == WW_E_ARGUMENT);
}

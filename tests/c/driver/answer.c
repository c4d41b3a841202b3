/* The application: when it answers by itself, and with what. */
#include "driver.h"
#include <string.h>

ww_response to_response(const struct message *m)
{
    ww_response r = WW_RESPONSE_INIT;
    r.status = m->status;
    r.flags = m->flags;
    r.reason = m->reason;
    r.fields = m->fields;
    r.field_count = m->field_count;
    r.content = m->content;
    r.content_length = m->length;
    return r;
}

ww_request to_request(const struct message *m)
{
    ww_request r = WW_REQUEST_INIT;
    r.method = m->method;
    r.target = m->target;
    r.authority = m->authority;
    r.fields = m->fields;
    r.field_count = m->field_count;
    r.content = m->content;
    r.content_length = m->length;
    r.flags = m->flags;
    return r;
}

/* 101 to the first protocol offered, 200 to CONNECT. */
static ww_status answer_switch(struct driver *d)
{
    ww_response r = WW_RESPONSE_INIT;
    ww_field upgrade = WW_FIELD("Upgrade", "");
    upgrade.value.data = d->app.protocol.data;
    upgrade.value.len = d->app.protocol.len;
    r.status = d->app.is_connect ? 200 : 101;
    r.fields = &upgrade;
    r.field_count = d->app.is_connect ? 0 : 1;
    return ww_conn_switch(d->conn, &r);
}

static ww_status answer_with(struct driver *d, const ww_response *response)
{
    const ww_ws_handshake handshake = to_handshake(&d->app.message);
    switch (d->app.when) {
    case WHEN_SWITCH: return answer_switch(d);
    case WHEN_ACCEPT: return ww_conn_accept_websocket(d->conn, &handshake);
    default: return ww_conn_respond(d->conn, response);
    }
}

static void answer(struct driver *d)
{
    ww_response r = to_response(&d->app.message);
    ww_status status;
    if (d->app.when == WHEN_ECHO) {
        r.content.data = d->app.content.data;
        r.content.len = d->app.content.len;
    }
    status = answer_with(d, &r);
    d->app.pending = status == WW_PAUSED;
    if (status != WW_OK && status != WW_PAUSED) printf("AUTO code=%d\n", (int)status);
}

static void remember_head(struct application *app, const ww_head *head)
{
    size_t i, len = 0;
    app->is_connect = head->method.len == 7 && memcmp(head->method.data, "CONNECT", 7) == 0;
    bytes_clear(&app->content);
    bytes_clear(&app->protocol);
    for (i = 0; i < head->field_count; i++) {
        const ww_field *f = &head->fields[i];
        if (f->name.len != 7 || (memcmp(f->name.data, "Upgrade", 7) != 0 && memcmp(f->name.data, "upgrade", 7) != 0)) continue;
        while (len < f->value.len && f->value.data[len] != ',') len++;
        bytes_add(&app->protocol, f->value.data, len);
        return;
    }
}

/* Is this the event the application answers to? */
static int is_due(const struct application *app, const ww_event *ev)
{
    if (ev->kind == WW_EVENT_WRITABLE) return app->pending;
    switch (app->when) {
    case WHEN_NONE: return 0;
    case WHEN_HEAD: return ev->kind == WW_EVENT_REQUEST;
    case WHEN_ERROR: return ev->kind == WW_EVENT_ERROR;
    case WHEN_ACCEPT: return ev->kind == WW_EVENT_REQUEST && (ev->flags & WW_EVENT_FLAG_LAST) != 0;
    default: return (ev->flags & WW_EVENT_FLAG_LAST) != 0;
    }
}

/* Says at a head how much content there may be. */
static void bound(struct driver *d)
{
    ww_status status = WW_OK;
    if (d->app.when == WHEN_LIMIT) status = ww_conn_limit_content(d->conn, 10);
    if (d->app.when == WHEN_GATHER) status = ww_conn_gather_content(d->conn, 10);
    if (status != WW_OK) printf("AUTO code=%d\n", (int)status);
}

void app_event(struct driver *d, const ww_event *ev)
{
    struct application *app = &d->app;
    if (ev->kind == WW_EVENT_REQUEST) remember_head(app, ev->head);
    if (ev->kind == WW_EVENT_DATA && app->when == WHEN_ECHO) bytes_add(&app->content, ev->data.data, ev->data.len);
    if (ev->kind == WW_EVENT_REQUEST && !(ev->flags & WW_EVENT_FLAG_LAST)) bound(d);
    if (is_due(app, ev)) answer(d);
}

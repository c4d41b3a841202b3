/* Messages. */
#include "arguments.h"

static const ww_span NOWHERE = { NULL, 5 };

/* Not arguments, but refused all the same: a status that no response may have. */
static int refused(ww_status status)
{
    return status == WW_E_ARGUMENT || status == WW_E_STATE;
}

static void refuse_response(struct harness *h, const ww_response *r)
{
    struct picture before = look(h);
    CHECK(refused(ww_conn_respond(h->conn, r)));
    CHECK(refused(ww_conn_switch(h->conn, r)));
    CHECK(same(h, before));
}

void statuses(struct harness *h)
{
    static const uint16_t NONE[] = { 0, 1, 99, 100, 101, 199, 600, 999, 1000, 65535 };
    ww_response r = harness_response("", 0);
    size_t i;
    for (i = 0; i < sizeof NONE / sizeof NONE[0]; i++) {
        r.status = NONE[i];
        refuse_response(h, &r);
    }
    CHECK(refused(ww_conn_send_interim(h->conn, 0, NULL, 0)));
    CHECK(refused(ww_conn_send_interim(h->conn, 99, NULL, 0)));
    CHECK(refused(ww_conn_send_interim(h->conn, 200, NULL, 0)));
}

void responses(struct harness *h)
{
    ww_field field = WW_FIELD("X", "y");
    ww_response r = harness_response("", 0);
    refuse_response(h, NULL);
    r.size = 0;
    refuse_response(h, &r);
    r = harness_response("", 0);
    r.flags = 1u << 31;
    refuse_response(h, &r);
    r.flags = WW_MESSAGE_LENGTH;
    refuse_response(h, &r);
    r = harness_response("x", 1);
    r.flags = WW_MESSAGE_STREAM;
    refuse_response(h, &r);
    r = harness_response("", 0);
    r.content = NOWHERE;
    refuse_response(h, &r);
    r = harness_response("", 0);
    r.reason = NOWHERE;
    refuse_response(h, &r);
    r = harness_response("", 0);
    r.field_count = 1;
    refuse_response(h, &r);
    r.fields = &field;
    field.name = NOWHERE;
    refuse_response(h, &r);
}

static void refuse_file(struct harness *h, const ww_head *head, const ww_file_response *r, ww_status status)
{
    struct picture before = look(h);
    CHECK(ww_conn_respond_file(h->conn, head, r) == status);
    CHECK(same(h, before));
}

static void respond_files(struct harness *h)
{
    ww_head head;
    ww_file_response r = WW_FILE_RESPONSE_INIT;
    memset(&head, 0, sizeof head);
    r.fd = 3;
    refuse_file(h, NULL, &r, WW_E_ARGUMENT);
    refuse_file(h, &head, NULL, WW_E_ARGUMENT);
    r.fd = -1;
    refuse_file(h, &head, &r, WW_E_ARGUMENT);
    r.fd = 3;
    r.len = UINT64_MAX;
    refuse_file(h, &head, &r, WW_E_ARGUMENT);
    r.len = 5;
    r.etag = ww_span_from("x");
    refuse_file(h, &head, &r, WW_E_ARGUMENT);
    r.etag = NOWHERE;
    refuse_file(h, &head, &r, WW_E_ARGUMENT);
    r.etag = ww_span_from("\"x\"");
    r.content_type = ww_span_from("a/b\r\nX: y");
    refuse_file(h, &head, &r, WW_E_FIELD_VALUE);
    r.content_type = ww_span_from("a/b");
    r.flags = WW_REPRESENTATION_ABSENT;
    refuse_file(h, &head, &r, WW_E_ARGUMENT);
    r.flags = 0;
    r.field_count = 1;
    refuse_file(h, &head, &r, WW_E_ARGUMENT);
    r.field_count = 0;
    r.size = 1;
    refuse_file(h, &head, &r, WW_E_ARGUMENT);
    head.field_count = 1;
    r.size = sizeof r;
    refuse_file(h, &head, &r, WW_E_ARGUMENT);
}

static void files(struct harness *h)
{
    ww_file file = WW_FILE_INIT;
    CHECK(ww_conn_send_file(h->conn, NULL, 0) == WW_E_ARGUMENT);
    file.fd = -1;
    CHECK(ww_conn_send_file(h->conn, &file, 0) == WW_E_ARGUMENT);
    file.size = 1;
    CHECK(ww_conn_send_file(h->conn, &file, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_output_file(h->conn, NULL) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_file_bytes(h->conn, NULL, 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_file_bytes(h->conn, "x", 1) == WW_E_STATE);
    file.size = sizeof file;
    respond_files(h);
    CHECK(ww_conn_output_file(h->conn, &file) == WW_DONE && file.fd == -1 && file.len == 0);
}

void writing(struct harness *h)
{
    struct picture before = look(h);
    ww_request request = WW_REQUEST_INIT;
    ww_field field = WW_FIELD("X", "y");
    CHECK(ww_conn_send_interim(h->conn, 103, NULL, 1) == WW_E_ARGUMENT);
    field.value = NOWHERE;
    CHECK(ww_conn_send_interim(h->conn, 103, &field, 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_send(h->conn, NULL, 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_lent(h->conn, NULL, 1, 0) == WW_E_ARGUMENT);
    files(h);
    CHECK(ww_conn_finish(h->conn, NULL, 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_request(h->conn, NULL) == WW_E_ARGUMENT);
    CHECK(refused(ww_conn_request(h->conn, &request)));
    CHECK(same(h, before));
}

static void refuse_request(struct harness *h, const ww_request *r)
{
    struct picture before = look(h);
    CHECK(ww_conn_request(h->conn, r) == WW_E_ARGUMENT);
    CHECK(same(h, before));
}

void requests(struct harness *h)
{
    static const ww_span get = WW_LIT("GET"), root = WW_LIT("/"), host = WW_LIT("a");
    ww_request good = WW_REQUEST_INIT, r;
    ww_span *const SPANS[] = { &r.method, &r.target, &r.authority, &r.content };
    size_t i;
    good.method = get;
    good.target = root;
    good.authority = host;
    for (i = 0; i < 4; i++) {
        r = good;
        *SPANS[i] = NOWHERE;
        refuse_request(h, &r);
    }
    refuse_request(h, NULL);
    r = good;
    r.size = 1;
    refuse_request(h, &r);
    r = good;
    r.flags = 1u << 31;
    refuse_request(h, &r);
    r = good;
    r.field_count = 1;
    refuse_request(h, &r);
    CHECK(ww_conn_request(h->conn, &good) == WW_OK);
}

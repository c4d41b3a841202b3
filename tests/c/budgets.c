/* Connections of one workspace in a loop of one's own: who holds most pays, who holds nothing goes on (docs/budgets.md). */
#include "harness.h"
#include <string.h>

static const char GET[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
static unsigned char buffer[40000];

static ww_conn *open_conn(ww_workspace *workspace)
{
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    ww_conn *conn = NULL;
    config.role = WW_ROLE_SERVER;
    CHECK(ww_conn_new(&config, workspace, 0, &conn) == WW_OK);
    return conn;
}

/* Lends a request and so many octets behind it; how many requests came of it. */
static int receive(ww_conn *conn, size_t behind)
{
    ww_event event;
    int requests = 0;
    memcpy(buffer, GET, sizeof GET - 1);
    memset(buffer + sizeof GET - 1, 'G', behind);
    CHECK((ww_conn_state(conn) & WW_STATE_WANT_READ) != 0);
    CHECK(ww_conn_receive(conn, buffer, sizeof GET - 1 + behind, 0) == WW_OK);
    while (ww_conn_next(conn, &event) == WW_OK) requests += event.kind == WW_EVENT_REQUEST;
    return requests;
}

/* Answers, sends all of it, and says whether `text` is in it. */
static int answers_with(ww_conn *conn, const char *text)
{
    static char out[65536];
    const ww_response response = harness_response("ok", 2);
    ww_iovec pieces[16];
    size_t k, i, len = 0;
    CHECK(ww_conn_respond(conn, &response) == WW_OK);
    while ((k = ww_conn_output(conn, pieces, 16)) > 0) {
        size_t before = len;
        for (i = 0; i < k; i++) {
            memcpy(out + len, pieces[i].iov_base, pieces[i].iov_len);
            len += pieces[i].iov_len;
        }
        CHECK(ww_conn_sent(conn, len - before, 0) == WW_OK);
    }
    out[len] = '\0';
    return strstr(out, text) != NULL;
}

static void is_served(ww_conn *conn)
{
    ww_event event;
    int i;
    for (i = 0; i < 2; i++) {
        CHECK(receive(conn, 0) == 1);
        CHECK(answers_with(conn, "200 OK"));
        CHECK(ww_conn_next(conn, &event) == WW_NEED_INPUT);
    }
}

static void the_largest_pays(ww_workspace *workspace)
{
    ww_conn *innocent = open_conn(workspace), *guilty = open_conn(workspace), *other = open_conn(workspace);
    ww_event event;
    CHECK(receive(guilty, 12000) == 1);
    CHECK(ww_conn_memory(guilty) >= 12000 && ww_conn_memory(guilty) < 20000);
    CHECK(ww_conn_memory(innocent) == 0);
    is_served(innocent);
    CHECK(receive(other, 9000) == 1);
    CHECK(ww_conn_memory(guilty) < 1000 && ww_conn_memory(other) >= 9000);
    is_served(innocent);
    CHECK((ww_conn_state(guilty) & (WW_STATE_WANT_READ | WW_STATE_EVENTS)) == 0);
    CHECK(answers_with(guilty, "\r\nConnection: close\r\n"));
    CHECK(ww_conn_next(guilty, &event) == WW_NEED_INPUT);
    CHECK((ww_conn_state(guilty) & WW_STATE_SHUTDOWN_WRITE) != 0);
    CHECK(!answers_with(other, "Connection"));
    CHECK(ww_conn_next(other, &event) == WW_OK && event.kind == WW_EVENT_ERROR && event.code != WW_E_NOMEM);
    ww_conn_free(guilty);
    ww_conn_free(other);
    ww_conn_free(innocent);
}

/* EPOLLRDHUP while the state has no WW_STATE_WANT_READ: what lies before the end is read in its turn. */
static void an_end_is_announced(ww_workspace *workspace)
{
    ww_conn *conn = open_conn(workspace);
    ww_event event;
    CHECK(receive(conn, 0) == 1);
    CHECK(ww_conn_peer_ended(conn, 0) == WW_OK);
    CHECK(answers_with(conn, "200 OK"));
    CHECK(receive(conn, 0) == 1);
    CHECK(ww_conn_receive_eof(conn, true, 0) == WW_OK);
    while (ww_conn_next(conn, &event) == WW_OK) { }
    CHECK(answers_with(conn, "\r\nConnection: close\r\n"));
    CHECK((ww_conn_state(conn) & WW_STATE_CLOSE) != 0);
    ww_conn_free(conn);
}

#define MANY 500

/* A connection with the event of a head of so many fields. */
static ww_conn *with_many_fields(ww_workspace *workspace, const ww_conn_config *config, char *request)
{
    ww_conn *conn = NULL;
    ww_event event;
    CHECK(ww_conn_new(config, workspace, 0, &conn) == WW_OK);
    CHECK(ww_conn_receive(conn, request, strlen(request), 0) == WW_OK);
    CHECK(ww_conn_next(conn, &event) == WW_OK && event.kind == WW_EVENT_REQUEST && event.head->field_count == MANY);
    return conn;
}

/* The head of an event counts as the connection's, and comes back with it: large ones are not kept for others. */
static void heads_are_counted_and_not_kept(void)
{
    static char request[64 + 6 * MANY];
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    ww_workspace *workspace = NULL;
    ww_conn *conns[20];
    ww_event event;
    size_t i;
    config.fields_max = MANY;
    memcpy(request, GET, sizeof GET - 3);
    for (i = 1; i < MANY; i++) strcat(request, "a: b\r\n");
    strcat(request, "\r\n");
    CHECK(ww_workspace_new(NULL, &workspace) == WW_OK);
    for (i = 0; i < 20; i++) {
        conns[i] = with_many_fields(workspace, &config, request);
        CHECK(ww_conn_memory(conns[i]) > MANY * sizeof(ww_field));
    }
    for (i = 0; i < 20; i++) {
        CHECK(ww_conn_next(conns[i], &event) == WW_NEED_INPUT);
        CHECK(ww_conn_memory(conns[i]) < MANY * sizeof(ww_field));
    }
    for (i = 0; i < 20; i++) ww_conn_free(conns[i]);
    /* What is kept are the library's own tables, of less than half of that. */
    CHECK(ww_workspace_memory(workspace) < 16 * MANY * sizeof(ww_field));
    ww_workspace_free(workspace);
}

int main(void)
{
    ww_workspace_config config = WW_WORKSPACE_CONFIG_INIT;
    ww_workspace *workspace = NULL;
    config.held_max = 20000;
    config.messages_max = 20000;
    CHECK(ww_workspace_new(&config, &workspace) == WW_OK);
    heads_are_counted_and_not_kept();
    the_largest_pays(workspace);
    an_end_is_announced(workspace);
    ww_workspace_free(workspace);
    return check_result();
}

/* Handles behind `out` and lengths are told whenever a call returns: on an error they are NULL and 0. */
#include "arguments.h"

/* Answers whether `handle` was set to NULL, and sets it to something else for the next call. */
static int is_cleared(void *handle, void **at)
{
    static int something;
    const int is_null = handle == NULL;
    *at = &something;
    return is_null;
}

#define CLEARED(handle) (is_cleared(handle, (void **)&(handle)))

static void handles(struct harness *h)
{
    const ww_server_config config = { .size = sizeof config, .flags = 1u << 31 };
    ww_server *server = NULL;
    ww_mailbox *mailbox = NULL;
    ww_conn *conn = NULL;
    ww_workspace *workspace = NULL;
    ww_tls_config *tls_config = NULL;
    ww_tls *tls = NULL;
    ww_ws_prepared *prepared = NULL;
    const ww_span nothing = { NULL, 0 };
    CLEARED(server), CLEARED(mailbox), CLEARED(conn), CLEARED(workspace), CLEARED(tls_config), CLEARED(tls), CLEARED(prepared);
    CHECK(ww_server_new(&config, &server, NULL) == WW_E_ARGUMENT && CLEARED(server));
    CHECK(ww_server_mailbox(NULL, &mailbox) == WW_E_ARGUMENT && CLEARED(mailbox));
    CHECK(ww_conn_new(NULL, NULL, 0, &conn) == WW_E_ARGUMENT && CLEARED(conn));
    CHECK(ww_tls_config_new(NULL, &tls_config, NULL) < 0 && CLEARED(tls_config));
    CHECK(ww_tls_new(NULL, h->workspace, nothing, &tls) < 0 && CLEARED(tls));
    CHECK(ww_ws_prepare(0, "x", 1, &prepared) == WW_E_ARGUMENT && CLEARED(prepared));
}

static void lengths_of_servers(void)
{
    const ww_span topic = WW_LIT("topic");
    ww_server *server;
    ww_id id = 7;
    char out[8];
    size_t n = 7;
    CHECK(ww_server_new(NULL, &server, NULL) == WW_OK);
    CHECK(ww_server_address(server, 0, out, sizeof out, &n) == WW_E_ARGUMENT && n == 0);
    n = 7;
    CHECK(ww_server_address(NULL, 0, out, sizeof out, &n) == WW_E_ARGUMENT && n == 0);
    n = 7;
    CHECK(ww_server_peer(server, 1, out, sizeof out, &n) == WW_E_GONE && n == 0);
    n = 7;
    CHECK(ww_server_publish(server, topic, 0, 0, "x", 1, &n) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_server_adopt(server, -1, NULL, &id, NULL) == WW_E_ARGUMENT && id == 0);
    id = 7;
    CHECK(ww_server_adopt(NULL, -1, NULL, &id, NULL) == WW_E_ARGUMENT && id == 0);
    ww_server_free(server);
}

/* Whether a call fails and tells 0 in `n`. */
#define TELLS_NOTHING(call) (n = 7, (call) < 0 && n == 0)

static void lengths_of_the_codec(void)
{
    const ww_span text = WW_LIT("text"), bad = WW_LIT("%");
    const ww_response response = { .size = 1 };
    const ww_request request = { .size = 1 };
    const ww_sse_event event = { .size = 1 };
    char out[64];
    size_t n, at;
    CHECK(TELLS_NOTHING(ww_head_copy(NULL, out, sizeof out, &n)));
    CHECK(TELLS_NOTHING(ww_percent_decode(bad, 0, out, sizeof out, &n, &at)));
    CHECK(TELLS_NOTHING(ww_unquote(bad, NULL, 1, &n)));
    CHECK(TELLS_NOTHING(ww_field_unfold(NULL, out, sizeof out, &n)));
    CHECK(TELLS_NOTHING(ww_base64_encode(text, 1u << 31, out, sizeof out, &n)));
    CHECK(TELLS_NOTHING(ww_base64_decode(bad, 0, out, sizeof out, &n)));
    CHECK(TELLS_NOTHING(ww_write_response(&response, out, sizeof out, &n)));
    CHECK(TELLS_NOTHING(ww_write_request(&request, out, sizeof out, &n)));
    CHECK(TELLS_NOTHING(ww_write_trailers(NULL, 1, out, sizeof out, &n)));
    CHECK(TELLS_NOTHING(ww_write_date(0, NULL, 64, &n)));
    CHECK(TELLS_NOTHING(ww_write_sse_event(&event, out, sizeof out, &n)));
    CHECK(TELLS_NOTHING(ww_ws_encode_header(NULL, out, &n)));
    CHECK(TELLS_NOTHING(ww_chunk_head(1, NULL, &n)));
}

void results(struct harness *h)
{
    handles(h);
    lengths_of_servers();
    lengths_of_the_codec();
}

/* An echo server on libwebsockets: what is received waits in a queue until the socket can be written, one piece for each time,
 * as its manual asks for. Usage: libwebsockets_echo PORT */
#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 65536 };

struct piece {
    struct piece *next;
    size_t len;
    int flags;
    unsigned char octets[]; /* LWS_PRE octets of room, and the content */
};

struct session {
    struct piece *first, **last;
};

static int take(struct lws *wsi, struct session *session, const void *octets, size_t len)
{
    struct piece *piece = malloc(sizeof *piece + LWS_PRE + len);
    if (piece == NULL)
        return -1;
    piece->next = NULL;
    piece->len = len;
    piece->flags = lws_write_ws_flags(lws_frame_is_binary(wsi) ? LWS_WRITE_BINARY : LWS_WRITE_TEXT,
                                      lws_is_first_fragment(wsi), lws_is_final_fragment(wsi));
    memcpy(piece->octets + LWS_PRE, octets, len);
    *session->last = piece;
    session->last = &piece->next;
    lws_callback_on_writable(wsi);
    return 0;
}

static void drop_first(struct session *session)
{
    struct piece *piece = session->first;
    session->first = piece->next;
    if (session->first == NULL)
        session->last = &session->first;
    free(piece);
}

static int give(struct lws *wsi, struct session *session)
{
    struct piece *piece = session->first;
    int written;
    if (piece == NULL)
        return 0;
    written = lws_write(wsi, piece->octets + LWS_PRE, piece->len, (enum lws_write_protocol)piece->flags);
    if (written < (int)piece->len)
        return -1;
    drop_first(session);
    if (session->first != NULL)
        lws_callback_on_writable(wsi);
    return 0;
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
    struct session *session = user;
    switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
        session->first = NULL;
        session->last = &session->first;
        return 0;
    case LWS_CALLBACK_RECEIVE:
        return take(wsi, session, in, len);
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return give(wsi, session);
    case LWS_CALLBACK_CLOSED:
        while (session->first != NULL)
            drop_first(session);
        return 0;
    default:
        return lws_callback_http_dummy(wsi, reason, user, in, len);
    }
}

static const struct lws_protocols protocols[] = {
    { "echo", on_event, sizeof(struct session), PIECE, 0, NULL, 0 },
    { NULL, NULL, 0, 0, 0, NULL, 0 },
};

int main(int argc, char **argv)
{
    struct lws_context_creation_info info;
    struct lws_context *context;
    memset(&info, 0, sizeof info);
    info.port = argc > 1 ? atoi(argv[1]) : 0;
    info.iface = "127.0.0.1";
    info.protocols = protocols;
    info.pt_serv_buf_size = PIECE;
    lws_set_log_level(LLL_ERR, NULL);
    if ((context = lws_create_context(&info)) == NULL)
        return 1;
    while (lws_service(context, 0) >= 0)
        ;
    lws_context_destroy(context);
    return 1;
}

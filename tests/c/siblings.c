/* Two servers on two threads: what is published on one is heard on both; messages of a third thread, by mailbox; what does not arrive. */
#define _POSIX_C_SOURCE 200809L
#include "harness.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static const char OPEN[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
static const ww_span ROOM = WW_LIT("room");

/* What a client says is published. The first that it hears is the id of its connection. */
struct side {
    ww_server *server;
    ww_mailbox *mailbox;
    pthread_t thread;
    unsigned short port;
    ww_status ended;
    uint64_t undelivered;
    int32_t why;
};

static void *serve(void *of)
{
    struct side *s = of;
    ww_event ev;
    while ((s->ended = ww_server_next(s->server, &ev, 120000)) == WW_OK) {
        if (ev.kind == WW_EVENT_REQUEST) {
            ww_server_accept_websocket(s->server, ev.conn, NULL);
            ww_server_subscribe(s->server, ev.conn, ROOM);
            ww_server_publish_to(s->server, ev.conn, WW_SEND_BINARY, 0, &ev.conn, sizeof ev.conn);
        } else if (ev.kind == WW_EVENT_MESSAGE) {
            ww_server_publish(s->server, ROOM, ev.flags, 0, ev.data.data, ev.data.len, NULL);
        } else if (ev.kind == WW_EVENT_UNDELIVERED) {
            s->undelivered = ev.token;
            s->why = ev.code;
        }
    }
    return NULL;
}

static void open_side(struct side *s)
{
    char address[64];
    size_t needed;
    CHECK(ww_server_new(NULL, &s->server, NULL) == WW_OK);
    CHECK(ww_server_mailbox(s->server, &s->mailbox) == WW_OK);
    CHECK(ww_server_listen(s->server, "127.0.0.1:0", NULL) == WW_OK);
    CHECK(ww_server_address(s->server, 0, address, sizeof address, &needed) == WW_OK);
    s->port = (unsigned short)atoi(strchr(address, ':') + 1);
}

static void read_all(int fd, void *out, size_t len)
{
    size_t at = 0;
    ssize_t n = 1;
    while (at < len && (n = recv(fd, (char *)out + at, len - at, 0)) > 0) at += (size_t)n;
    CHECK(at == len);
}

/* A client whose WebSocket is open, and the id of its connection. */
static int client(const struct side *s, ww_id *id)
{
    const struct timeval patience = { 120, 0 };
    struct sockaddr_in to;
    char head[4096];
    size_t len = 0;
    unsigned char frame[2];
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons(s->port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
    CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
    CHECK(send(fd, OPEN, sizeof OPEN - 1, 0) == sizeof OPEN - 1);
    do {
        read_all(fd, head + len, 1);
    } while (++len < sizeof head && (len < 4 || memcmp(head + len - 4, "\r\n\r\n", 4) != 0));
    read_all(fd, frame, 2);
    CHECK(frame[0] == 0x82 && frame[1] == sizeof *id);
    read_all(fd, id, sizeof *id);
    return fd;
}

static void hears(int fd, const char *text)
{
    char frame[128];
    size_t len = strlen(text);
    read_all(fd, frame, 2 + len);
    CHECK((unsigned char)frame[0] == 0x81 && (size_t)frame[1] == len && memcmp(frame + 2, text, len) == 0);
}

static void says(int fd, const char *text)
{
    char frame[128] = { 0 };
    size_t len = strlen(text);
    frame[0] = (char)0x81;
    frame[1] = (char)(0x80 | len);
    memcpy(frame + 6, text, len);
    CHECK(send(fd, frame, 6 + len, 0) == (ssize_t)(6 + len));
}

static ww_status post(struct side *s, ww_id id, const char *text, uint64_t token, uint32_t flags)
{
    return ww_mailbox_send_message(s->mailbox, id, WW_SEND_TEXT, 0, text, strlen(text), token, flags);
}

static void refused(struct side *s, ww_id id)
{
    const ww_span nowhere = { NULL, 1 };
    ww_group *other;
    CHECK(ww_group_new(NULL) == WW_E_ARGUMENT && ww_group_ref(NULL) == NULL);
    CHECK(ww_group_new(&other) == WW_OK);
    CHECK(ww_server_join(NULL, other) == WW_E_ARGUMENT);
    CHECK(ww_server_join(s->server, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_join(s->server, other) == WW_E_STATE);
    ww_group_free(other);
    ww_group_free(NULL);
    CHECK(ww_mailbox_send_message(NULL, id, WW_SEND_TEXT, 0, "x", 1, 0, 0) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_send_message(s->mailbox, id, WW_SEND_TEXT, 0, NULL, 1, 0, 0) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_send_message(s->mailbox, id, WW_SEND_TEXT_PART | WW_SEND_FIRST, 0, "x", 1, 0, 0) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_send_message(s->mailbox, id, WW_SEND_TEXT, 0, "\xff", 1, 0, 0) == WW_E_UTF8);
    CHECK(post(s, id, "x", 0, 2) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_publish(NULL, ROOM, WW_SEND_TEXT, 0, "x", 1) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_publish(s->mailbox, nowhere, WW_SEND_TEXT, 0, "x", 1) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_publish(s->mailbox, ROOM, WW_SLOW_DROP | WW_SLOW_CLOSE, 0, "x", 1) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_publish(s->mailbox, ROOM, WW_SEND_TEXT, 0, NULL, 1) == WW_E_ARGUMENT);
}

static void talk(struct side sides[2])
{
    ww_id ids[2];
    int fds[2], i;
    for (i = 0; i < 2; i++) fds[i] = client(&sides[i], &ids[i]);
    says(fds[0], "from one");
    for (i = 0; i < 2; i++) hears(fds[i], "from one");
    says(fds[1], "from the other");
    for (i = 0; i < 2; i++) hears(fds[i], "from the other");
    CHECK(ww_mailbox_publish(sides[1].mailbox, ROOM, WW_SEND_TEXT, 0, "by mailbox", 10) == WW_OK);
    for (i = 0; i < 2; i++) hears(fds[i], "by mailbox");
    CHECK(post(&sides[0], ids[0], "for you", 1, WW_POST_REPORT) == WW_OK);
    CHECK(post(&sides[0], ids[1], "for nobody here", 2, WW_POST_REPORT) == WW_OK);
    hears(fds[0], "for you");
    for (i = 0; i < 2; i++) close(fds[i]);
}

int main(void)
{
    struct side sides[2];
    ww_group *group;
    int i;
    memset(sides, 0, sizeof sides);
    for (i = 0; i < 2; i++) open_side(&sides[i]);
    CHECK(ww_group_new(&group) == WW_OK);
    for (i = 0; i < 4; i++) CHECK(ww_server_join(sides[i % 2].server, group) == WW_OK);
    ww_group_free(group);
    refused(&sides[0], 1);
    for (i = 0; i < 2; i++) CHECK(pthread_create(&sides[i].thread, NULL, serve, &sides[i]) == 0);
    talk(sides);
    for (i = 0; i < 2; i++) {
        CHECK(ww_mailbox_drain(sides[i].mailbox, 0) == WW_OK);
        CHECK(pthread_join(sides[i].thread, NULL) == 0);
        CHECK(sides[i].ended == WW_DONE);
        ww_server_free(sides[i].server);
        CHECK(post(&sides[i], 1, "x", 0, 0) == WW_E_GONE);
        CHECK(ww_mailbox_publish(sides[i].mailbox, ROOM, WW_SEND_TEXT, 0, "x", 1) == WW_E_GONE);
        ww_mailbox_free(sides[i].mailbox);
    }
    CHECK(sides[0].undelivered == 2 && sides[0].why == WW_E_GONE);
    return check_result();
}

/* A file through the loop that ww_conn_output_file() shows, over a socket that takes little at a time. */
#define _GNU_SOURCE
#include "harness.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LEN = 1000000, MOST = 100000 };

static uint8_t content[LEN], got[LEN + 1000];

static int flush(int fd, ww_conn *c)
{
    ww_iovec iov[4];
    size_t count;
    while ((count = ww_conn_output(c, iov, 4)) > 0) {
        ssize_t sent = writev(fd, iov, (int)count);
        if (sent < 0) return -1;
        CHECK(ww_conn_sent(c, (size_t)sent, 0) == WW_OK);
    }
    return 0;
}

/* The loop; `sends`: with the part about WW_OK. */
static void send_all(int fd, ww_conn *c, int sends)
{
    static char buf[70000];
    ww_file file = WW_FILE_INIT;
    while (flush(fd, c) == 0) {
        ww_status status = ww_conn_output_file(c, &file);
        off_t at = (off_t)file.offset;
        ssize_t n;
        if (status != WW_OK) {
            CHECK(status == WW_DONE);
            break;
        }
        if (sends) {
            n = sendfile(fd, (int)file.fd, &at, file.len < MOST ? file.len : MOST);
            if (n > 0) {
                CHECK(ww_conn_sent(c, (size_t)n, 0) == WW_OK);
                continue;
            }
            if (n < 0 && errno == EAGAIN) break;
        }
        n = pread((int)file.fd, buf, sizeof buf, at);
        CHECK(ww_conn_send_file_bytes(c, buf, n > 0 ? (size_t)n : 0) == WW_OK);
    }
}

static void begin(struct harness *h, int file, uint64_t offset, uint64_t len)
{
    const ww_file stretch = { sizeof stretch, file, offset, len };
    ww_response response = harness_response(NULL, 0);
    response.flags = WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH;
    response.content_length = len;
    h->silent = 1;
    harness_receive_text(h, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(ww_conn_respond(h->conn, &response) == WW_OK);
    CHECK(ww_conn_send_file(h->conn, &stretch, 7) == WW_OK);
    CHECK(ww_conn_finish(h->conn, NULL, 0) == WW_OK);
}

/* Sends and reads by turns; answers how much came. */
static size_t carry(struct harness *h, int sends)
{
    int fds[2];
    size_t len = 0;
    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds) == 0);
    for (;;) {
        ssize_t n;
        if (!(ww_conn_state(h->conn) & WW_STATE_CLOSE)) send_all(fds[0], h->conn, sends);
        n = read(fds[1], got + len, sizeof got - len);
        if (n <= 0) break;
        len += (size_t)n;
    }
    CHECK(close(fds[0]) == 0 && close(fds[1]) == 0);
    return len;
}

static void arrives(int file, int sends)
{
    static struct harness h;
    ww_event event;
    size_t len;
    CHECK(harness_open(&h, WW_ROLE_SERVER, 0));
    begin(&h, file, 5, LEN - 5);
    len = carry(&h, sends);
    CHECK(len > LEN - 5 && memcmp(got + len - (LEN - 5), content + 5, LEN - 5) == 0);
    CHECK(ww_conn_next(h.conn, &event) == WW_OK && event.kind == WW_EVENT_RELEASED && event.token == 7);
    CHECK(ww_conn_next(h.conn, &event) == WW_NEED_INPUT && (ww_conn_state(h.conn) & WW_STATE_IDLE));
    CHECK(harness_close(&h));
}

static void is_too_short(int file, int sends)
{
    static struct harness h;
    ww_event event;
    CHECK(harness_open(&h, WW_ROLE_SERVER, 0));
    begin(&h, file, LEN - 1000, 1001);
    CHECK(carry(&h, sends) > 1000);
    CHECK(ww_conn_next(h.conn, &event) == WW_OK && event.kind == WW_EVENT_ERROR && event.code == WW_E_BODY_LENGTH);
    CHECK(ww_conn_next(h.conn, &event) == WW_DONE && (ww_conn_state(h.conn) & WW_STATE_CLOSE));
    CHECK(ww_conn_abort(h.conn, 0) == WW_OK);
    CHECK(ww_conn_next(h.conn, &event) == WW_OK && event.kind == WW_EVENT_RELEASED && event.token == 7);
    CHECK(harness_close(&h));
}

int main(void)
{
    FILE *file = tmpfile();
    int sends;
    size_t i;
    for (i = 0; i < LEN; i++) content[i] = (uint8_t)(i * 31 + i / 256);
    CHECK(file != NULL && fwrite(content, 1, LEN, file) == LEN && fflush(file) == 0);
    for (sends = 0; sends < 2; sends++) {
        arrives(fileno(file), sends);
        is_too_short(fileno(file), sends);
    }
    fclose(file);
    return check_result();
}

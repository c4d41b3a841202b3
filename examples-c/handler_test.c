/* Tests what embed_epoll answers, without a socket and without waiting: octets go in, octets come out, and time is an argument.
 *
 *   handler_test */
#include "embed_epoll/handle.c"
#include <stdio.h>
#include <string.h>

static ww_workspace *workspace;
static int failed;

/* Runs turns until there is nothing to do, and adds what is to be sent to `said`. */
static void turn(ww_conn *conn, char *said, size_t room)
{
    ww_event event;
    ww_iovec piece;
    do {
        while (ww_conn_next(conn, &event) == WW_OK)
            handle(conn, &event);
        while (ww_conn_output(conn, &piece, 1) > 0) {
            strncat(said, piece.iov_base, piece.iov_len < room - strlen(said) ? piece.iov_len : room - strlen(said) - 1);
            ww_conn_sent(conn, piece.iov_len, 0);
        }
    } while (ww_conn_state(conn) & WW_STATE_EVENTS);
}

/* What a peer that sends `request` is told, and what after `wait_ms` more. */
static void expect(const char *request, uint64_t wait_ms, const char *begins, const char *ends)
{
    char lent[256], said[1024] = "";
    ww_conn *conn;
    if (ww_conn_new(NULL, workspace, 0, &conn) != WW_OK)
        return;
    ww_conn_receive(conn, strcpy(lent, request), strlen(request), 0);
    turn(conn, said, sizeof said);
    ww_conn_tick(conn, wait_ms);
    turn(conn, said, sizeof said);
    if (strncmp(said, begins, strlen(begins)) != 0 || strlen(said) < strlen(ends) || strcmp(said + strlen(said) - strlen(ends), ends) != 0) {
        fprintf(stderr, "%s was answered:\n%s\n", request, said);
        failed = 1;
    }
    ww_conn_free(conn);
}

int main(int argc, char **argv)
{
    const char *usage = "usage: handler_test\n";
    if (argc > 1)
        return strcmp(argv[1], "--help") == 0 && argc == 2 ? fputs(usage, stdout) < 0 : (fputs(usage, stderr), 2);
    if (ww_workspace_new(NULL, &workspace) != WW_OK)
        return 1;
    expect("GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n", 0, "HTTP/1.1 200 ", "Hello, World!");
    expect("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi", 0, "HTTP/1.1 200 ", "2\r\nhi\r\n0\r\n\r\n");
    expect("GET / HTTP/1.1\r\n", 10001, "HTTP/1.1 408 ", ""); /* its head does not come, for more than 10 s */
    ww_workspace_free(workspace);
    puts(failed ? "failed" : "all as expected");
    return failed;
}

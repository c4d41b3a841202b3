/* A proactor: operations are started, and their completions say what has been done. Here they send a file to a socket.
 *
 *   proactor_copy [--range FIRST-LAST] FILE --to ADDRESS:PORT
 *   proactor_copy [--range FIRST-LAST] FILE --listen ADDRESS:PORT
 *
 * It sends the file, or its octets FIRST to LAST, to the listener at the address, or to the first that connects there; then it
 * ends its side and waits for the end of the other one. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wireway.h>

struct copy {
    ww_loop *loop;
    ww_socket socket;
    ww_file rest;     /* what is not sent yet */
    int is_read;      /* it goes through `buffer`: the system does not send this file itself */
    size_t used, len; /* of `buffer`, which a send may still hold */
    int is_sent, has_peer_ended;
    const char *failed; /* what did, or NULL */
    int system;         /* the system's number of the error, or 0 */
    char buffer[1 << 16];
};

static void fail(struct copy *copy, const char *what, int system)
{
    copy->failed = what;
    copy->system = system;
}

static void fail_to_send(struct copy *copy)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_loop_error(copy->loop, &error);
    fail(copy, "sending", (int)error.offset);
}

/* `n` octets were sent. */
static void count(struct copy *copy, size_t n)
{
    copy->rest.offset += n;
    copy->rest.len -= n;
    copy->used += copy->is_read ? n : 0;
}

/* As send_buffer(). */
static int send_file(struct copy *copy)
{
    size_t taken;
    const ww_status status = ww_loop_send_file(copy->loop, copy->socket, &copy->rest, &taken);
    count(copy, taken);
    copy->is_read = status < 0; /* not this file, or the connection has failed: ww_loop_send() will tell */
    return status != WW_PAUSED;
}

static int fill(struct copy *copy)
{
    const size_t len = copy->rest.len < sizeof copy->buffer ? (size_t)copy->rest.len : sizeof copy->buffer;
    const ssize_t got = pread((int)copy->rest.fd, copy->buffer, len, (off_t)copy->rest.offset);
    if (got <= 0)
        return fail(copy, got == 0 ? "the file ends too early" : "reading the file", got == 0 ? 0 : errno), 0;
    copy->used = 0;
    copy->len = (size_t)got;
    return 1;
}

/* Answers whether to go on at once: if not, WW_COMPLETION_SENT follows, or it has failed. */
static int send_buffer(struct copy *copy)
{
    size_t taken;
    if (copy->used == copy->len && !fill(copy))
        return 0;
    const ww_iovec piece = { .iov_base = copy->buffer + copy->used, .iov_len = copy->len - copy->used };
    ww_status status = ww_loop_send(copy->loop, copy->socket, &piece, 1, &taken);
    count(copy, taken);
    /* ww_loop_send_file() pauses by itself; who sends buffer after buffer asks for it, so that others get their turns. */
    if (status == WW_OK && copy->rest.len > 0)
        status = ww_loop_room(copy->loop, copy->socket) == WW_OK ? WW_PAUSED : WW_E_SYSTEM;
    if (status < 0)
        fail_to_send(copy);
    return status == WW_OK;
}

static void send_rest(struct copy *copy)
{
    int goes_on = 1;
    while (copy->rest.len > 0 && goes_on)
        goes_on = copy->is_read ? send_buffer(copy) : send_file(copy);
    if (!goes_on || copy->rest.len > 0)
        return;
    if (ww_loop_shutdown_write(copy->loop, copy->socket) != WW_OK) /* only now: what is not sent by then never is */
        fail_to_send(copy);
    copy->is_sent = 1;
}

/* Receiving tells of the peer's end and of errors. What else the peer sends is ignored. */
static void begin(struct copy *copy, ww_socket socket)
{
    copy->socket = socket;
    if (ww_loop_receive(copy->loop, socket) != WW_OK)
        fail(copy, "receiving", 0);
    else
        send_rest(copy);
}

static void on_accepted(struct copy *copy, const ww_completion *done)
{
    if (copy->socket != 0) { /* it came before the listener was closed */
        ww_loop_close(copy->loop, done->accepted);
        return;
    }
    ww_loop_close(copy->loop, done->socket);
    begin(copy, done->accepted);
}

static void on_completion(struct copy *copy, const ww_completion *done)
{
    switch ((ww_completion_kind)done->kind) {
    case WW_COMPLETION_ACCEPTED: on_accepted(copy, done); break;
    case WW_COMPLETION_CONNECTED: begin(copy, done->socket); break;
    case WW_COMPLETION_RECEIVED: copy->has_peer_ended |= done->data.len == 0; break;
    case WW_COMPLETION_SENT:
        count(copy, done->n);
        send_rest(copy);
        break;
    default: break; /* the rest of a listener */
    }
}

static ww_status run(struct copy *copy)
{
    ww_completion done;
    ww_status status = WW_OK;
    while (copy->failed == NULL && !(copy->is_sent && copy->has_peer_ended) && (status = ww_loop_next(copy->loop, &done, -1)) == WW_OK)
        if (done.code == WW_OK)
            on_completion(copy, &done);
        else
            fail(copy, done.kind == WW_COMPLETION_CONNECTED ? "connecting" : "the connection", done.system);
    return status;
}

static ww_status open_socket(struct copy *copy, const char *text, int is_listener, ww_error_info *error)
{
    ww_address address;
    ww_socket socket;
    ww_loop_info info = WW_LOOP_INFO_INIT;
    char bound[WW_ADDRESS_TEXT_MAX];
    size_t len;
    ww_status status = ww_address_parse(ww_span_from(text), &address, error);
    if (status != WW_OK || (status = ww_loop_new(NULL, &copy->loop, error)) != WW_OK)
        return status;
    ww_loop_get_info(copy->loop, &info);
    copy->is_read = !(info.flags & WW_LOOP_INFO_SENDS_FILES);
    if (!is_listener)
        return ww_loop_connect(copy->loop, &address, NULL, 0, &socket, error);
    if ((status = ww_loop_listen(copy->loop, &address, NULL, 0, &socket, error)) == WW_OK &&
        (status = ww_loop_address(copy->loop, socket, &address)) == WW_OK &&
        (status = ww_address_text(&address, bound, sizeof bound, &len)) == WW_OK &&
        (status = ww_loop_accept(copy->loop, socket)) == WW_OK) {
        printf("listening on %s\n", bound);
        fflush(stdout);
    }
    return status;
}

static int usage(int status)
{
    fputs("usage: proactor_copy [--range FIRST-LAST] FILE --to ADDRESS:PORT\n"
          "       proactor_copy [--range FIRST-LAST] FILE --listen ADDRESS:PORT\n", status == 0 ? stdout : stderr);
    return status;
}

static int parse_range(const char *text, ww_file *file)
{
    const char *const dash = strchr(text, '-');
    char *first_end, *last_end;
    if (dash == NULL || strspn(text, "0123456789-") != strlen(text) || dash == text || dash[1] == '\0')
        return -1;
    const unsigned long long first = strtoull(text, &first_end, 10), last = strtoull(dash + 1, &last_end, 10);
    file->offset = first;
    file->len = last - first + 1;
    return first_end == dash && *last_end == '\0' && first <= last && last < INT64_MAX ? 0 : -1;
}

/* The octets FIRST to LAST of a file, or all that it has. Answers the exit status where there are none. */
static int open_file(ww_file *file, const char *path, const char *range)
{
    struct stat about;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &about) != 0)
        return perror(path), 1;
    *file = (ww_file){ .size = sizeof *file, .fd = fd, .len = (uint64_t)about.st_size };
    return range == NULL || parse_range(range, file) == 0 ? 0 : usage(2);
}

/* Answers the exit status. */
static int send_to(struct copy *copy, const char *address, int is_listener)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    const uint64_t len = copy->rest.len;
    ww_status status = open_socket(copy, address, is_listener, &error);
    if (status != WW_OK)
        return fprintf(stderr, "%s: %s\n", address, error.reason), status == WW_E_ARGUMENT ? usage(2) : 1;
    status = run(copy);
    if (status == WW_OK && copy->failed == NULL)
        return printf("%llu octets, %s\n", (unsigned long long)len, copy->is_read ? "read and sent" : "sent as a file") < 0;
    fprintf(stderr, "%s: %s", address, copy->failed != NULL ? copy->failed : ww_status_text(status));
    fprintf(stderr, copy->system != 0 ? ": %s\n" : "\n", strerror(copy->system));
    return 1;
}

int main(int argc, char **argv)
{
    static struct copy copy;
    const int has_range = argc == 6 && strcmp(argv[1], "--range") == 0;
    char **const last = argv + argc - 3; /* FILE, and what to do with it */
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return usage(0);
    if ((argc != 4 && !has_range) || (strcmp(last[1], "--to") != 0 && strcmp(last[1], "--listen") != 0))
        return usage(2);
    int status = open_file(&copy.rest, last[0], has_range ? argv[2] : NULL);
    if (status == 0)
        status = send_to(&copy, last[2], strcmp(last[1], "--listen") == 0);
    ww_loop_free(copy.loop);
    close((int)copy.rest.fd);
    return status;
}

#include "loop.h"

ww_loop *loop_new(void)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_loop *loop = NULL;
    CHECK(ww_loop_new(NULL, &loop, &error) == WW_OK && loop != NULL);
    return loop;
}

ww_socket loop_listen(ww_loop *loop, uint64_t token, ww_address *at)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_socket listener = 0;
    CHECK(ww_address_parse(ww_span_from("127.0.0.1:0"), at, &error) == WW_OK);
    CHECK(ww_loop_listen(loop, at, NULL, token, &listener, &error) == WW_OK && listener != 0);
    CHECK(ww_loop_address(loop, listener, at) == WW_OK && at->port != 0);
    CHECK(ww_loop_accept(loop, listener) == WW_OK);
    return listener;
}

ww_completion loop_next(ww_loop *loop)
{
    ww_completion done;
    done.kind = 0;
    CHECK(ww_loop_next(loop, &done, PATIENCE_MS) == WW_OK);
    return done;
}

int loop_is_quiet(ww_loop *loop)
{
    ww_completion done;
    return ww_loop_next(loop, &done, 0) == WW_TIMEOUT;
}

void loop_send(ww_loop *loop, ww_socket socket, const char *octets, size_t len)
{
    ww_iovec pieces[2];
    size_t taken = 0;
    /* Two pieces, so that their order shows. */
    pieces[0].iov_base = (void *)octets;
    pieces[0].iov_len = len / 2;
    pieces[1].iov_base = (void *)(octets + len / 2);
    pieces[1].iov_len = len - len / 2;
    if (ww_loop_send(loop, socket, pieces, 2, &taken) == WW_PAUSED) {
        const ww_completion done = loop_next(loop);
        CHECK(done.kind == WW_COMPLETION_SENT && done.code == WW_OK && done.socket == socket);
        taken += done.n;
        if (taken < len)
            loop_send(loop, socket, octets + taken, len - taken);
        return;
    }
    CHECK(taken == len);
}

int main(void)
{
    test_echo();
    test_arguments();
    test_options();
    test_others();
    test_resolver();
    test_server();
    test_udp();
    test_zero_copy();
    return check_result();
}

/* A server in thirty lines.
 *
 *   hello_server [ADDRESS]     127.0.0.1:8080, [::1]:8080, unix:/path */
#include <stdio.h>
#include <wireway.h>

int main(int argc, char **argv)
{
    const char *address = argc > 1 ? argv[1] : "127.0.0.1:8080";
    ww_server *server;
    ww_status status = ww_server_new(NULL, &server);
    if (status == WW_OK)
        status = ww_server_listen(server, address);
    if (status != WW_OK) {
        fprintf(stderr, "%s: %s\n", address, ww_status_text(status));
        return 1;
    }

    const ww_field type = WW_FIELD("Content-Type", "text/plain");
    const ww_span content = WW_LIT("Hello, World!");
    ww_response hello = WW_RESPONSE_INIT;
    hello.status = 200;
    hello.fields = &type;
    hello.field_count = 1;
    hello.content = content;

    ww_event event;
    while (ww_server_next(server, &event, -1) == WW_OK)
        if ((event.flags & WW_EVENT_LAST) || event.kind == WW_EVENT_WRITABLE)
            ww_server_respond(server, event.conn, &hello);

    ww_server_free(server);
    return 0;
}

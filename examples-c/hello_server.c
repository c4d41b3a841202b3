/* Answers every request with a greeting: hello_server [ADDRESS], as 127.0.0.1:8080 or unix:/path. */
#include <stdio.h>
#include <wireway.h>

int main(int argc, char **argv) {
    const char *address = argc > 1 ? argv[1] : "127.0.0.1:8080";
    const ww_field type = WW_FIELD("Content-Type", "text/plain");
    const ww_span greeting = WW_LIT("Hello, World!");
    ww_response response = WW_RESPONSE_INIT;
    response.status = 200;
    response.fields = &type;
    response.field_count = 1;
    response.content = greeting;

    ww_server *server;
    ww_status status = ww_server_new(NULL, &server);
    if (status == WW_OK) status = ww_server_listen(server, address);
    if (status != WW_OK) {
        fprintf(stderr, "%s: %s\n", address, ww_status_text(status));
        return 1;
    }
    ww_event event;
    while (ww_server_next(server, &event, -1) == WW_OK)
        if (event.kind == WW_EVENT_REQUEST) ww_server_respond(server, event.conn, &response);
    ww_server_free(server);
    return 0;
}

/* Answers every request with its target, and tells it on standard output: what a browser makes of a URL, as an application gets it.
 *
 *   target_server PAGE      the file PAGE is what `/` answers with; port 0 of 127.0.0.1 */
#include <stdio.h>
#include <string.h>
#include <wireway.h>

static char page[1 << 16];
static size_t page_len;

static void respond(ww_server *server, const ww_event *event)
{
    static const ww_field html[] = { WW_FIELD("Content-Type", "text/html; charset=utf-8") };
    static const ww_field plain[] = { WW_FIELD("Content-Type", "text/plain; charset=utf-8"), WW_FIELD("Cache-Control", "no-store") };
    const ww_span target = event->head->target;
    ww_response response = WW_RESPONSE_INIT;
    response.status = 200;
    if (ww_span_equal(target, "/")) {
        response.fields = html;
        response.field_count = 1;
        response.content.data = (const uint8_t *)page;
        response.content.len = page_len;
    } else {
        response.fields = plain;
        response.field_count = 2;
        response.content = target;
    }
    printf("%.*s\n", WW_PRINTF(target));
    fflush(stdout);
    ww_server_respond(server, event->conn, &response);
}

int main(int argc, char **argv)
{
    char address[64];
    size_t len;
    ww_server *server;
    ww_event event;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL || (page_len = fread(page, 1, sizeof page, file)) == 0)
        return 2;
    fclose(file);
    if (ww_server_new(NULL, &server, NULL) != WW_OK || ww_server_listen(server, "127.0.0.1:0", NULL) != WW_OK ||
        ww_server_address(server, 0, address, sizeof address, &len) != WW_OK)
        return 1;
    printf("listening on %s\n", address);
    fflush(stdout);
    while (ww_server_next(server, &event, -1) == WW_OK)
        if (event.kind == WW_EVENT_REQUEST)
            respond(server, &event);
    ww_server_free(server);
    return 0;
}

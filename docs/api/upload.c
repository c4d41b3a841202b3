/* An upload: multipart/form-data as it arrives, with the files of it counted and nothing kept. */
#include <wireway.h>
#include <string.h>

struct upload {
    ww_multipart reader;
    uint8_t head[4096];
    size_t files;
    uint64_t octets;
    int is_file;
};

/* At the request's head: the status to refuse it with, or 0. */
int upload_begin(struct upload *upload, const ww_head *head)
{
    const ww_field *type = ww_head_find(head, WW_FIELD_CONTENT_TYPE);
    memset(upload, 0, sizeof *upload);
    if (type == NULL) return 415;
    return ww_multipart_start(&upload->reader, type->value, 0, upload->head, sizeof upload->head) == WW_OK ? 0 : 415;
}

static void take(struct upload *upload, const ww_part *part)
{
    if (part->kind == WW_PART_BEGIN) {
        upload->is_file = part->filename.data != NULL;
        upload->files += upload->is_file ? 1 : 0;
    } else if (part->kind == WW_PART_DATA && upload->is_file) {
        upload->octets += part->data.len;
    }
}

/* For each piece of content; `is_last` with the event that completes the request: the status to answer with, or 0. */
int upload_data(struct upload *upload, ww_span data, int is_last)
{
    ww_part part = WW_PART_INIT;
    ww_status status;
    size_t consumed;
    while ((status = ww_multipart_next(&upload->reader, data.data, data.len, &consumed, &part)) == WW_OK) {
        data.data += consumed;
        data.len -= consumed;
        take(upload, &part);
    }
    if (status < 0) return status == WW_E_TOO_LARGE ? 413 : 400;
    if (!is_last) return 0;
    return status == WW_DONE ? 200 : 400; /* else it was cut off */
}

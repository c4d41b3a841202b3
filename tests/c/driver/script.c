/* Words of a line: hex is decoded where it stands, so that spans point into the line. */
#include "driver.h"
#include <stdlib.h>
#include <string.h>

char *next_word(char **line)
{
    char *word = *line, *end;
    if (word == NULL || *word == '\0') return NULL;
    end = strchr(word, ' ');
    if (end != NULL) *end++ = '\0';
    *line = end;
    return word;
}

static int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

ww_span hex_span(char *text)
{
    ww_span span;
    uint8_t *out = (uint8_t *)text;
    size_t len = 0;
    for (; text[0] != '\0' && text[0] != '-'; text += 2) out[len++] = (uint8_t)(digit(text[0]) * 16 + digit(text[1]));
    span.data = out;
    span.len = len;
    return span;
}

static void parse_field(struct message *m, char *text)
{
    char *value = strchr(text, ':');
    ww_field *field = &m->fields[m->field_count];
    if (value == NULL || m->field_count == FIELDS_MAX) {
        broken("too many fields");
        return;
    }
    *value++ = '\0';
    memset(field, 0, sizeof *field);
    field->name = hex_span(text);
    field->value = hex_span(value);
    m->field_count++;
}

static void parse_flag(struct message *m, const char *word)
{
    if (strcmp(word, "stream") == 0) m->flags |= WW_MESSAGE_STREAM;
    else if (strcmp(word, "close") == 0) m->flags |= WW_MESSAGE_CLOSE;
    else if (strcmp(word, "expect") == 0) m->flags |= WW_MESSAGE_EXPECT;
    else if (strcmp(word, "uncompressed") == 0) m->handshake_flags |= WW_WS_HANDSHAKE_UNCOMPRESSED;
    else broken(word);
}

static void parse_value(struct message *m, const char *name, char *value)
{
    struct { const char *name; ww_span *span; } spans[] = {
        { "method", &m->method }, { "target", &m->target }, { "authority", &m->authority },
        { "reason", &m->reason }, { "content", &m->content }, { "protocol", &m->protocol },
    };
    size_t i;
    for (i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        if (strcmp(spans[i].name, name) == 0) *spans[i].span = hex_span(value);
    }
    if (strcmp(name, "status") == 0) m->status = (uint16_t)strtoul(value, NULL, 10);
    if (strcmp(name, "field") == 0) parse_field(m, value);
    if (strcmp(name, "length") == 0) {
        m->length = strtoull(value, NULL, 10);
        m->flags |= WW_MESSAGE_LENGTH;
    }
}

void parse_message(struct message *m, char *line)
{
    char *word, *value;
    memset(m, 0, sizeof *m);
    while ((word = next_word(&line)) != NULL) {
        value = strchr(word, '=');
        if (value == NULL) {
            parse_flag(m, word);
        } else {
            *value++ = '\0';
            parse_value(m, word, value);
        }
    }
}

/* Words of a line: hex is decoded where it stands, so that spans point into the line. */
#include "driver.h"
#include <stddef.h>
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
    else broken(word);
}

static void parse_value(struct message *m, const char *name, char *value)
{
    struct { const char *name; ww_span *span; } spans[] = {
        { "method", &m->method }, { "target", &m->target }, { "authority", &m->authority },
        { "reason", &m->reason }, { "content", &m->content },
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

struct setting {
    const char *name;
    size_t offset;
};

#define SETTING(name) { #name, offsetof(ww_conn_config, name) }
static const struct setting SETTINGS[] = {
    SETTING(method_max), SETTING(target_max), SETTING(line_max), SETTING(section_max), SETTING(fields_max),
    SETTING(trailers_max), SETTING(trailer_fields_max), SETTING(chunk_line_max), SETTING(chunk_extensions_max),
    SETTING(interim_max), SETTING(drain_max), SETTING(lend_max), SETTING(high_water), SETTING(low_water),
    SETTING(head_ms), SETTING(idle_ms), SETTING(body_ms), SETTING(body_rate_min), SETTING(write_ms),
    SETTING(linger_ms), SETTING(drain_ms), SETTING(answer_ms), SETTING(continue_ms), SETTING(response_ms), SETTING(output_max), SETTING(pipeline_max),
};

static int set(ww_conn_config *config, const char *name, uint64_t value)
{
    size_t i;
    if (strcmp(name, "body_max") == 0) {
        config->body_max = value;
        return 1;
    }
    for (i = 0; i < sizeof SETTINGS / sizeof SETTINGS[0]; i++) {
        if (strcmp(SETTINGS[i].name, name) == 0) {
            uint32_t narrow = (uint32_t)value;
            memcpy((char *)config + SETTINGS[i].offset, &narrow, sizeof narrow);
            return 1;
        }
    }
    return 0;
}

static uint32_t config_flag(const char *name)
{
    static const struct { const char *name; uint32_t bit; } FLAGS[] = {
        { "lenient-length-and-chunked", WW_CONN_LENIENT_LENGTH_AND_CHUNKED },
        { "strict-host", WW_CONN_STRICT_HOST },
        { "strict-trailers", WW_CONN_STRICT_TRAILERS },
        { "default-authority", WW_CONN_DEFAULT_AUTHORITY },
        { "secure", WW_CONN_SECURE },
        { "strict-target", WW_CONN_STRICT_TARGET },
        { "lenient-target", WW_CONN_LENIENT_TARGET },
    };
    size_t i;
    for (i = 0; i < sizeof FLAGS / sizeof FLAGS[0]; i++) {
        if (strcmp(FLAGS[i].name, name) == 0) return FLAGS[i].bit;
    }
    return 0;
}

/* One NAME=VALUE of a config; 0 when it is unknown. */
static int parse_config(ww_conn_config *config, const char *name, const char *value)
{
    if (strcmp(name, "role") == 0) {
        config->role = strcmp(value, "client") == 0 ? WW_ROLE_CLIENT : WW_ROLE_SERVER;
        return 1;
    }
    if (strcmp(name, "flag") == 0) {
        config->flags |= config_flag(value);
        return config_flag(value) != 0;
    }
    return strncmp(name, "set.", 4) == 0 && set(config, name + 4, strtoull(value, NULL, 10));
}

int parse_setup(char *line, ww_conn_config *config, uint64_t *unix_seconds, int *delayed)
{
    char *word, *value;
    while ((word = next_word(&line)) != NULL) {
        value = strchr(word, '=');
        if (value == NULL) return 0;
        *value++ = '\0';
        if (strcmp(word, "time") == 0) *unix_seconds = strtoull(value, NULL, 10);
        else if (strcmp(word, "sent") == 0) *delayed = 1;
        else if (!parse_config(config, word, value)) return 0;
    }
    return 1;
}

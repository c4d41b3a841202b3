/* The config of a connection by the words of a line: settings by their names in ww_conn_config, flags by those of WW_CONN_*. */
#include "driver.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

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
    SETTING(fragments_max), SETTING(ping_ms), SETTING(pong_ms), SETTING(close_ms), SETTING(handshake_ms),
};
static const struct setting WIDE_SETTINGS[] = { SETTING(body_max), SETTING(message_max), SETTING(frame_max) };
static const struct setting NARROW_SETTINGS[] = { SETTING(deflate_level), SETTING(server_window_bits), SETTING(client_window_bits) };

/* The place of the setting `name`; NULL when it is not among these. */
static char *find(ww_conn_config *config, const struct setting *settings, size_t count, const char *name)
{
    size_t i;
    for (i = 0; i < count; i++) {
        if (strcmp(settings[i].name, name) == 0) return (char *)config + settings[i].offset;
    }
    return NULL;
}

#define FIND(settings) find(config, settings, sizeof settings / sizeof settings[0], name)

static int set(ww_conn_config *config, const char *name, uint64_t value)
{
    char *wide = FIND(WIDE_SETTINGS), *usual = FIND(SETTINGS), *narrow = FIND(NARROW_SETTINGS);
    uint32_t number = (uint32_t)value;
    if ((wide == NULL && value != number) || (narrow != NULL && value > UINT8_MAX)) return 0;
    if (wide != NULL) memcpy(wide, &value, sizeof value);
    if (usual != NULL) memcpy(usual, &number, sizeof number);
    if (narrow != NULL) *(uint8_t *)narrow = (uint8_t)value;
    return wide != NULL || usual != NULL || narrow != NULL;
}

static uint32_t config_flag(const char *name)
{
    static const struct { const char *name; uint32_t bit; } FLAGS[] = {
        { "lenient-length-and-chunked", WW_CONN_LENIENT_LENGTH_AND_CHUNKED },
        { "strict-host", WW_CONN_STRICT_HOST },
        { "strict-trailers", WW_CONN_STRICT_TRAILERS },
        { "default-authority", WW_CONN_DEFAULT_AUTHORITY },
        { "secure", WW_CONN_SECURE },
        { "tunnels", WW_CONN_TUNNELS },
        { "strict-target", WW_CONN_STRICT_TARGET },
        { "lenient-target", WW_CONN_LENIENT_TARGET },
        { "whole-content", WW_CONN_WHOLE_CONTENT },
        { "deflate", WW_CONN_DEFLATE },
        { "deflate-server-forgets", WW_CONN_DEFLATE_SERVER_FORGETS },
        { "deflate-client-forgets", WW_CONN_DEFLATE_CLIENT_FORGETS },
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
    if (strcmp(name, "messages") == 0) {
        if (strcmp(value, "parts") == 0) config->flags |= WW_CONN_MESSAGE_PARTS;
        return 1;
    }
    return strncmp(name, "set.", 4) == 0 && set(config, name + 4, strtoull(value, NULL, 10));
}

/* TLS of this version; 0 when it is unknown. */
static int parse_tls(struct setup *setup, const char *version)
{
    setup->is_secured = 1;
    if (strcmp(version, "1.2") == 0) setup->version = WW_TLS_1_2;
    else if (strcmp(version, "1.3") == 0) setup->version = WW_TLS_1_3;
    else return strcmp(version, "raw") == 0;
    return 1;
}

int parse_setup(char *line, ww_conn_config *config, struct setup *setup)
{
    char *word, *value;
    while ((word = next_word(&line)) != NULL) {
        value = strchr(word, '=');
        if (value == NULL) return 0;
        *value++ = '\0';
        if (strcmp(word, "time") == 0) setup->unix_seconds = strtoull(value, NULL, 10);
        else if (strcmp(word, "sent") == 0) setup->delayed = 1;
        else if (strcmp(word, "tls") == 0 ? !parse_tls(setup, value) : !parse_config(config, word, value)) return 0;
    }
    return 1;
}

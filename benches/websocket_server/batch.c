#include "load.h"
#include <stdlib.h>

/* Marsaglia's xorshift: keys and content need not be good, only uneven. */
static uint32_t next_random(void)
{
    static uint32_t state = 2463534242u;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

/* A header without its key: RFC 6455 §5.2. */
static size_t put_header(unsigned char *at, size_t size)
{
    size_t width = size < 126 ? 0 : size < 65536 ? 2 : 8;
    at[0] = 0x82;
    at[1] = (unsigned char)(0x80 | (width == 0 ? size : width == 2 ? 126 : 127));
    for (size_t i = 0; i < width; i++)
        at[2 + i] = (unsigned char)((uint64_t)size >> (8 * (width - 1 - i)));
    return 2 + width;
}

int batch_make(struct batch *batch, size_t size, size_t depth)
{
    unsigned char *frame = malloc(depth * (size + 14)), *content = malloc(depth * size + 1);
    *batch = (struct batch){ size, depth, 0, frame, content };
    if (frame == NULL || content == NULL)
        return -1;
    for (size_t message = 0; message < depth; message++) {
        unsigned char key[4];
        frame += put_header(frame, size);
        for (size_t i = 0; i < 4; i++)
            *frame++ = key[i] = (unsigned char)next_random();
        for (size_t i = 0; i < size; i++) {
            *content = (unsigned char)next_random();
            *frame++ = *content++ ^ key[i % 4];
        }
    }
    batch->frames_len = (size_t)(frame - batch->frames);
    return 0;
}

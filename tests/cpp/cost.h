/* What both programs of the cost test share: the octets that come in, and the settings. C and C++. */
#ifndef TESTS_CPP_COST_H
#define TESTS_CPP_COST_H

#define COST_REQUEST "POST /echo HTTP/1.1\r\nHost: example.com\r\nContent-Length: 5\r\n\r\nhello"
#define COST_HANDSHAKE                                                                      \
    "GET /echo HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" \
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
#define COST_FRAME "\x81\x85\x01\x02\x03\x04igohn"

#define COST_BUFFER 4096

#endif

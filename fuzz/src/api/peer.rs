//! What a peer says that is made by the input: whole messages, frames, and octets as they come.

use super::input::Input;
use super::messages::*;

/// To a server.
pub const REQUESTS: [&[u8]; 12] = [
    GET,
    b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
    POST_EXPECTING,
    POST_WITH_TRAILERS,
    UPGRADE,
    CONNECT,
    HEAD_OF_HTTP_1_0,
    b"GET / HTTP/1.0\r\n\r\n",
    UNKNOWN_EXPECTATION,
    GET_AND_CLOSE,
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n",
];

/// First octets of frames: data, parts, control frames, compressed ones, and wrong ones.
const FRAMES: [u8; 16] =
    [0x82, 0x81, 0x82, 0x82, 0x81, 0x02, 0x01, 0x80, 0x80, 0x00, 0x88, 0x89, 0x89, 0x8a, 0xc2, 0x83];

/// The next thing that a peer says: to a WebSocket frames, else messages; now and then octets as they come.
pub fn say(to_server: bool, to_websocket: bool, input: &mut Input) -> Vec<u8> {
    let octet = input.octet();
    match octet {
        240.. => input.octets(usize::from(octet - 239)).to_vec(),
        _ if to_websocket => frame(FRAMES[usize::from(octet) % FRAMES.len()], input.length(), to_server),
        _ if to_server => REQUESTS[usize::from(octet) % REQUESTS.len()].to_vec(),
        _ => RESPONSES[usize::from(octet) % RESPONSES.len()].to_vec(),
    }
}

/// A frame with a payload of one letter, which a mask of zeros leaves as it is.
pub fn frame(first: u8, len: usize, is_masked: bool) -> Vec<u8> {
    let len = if first & 8 != 0 { len % 126 } else { len };
    let mask = u8::from(is_masked) << 7;
    let mut octets = vec![first];
    match u16::try_from(len) {
        Ok(short) if short < 126 => octets.push(mask | short as u8),
        long => {
            octets.push(mask | 126);
            octets.extend(long.unwrap_or(u16::MAX).to_be_bytes());
        }
    }
    octets.extend(&[0; 4][..if is_masked { 4 } else { 0 }]);
    let code = [3, 0xe8];
    octets.extend((0..len).map(|at| if first == 0x88 && at < 2 { code[at] } else { b'm' }));
    octets
}

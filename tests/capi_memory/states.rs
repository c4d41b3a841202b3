//! The states that a connection can be in when memory runs out.

use super::bench::{Bench, config};
use super::calls::{self, RESPONSE, STREAM};
use super::tls_states;
use wireway::ffi::config::content::*;
use wireway::ffi::config::websocket::*;
use wireway::ffi::config::*;
use wireway::ffi::conn::drive::*;
use wireway::ffi::ws_message::{WW_SEND_FIRST, WW_SEND_TEXT_PART};
use wireway::websocket::accept::accept_key;

/// A name, and how to get there.
pub type State = (&'static str, fn() -> Bench);

pub const STATES: &[State] = &[
    ("server", || server(0)),
    ("server: lent", || lent(server(0), GET)),
    ("server: half a head", half_a_head),
    ("server: request", request),
    ("server: request with more behind it", pipelined),
    ("server: content awaits 100", expecting),
    ("server: content is gathered", gathering),
    ("server: stream", stream),
    ("server: above high water", above_high_water),
    ("server: file", file),
    ("server: upgrade offered", upgrade_offered),
    ("server: tunnel", tunnel),
    ("server: last response", last_response),
    ("websocket", || websocket(0)),
    ("websocket: compressed", || websocket(WW_CONN_DEFLATE)),
    ("websocket: parts", || websocket(WW_CONN_MESSAGE_PARTS | WW_CONN_DEFLATE)),
    ("websocket: lent", || lent(websocket(WW_CONN_DEFLATE), &[FRAMES, DEFLATED].concat())),
    ("websocket: within messages", within_messages),
    ("websocket: above high water", full_websocket),
    ("websocket: closing", closing),
    ("client", || client(0)),
    ("client: request", asked),
    ("client: stream", client_stream),
    ("client: websocket", client_websocket),
    ("tls server: hello", tls_states::hello),
    ("tls server: lent", tls_states::lent_hello),
    ("tls server: request", tls_states::request),
    ("tls server: stream", tls_states::stream),
    ("tls server: last octets", tls_states::last_octets),
    ("tls client", tls_states::client),
];

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const HANDSHAKE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
/// A Ping, the first part of a message and the rest, masked with zeros.
const FRAMES: &[u8] = b"\x89\x82\0\0\0\0hi\x01\x83\0\0\0\0abc\x80\x82\0\0\0\0de";
/// "Hello" twice, compressed as in RFC 7692 section 7.2.3.2, masked with zeros.
const DEFLATED: &[u8] = b"\xc1\x87\0\0\0\0\xf2\x48\xcd\xc9\xc9\x07\0\xc1\x85\0\0\0\0\xf2\x00\x11\0\0";

fn server(flags: u32) -> Bench {
    let mut bench = Bench::new(&ww_conn_config { flags, ..config(WW_ROLE_SERVER) });
    bench.coming = GET.to_vec();
    bench
}

/// Octets that were lent and not looked at.
fn lent(mut bench: Bench, octets: &[u8]) -> Bench {
    assert_eq!(bench.receive(octets), 0);
    bench
}

/// A server that has heard `octets`.
fn heard(flags: u32, octets: &[u8], coming: &[u8]) -> Bench {
    let mut bench = server(flags);
    assert_eq!(bench.receive(octets), 0);
    bench.drain();
    bench.coming = coming.to_vec();
    bench
}

fn half_a_head() -> Bench {
    heard(0, &GET[..20], &GET[20..])
}

fn request() -> Bench {
    heard(0, GET, GET)
}

fn pipelined() -> Bench {
    heard(0, &[GET, &GET[..20]].concat(), &GET[20..])
}

fn expecting() -> Bench {
    let head = b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut bench = server(0);
    assert_eq!(bench.receive(head), 0);
    bench.next().unwrap();
    bench.coming = b"3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n".to_vec();
    bench
}

fn gathering() -> Bench {
    let begun = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
    heard(WW_CONN_WHOLE_CONTENT, begun, b"2\r\nde\r\n0\r\nX-Sum: 1\r\n\r\n")
}

fn stream() -> Bench {
    let mut bench = request();
    assert_eq!(calls::respond(&mut bench, &STREAM), 0);
    bench
}

fn above_high_water() -> Bench {
    let mut bench = stream();
    assert_eq!(calls::send(&mut bench, 30_000), 0);
    bench
}

fn file() -> Bench {
    let mut bench = stream();
    assert_eq!(calls::send_file(&mut bench), 0);
    bench.flush();
    bench
}

fn upgrade_offered() -> Bench {
    heard(WW_CONN_DEFLATE, HANDSHAKE, FRAMES)
}

fn tunnel() -> Bench {
    let mut bench = heard(WW_CONN_TUNNELS, b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", b"raw");
    assert_eq!(calls::switch(&mut bench, 200), 0);
    bench
}

fn last_response() -> Bench {
    let mut bench = request();
    // SAFETY: as C would.
    assert_eq!(unsafe { ww_conn_receive_eof(bench.conn, true, 0) }, 0);
    assert_eq!(calls::respond(&mut bench, &RESPONSE), 0);
    bench
}

fn websocket(flags: u32) -> Bench {
    let mut bench = heard(flags, HANDSHAKE, FRAMES);
    assert_eq!(calls::accept_websocket(&mut bench), 0);
    bench.drain();
    bench.flush();
    if flags & WW_CONN_DEFLATE != 0 {
        bench.coming = [FRAMES, DEFLATED].concat();
    }
    bench
}

fn within_messages() -> Bench {
    let mut bench = websocket(WW_CONN_DEFLATE);
    assert_eq!(bench.receive(b"\x41\x88\0\0\0\0\xf2\x48\xcd\xc9\xc9\x07\0\0"), 0);
    bench.drain();
    assert_eq!(calls::send_message(&mut bench, WW_SEND_TEXT_PART | WW_SEND_FIRST, "begins"), 0);
    bench.flush();
    bench.coming = b"\x80\x81\0\0\0\0\0".to_vec();
    bench
}

fn full_websocket() -> Bench {
    let mut bench = websocket(0);
    assert_eq!(calls::send_long_message(&mut bench), 0);
    bench
}

fn closing() -> Bench {
    let mut bench = websocket(WW_CONN_DEFLATE);
    assert_eq!(calls::close_websocket(&mut bench), 0);
    bench.coming = b"\x88\x82\0\0\0\0\x03\xe8".to_vec();
    bench
}

fn client(flags: u32) -> Bench {
    Bench::new(&ww_conn_config { flags, ..config(WW_ROLE_CLIENT) })
}

fn asked() -> Bench {
    let mut bench = client(0);
    assert_eq!(calls::request(&mut bench), 0);
    bench.flush();
    bench.coming = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec();
    bench
}

fn client_stream() -> Bench {
    let mut bench = client(0);
    assert_eq!(calls::request_stream(&mut bench), 0);
    bench.coming = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec();
    bench
}

fn client_websocket() -> Bench {
    let mut bench = client(WW_CONN_DEFLATE);
    assert_eq!(calls::request_websocket(&mut bench), 0);
    bench.flush();
    let sent = String::from_utf8(core::mem::take(&mut bench.sent)).unwrap();
    let key = sent.lines().find_map(|line| line.strip_prefix("Sec-WebSocket-Key: ")).unwrap();
    let accept = accept_key(key.as_bytes());
    let mut answer = b"HTTP/1.1 101 \r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ".to_vec();
    answer.extend_from_slice(&accept);
    answer.extend_from_slice(b"\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    assert_eq!(bench.receive(&answer), 0);
    bench.drain();
    bench.coming = b"\x89\x02hi\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\0".to_vec();
    bench
}

//! WS-HSS: the opening handshake of a server.

use wireway::conn::{Accept, AcceptError, Write, bits};
use wireway::error::Code;
use wireway::http1::machine::Role;
use wireway::http1::write::FieldRef;

use crate::line::Line;
use crate::wire::{ACCEPTED, REQUEST};

pub fn asked(request: &[u8]) -> Line {
    let mut line = Line::new(Role::Server, |_| {});
    line.recv(request);
    line
}

/// The answer to a request: its status line, and whether the connection goes on.
pub fn refused(request: &[u8], rule: &str) -> (String, bool) {
    let mut line = asked(request);
    assert_eq!(line.log[0].trim_end_matches('…'), "request", "{request:?}");
    let Err(AcceptError::Refused(error)) = line.accept(&Accept::default()) else { panic!("{request:?}") };
    assert_eq!((error.code(), error.fault.rule.to_str().unwrap()), (Code::WsHandshake, rule));
    line.turn();
    assert!(!line.rig.conn.is_websocket());
    let answer = String::from_utf8(line.take_out()).unwrap();
    (answer, line.state() & bits::IDLE != 0)
}

pub fn with(from: &str, to: &str) -> Vec<u8> {
    let request = String::from_utf8([REQUEST, b"\r\n"].concat()).unwrap();
    assert!(request.contains(from));
    request.replacen(from, to, 1).into_bytes()
}

fn assert_400(from: &str, to: &str, rule: &str) {
    let (answer, goes_on) = refused(&with(from, to), rule);
    assert!(answer.starts_with("HTTP/1.1 400 ") && goes_on, "{to}: {answer}");
}

#[test]
fn ws_hss_01_a_get_of_http_1_1() {
    assert_400("GET", "POST", "WS-HSS-01");
    let (answer, _) = refused(&with("HTTP/1.1", "HTTP/1.0"), "WS-HSS-01");
    assert!(answer.starts_with("HTTP/1.1 400 "));
}

#[test]
fn ws_hss_02_upgrade_and_connection() {
    assert_400("Upgrade: websocket", "Upgrade: websockets", "WS-HSS-02");
    let (answer, _) = refused(&with("Connection: Upgrade", "Connection: close"), "WS-HSS-01");
    assert!(answer.starts_with("HTTP/1.1 400 "));
    let mut line = asked(&with("Connection: Upgrade", "Connection: keep-alive, UPGRADE"));
    assert_eq!(line.accept(&Accept::default()), Ok(Write::Queued));
}

#[test]
fn ws_hss_03_and_04_one_key() {
    for key in ["AAAA", "AQIDBAUGBwgJCgsMDQ4P", "dGhlIHNhbXBsZSBub25j!Q=="] {
        assert_400("dGhlIHNhbXBsZSBub25jZQ==", key, "WS-HSS-03");
    }
    assert_400("Sec-WebSocket-Key", "X-Key", "WS-HSS-03");
    assert_400("Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key", "WS-HSS-03");
    let mut line = asked(&with("dGhlIHNhbXBsZSBub25jZQ==", "AQIDBAUGBwgJCgsMDQ4PEC=="));
    assert_eq!(line.accept(&Accept::default()), Ok(Write::Queued));
}

#[test]
fn ws_hss_05_the_version() {
    for version in
        ["Version: 8", "Version: 13, 8", "Version: 013", "Versions: 13", "Version: 13\r\nSec-WebSocket-Version: 13"]
    {
        let (answer, goes_on) = refused(&with("Version: 13", version), "WS-HSS-05");
        assert!(answer.starts_with("HTTP/1.1 426 ") && goes_on, "{version}: {answer}");
        assert!(answer.contains("\r\nSec-WebSocket-Version: 13\r\n") && answer.contains("\r\nUpgrade: websocket\r\n"));
    }
}

#[test]
fn ws_hss_06_and_11_the_answer_octet_by_octet() {
    let mut line = asked(&[REQUEST, b"\r\n"].concat());
    assert_eq!(line.accept(&Accept::default()), Ok(Write::Queued));
    line.turn();
    assert_eq!(String::from_utf8(line.take_out()).unwrap(), ACCEPTED);
    assert!(line.rig.conn.is_websocket());
    assert_eq!(line.accept(&Accept::default()).unwrap_err().code(), Code::State, "once");
}

#[test]
fn ws_hss_07_and_08_subprotocols() {
    let offer = |lines: &str| [REQUEST, lines.as_bytes(), b"\r\n"].concat();
    let mut line = asked(&offer("Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b\r\n"));
    let select = |name: &'static [u8]| Accept { subprotocol: name, ..Accept::default() };
    let Err(AcceptError::Failed(error)) = line.accept(&select(b"c")) else { panic!("it was not offered") };
    assert_eq!(error.code(), Code::WsSubprotocol);
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).choose_subprotocol(&[b"c", b"b", b"a"]), Some(&b"b"[..]));
    assert_eq!(line.accept(&select(b"b")), Ok(Write::Queued), "nothing was sent before");
    line.turn();
    assert!(String::from_utf8(line.take_out()).unwrap().contains("\r\nSec-WebSocket-Protocol: b\r\n"));
    for names in ["a, a", "a b", "a/b"] {
        let mut line = asked(&offer(&format!("Sec-WebSocket-Protocol: {names}\r\n")));
        let Err(AcceptError::Refused(error)) = line.accept(&Accept::default()) else { panic!("{names}") };
        assert_eq!((error.code(), error.fault.status), (Code::WsSubprotocol, 400), "{names}");
        line.turn();
        assert!(line.take_out().starts_with(b"HTTP/1.1 400 "));
    }
}

#[test]
fn ws_hss_09_the_application_decides() {
    let mut line = asked(&[REQUEST, b"Origin: http://evil\r\n\r\n"].concat());
    assert_eq!(line.log, ["request"]);
    let no = wireway::conn::Response { status: 403, reason: b"", content: b"", stream: None, lent: None, close: false };
    line.rig.conn.http1(&mut line.rig.ws).respond(&no, std::iter::empty()).unwrap();
    line.turn();
    assert!(line.take_out().starts_with(b"HTTP/1.1 403 ") && line.state() & bits::IDLE != 0);
    line.recv(b"GET /again HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(line.log, ["request", "request"]);
}

#[test]
fn ws_hss_10_content() {
    for content in ["Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n", "Content-Length: 5\r\n\r\n"]
    {
        let (answer, goes_on) = refused(&[REQUEST, content.as_bytes()].concat(), "WS-HSS-10");
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("\r\nConnection: close\r\n") && !goes_on);
    }
    let mut line = asked(&[REQUEST, b"Content-Length: 0\r\n\r\n"].concat());
    assert_eq!(line.accept(&Accept::default()), Ok(Write::Queued));
}

#[test]
fn ws_hss_11_the_fields_are_ours() {
    let mut line = asked(&[REQUEST, b"\r\n"].concat());
    let mut accept = |name: &'static str| {
        let field = FieldRef { name: name.as_bytes(), value: b"x" };
        line.rig.conn.websocket(&mut line.rig.ws).accept(&Accept::default(), [field].into_iter())
    };
    for name in ["sec-websocket-accept", "Upgrade", "Connection", "Content-Length"] {
        assert!(accept(name).is_err(), "{name}");
    }
    assert_eq!(accept("Set-Cookie"), Ok(Write::Queued));
    line.turn();
    assert!(String::from_utf8(line.take_out()).unwrap().contains("\r\nSet-Cookie: x\r\n"));
}

#[test]
fn a_late_decision_needs_no_octet_of_the_request() {
    let mut line = asked(b"");
    for octet in [REQUEST, b"Sec-WebSocket-Protocol: chat\r\n\r\n"].concat() {
        line.recv(&[octet]);
    }
    line.turn();
    let accept = Accept { subprotocol: b"chat", ..Accept::default() };
    assert_eq!(line.accept(&accept), Ok(Write::Queued));
    line.turn();
    assert!(String::from_utf8(line.take_out()).unwrap().contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
}

#[test]
fn a_plain_request_is_refused_and_answered() {
    let (answer, goes_on) = refused(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "WS-HSS-01");
    assert!(answer.starts_with("HTTP/1.1 400 ") && goes_on);
    let mut line = asked(b"");
    assert_eq!(line.accept(&Accept::default()).unwrap_err().code(), Code::State, "no request");
}

//! Connections in each of their phases.

use wireway::conn::{Accept, Config, Response, Write, bits};
use wireway::http1::machine::Role;
use wireway::http1::write::FieldRef;

use crate::rig::{OK, Rig, STREAM};

const LAST: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

const HANDSHAKE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

pub fn with(change: impl FnOnce(&mut Config)) -> Rig {
    let mut config = Config::new(Role::Server);
    change(&mut config);
    Rig::new(config)
}

/// The last request was answered, and the response waits.
pub fn flushing(change: impl FnOnce(&mut Config)) -> Rig {
    let mut rig = with(change);
    rig.feed(LAST);
    rig.respond(OK).unwrap();
    assert!(rig.is(bits::WANT_WRITE) && !rig.is(bits::SHUTDOWN_WRITE));
    rig
}

pub fn lingering() -> Rig {
    let mut rig = flushing(|_| {});
    rig.flush();
    assert!(rig.is(bits::SHUTDOWN_WRITE));
    rig
}

pub fn websocket(change: impl FnOnce(&mut Config)) -> Rig {
    let mut rig = with(change);
    rig.feed(HANDSHAKE);
    assert_eq!(rig.conn.websocket(&mut rig.ws).accept(&Accept::default(), std::iter::empty()), Ok(Write::Queued));
    rig.flush();
    rig.events();
    rig
}

pub fn raw(change: impl FnOnce(&mut Config)) -> Rig {
    let mut rig = with(change);
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
    let switch = Response { status: 101, content: b"", ..OK };
    let upgrade = FieldRef { name: b"Upgrade", value: b"x" };
    assert_eq!(rig.conn.http1(&mut rig.ws).switch(&switch, [upgrade].into_iter()), Ok(Write::Queued));
    rig.flush();
    rig.events();
    rig
}

/// A response is queued, and the next head is due.
pub fn before_a_head(change: impl FnOnce(&mut Config)) -> Rig {
    let mut rig = with(change);
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    rig.respond(OK).unwrap();
    assert!(rig.is(bits::WANT_READ));
    rig
}

/// An early response is queued, and content arrives.
pub fn amid_content(change: impl FnOnce(&mut Config)) -> Rig {
    let mut rig = with(change);
    rig.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx");
    rig.respond(OK).unwrap();
    assert!(rig.is(bits::WANT_READ) && !rig.is(bits::IDLE));
    rig
}

/// A complete request has part of its response.
pub fn held(change: impl FnOnce(&mut Config)) -> Rig {
    let mut rig = with(change);
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    rig.respond(STREAM).unwrap();
    rig
}

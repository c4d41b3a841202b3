//! Limits and clocks in the phases of a connection where no row of the ledger reaches them; `docs/limits.md` is the table of all.

#[path = "attack/rig.rs"]
#[allow(dead_code)] // shared with the attacks
mod rig;

use rig::{GET, OK, Rig};
use wireway::conn::{Accept, Config, Event, Response, Write, bits};
use wireway::error::Code;
use wireway::http1::machine::Role;
use wireway::http1::write::FieldRef;

const LAST: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const HANDSHAKE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
const MIB: usize = 1 << 20;

fn with(change: impl FnOnce(&mut Config)) -> Rig {
    let mut config = Config::new(Role::Server);
    change(&mut config);
    Rig::new(config)
}

/// The last request was answered, and the response waits.
fn flushing(change: impl FnOnce(&mut Config)) -> Rig {
    let mut rig = with(change);
    rig.feed(LAST);
    rig.respond(OK).unwrap();
    assert!(rig.is(bits::WANT_WRITE) && !rig.is(bits::SHUTDOWN_WRITE));
    rig
}

fn lingering() -> Rig {
    let mut rig = flushing(|_| {});
    rig.flush();
    assert!(rig.is(bits::SHUTDOWN_WRITE));
    rig
}

fn websocket() -> Rig {
    let mut rig = with(|_| {});
    rig.feed(HANDSHAKE);
    assert_eq!(rig.conn.accept_websocket(&mut rig.ws, &Accept::default(), std::iter::empty()), Ok(Write::Queued));
    rig.flush();
    rig.events();
    rig
}

fn raw() -> Rig {
    let mut rig = with(|_| {});
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
    let switch = Response { status: 101, content: b"", ..OK };
    let upgrade = FieldRef { name: b"Upgrade", value: b"x" };
    assert_eq!(rig.conn.switch(&mut rig.ws, &switch, [upgrade].into_iter()), Ok(Write::Queued));
    rig.flush();
    rig.events();
    rig
}

/// A binary frame of a client, of so many octets, under a masking key of zeros.
fn frame(len: u16) -> Vec<u8> {
    let [high, low] = len.to_be_bytes();
    let mut frame = vec![0x82, 0xfe, high, low, 0, 0, 0, 0];
    frame.resize(8 + usize::from(len), 0);
    frame
}

#[test]
fn h1_lim_09_sixteen_mib_by_default() {
    let mut rig = lingering();
    let piece = vec![b'G'; 1 << 16];
    for _ in 0..16 * MIB / piece.len() {
        assert!(rig.is(bits::WANT_READ));
        rig.feed(&piece);
    }
    assert!(!rig.is(bits::CLOSE), "as much as a body");
    rig.feed(b"G");
    assert!(rig.is(bits::CLOSE));
}

/// An owner that does not look at `WANT_READ` has an end, too.
#[test]
fn h1_lim_09_an_owner_that_reads_on_while_output_waits() {
    let mut rig = flushing(|config| config.limits.drain_max = 1 << 20);
    let piece = vec![b'G'; 1 << 16];
    let mut read = 0;
    while !rig.is(bits::CLOSE) {
        assert_eq!(rig.is(bits::WANT_READ), read < piece.len(), "one lend is wanted, no more");
        rig.feed(&piece);
        read += piece.len();
        assert!(read <= MIB + 3 * piece.len());
    }
    assert!(read > MIB);
}

#[test]
fn h1_lim_09_while_output_waits_the_response_is_not_lost() {
    let mut rig = flushing(|_| {});
    rig.feed(&[b'G'; 1 << 16]);
    assert!(!rig.is(bits::WANT_READ));
    assert!(rig.flush().ends_with("\r\n\r\nok"));
    assert!(rig.is(bits::WANT_READ) && rig.is(bits::SHUTDOWN_WRITE));
}

#[test]
fn h1_lim_09_frames_behind_our_close_are_counted() {
    let mut rig = websocket();
    rig.conn.close(&mut rig.ws, 1000, b"").unwrap();
    rig.flush();
    let message = frame(60_000);
    let mut read = 0;
    let error = loop {
        assert!(rig.is(bits::WANT_READ) && read <= 16 * MIB);
        read += message.len();
        if let Some(&Event::Error(error)) = rig.feed(&message).first() {
            break error;
        }
    };
    assert_eq!((error.code(), error.fault.rule), (Code::TooLarge, c"H1-LIM-09"));
    assert!(read > 16 * MIB && rig.is(bits::CLOSE));
}

#[test]
fn h1_lim_09_a_websocket_that_failed_lingers_no_longer_than_the_drain() {
    let mut rig = websocket();
    assert!(matches!(rig.feed(b"\xff\x80\0\0\0\0")[..], [Event::Error(_)]));
    rig.flush();
    for _ in 0..9 {
        rig.pass(3_000);
        rig.feed(b"G");
        assert!(!rig.is(bits::CLOSE));
    }
    rig.pass(2_999);
    assert!(!rig.is(bits::CLOSE));
    rig.pass(1);
    assert!(rig.is(bits::CLOSE));
}

/// The owner's pause and resume are no octets of the peer.
#[test]
fn h1_lim_09_the_owner_does_not_extend_the_linger() {
    let mut rig = lingering();
    rig.pass(3_000);
    rig.deadline();
    rig.conn.pause();
    rig.conn.resume();
    rig.pass(2_000);
    assert!(rig.is(bits::CLOSE));
}

#[test]
fn h1_line_09_empty_lines_at_an_idle_client_are_counted() {
    let mut rig = Rig::client();
    rig.request(GET).unwrap();
    rig.flush();
    rig.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assert!(rig.feed(b"\r\n\r\n\r\n\r\n").is_empty() && rig.is(bits::IDLE));
    assert!(matches!(rig.feed(b"\r\n")[..], [Event::Error(error)] if error.code() == Code::UnexpectedData));
    assert!(rig.is(bits::CLOSE));
}

#[test]
fn h1_lim_07_a_lend_is_bounded_in_every_phase() {
    let mut body = with(|_| {});
    body.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    for mut rig in [with(|_| {}), body, flushing(|_| {}), lingering(), raw(), websocket()] {
        let longest = rig.conn.config().limits.lend_max as usize;
        let lent = rig.conn.receive(&mut rig.ws, longest + 1, 0);
        assert_eq!(lent.unwrap_err().code(), Code::Argument);
        assert_eq!(rig.conn.receive(&mut rig.ws, longest, 0), Ok(()));
    }
}

#[test]
fn high_water_holds_raw_octets_of_ours() {
    let mut rig = raw();
    let octets = vec![0; 300 << 10];
    assert_eq!(rig.conn.send(&mut rig.ws, &octets), Ok(Write::Queued));
    assert_eq!(rig.conn.send(&mut rig.ws, b"x"), Ok(Write::Paused));
}

/// Nothing of the output is taken: the connection ends, and not before.
fn assert_written_in_time(mut rig: Rig) {
    rig.deadline();
    rig.pass(29_999);
    assert!(!rig.is(bits::CLOSE) && rig.is(bits::WANT_WRITE));
    rig.pass(1);
    assert!(rig.is(bits::CLOSE));
    assert_eq!(rig.conn.error().map(|error| error.code()), Some(Code::TimeoutWrite));
}

#[test]
fn write_ms_holds_while_the_last_response_waits() {
    let mut rig = flushing(|_| {});
    rig.deadline();
    rig.pass(20_000);
    rig.feed(b"octets of the peer are no progress of ours");
    rig.pass(9_999);
    assert!(!rig.is(bits::CLOSE));
    rig.pass(1);
    assert!(rig.is(bits::CLOSE));
}

#[test]
fn write_ms_holds_after_a_switch() {
    let mut rig = raw();
    rig.conn.send(&mut rig.ws, b"x").unwrap();
    assert_written_in_time(rig);
}

#[test]
fn write_ms_holds_on_a_websocket() {
    let mut rig = websocket();
    rig.conn.ping(&mut rig.ws, b"").unwrap();
    assert_written_in_time(rig);
}

//! What is read and dropped behind a last message.

use wireway::conn::{Event, bits};
use wireway::error::Code;

use crate::phases::{flushing, lingering, websocket};

const MIB: usize = 1 << 20;

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
    let mut rig = websocket(|_| {});
    rig.conn.websocket(&mut rig.ws).close(1000, b"").unwrap();
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
    let mut rig = websocket(|_| {});
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

/// An owner that sees that the peer takes nothing of our last message: how often it looks before the end, and when that is.
fn looks_at_a_peer_that_does_not_read(linger_ms: u32, drain_ms: u32) -> (usize, u64) {
    let mut rig = flushing(|config| {
        config.clocks.linger_ms = linger_ms;
        config.clocks.drain_ms = drain_ms;
    });
    rig.flush();
    rig.feed(&[b'G'; 1 << 16]);
    let mut looks = 0;
    while rig.conn.has_dropped_a_lend() {
        let due = rig.conn.put_off_linger(rig.now).min(rig.deadline());
        rig.pass(due - rig.now);
        looks += 1;
    }
    assert!(rig.is(bits::CLOSE));
    (looks, rig.now)
}

#[test]
fn h1_lim_09_a_peer_that_does_not_read_is_checked_at_growing_intervals() {
    let (looks, end) = looks_at_a_peer_that_does_not_read(5_000, 30_000);
    assert_eq!(end, 30_000, "the drain ends it, and silence does not");
    assert!((10..=25).contains(&looks), "{looks} looks");
    // A short linger is not over between two looks.
    for linger_ms in [2, 30, 1_000] {
        assert_eq!(looks_at_a_peer_that_does_not_read(linger_ms, 3_000).1, 3_000, "{linger_ms}");
    }
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

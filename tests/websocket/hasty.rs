//! WS-HSS-12: frames that a client sends before its handshake is answered.

use wireway::conn::{Accept, Write, bits};

use crate::handshake::{asked, refused, with};
use crate::line::Line;
use crate::wire::{REQUEST, masked, octets};

/// Two messages and a Ping.
fn hasty() -> Vec<u8> {
    [masked(&octets("81 02 68 69")), masked(&octets("89 00")), masked(&octets("82 03 00 01 02"))].concat()
}

/// What comes of `octets` cut in two at `cut`, where the handshake is answered once all that is read has come.
fn answered_late(octets: &[u8], cut: usize, answer: impl FnOnce(&mut Line)) -> (Vec<String>, String, u32) {
    let mut line = asked(&octets[..cut]);
    let mut rest = &octets[cut..];
    // What the connection does not read yet waits in the transport.
    while line.state() & bits::WANT_READ != 0 && !rest.is_empty() {
        line.recv(&rest[..1]);
        rest = &rest[1..];
    }
    answer(&mut line);
    line.turn();
    line.recv(rest);
    let out = String::from_utf8_lossy(&line.take_out()).into_owned();
    (line.log.clone(), out, line.state())
}

#[test]
fn ws_hss_12_frames_before_the_101_mean_the_same_at_every_cut() {
    let octets = [REQUEST, b"\r\n", &hasty()].concat();
    let accept = |line: &mut Line| assert_eq!(line.accept(&Accept::default()), Ok(Write::Queued));
    let whole = answered_late(&octets, octets.len(), accept);
    assert_eq!(whole.0, ["request", "text hi", "ping ", "data <00><01><02>"]);
    assert_eq!(whole.2, bits::WANT_READ);
    for cut in 0..octets.len() {
        assert_eq!(answered_late(&octets, cut, accept), whole, "cut at {cut}");
    }
}

#[test]
fn ws_hss_12_behind_a_refusal_they_close_at_every_cut() {
    let octets = [REQUEST, b"\r\n", &hasty()].concat();
    let no = wireway::conn::Response { status: 403, reason: b"", content: b"", stream: None, lent: None, close: false };
    let refuse = |line: &mut Line| {
        assert_eq!(line.rig.conn.http1(&mut line.rig.ws).respond(&no, std::iter::empty()), Ok(Write::Queued));
    };
    let whole = answered_late(&octets, octets.len(), refuse);
    assert!(whole.1.starts_with("HTTP/1.1 403 ") && whole.1.contains("\r\nConnection: close\r\n"), "{}", whole.1);
    assert_eq!(
        (whole.0.as_slice(), whole.2 & bits::SHUTDOWN_WRITE),
        (&["request".to_owned()][..], bits::SHUTDOWN_WRITE)
    );
    for cut in 0..octets.len() {
        assert_eq!(answered_late(&octets, cut, refuse), whole, "cut at {cut}");
    }
}

#[test]
fn ws_hss_12_a_refusal_of_the_library_closes_behind_them() {
    let hasty = [&with("Version: 13", "Version: 8")[..], &hasty()].concat();
    let (answer, goes_on) = refused(&hasty, "WS-HSS-05");
    assert!(answer.starts_with("HTTP/1.1 426 ") && answer.contains("close") && !goes_on, "{answer}");
}

/// The library answers at once, so whether they have come shows in its answer.
#[test]
fn ws_hss_12_so_does_an_expectation_that_is_refused() {
    let expecting = [REQUEST, b"Expect: x\r\n\r\n"].concat();
    let (mut line, mut late) = (asked(&[&expecting[..], &hasty()].concat()), asked(&expecting));
    let answer = |line: &mut Line| {
        line.turn();
        let answer = String::from_utf8(line.take_out()).unwrap();
        (answer.starts_with("HTTP/1.1 417 "), answer.contains("\r\nConnection: close\r\n"))
    };
    assert_eq!((answer(&mut line), answer(&mut late)), ((true, true), (true, false)));
    assert_eq!(late.state() & (bits::IDLE | bits::SHUTDOWN_WRITE), bits::IDLE);
    late.recv(&hasty());
    for line in [&mut line, &mut late] {
        assert!(line.state() & bits::SHUTDOWN_WRITE != 0 && line.take_out().is_empty());
    }
}

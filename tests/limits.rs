//! Limits and clocks in the phases of a connection where no row of the ledger reaches them; `docs/limits.md` is the table of all.

#[path = "limits/drained.rs"]
mod drained;
#[path = "limits/gathered.rs"]
mod gathered;
#[path = "limits/output.rs"]
mod output;
#[path = "limits/phases.rs"]
mod phases;
#[path = "attack/rig.rs"]
#[allow(dead_code)] // shared with the attacks
mod rig;

use phases::{flushing, held, lingering, raw, websocket, with};
use rig::{GET, Rig};
use wireway::conn::{Event, Write, bits};
use wireway::error::Code;

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
    for mut rig in [with(|_| {}), body, held(|_| {}), flushing(|_| {}), lingering(), raw(|_| {}), websocket(|_| {})] {
        let longest = rig.conn.config().limits.lend_max as usize;
        let lent = rig.conn.receive(&mut rig.ws, longest + 1, 0);
        assert_eq!(lent.unwrap_err().code(), Code::Argument);
        assert_eq!(rig.conn.receive(&mut rig.ws, longest, 0), Ok(()));
    }
}

#[test]
fn pipeline_max_holds_while_content_arrives() {
    let mut rig = Rig::client();
    rig.request(GET).unwrap();
    rig.flush();
    rig.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx");
    assert_eq!(rig.request(GET).unwrap_err().code(), Code::State);
    rig.feed(b"x");
    assert_eq!(rig.request(GET), Ok(Write::Queued));
}

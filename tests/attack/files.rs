//! Files among other content: what is shown in what order, what is released when, and what failure leaves behind.

use super::rig::{GET, OK, Rig, errors};
use wireway::conn::{Event, File, Request, Response, Write, bits};
use wireway::error::{Code, Error};

const ASK: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const FILE: File = File { fd: 5, offset: 100, len: 10 };

/// A server that has begun a response of that length, and sent its head.
fn begun(len: Option<u64>) -> Rig {
    let mut rig = Rig::server();
    rig.feed(ASK);
    rig.respond(Response { stream: Some(len), content: b"", ..OK }).unwrap();
    rig.flush();
    rig
}

fn file(rig: &mut Rig, file: File, token: u64) -> Result<Write, Error> {
    rig.conn.http1(&mut rig.ws).send_file(&file, token)
}

fn shown(rig: &Rig) -> String {
    String::from_utf8(rig.shown()).unwrap()
}

fn sent(rig: &mut Rig, n: usize) {
    rig.conn.sent(&mut rig.ws, n, 0).unwrap();
}

#[test]
fn output_stops_before_a_file_until_it_is_sent() {
    let mut rig = begun(None);
    rig.conn.http1(&mut rig.ws).send(b"a").unwrap();
    file(&mut rig, FILE, 1).unwrap();
    rig.conn.http1(&mut rig.ws).send(b"b").unwrap();
    assert_eq!((shown(&rig).as_str(), rig.conn.shown(&rig.ws).file()), ("1\r\na\r\na\r\n", None));
    sent(&mut rig, 5);
    assert_eq!(rig.conn.shown(&rig.ws).file(), None, "not before what is in front of it is sent");
    sent(&mut rig, 4);
    assert_eq!((shown(&rig).as_str(), rig.conn.shown(&rig.ws).file()), ("", Some(FILE)));
    assert!(rig.is(bits::WANT_WRITE) && !rig.is(bits::EVENTS));
    sent(&mut rig, 3);
    assert_eq!(rig.conn.shown(&rig.ws).file(), Some(File { offset: 103, len: 7, ..FILE }));
    sent(&mut rig, 7);
    assert_eq!((shown(&rig).as_str(), rig.conn.shown(&rig.ws).file()), ("\r\n1\r\nb\r\n", None));
    assert_eq!(rig.events(), [Event::Released(1)]);
}

#[test]
fn a_file_that_is_supplied_goes_out_like_any_octets() {
    let mut rig = begun(Some(11));
    file(&mut rig, FILE, 1).unwrap();
    rig.conn.http1(&mut rig.ws).send(b".").unwrap();
    let mut out = String::new();
    for (offset, part) in [(100, "abc"), (103, "d"), (104, "efghij")] {
        let asked = File { fd: 5, offset, len: 110 - offset };
        assert_eq!(rig.conn.shown(&rig.ws).file(), Some(asked));
        rig.conn
            .http1(&mut rig.ws)
            .supply_file(|file, room| {
                assert_eq!((*file, room.len() as u64), (asked, asked.len));
                room[..part.len()].copy_from_slice(part.as_bytes());
                part.len()
            })
            .unwrap();
        assert_eq!((rig.conn.shown(&rig.ws).file(), rig.conn.queued()), (None, 11 - out.len()));
        let is_last = offset == 104;
        assert_eq!(shown(&rig), if is_last { "efghij." } else { part });
        assert_eq!(rig.conn.http1(&mut rig.ws).supply_file(|_, _| 1).unwrap_err().code(), Code::State);
        sent(&mut rig, part.len() - usize::from(is_last));
        assert!(!rig.is(bits::EVENTS), "released behind the copy");
        sent(&mut rig, usize::from(is_last));
        out += part;
    }
    assert_eq!(rig.events(), [Event::Released(1)]);
    assert_eq!((rig.flush().as_str(), rig.conn.queued()), (".", 0));
    rig.finish().unwrap();
    assert_eq!(rig.feed(ASK), [Event::Request { last: true }]);
}

/// However much there is of a file, little of it is asked for at once.
#[test]
fn what_is_supplied_at_once_is_bounded() {
    const LEN: u64 = 1 << 40;
    let mut rig = begun(Some(LEN));
    file(&mut rig, File { len: LEN, ..FILE }, 1).unwrap();
    let supplied = rig.conn.http1(&mut rig.ws).supply_file(|file, room| {
        assert_eq!((file.len, room.len()), (LEN, 64 << 10));
        usize::MAX
    });
    assert_eq!(supplied, Ok(()));
    sent(&mut rig, 64 << 10);
    assert_eq!(rig.conn.shown(&rig.ws).file(), Some(File { fd: 5, offset: 100 + (64 << 10), len: LEN - (64 << 10) }));
}

#[test]
fn the_longest_file_there_can_be() {
    let most = i64::MAX as u64;
    let mut rig = begun(Some(most));
    for wrong in
        [File { fd: 5, offset: 1, len: most }, File { len: u64::MAX, ..FILE }, File { offset: most + 1, fd: 5, len: 0 }]
    {
        assert_eq!(file(&mut rig, wrong, 1).unwrap_err().code(), Code::Argument);
    }
    assert_eq!(file(&mut rig, File { fd: 5, offset: 0, len: most }, 2), Ok(Write::Queued));
    assert_eq!(rig.finish(), Ok(Write::Queued));
    assert_eq!(rig.conn.queued() as u64, most);
    sent(&mut rig, usize::MAX / 2 - 1);
    assert_eq!(rig.conn.shown(&rig.ws).file(), Some(File { fd: 5, offset: most - 1, len: 1 }));
    sent(&mut rig, 1);
    assert_eq!(rig.events(), [Event::Released(2)]);
}

#[test]
fn a_file_is_content_as_other_content_is() {
    let mut rig = begun(Some(25));
    file(&mut rig, FILE, 1).unwrap();
    assert_eq!(file(&mut rig, File { len: 16, ..FILE }, 2).unwrap_err().code(), Code::BodyLength);
    file(&mut rig, FILE, 3).unwrap();
    assert_eq!(rig.finish().unwrap_err().code(), Code::BodyLength, "5 octets are missing");
    rig.conn.abort(&mut rig.ws, 0);
    assert_eq!(rig.events(), [Event::Released(1), Event::Released(3)]);
    let mut rig = Rig::server();
    assert_eq!(file(&mut rig, FILE, 1).unwrap_err().code(), Code::State, "before a head");
    rig.feed(b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    rig.respond(Response { stream: Some(Some(10)), content: b"", ..OK }).unwrap();
    assert_eq!(file(&mut rig, FILE, 4), Ok(Write::Queued), "to HEAD it is dropped");
    rig.finish().unwrap();
    assert_eq!(rig.conn.shown(&rig.ws).file(), None);
    assert!(rig.flush().ends_with("Content-Length: 10\r\n\r\n"));
    assert_eq!(rig.events(), [Event::Released(4)]);
}

#[test]
fn an_empty_file_is_released_in_its_turn() {
    for stream in [None, Some(0)] {
        let mut rig = begun(stream);
        file(&mut rig, File { len: 0, ..FILE }, 1).unwrap();
        assert_eq!(rig.events(), [Event::Released(1)]);
        rig.finish().unwrap();
        assert_eq!(rig.flush(), if stream.is_none() { "0\r\n\r\n" } else { "" });
    }
}

#[test]
fn above_the_high_water_mark_a_file_waits() {
    let mut rig = begun(None);
    let long = File { len: 1 << 30, ..FILE };
    assert_eq!(file(&mut rig, long, 1), Ok(Write::Queued));
    assert_eq!(file(&mut rig, FILE, 2), Ok(Write::Paused));
    let head = shown(&rig).len();
    sent(&mut rig, head + (1 << 30));
    assert_eq!(rig.events(), [Event::Released(1), Event::Writable]);
    assert_eq!(file(&mut rig, FILE, 2), Ok(Write::Queued));
}

#[test]
fn a_client_uploads_a_file_and_a_tunnel_carries_one() {
    let mut rig = Rig::client();
    rig.request(Request { method: b"PUT", stream: Some(Some(10)), ..GET }).unwrap();
    rig.flush();
    file(&mut rig, FILE, 1).unwrap();
    rig.finish().unwrap();
    assert_eq!(rig.conn.shown(&rig.ws).file(), Some(FILE));
    sent(&mut rig, 10);
    assert_eq!(rig.events(), [Event::Released(1)]);
    rig.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    rig.request(Request { method: b"CONNECT", target: b"a:1", ..GET }).unwrap();
    rig.flush();
    rig.feed(b"HTTP/1.1 200 OK\r\n\r\n");
    assert_eq!(file(&mut rig, FILE, 2), Ok(Write::Queued));
    assert_eq!((shown(&rig).as_str(), rig.conn.shown(&rig.ws).file()), ("", Some(FILE)));
}

/// It cannot be mended, wherever the connection stands: it ends, and everything comes back.
#[test]
fn a_file_that_has_ended_ends_the_connection() {
    for closes in [false, true] {
        let mut rig = Rig::server();
        rig.feed(ASK);
        rig.respond(Response { close: closes, stream: Some(Some(20)), content: b"", ..OK }).unwrap();
        rig.flush();
        file(&mut rig, FILE, 1).unwrap();
        file(&mut rig, FILE, 2).unwrap();
        rig.finish().unwrap();
        sent(&mut rig, 9);
        assert_eq!(rig.conn.http1(&mut rig.ws).supply_file(|_, _| 0), Ok(()));
        assert!(rig.is(bits::CLOSE | bits::EVENTS) && rig.conn.shown(&rig.ws).file().is_none());
        assert_eq!(errors(&rig.events()), [Code::BodyLength]);
        rig.conn.abort(&mut rig.ws, 0);
        assert_eq!(rig.events(), [Event::Released(1), Event::Released(2)]);
        assert_eq!(rig.conn.error().map(|error| error.code()), Some(Code::BodyLength));
    }
}

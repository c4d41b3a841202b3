//! Files over TLS: read by the owner as room allows, whatever it reads at a time.

use wireway::conn::{Event, File, FileResponse, Request, Response, Write, bits};
use wireway::error::Code;
use wireway::http1::machine::Role;
use wireway::semantics::selection::Selector;

use crate::end::{End, GET, OK, carry, ends, pair, whole};
use crate::tls_support::{VERSIONS, configs};

const LEN: usize = 150_001;

fn octets(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i * 31 + i / 256) as u8).collect()
}

/// A client that has asked, and a server that answers with a stretch of a file between two short pieces.
fn asked(version: wireway::tls::Version) -> (End, End) {
    let (mut client, mut server) = pair(&configs(version, false));
    server.is_silent = true;
    client.get();
    carry(&mut client, &mut server, &whole);
    server.respond(&Response { stream: Some(None), content: b"", ..OK });
    let file = File { fd: 3, offset: 1000, len: LEN as u64 };
    assert_eq!(server.rig.conn.http1(&mut server.rig.ws).send(b"before"), Ok(Write::Queued));
    assert_eq!(server.rig.conn.http1(&mut server.rig.ws).send_file(&file, 7), Ok(Write::Queued));
    (client, server)
}

/// Some of the file, which begins at its offset 1000.
fn supply(server: &mut End, content: &[u8], most: usize) {
    let read = |file: &File, room: &mut [u8]| {
        let rest = &content[file.offset as usize - 1000..];
        let len = rest.len().min(room.len()).min(most);
        room[..len].copy_from_slice(&rest[..len]);
        len
    };
    assert_eq!(server.rig.conn.http1(&mut server.rig.ws).supply_file(read), Ok(()));
}

#[test]
fn whatever_is_read_at_a_time() {
    let content = octets(LEN);
    for (version, most) in VERSIONS
        .into_iter()
        .zip([97, 1])
        .chain([1000, 16 << 10, (16 << 10) + 1, 65535, usize::MAX].map(|most| (VERSIONS[1], most)))
    {
        let (mut client, mut server) = asked(version);
        assert!(server.rig.conn.seals());
        loop {
            carry(&mut client, &mut server, &whole);
            if server.rig.conn.shown(&server.rig.ws).file().is_none() {
                break;
            }
            assert!(server.has(bits::WANT_WRITE));
            supply(&mut server, &content, most);
        }
        assert_eq!(server.log, ["request", "Released(7)"]);
        assert_eq!(server.rig.conn.http1(&mut server.rig.ws).finish(std::iter::empty()), Ok(Write::Queued));
        carry(&mut client, &mut server, &whole);
        assert_eq!(client.log, ["response 200", "End { trailers: false }"]);
        assert!(client.content == [b"before", &content[..]].concat(), "{version:?}, {most} at a time");
    }
}

/// A file as an answer is read and sealed as any other; the request selects the part.
#[test]
fn a_range_of_a_file_that_is_the_answer() {
    let content = octets(LEN);
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    server.is_silent = true;
    client.get();
    carry(&mut client, &mut server, &whole);
    let file = File { fd: 3, offset: 1000, len: LEN as u64 };
    let answer = FileResponse { file, content_type: b"", etag: b"", modified: None, is_date_strong: false, token: 7 };
    let range = std::iter::once((Selector::Range, &b"bytes=50000-"[..]));
    let answered = server.rig.conn.http1(&mut server.rig.ws).respond_file(b"GET", range, &answer, std::iter::empty());
    assert_eq!(answered, Ok(Write::Queued));
    loop {
        carry(&mut client, &mut server, &whole);
        if server.rig.conn.shown(&server.rig.ws).file().is_none() {
            break;
        }
        supply(&mut server, &content, usize::MAX);
    }
    assert_eq!(
        (&server.log[..], &client.log[..]),
        (&["request", "Released(7)"].map(String::from)[..], &["response 206".to_owned()][..])
    );
    assert!(client.content == content[50_000..]);
}

/// A peer that does not read: some records wait, and nothing more is asked for.
#[test]
fn no_more_is_read_than_records_may_wait() {
    let (mut client, mut server) = asked(VERSIONS[1]);
    let content = octets(LEN);
    let before = server.rig.ws.heap().used();
    server.rig.conn.seal(&mut server.rig.ws);
    let mut supplies = 0;
    while server.rig.conn.shown(&server.rig.ws).file().is_some() {
        supplies += 1;
        supply(&mut server, &content, usize::MAX);
        server.rig.conn.seal(&mut server.rig.ws);
    }
    let kept = server.rig.ws.heap().used() - before;
    assert_eq!(supplies, 1);
    assert!(kept < 150 << 10, "{kept} octets are kept, those for the next piece included");
    assert_eq!(server.rig.conn.http1(&mut server.rig.ws).supply_file(|_, _| 1).unwrap_err().code(), Code::State);
    loop {
        carry(&mut client, &mut server, &whole);
        if server.rig.conn.shown(&server.rig.ws).file().is_none() {
            break;
        }
        supply(&mut server, &content, usize::MAX);
    }
    assert!(client.content == [b"before", &content[..]].concat());
}

/// Nothing can be encrypted yet, so nothing is to be read yet.
#[test]
fn before_the_handshake_a_file_waits() {
    let (mut client, mut server) = ends(&configs(VERSIONS[1], false));
    client.ask(&Request { method: b"PUT", stream: Some(Some(5)), ..GET });
    let file = File { fd: 3, offset: 1000, len: 5 };
    assert_eq!(client.rig.conn.http1(&mut client.rig.ws).send_file(&file, 1), Ok(Write::Queued));
    assert_eq!(client.rig.conn.shown(&client.rig.ws).file(), None);
    carry(&mut client, &mut server, &whole);
    assert_eq!(client.rig.conn.shown(&client.rig.ws).file(), Some(file));
    supply(&mut client, b"12345", 5);
    carry(&mut client, &mut server, &whole);
    assert_eq!((&server.content[..], &client.log[..]), (&b"12345"[..], &["Released(1)".to_owned()][..]));
}

/// The peer cannot take the end of a file that was cut for the end of the content: there is no close_notify.
#[test]
fn a_file_that_is_too_short() {
    let (mut client, mut server) = asked(VERSIONS[1]);
    carry(&mut client, &mut server, &whole);
    supply(&mut server, &octets(LEN), 10);
    carry(&mut client, &mut server, &whole);
    supply(&mut server, &[0; 10], 10);
    server.go_on();
    assert!(server.has(bits::CLOSE));
    server.rig.conn.abort(&mut server.rig.ws, 1000);
    server.go_on();
    assert_eq!(server.log, ["request", "error BodyLength", "Released(7)"]);
    carry(&mut client, &mut server, &whole);
    client.eof();
    assert_eq!(client.log, ["response 200", "error Truncated"]);
    assert_eq!(client.content.len(), 16);
}

/// A client, and a server that was asked twice in one lend with a broken record behind, and rests.
fn broken() -> (crate::tls_support::End, End) {
    const ASK: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let (client, server) = configs(VERSIONS[1], false);
    let mut client = crate::tls_support::End::new(&client, "example.com");
    let mut server = End::new(Role::Server, &server, |_| ());
    server.is_silent = true;
    server.hear(&client.out(usize::MAX));
    client.hear(&server.out(usize::MAX));
    assert!(client.send(&[ASK, ASK]));
    server.hear(&[&client.out(usize::MAX)[..], b"\x17\x03\x03\x00\x20", &[0; 32]].concat());
    assert_eq!(std::mem::take(&mut server.log), ["request"]);
    (client, server)
}

/// Nothing can be sealed any more, so a full queue stays full for good: what waits for room, and the failure, are not to wait for it.
#[test]
fn a_failure_is_told_though_a_file_fills_the_queue() {
    let (mut client, mut server) = broken();
    server.respond(&Response { stream: Some(Some(1 << 30)), content: b"", ..OK });
    let file = File { fd: 3, offset: 0, len: 1 << 30 };
    assert_eq!(server.rig.conn.http1(&mut server.rig.ws).send_file(&file, 7), Ok(Write::Queued));
    assert_eq!(server.rig.conn.http1(&mut server.rig.ws).finish(std::iter::empty()), Ok(Write::Queued));
    assert!(server.has(bits::EVENTS));
    let told = server.rig.conn.next(&mut server.rig.ws, &mut []).unwrap();
    assert!(matches!(told, Ok(Event::Error(error)) if error.code() == Code::TlsDecrypt), "{told:?}");
    server.go_on();
    assert_eq!(server.log, ["Released(7)"]);
    assert_eq!(server.rig.conn.shown(&server.rig.ws).file(), None);
    client.hear(&server.out(usize::MAX));
    assert_eq!(client.rest.unwrap_err().code(), Code::TlsAlert);
    assert!(server.has(bits::SHUTDOWN_WRITE));
}

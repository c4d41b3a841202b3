//! Files as answers: what of them goes out, with which fields, and that each is released whatever that was.

use super::rig::{Rig, refs};
use wireway::conn::{Config, Event, File, FileResponse, Write};
use wireway::error::Code;
use wireway::http1::machine::Role;
use wireway::semantics::preconditions::Condition;
use wireway::semantics::selection::Selector;

/// The date of the examples in RFC 9110, and an hour later.
const THEN: i64 = 784_111_777;
const NOW: u64 = 784_111_777 + 3600;

const FILE: File = File { fd: 5, offset: 1000, len: 100 };
const ANSWER: FileResponse<'static> = FileResponse {
    file: FILE,
    content_type: b"text/plain",
    etag: b"\"a\"",
    modified: Some(THEN),
    is_date_strong: false,
    token: 7,
};
const VALIDATORS: &str = "ETag: \"a\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nX: y\r\n";
const CONTENT: &str = "Content-Type: text/plain\r\nAccept-Ranges: bytes\r\n";

fn asked(method: &str) -> Rig {
    let mut rig = Rig::server();
    rig.ws.set_time(NOW);
    rig.feed(format!("{method} / HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes());
    rig
}

fn answer(rig: &mut Rig, method: &str, selectors: &[(Selector, &str)], with: &FileResponse<'_>) -> Result<Write, Code> {
    let selectors = selectors.iter().map(|(selector, value)| (*selector, value.as_bytes()));
    let mut http1 = rig.conn.http1(&mut rig.ws);
    http1.respond_file(method.as_bytes(), selectors, with, refs(&[("X", "y")])).map_err(|error| error.code())
}

/// What goes out before the file, and what goes out of it, for a request with one more field.
fn answered(method: &str, selector: Option<(Selector, &str)>, with: &FileResponse<'_>) -> (String, Option<File>) {
    let mut rig = asked(method);
    assert_eq!(answer(&mut rig, method, selector.as_slice(), with), Ok(Write::Queued));
    let head = String::from_utf8(rig.shown()).unwrap();
    rig.conn.sent(&mut rig.ws, head.len(), 0).unwrap();
    let file = rig.conn.shown(&rig.ws).file();
    rig.conn.sent(&mut rig.ws, file.map_or(0, |file| file.len as usize), 0).unwrap();
    assert_eq!(rig.events(), [Event::Released(with.token)], "{method} {selector:?}");
    assert_eq!(rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"), [Event::Request { last: true }], "it goes on");
    (head, file)
}

/// The head of an answer at `NOW`.
fn head(status: &str, length: u64, lines: &str) -> String {
    format!("HTTP/1.1 {status}\r\nDate: Sun, 06 Nov 1994 09:49:37 GMT\r\nContent-Length: {length}\r\n{lines}\r\n")
}

#[test]
fn the_whole_file_or_the_range_that_was_asked_for() {
    let whole = head("200 OK", 100, &format!("{CONTENT}{VALIDATORS}"));
    assert_eq!(answered("GET", None, &ANSWER), (whole.clone(), Some(FILE)));
    assert_eq!(answered("HEAD", None, &ANSWER), (whole.clone(), None));
    assert_eq!(answered("POST", Some((Selector::Range, "bytes=0-0")), &ANSWER), (whole, Some(FILE)));
    let part = head("206 Partial Content", 10, &format!("Content-Range: bytes 90-99/100\r\n{CONTENT}{VALIDATORS}"));
    let last = File { offset: 1090, len: 10, ..FILE };
    assert_eq!(answered("GET", Some((Selector::Range, "bytes=90-")), &ANSWER), (part, Some(last)));
}

#[test]
fn conditions_and_ranges_may_exclude_the_content() {
    let known = head("304 Not Modified", 100, VALIDATORS);
    let none_match = Some((Selector::Condition(Condition::NoneMatch), "\"a\""));
    for method in ["GET", "HEAD"] {
        assert_eq!(answered(method, none_match, &ANSWER), (known.clone(), None), "{method}");
    }
    let failed = head("412 Precondition Failed", 0, VALIDATORS);
    assert_eq!(answered("GET", Some((Selector::Condition(Condition::Match), "\"b\"")), &ANSWER), (failed, None));
    let beyond = head("416 Range Not Satisfiable", 0, &format!("Content-Range: bytes */100\r\n{VALIDATORS}"));
    assert_eq!(answered("GET", Some((Selector::Range, "bytes=100-")), &ANSWER), (beyond, None));
}

#[test]
fn a_file_response_omits_unknown_fields() {
    let bare = FileResponse { content_type: b"", etag: b"", modified: None, file: File { len: 0, ..FILE }, ..ANSWER };
    let empty = head("200 OK", 0, "Accept-Ranges: bytes\r\nX: y\r\n");
    assert_eq!(answered("GET", None, &bare), (empty.clone(), None));
    assert_eq!(answered("GET", None, &FileResponse { modified: Some(-1), ..bare }), (empty, None));
}

/// RFC 9110 §8.8.2.1; without a clock nothing is known to be later.
#[test]
fn no_modification_is_later_than_the_answer() {
    let future = FileResponse { modified: Some(THEN + 7200), ..ANSWER };
    let (text, _) = answered("GET", None, &future);
    assert!(text.contains("\r\nLast-Modified: Sun, 06 Nov 1994 09:49:37 GMT\r\n"), "{text}");
    let mut rig = Rig::server();
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(answer(&mut rig, "GET", &[], &future), Ok(Write::Queued));
    let text = String::from_utf8(rig.shown()).unwrap();
    assert!(text.contains("\r\nLast-Modified: Sun, 06 Nov 1994 10:49:37 GMT\r\n"), "{text}");
}

/// The date that such an answer has is not judged by: it was that of the answer, and the next one has another.
#[test]
fn a_modification_that_is_to_come_validates_nothing() {
    let future = FileResponse { modified: Some(THEN + 7200), etag: b"", ..ANSWER };
    let sent = "Sun, 06 Nov 1994 09:49:37 GMT";
    for condition in [Condition::UnmodifiedSince, Condition::ModifiedSince] {
        let (text, _) = answered("GET", Some((Selector::Condition(condition), sent)), &future);
        assert!(text.starts_with("HTTP/1.1 200 "), "{condition:?}: {text}");
    }
    let past = FileResponse { modified: Some(THEN - 1), etag: b"", ..ANSWER };
    let (text, _) = answered("GET", Some((Selector::Condition(Condition::ModifiedSince), sent)), &past);
    assert!(text.starts_with("HTTP/1.1 304 "), "{text}");
}

/// RFC 9110 §13.1.5: a range is of the same content only where the validator is strong.
#[test]
fn a_date_that_is_weak_makes_no_range() {
    for (is_date_strong, status) in [(false, "HTTP/1.1 200 "), (true, "HTTP/1.1 206 ")] {
        let mut rig = asked("GET");
        let selectors =
            [(Selector::Range, "bytes=0-0"), (Selector::Condition(Condition::Range), "Sun, 06 Nov 1994 08:49:37 GMT")];
        let file = FileResponse { is_date_strong, ..ANSWER };
        assert_eq!(answer(&mut rig, "GET", &selectors, &file), Ok(Write::Queued));
        let text = String::from_utf8(rig.shown()).unwrap();
        assert!(text.starts_with(status), "{text}");
    }
}

#[test]
fn what_is_refused_leaves_nothing_behind() {
    let mut rig = asked("GET");
    for (with, code) in [
        (FileResponse { etag: b"a", ..ANSWER }, Code::Argument),
        (FileResponse { file: File { len: u64::MAX, ..FILE }, ..ANSWER }, Code::Argument),
        (FileResponse { content_type: b"a/b\r\nX: y", ..ANSWER }, Code::FieldValue),
    ] {
        assert_eq!(answer(&mut rig, "GET", &[], &with), Err(code));
        assert_eq!((rig.conn.queued(), rig.events()), (0, vec![]));
    }
    assert_eq!(answer(&mut rig, "GET", &[], &ANSWER), Ok(Write::Queued));
    assert_eq!(answer(&mut rig, "GET", &[], &ANSWER), Err(Code::State), "it is answered");
}

/// All or nothing: a head without its file would promise what does not come.
#[test]
fn above_the_high_water_mark_neither_head_nor_file_is_queued() {
    let mut config = Config::new(Role::Server);
    config.limits.high_water = 100;
    config.limits.low_water = 50;
    let mut rig = Rig::new(config);
    let queued = |rig: &Rig| rig.conn.queued();
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(answer(&mut rig, "GET", &[], &ANSWER), Ok(Write::Queued), "an empty queue takes anything");
    let before = queued(&rig);
    assert!(before > 200, "the head alone is above the mark");
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(answer(&mut rig, "GET", &[], &ANSWER), Ok(Write::Paused));
    assert_eq!(queued(&rig), before);
    rig.flush();
    assert!(rig.events().contains(&Event::Writable));
    assert_eq!(answer(&mut rig, "GET", &[], &ANSWER), Ok(Write::Queued));
}

//! The runner itself: what its notation means, and that a wrong log does not pass.

use super::bytes::{expand, from_hex, to_hex};
use super::case::Case;
use super::compare::compare;
use super::cuts::{Cut, commands, cuts};
use super::frames;
use super::log::{Event, Log};
use super::wire::{canonical, statuses, without_continue};

fn case(above: &[&str], below: &[&str]) -> Case {
    let lines = |lines: &[&str]| lines.iter().map(|line| line.to_string()).collect::<Vec<_>>();
    Case::parse("H1-LINE-01", "a case".into(), &lines(above), &lines(below)).expect("a case")
}

fn event(kind: &str, words: &[&str]) -> Event {
    let words = words.iter().map(|word| word.as_bytes().to_vec()).collect();
    Event { kind: kind.into(), words, ..Event::default() }
}

/// A log of one request `GET /` with a field, answered with 200.
fn good() -> Log {
    let mut log = Log { output: b"HTTP/1.1 200 OK\r\nX: y\r\nA: b\r\n\r\n".to_vec(), ..Log::default() };
    let request = Event { fields: vec![(b"Host".into(), b"a".into())], last: true, ..event("REQUEST", &["GET", "/"]) };
    log.push(request).expect("an event");
    log.state.insert("idle".into());
    log
}

#[test]
fn notation() {
    assert_eq!(expand("a\\r\\n\\x00\\\\\\\"").unwrap(), b"a\r\n\0\\\"");
    assert_eq!(expand("{x*3}{}{{ab*2}c*2}").unwrap(), b"xxxababcababc");
    assert_eq!(expand("{G}").unwrap(), b"GET / HTTP/1.1\r\nHost: a\r\n");
    assert!(expand("{N}").is_err() && expand("\\q").is_err() && expand("{x*3").is_err());
    assert_eq!(from_hex(&to_hex(b"\0\xff")).unwrap(), b"\0\xff");
    assert_eq!(from_hex(&to_hex(b"")).unwrap(), b"");
}

#[test]
fn a_wrong_log_fails_a_case() {
    let passes = |below: &[&str]| compare(&case(&["recv x"], below), &good()).is_ok();
    assert!(passes(&["REQUEST GET / end", "  Host: a", "status 200", "state idle open"]));
    assert!(passes(&["REQUEST GET|PUT / end", "< HTTP/1.1 200 OK\\r\\nA: b\\r\\nX: y\\r\\n\\r\\n"]));
    assert!(passes(&["?ERROR Host", "REQUEST GET / end"]));
    let wrong: &[&[&str]] = &[
        &["REQUEST GET /"],
        &["REQUEST PUT / end"],
        &["REQUEST GET / end x2"],
        &["REQUEST GET / +close end"],
        &["REQUEST GET / end", "  (none)"],
        &["REQUEST GET / end", "status 200+close"],
        &["REQUEST GET / end", "status 200 200"],
        &["REQUEST GET / end", "status none"],
        &["REQUEST GET / end", "state -idle"],
        &["REQUEST GET / end", "has zzz"],
        &["REQUEST GET / end", "<= HTTP/1.1 200 OK\\r\\nA: b\\r\\nX: y\\r\\n\\r\\n"],
        &["REQUEST GET / end", "ERROR Host 400"],
    ];
    wrong.iter().for_each(|below| assert!(!passes(below), "{below:?}"));
}

#[test]
fn missing_or_too_much_memory_fails_a_case() {
    let told = |grown| compare(&case(&["recv x"], &["status none", "memory 10"]), &Log { grown, ..Log::default() });
    assert!(told(Some(10)).is_ok() && told(Some(11)).is_err() && told(None).is_err());
}

#[test]
fn a_call_with_another_result_fails_a_case() {
    let called = |line: &str, result: &str| {
        let log = Log { results: vec![result.into()], checks: vec![["read".into()].into()], ..Log::default() };
        compare(&case(&[line, "check read"], &["status none"]), &log).is_ok()
    };
    assert!(called("respond 200", "Ok") && !called("respond 200", "State"));
    assert!(called("respond 200 => State/Host", "Host") && !called("respond 200 => State", "Ok"));
    assert!(called("respond 200 => refused", "Host") && !called("respond 200 => refused", "Paused"));
}

#[test]
fn events_are_normalised() {
    let mut log = Log::default();
    let data = |text: &str, last| Event { data: text.into(), last, ..event("DATA", &[]) };
    for data in [data("", false), data("ab", false), data("", false), data("c", true)] {
        log.push(data).expect("an event");
    }
    assert_eq!(log.events, [data("abc", false), event("END", &[])]);
    assert!(log.push(event("END", &[])).is_err());
}

/// Of a WebSocket: parts are joined, each message is one, and none begins within another.
#[test]
fn messages_are_normalised() {
    let part = |text: &str, first, last| Event { data: text.into(), first, last, ..event("TEXT", &[]) };
    let heard = |parts: &[(&str, bool, bool)], whole: bool| {
        let mut log = Log { whole, ..Log::default() };
        let all: Result<Vec<()>, String> =
            parts.iter().map(|(text, first, last)| log.push(part(text, *first, *last))).collect();
        all.map(|_| log.events.iter().map(|event| event.to_string()).collect::<Vec<_>>().join(", "))
    };
    let two = [("", true, false), ("a", false, false), ("", false, true), ("", true, true)];
    assert_eq!(heard(&two, false).as_deref(), Ok("TEXT a, END, TEXT, END"));
    assert!(heard(&two, true).is_err(), "they were to come whole");
    assert!(heard(&[("a", true, false), ("b", true, true)], false).is_err());
    assert!(heard(&[("a", false, true)], false).is_err());
}

#[test]
fn frames_are_written_and_read() {
    let plain = frames::octets("82 7e 007e 61*126").unwrap();
    assert_eq!(plain.len(), 4 + 126);
    assert_eq!(frames::masked(&[&plain[..], &[0x89, 0]].concat()).len(), 8 + 126 + 6);
    let wire = frames::masked(&plain);
    assert_eq!(frames::unmasked(&wire).as_deref(), Ok(&plain[..]));
    assert!(frames::unmasked(&plain).is_err() && frames::unmasked(&wire[..wire.len() - 1]).is_err());
    assert!(frames::unmasked(&[&wire[..], &wire].concat()).is_err(), "a key that comes again");
    assert!(frames::octets("8").is_err() && frames::octets("8x").is_err() && frames::octets("81*x").is_err());
}

#[test]
fn every_cut_feeds_the_same_octets() {
    let case = case(&["recv abc", "tick 1", "recv {x*1000}"], &["status none"]);
    let fed = |cut| -> Vec<u8> {
        let text = commands(&case, cut).into_iter();
        text.filter_map(|c| if let super::step::Command::Receive(b) = c { Some(b) } else { None }).flatten().collect()
    };
    let all = cuts(&case);
    assert!(all.iter().all(|cut| fed(*cut) == fed(Cut::Whole)));
    assert!(all.contains(&Cut::At(0, 2)) && all.contains(&Cut::At(2, 300)) && all.contains(&Cut::At(2, 999)));
    assert!(!all.contains(&Cut::At(2, 500)));
}

#[test]
fn output_is_read() {
    let output =
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nB: 1\r\nConnection: Close\r\n\r\nhiHTTP/1.1 404 N\r\n\r\n";
    let codes = [("100", false), ("200", true), ("404", false)].map(|(code, closes)| (code.to_string(), closes));
    assert_eq!(statuses(output), codes);
    assert!(without_continue(output).starts_with(b"HTTP/1.1 200"));
    assert_eq!(canonical(b"GET / HTTP/1.1\r\nB: 1\r\na: 2\r\n\r\nx"), b"GET / HTTP/1.1\r\na: 2\r\nb: 1\r\n\r\nx");
}

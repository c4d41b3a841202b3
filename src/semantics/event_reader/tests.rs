//! Streams, whole, cut in two at every place, and octet by octet.

use super::*;

/// `type|id|data|retry` of each event, and whether there was room for all.
fn told<'p>(room: usize, pieces: impl Iterator<Item = &'p [u8]>) -> (Vec<String>, bool) {
    let (mut reader, mut room, mut events) = (EventReader::default(), vec![b'?'; room], Vec::new());
    for piece in pieces {
        let mut at = 0;
        loop {
            let (used, step) = reader.next(&piece[at..], &mut room);
            at += used;
            match step {
                EventStep::Event(event) => {
                    let text =
                        |value: Option<&[u8]>| value.map_or("-".to_owned(), |value| value.escape_ascii().to_string());
                    let retry = event.retry_ms.map_or("-".to_owned(), |retry| retry.to_string());
                    events.push([text(event.name), text(event.id), text(Some(event.data)), retry].join("|"));
                }
                EventStep::NeedInput => {
                    assert_eq!(at, piece.len());
                    break;
                }
                EventStep::Failed(fault) => {
                    assert_eq!(reader.next(b"\n\n", &mut room), (0, EventStep::Failed(fault)));
                    return (events, false);
                }
            }
        }
    }
    (events, true)
}

fn tells(room: usize, stream: &[u8], events: &[&str]) {
    let expected = (events.iter().map(|event| event.to_string()).collect(), true);
    assert_eq!(told(room, [stream].into_iter()), expected, "{}", stream.escape_ascii());
    assert_eq!(told(room, stream.chunks(1)), expected, "octet by octet: {}", stream.escape_ascii());
    for cut in 0..=stream.len() {
        let (first, second) = stream.split_at(cut);
        assert_eq!(told(room, [first, second].into_iter()), expected, "{cut}: {}", stream.escape_ascii());
    }
}

/// The examples of HTML Standard §9.2.6, and what they leave open.
#[test]
fn h1_sem_16_streams_and_their_events() {
    let cases: [(&[u8], &[&str]); 27] = [
        (b"", &[]),
        (b"data: YHOO\ndata: +2\ndata: 10\n\n", &["-|-|YHOO\\n+2\\n10|-"]),
        (
            b": test stream\n\ndata: first\nid: 1\n\ndata:second\nid\n\ndata:  third\n\n",
            &["-|1|first|-", "-||second|-", "-|| third|-"],
        ),
        (b"data\n\ndata\ndata\n\ndata:", &["-|-||-", "-|-|\\n|-"]),
        (b"data:test\n\ndata: test\n\n", &["-|-|test|-", "-|-|test|-"]),
        (b"data: a\r\rdata: b\r\n\r\ndata: c\n\r\n", &["-|-|a|-", "-|-|b|-", "-|-|c|-"]),
        (b"data: a\r\nevent: e\r\ndata: b\r\n\r\n", &["e|-|a\\nb|-"]),
        (b"data: a\r\n\ndata: b\n\n", &["-|-|a|-", "-|-|b|-"]),
        (b"data: a", &[]),
        (b"data: a\n", &[]),
        (b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n", &["-|-|a|-"]),
        (b"\xef\xbb\xbf\ndata: a\n\n", &["-|-|a|-"]),
        (b"\xef\xbb\xbf: a\n\xef\xbb\xbf\ndata: a\n\n", &["-|-|a|-"]),
        (b"event: add\ndata: a\n\ndata: b\n\n", &["add|-|a|-", "-|-|b|-"]),
        (b"event: add\n\ndata: b\n\n", &["-|-|b|-"]),
        (b"event: add\nevent: del\ndata: b\nevent:\n\n", &["-|-|b|-"]),
        (b"event: a\nid: 12345\ndata: b\nid: 6\n\n", &["a|6|b|-"]),
        (b"id: 1\nevent: type\nid: 23456\ndata: b\n\nevent: t\nid:\ndata: c\n\n", &["type|23456|b|-", "t||c|-"]),
        (b"id: 1\n\ndata: a\n\n", &["-|1|a|-"]),
        (b"id: 1\nid: 2\0\ndata: a\n\n", &["-|1|a|-"]),
        (b"retry: 10\ndata: a\n\nretry: 1x\nretry:\ndata: b\n\n", &["-|-|a|10", "-|-|b|10"]),
        (b"retry: 99999999999\nretry: -1\ndata: a\n\n", &["-|-|a|4294967295"]),
        (b"Data: a\n data: a\ndatab: a\ndata : a\nx\n\n", &[]),
        (b"data: a:b: \n\n", &["-|-|a:b: |-"]),
        (b"data: \0\xc3\xa9\xff\n\n", &["-|-|\\x00\\xc3\\xa9\\xff|-"]),
        (b":\n:\n::\n\n\n\ndata: a\n:x\n\n", &["-|-|a|-"]),
        (b"data: a\n\n\n\n\n", &["-|-|a|-"]),
    ];
    for (stream, events) in cases {
        tells(64, stream, events);
    }
}

#[test]
fn h1_sem_16_an_event_may_fill_its_room() {
    let long = [b": ", &[b'x'; 1000][..], b"\nid: 12\nevent: abc\ndata: 1234567\n\ndata: 1234567890\n\n"].concat();
    // The id, the type, and the longest line beside them; then the data.
    tells(18, &long, &["abc|12|1234567|-", "-|12|1234567890|-"]);
    for room in 0..18 {
        assert!(!told(room, [&long[..]].into_iter()).1, "{room}");
        assert!(!told(room, long.chunks(1)).1, "{room}");
    }
    let lines = b"data: 1\n".repeat(10);
    assert!(told(20 + 6, [&lines[..]].into_iter()).1 && !told(20 + 4, [&lines[..]].into_iter()).1);
}

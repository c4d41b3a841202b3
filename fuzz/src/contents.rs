//! What holds of contents that are read in pieces or written: multipart and event streams.

use crate::cuts;
use wireway::semantics::event_reader::{EventReader, EventStep};
use wireway::semantics::event_stream::ServerSentEvent;
use wireway::semantics::multipart::{Multipart, MultipartStep};

/// What a reader told: the heads and contents of the parts, how many are whole, and how it ended.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    parts: Vec<(Vec<u8>, Vec<u8>)>,
    ended: usize,
    is_done: bool,
    rule: String,
}

/// Content is told the same however it is cut, and is never more than came.
pub fn multipart(is_form: bool, scale: u8, seed: u8, content: &[u8]) {
    let whole = told(is_form, content, cuts::whole());
    let cut = told(is_form, content, cuts::chosen(scale, seed, content.len()));
    assert_eq!(whole, cut);
    assert!(whole.parts.iter().map(|(head, octets)| head.len() + octets.len()).sum::<usize>() <= content.len());
    assert!(whole.ended + 1 >= whole.parts.len() && (!whole.is_done || whole.ended == whole.parts.len()));
    if !content.windows(5).any(|window| window == b"\r\n--b") {
        let framed = [b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx", content, b"\r\n--b--"].concat();
        let again = told(true, &framed, cuts::chosen(seed, scale, framed.len()));
        assert!(again.is_done && again.parts.len() == 1 && again.parts[0].1[1..] == *content);
    }
}

fn told(is_form: bool, content: &[u8], mut pieces: impl Iterator<Item = usize>) -> Told {
    let mut reader = Multipart::new(b"multipart/form-data; boundary=b", is_form).expect("it is one");
    // The room is never what a head is too large for: where that is found depends on the cuts.
    let (mut told, mut room, mut at) = (Told::default(), vec![0; content.len()], 0);
    while at < content.len() {
        let end = at + pieces.next().unwrap_or(1).min(content.len() - at);
        loop {
            let piece: Box<[u8]> = content[at..end].into();
            let (used, step) = reader.next(&piece, &mut room);
            at += used;
            match step {
                MultipartStep::Head(head) => told.parts.push((head.text.to_vec(), Vec::new())),
                MultipartStep::Content(octets) => {
                    assert!(!octets.is_empty());
                    told.parts.last_mut().expect("in a part").1.extend_from_slice(octets);
                }
                MultipartStep::End => told.ended += 1,
                MultipartStep::NeedInput | MultipartStep::Done => {
                    assert_eq!(at, end);
                    told.is_done = step == MultipartStep::Done;
                    break;
                }
                MultipartStep::Failed(fault) => {
                    told.rule = fault.rule.to_string_lossy().into_owned();
                    assert_eq!(reader.next(b"\r\n--b--", &mut room), (0, MultipartStep::Failed(fault)));
                    return told;
                }
            }
        }
    }
    told
}

/// What is written is one event, and says what was to be said: read line by line, straight from HTML Standard §9.2.6.
pub fn event_stream(flags: u8, retry: u32, lines: &[u8]) {
    let mut texts = lines.splitn(4, |&octet| octet == 0xff);
    let mut text = |bit: u8| texts.next().filter(|_| flags & bit != 0);
    let retry_ms = Some(retry).filter(|_| flags & 16 != 0);
    let event = ServerSentEvent { comment: text(1), name: text(2), id: text(4), data: text(8), retry_ms };
    if event.check().is_err() {
        return;
    }
    let mut out = Vec::new();
    event.write(&mut |piece| out.extend_from_slice(piece));
    let mut read = Read::default();
    let body = out.strip_suffix(b"\n").expect("an empty line");
    body.split_inclusive(|&octet| octet == b'\n').for_each(|line| read.line(line));
    assert_eq!(read.data, event.data.map(normalised));
    assert_eq!((read.name.as_deref(), read.id.as_deref()), (event.name, event.id));
    assert_eq!(read.retry_ms, retry_ms.map(|retry| retry.to_string().into_bytes()));
    assert_eq!(read.comment, event.comment.map(normalised));
    let name = event.name.filter(|name| !name.is_empty()).map(<[u8]>::to_vec);
    let told = Event { name, id: read.id, data: read.data.clone().unwrap_or_default(), retry_ms };
    assert_eq!(events(&out, cuts::whole()), if read.data.is_some() { vec![told] } else { Vec::new() });
}

#[derive(Debug, PartialEq, Eq)]
struct Event {
    name: Option<Vec<u8>>,
    id: Option<Vec<u8>>,
    data: Vec<u8>,
    retry_ms: Option<u32>,
}

/// A stream has the same events however it is cut, and no more octets of data than came.
pub fn event_reader(scale: u8, seed: u8, stream: &[u8]) {
    let whole = events(stream, cuts::whole());
    assert_eq!(whole, events(stream, cuts::chosen(scale, seed, stream.len())));
    assert!(whole.iter().map(|event| event.data.len() + 1).sum::<usize>() <= stream.len());
}

fn events(stream: &[u8], mut pieces: impl Iterator<Item = usize>) -> Vec<Event> {
    // All of the stream has room: where an event is too large depends on nothing else.
    let (mut reader, mut room, mut events, mut at) = (EventReader::default(), vec![0; stream.len()], Vec::new(), 0);
    while at < stream.len() {
        let end = at + pieces.next().unwrap_or(1).min(stream.len() - at);
        loop {
            let (used, step) = reader.next(&stream[at..end], &mut room);
            at += used;
            let EventStep::Event(event) = step else { break };
            let [name, id] = [event.name, event.id].map(|value| value.map(<[u8]>::to_vec));
            events.push(Event { name, id, data: event.data.to_vec(), retry_ms: event.retry_ms });
        }
        assert_eq!(at, end, "no event is too large");
    }
    events
}

/// CRLF, CR and LF are LF.
fn normalised(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (at, &octet) in text.iter().enumerate() {
        match octet {
            b'\n' if at > 0 && text[at - 1] == b'\r' => {}
            b'\r' => out.push(b'\n'),
            octet => out.push(octet),
        }
    }
    out
}

#[derive(Default)]
struct Read {
    comment: Option<Vec<u8>>,
    name: Option<Vec<u8>>,
    id: Option<Vec<u8>>,
    retry_ms: Option<Vec<u8>>,
    data: Option<Vec<u8>>,
}

impl Read {
    fn line(&mut self, line: &[u8]) {
        let line = line.strip_suffix(b"\n").expect("a whole line");
        assert!(!line.is_empty() && !line.contains(&b'\r'));
        let colon = line.iter().position(|&octet| octet == b':').expect("a field");
        let (field, value) = (&line[..colon], &line[colon + 1..]);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"" => append(&mut self.comment, value),
            b"data" => append(&mut self.data, value),
            b"event" => assert!(self.name.replace(value.to_vec()).is_none()),
            b"id" => assert!(self.id.replace(value.to_vec()).is_none()),
            b"retry" => assert!(self.retry_ms.replace(value.to_vec()).is_none()),
            other => panic!("{}", other.escape_ascii()),
        }
    }
}

fn append(lines: &mut Option<Vec<u8>>, value: &[u8]) {
    match lines {
        Some(text) => {
            text.push(b'\n');
            text.extend_from_slice(value);
        }
        None => *lines = Some(value.to_vec()),
    }
}

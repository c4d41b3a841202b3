//! Writing an event stream, `text/event-stream` (HTML Standard §9.2.5, §9.2.6).
//!
//! Uses [`crate::error`]. Does not validate UTF-8.

use crate::error::{Code, Fault};

static NAME: Fault = Fault::new(Code::FieldValue, 0, c"H1-SEM-15", c"the type of an event is of one line");
static ID: Fault = Fault::new(Code::FieldValue, 0, c"H1-SEM-15", c"the id of an event is of one line, without NUL");

/// One event. `None` is not written.
#[derive(Clone, Copy, Debug, Default)]
pub struct ServerSentEvent<'a> {
    /// Lines ignored by the reader.
    pub comment: Option<&'a [u8]>,
    /// The type; empty is the default, `message`.
    pub name: Option<&'a [u8]>,
    /// The new Last-Event-ID.
    pub id: Option<&'a [u8]>,
    /// Milliseconds until the reader reconnects.
    pub retry_ms: Option<u32>,
    /// Lines of text, ending with CRLF, LF or CR. Without it the reader delivers no event.
    pub data: Option<&'a [u8]>,
}

impl ServerSentEvent<'_> {
    /// Checks that it can be written.
    ///
    /// # Errors
    ///
    /// A type or an id with a line end, or an id with NUL: the reader would parse what follows as other fields, or
    /// ignore the id.
    pub fn check(&self) -> Result<(), &'static Fault> {
        let has = |text: Option<&[u8]>, octets: &[u8]| {
            text.is_some_and(|text| text.iter().any(|octet| octets.contains(octet)))
        };
        match () {
            () if has(self.name, b"\r\n") => Err(&NAME),
            () if has(self.id, b"\r\n\0") => Err(&ID),
            () => Ok(()),
        }
    }

    /// Writes the event in pieces, with the empty line at its end.
    pub fn write(&self, to: &mut dyn FnMut(&[u8])) {
        let mut field = |name: &[u8], value: &[u8]| [name, value, b"\n"].into_iter().for_each(&mut *to);
        self.comment.into_iter().flat_map(Lines::of).for_each(|line| field(b": ", line));
        self.name.into_iter().for_each(|name| field(b"event: ", name));
        self.id.into_iter().for_each(|id| field(b"id: ", id));
        if let Some(retry) = self.retry_ms {
            let (digits, start) = digits(retry);
            field(b"retry: ", &digits[start..]);
        }
        self.data.into_iter().flat_map(Lines::of).for_each(|line| field(b"data: ", line));
        field(b"", b"");
    }
}

/// The lines of a text: one more than it has line ends.
struct Lines<'a> {
    rest: Option<&'a [u8]>,
}

impl<'a> Lines<'a> {
    const fn of(text: &'a [u8]) -> Self {
        Self { rest: Some(text) }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.rest.take()?;
        let end = text.iter().position(|octet| matches!(octet, b'\r' | b'\n')).unwrap_or(text.len());
        let (line, rest) = text.split_at(end);
        self.rest = match rest {
            [b'\r', b'\n', rest @ ..] | [_, rest @ ..] => Some(rest),
            [] => None,
        };
        Some(line)
    }
}

/// Decimal digits at the end of the array, and their offset.
fn digits(number: u32) -> ([u8; 10], usize) {
    let (mut digits, mut at, mut rest) = ([0; 10], 10, number);
    loop {
        at -= 1;
        digits[at] = b'0' + crate::narrow::octet(rest as usize % 10);
        rest /= 10;
        if rest == 0 {
            return (digits, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(event: &ServerSentEvent<'_>) -> String {
        let mut out = Vec::new();
        event.write(&mut |piece| out.extend_from_slice(piece));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn h1_sem_15_events_as_they_are_written() {
        let none = ServerSentEvent::default();
        let data = |text: &'static str| ServerSentEvent { data: Some(text.as_bytes()), ..none };
        let full = ServerSentEvent {
            comment: Some(b"c\nd"),
            name: Some(b"add"),
            id: Some(b" 7"),
            retry_ms: Some(4_294_967_295),
            data: Some(b"x"),
        };
        for (event, expected) in [
            (none, "\n"),
            (data(""), "data: \n\n"),
            (data("a"), "data: a\n\n"),
            (data(" a:b"), "data:  a:b\n\n"),
            (data("a\nb\rc\r\nd"), "data: a\ndata: b\ndata: c\ndata: d\n\n"),
            (data("\n\r\r\n"), "data: \ndata: \ndata: \ndata: \n\n"),
            (data("\r\n"), "data: \ndata: \n\n"),
            (data("a\0\u{e9}\u{2028}\u{b}b"), "data: a\0\u{e9}\u{2028}\u{b}b\n\n"),
            (data("a\n\nid: 7\n"), "data: a\ndata: \ndata: id: 7\ndata: \n\n"),
            (full, ": c\n: d\nevent: add\nid:  7\nretry: 4294967295\ndata: x\n\n"),
            (ServerSentEvent { id: Some(b""), ..none }, "id: \n\n"),
            (ServerSentEvent { retry_ms: Some(0), ..none }, "retry: 0\n\n"),
            (ServerSentEvent { comment: Some(b""), ..none }, ": \n\n"),
            (ServerSentEvent { comment: Some(b"a\r\rdata: b"), ..none }, ": a\n: \n: data: b\n\n"),
        ] {
            assert_eq!(event.check(), Ok(()), "{expected:?}");
            assert_eq!(written(&event), expected);
        }
    }

    #[test]
    fn h1_sem_15_a_type_or_an_id_of_two_lines_is_refused() {
        for text in [&b"a\nb"[..], b"\r", b"a\r\n", b"\n"] {
            let (name, id) = (ServerSentEvent { name: Some(text), ..Default::default() }, Some(text));
            assert_eq!(name.check(), Err(&NAME), "{}", text.escape_ascii());
            assert_eq!(ServerSentEvent { id, ..Default::default() }.check(), Err(&ID), "{}", text.escape_ascii());
        }
        assert_eq!(ServerSentEvent { id: Some(b"a\0"), ..Default::default() }.check(), Err(&ID));
        assert_eq!(ServerSentEvent { name: Some(b"a\0"), ..Default::default() }.check(), Ok(()));
    }
}

//! Events of a connection as the log has them: octets instead of places.

use wireway::conn::{self, Conn, Head, Span, Window, Workspace};
use wireway::error::Error;
use wireway::http1::head::{Field, Octets};
use wireway::http1::machine::head;

use crate::support::log::{Event, code_name};
use crate::support::step::Fields;

/// The log's event; `lent` is the present lend.
pub fn describe(event: conn::Event, conn: &Conn, ws: &Workspace, lent: &[u8]) -> Result<Event, String> {
    let windows = Windows { held: conn.held(ws), lent };
    let with_head = |kind, last| message(kind, last, conn.head(ws).ok_or("an event without its head")?, &windows);
    Ok(match event {
        conn::Event::Request { last } => with_head("REQUEST", last)?,
        conn::Event::Response { last } => with_head("RESPONSE", last)?,
        conn::Event::Interim => with_head("INTERIM", false)?,
        conn::Event::End { trailers: true } => {
            let (head, table) = conn.head(ws).ok_or("trailers without their head")?;
            Event { fields: fields(windows.of(head), table), last: true, ..named("END") }
        }
        conn::Event::Data { span, last } => Event { data: windows.octets(span), last, ..named("DATA") },
        conn::Event::Raw(span) => Event { data: windows.octets(span), ..named("RAW") },
        conn::Event::Error(error) if conn.error() != Some(error) => return Err("error() tells another error".into()),
        conn::Event::Error(error) => error_event(error),
        other => plain(other),
    })
}

fn named(kind: &str) -> Event {
    Event { kind: kind.into(), ..Event::default() }
}

/// Events without octets.
fn plain(event: conn::Event) -> Event {
    match event {
        conn::Event::RawEnd => named("RAW-END"),
        conn::Event::Writable => named("WRITABLE"),
        conn::Event::Continue => named("CONTINUE"),
        conn::Event::Released(token) => {
            let mut event = named("RELEASED");
            event.attributes.insert("token".into(), token.to_string().into());
            event
        }
        _ => Event { last: true, ..named("END") },
    }
}

fn error_event(error: Error) -> Event {
    let mut event = named("ERROR");
    event.words.push(code_name(error.code() as i32).into());
    event.attributes.insert("status".into(), error.fault.status.to_string().into());
    event.attributes.insert("rule".into(), error.fault.rule.to_bytes().into());
    event
}

/// The octets that places are in.
struct Windows<'a> {
    held: &'a [u8],
    lent: &'a [u8],
}

impl<'a> Windows<'a> {
    fn window(&self, window: Window) -> &'a [u8] {
        match window {
            Window::Held => self.held,
            Window::Lent => self.lent,
        }
    }

    fn octets(&self, span: Span) -> Vec<u8> {
        self.window(span.window)[span.offset as usize..][..span.len as usize].into()
    }

    /// What the ranges of a head are relative to.
    fn of(&self, head: &Head) -> &'a [u8] {
        &self.window(head.window)[head.base as usize..]
    }
}

fn message(kind: &str, last: bool, (head, table): (&Head, &[Field]), windows: &Windows) -> Result<Event, String> {
    let base = windows.of(head);
    let range = |Octets { offset, len }: Octets| base[offset as usize..][..len as usize].to_vec();
    let mut event = Event { fields: fields(base, table), last, ..named(kind) };
    if kind == "REQUEST" {
        event.words.extend([range(head.method), range(head.target)]);
        event.attributes.insert("host".into(), range(head.authority));
    } else {
        event.words.push(head.status.to_string().into());
        event.attributes.insert("reason".into(), range(head.reason));
    }
    let length = head.content_length.map_or("none".into(), |length| length.to_string());
    event.attributes.insert("length".into(), length.into());
    event.attributes.insert("version".into(), format!("1.{}", head.version_minor).into());
    event.flags.extend(FLAGS.iter().filter(|(bit, _)| head.flags & bit != 0).map(|(_, name)| name.to_string()));
    Ok(event)
}

const FLAGS: [(u32, &str); 6] = [
    (head::UPGRADE, "upgrade"),
    (head::CLOSE, "close"),
    (head::CHUNKED, "chunked"),
    (head::EXPECT, "expect"),
    (head::HOST_MISMATCH, "host-mismatch"),
    (head::LENIENT, "lenient"),
];

fn fields(base: &[u8], table: &[Field]) -> Fields {
    let octets = |at: u32, len: usize| base[at as usize..][..len].to_vec();
    let pair = |f: &Field| (octets(f.name, f.name_len.into()), octets(f.value, f.value_len as usize));
    table.iter().map(pair).collect()
}

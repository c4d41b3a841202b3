//! Events of a connection as the log has them: octets instead of places.

use wireway::conn::{self, Conn, Head, HeadKind, Span, Window, Workspace};
use wireway::error::Error;
use wireway::http1::head::{Field, Octets};
use wireway::http1::machine::head;

use crate::support::code::code_name;
use crate::support::log::Event;
use crate::support::message::Fields;

/// The log's event; `lent` is the present lend.
pub fn describe(event: conn::Event, conn: &Conn, ws: &Workspace, lent: &[u8]) -> Result<Event, String> {
    let windows = Windows { held: conn.shown(ws).held(), scratch: conn.shown(ws).scratch(), lent };
    let mut out = without_head(event, &windows);
    if has_head(event) {
        let (head, table) = conn.shown(ws).head().ok_or("an event without its head")?;
        let base = windows.of(head);
        out.fields = fields(base, table);
        if head.kind != HeadKind::Trailers {
            start_line(&mut out, head, base);
        }
        add_trailers(&mut out, fields(base, conn.shown(ws).trailers()));
    }
    match event {
        conn::Event::Error(error) if conn.error() != Some(error) => Err("error() tells another error".into()),
        _ => Ok(out),
    }
}

fn has_head(event: conn::Event) -> bool {
    use conn::Event::{End, Interim, Request, Response, Whole};
    matches!(event, Request { .. } | Whole { .. } | Response { .. } | Interim | End { trailers: true })
}

/// Those of a request that came whole, as `name:value;`.
fn add_trailers(event: &mut Event, trailers: Fields) {
    let text: Vec<u8> = trailers.iter().flat_map(|(name, value)| [name, &b":"[..], value, b";"].concat()).collect();
    if !text.is_empty() {
        event.attributes.insert("trailers".into(), text);
    }
}

fn named(kind: &str) -> Event {
    Event { kind: kind.into(), ..Event::default() }
}

fn without_head(event: conn::Event, windows: &Windows) -> Event {
    match event {
        conn::Event::Request { last } => Event { last, ..named("REQUEST") },
        conn::Event::Whole { content, .. } => whole(windows.octets(content)),
        conn::Event::Response { last } => Event { last, ..named("RESPONSE") },
        conn::Event::Data { span, last } => Event { data: windows.octets(span), last, ..named("DATA") },
        conn::Event::Message { span, text, first, last } => {
            Event { data: windows.octets(span), first, last, ..named(if text { "TEXT" } else { "BINARY" }) }
        }
        conn::Event::Raw(span) => Event { data: windows.octets(span), ..named("RAW") },
        conn::Event::Error(error) => error_event(error),
        other => control_frame(other, windows).unwrap_or_else(|| plain(other)),
    }
}

fn control_frame(event: conn::Event, windows: &Windows) -> Option<Event> {
    Some(match event {
        conn::Event::Ping(span) => Event { data: windows.octets(span), ..named("PING") },
        conn::Event::Pong(span) => Event { data: windows.octets(span), ..named("PONG") },
        conn::Event::CloseFrame { code, span } => {
            Event { words: vec![code.to_string().into()], data: windows.octets(span), ..named("CLOSE") }
        }
        _ => return None,
    })
}

/// Events without octets.
fn plain(event: conn::Event) -> Event {
    match event {
        conn::Event::Interim => named("INTERIM"),
        conn::Event::RawEnd { clean: true } => named("RAW-END"),
        conn::Event::RawEnd { clean: false } => Event { words: vec!["Truncated".into()], ..named("RAW-END") },
        conn::Event::Writable => named("WRITABLE"),
        conn::Event::Continue => named("CONTINUE"),
        conn::Event::PeerEnded => named("PEER-ENDED"),
        conn::Event::Released(token) => with("RELEASED", [("token", token.to_string().into())]),
        _ => Event { last: true, ..named("END") },
    }
}

fn with<const N: usize>(kind: &str, attributes: [(&str, Vec<u8>); N]) -> Event {
    Event { attributes: attributes.map(|(name, value)| (name.into(), value)).into(), ..named(kind) }
}

fn whole(content: Vec<u8>) -> Event {
    let request = if content.is_empty() { named("REQUEST") } else { with("REQUEST", [("content", content)]) };
    Event { last: true, ..request }
}

fn error_event(error: Error) -> Event {
    let fault = error.fault;
    let attributes = [("status", fault.status.to_string().into()), ("rule", fault.rule.to_bytes().into())];
    Event { words: vec![code_name(error.code() as i32).into()], ..with("ERROR", attributes) }
}

/// The octets that places are in.
struct Windows<'a> {
    held: &'a [u8],
    scratch: &'a [u8],
    lent: &'a [u8],
}

impl<'a> Windows<'a> {
    fn window(&self, window: Window) -> &'a [u8] {
        match window {
            Window::Held => self.held,
            Window::Lent => self.lent,
            Window::Scratch => self.scratch,
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

/// What a head says before and beside its fields; its ranges are relative to `base`.
fn start_line(event: &mut Event, head: &Head, base: &[u8]) {
    let range = |Octets { offset, len }: Octets| base[offset as usize..][..len as usize].to_vec();
    let mut attribute = |name: &str, value: Vec<u8>| drop(event.attributes.insert(name.into(), value));
    if head.kind == HeadKind::Request {
        event.words.extend([range(head.parsed.method), range(head.parsed.target)]);
        attribute("host", range(head.authority));
    } else {
        event.words.push(head.status.to_string().into());
        attribute("reason", range(head.reason));
    }
    attribute("length", head.content_length.map_or("none".into(), |length| length.to_string()).into());
    attribute("version", format!("1.{}", head.parsed.version_minor).into());
    event.flags.extend(FLAGS.iter().filter(|(bit, _)| head.flags & bit != 0).map(|(_, name)| name.to_string()));
}

const FLAGS: [(u32, &str); 7] = [
    (head::UPGRADE, "upgrade"),
    (head::CLOSE, "close"),
    (head::CHUNKED, "chunked"),
    (head::EXPECT, "expect"),
    (head::HOST_MISMATCH, "host-mismatch"),
    (head::LENIENT, "lenient"),
    (head::WEBSOCKET, "websocket"),
];

fn fields(base: &[u8], table: &[Field]) -> Fields {
    let octets = |at: u32, len: usize| base[at as usize..][..len].to_vec();
    let pair = |f: &Field| (octets(f.name, f.name_len.into()), octets(f.value, f.value_len as usize));
    table.iter().map(pair).collect()
}

//! What a connection told and wrote, in a form that does not depend on how its input was cut.

use wireway::conn::{Head, bits};
use wireway::error::Error;
use wireway::http1::head::{Field, Octets};

/// One thing that happened. Neighbouring content is joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A request, an interim or a final response, or trailers: everything that is in the head, and its fields.
    Head(HeadText),
    /// Content of a message.
    Data(Vec<u8>),
    /// The message is complete.
    End,
    /// Octets after a switch.
    Raw(Vec<u8>),
    /// The peer sends no more after a switch.
    RawEnd,
    /// The peer broke the protocol: status, rule, code.
    Error(u16, String, i32),
    /// What a call of the application was answered, when that was not "queued".
    Refused(&'static str, i32),
}

/// A head without places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadText {
    pub kind: u8,
    pub texts: [Vec<u8>; 4],
    pub numbers: (u32, Option<u64>, u16, u8, u32),
    pub fields: Vec<(Vec<u8>, Vec<u8>, u8, u8)>,
}

impl HeadText {
    /// Takes a head out of the octets its places are in.
    pub fn of(kind: u8, head: &Head, fields: &[Field], octets: &[u8]) -> Self {
        let text = |at: u32, len: u32| octets[at as usize..][..len as usize].to_vec();
        let part = |Octets { offset, len }| if len == 0 { Vec::new() } else { text(offset, len) };
        let field = |f: &Field| (text(f.name, u32::from(f.name_len)), text(f.value, f.value_len), f.id, f.flags);
        Self {
            kind,
            texts: [part(head.parsed.method), part(head.parsed.target), part(head.reason), part(head.authority)],
            numbers: (head.flags, head.content_length, head.status, head.parsed.version_minor, head.parsed.head_len),
            fields: fields.iter().map(field).collect(),
        }
    }
}

/// The story of one connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    pub entries: Vec<Entry>,
    /// Everything that was written; without `100 Continue`, which depends on whether content had arrived (H1-EXP-03).
    pub output: Vec<u8>,
    /// What to do with the transport at the end.
    pub state: u32,
}

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

impl Log {
    pub fn data(&mut self, octets: &[u8]) {
        match self.entries.last_mut() {
            Some(Entry::Data(before)) => before.extend_from_slice(octets),
            _ => self.entries.push(Entry::Data(octets.to_vec())),
        }
    }

    pub fn raw(&mut self, octets: &[u8]) {
        match self.entries.last_mut() {
            Some(Entry::Raw(before)) => before.extend_from_slice(octets),
            _ => self.entries.push(Entry::Raw(octets.to_vec())),
        }
    }

    pub fn error(&mut self, error: &Error) {
        let rule = error.fault.rule.to_string_lossy().into_owned();
        self.entries.push(Entry::Error(error.fault.status, rule, error.code() as i32));
    }

    pub fn has_failed(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry, Entry::Error(..)))
    }

    /// Nothing more happens.
    pub fn close(mut self, state: u32) -> Self {
        let mut kept = Vec::with_capacity(self.output.len());
        let mut rest = &self.output[..];
        while !rest.is_empty() {
            let end = rest.windows(CONTINUE.len()).position(|window| window == CONTINUE).unwrap_or(rest.len());
            kept.extend_from_slice(&rest[..end]);
            rest = rest.get(end + CONTINUE.len()..).unwrap_or_default();
        }
        self.output = kept;
        self.state = state & (bits::SHUTDOWN_WRITE | bits::CLOSE | bits::IDLE | bits::CAN_RESPOND);
        self
    }
}

//! The lines that the library writes itself.

use super::date::DateCache;
use super::facts::FieldFacts;
use super::out::Out;
use crate::http1::target::HostText;

/// The library's framing line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyLine {
    /// None: no content, content delimited by close, or the caller's fields have it.
    #[default]
    None,
    /// `Content-Length` with this value.
    Length(u64),
    /// `Transfer-Encoding: chunked`.
    Chunked,
}

/// The library's Connection options: a set. `close` takes precedence over `keep-alive`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConnectionLine(u8);

impl ConnectionLine {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// `close`
    pub const CLOSE: Self = Self(1);
    /// `keep-alive`, to HTTP/1.0.
    pub const KEEP_ALIVE: Self = Self(2);
    /// `upgrade`
    pub const UPGRADE: Self = Self(4);
    /// `TE`
    pub const TE: Self = Self(8);

    /// `close` if the caller wants the connection to end.
    #[inline]
    pub const fn of(close: bool) -> Self {
        if close { Self::CLOSE } else { Self::NONE }
    }

    /// Adds the options that the caller's fields Upgrade and TE need (H1-GEN-12), and removes those that their
    /// Connection has.
    #[inline]
    pub fn completed(self, facts: &FieldFacts) -> Self {
        let needed = |fact, option: Self| if facts.has(fact) { option.0 } else { 0 };
        let all = self.0 | needed(FieldFacts::UPGRADE, Self::UPGRADE) | needed(FieldFacts::TE, Self::TE);
        if !facts.has(FieldFacts::CONNECTION) {
            return Self(all);
        }
        let said = [
            (FieldFacts::CLOSE, Self::CLOSE.0 | Self::KEEP_ALIVE.0),
            (FieldFacts::KEEP_ALIVE, Self::KEEP_ALIVE.0),
            (FieldFacts::CONNECTION_UPGRADE, Self::UPGRADE.0),
            (FieldFacts::CONNECTION_TE, Self::TE.0),
        ];
        Self(said.iter().filter(|(fact, _)| facts.has(*fact)).fold(all, |all, (_, said)| all & !said))
    }

    #[inline]
    const fn line(self) -> &'static [u8] {
        LINES[self.0 as usize & 15]
    }
}

/// The line of each set of options.
static LINES: [&[u8]; 16] = [
    b"",
    b"Connection: close\r\n",
    b"Connection: keep-alive\r\n",
    b"Connection: close\r\n",
    b"Connection: upgrade\r\n",
    b"Connection: close, upgrade\r\n",
    b"Connection: keep-alive, upgrade\r\n",
    b"Connection: close, upgrade\r\n",
    b"Connection: TE\r\n",
    b"Connection: close, TE\r\n",
    b"Connection: keep-alive, TE\r\n",
    b"Connection: close, TE\r\n",
    b"Connection: upgrade, TE\r\n",
    b"Connection: close, upgrade, TE\r\n",
    b"Connection: keep-alive, upgrade, TE\r\n",
    b"Connection: close, upgrade, TE\r\n",
];

/// The lines that the library writes between the start line and the caller's fields.
#[derive(Clone, Copy, Debug, Default)]
pub struct LibraryLines<'a> {
    /// The value of Host, for requests; written first.
    pub host: Option<HostText<'a>>,
    /// Date; omitted if the caller's fields have one.
    pub date: Option<&'a DateCache>,
    /// The framing line.
    pub body: BodyLine,
    /// The Connection options.
    pub connection: ConnectionLine,
}

impl LibraryLines<'_> {
    /// Length without Date and the digits of Content-Length.
    #[inline(always)]
    pub(super) fn octets(&self) -> usize {
        let host = self.host.map_or(0, |host| b"Host: \r\n".len() + host.octets());
        let body = match self.body {
            BodyLine::None => 0,
            BodyLine::Length(_) => b"Content-Length: \r\n".len(),
            BodyLine::Chunked => CHUNKED.len(),
        };
        host + body + self.connection.line().len()
    }

    #[inline(always)]
    pub(super) fn write_host(&self, out: &mut Out<'_>) {
        if let Some(host) = self.host {
            out.put(b"Host: ");
            host.pieces().into_iter().for_each(|piece| out.text(piece));
            out.put(b"\r\n");
        }
    }

    #[inline(always)]
    pub(super) fn write_framing(&self, out: &mut Out<'_>, digits: usize) {
        match self.body {
            BodyLine::None => {}
            BodyLine::Length(length) => {
                out.put(b"Content-Length: ");
                out.number(length, digits);
                out.put(b"\r\n");
            }
            BodyLine::Chunked => out.put(CHUNKED),
        }
        if self.connection != ConnectionLine::NONE {
            out.text(self.connection.line());
        }
    }
}

const CHUNKED: &[u8; 28] = b"Transfer-Encoding: chunked\r\n";

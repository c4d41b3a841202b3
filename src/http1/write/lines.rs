//! The lines the library writes itself.

use super::date::DateCache;
use super::out::Out;
use crate::http1::target::HostText;

/// How the library itself says where the content ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyLine {
    /// Not at all: there is no content, the end of the connection ends it, or the caller's fields say it.
    #[default]
    None,
    /// `Content-Length` of so many octets.
    Length(u64),
    /// `Transfer-Encoding: chunked`.
    Chunked,
}

/// What the library itself says about the connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConnectionLine {
    /// Nothing.
    #[default]
    None,
    /// `Connection: close`.
    Close,
    /// `Connection: keep-alive`, to HTTP/1.0.
    KeepAlive,
    /// `Connection: upgrade`.
    Upgrade,
    /// `Connection: TE`.
    Te,
}

/// The lines the library writes between the start line and the caller's fields.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnLines<'a> {
    /// The value of Host, on requests: written first.
    pub host: Option<HostText<'a>>,
    /// Date; left out when the caller's fields have one.
    pub date: Option<&'a DateCache>,
    /// How the content ends.
    pub body: BodyLine,
    /// What becomes of the connection.
    pub connection: ConnectionLine,
}

impl OwnLines<'_> {
    /// Without Date and the digits of Content-Length.
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
        if self.connection != ConnectionLine::None {
            out.text(self.connection.line());
        }
    }
}

const CHUNKED: &[u8; 28] = b"Transfer-Encoding: chunked\r\n";

impl ConnectionLine {
    #[inline(always)]
    const fn line(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Close => b"Connection: close\r\n",
            Self::KeepAlive => b"Connection: keep-alive\r\n",
            Self::Upgrade => b"Connection: upgrade\r\n",
            Self::Te => b"Connection: TE\r\n",
        }
    }
}

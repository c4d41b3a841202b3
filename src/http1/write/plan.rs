//! A whole head: checked, measured, then written.

use super::date::DateCache;
use super::facts::FieldFacts;
use super::faults;
use super::field_ref::FieldRef;
use super::lines::{BodyLine, LibraryLines};
use super::out::{self, Out};
use super::status::standard_line;
use crate::error::Error;
use crate::http1::octet::{self, TEXT};
use crate::http1::target::RequestTarget;

/// A response head to send.
#[derive(Clone, Copy, Debug)]
pub struct ResponseHead<'a> {
    /// 100 to 599.
    pub status: u16,
    /// The reason phrase; `None` for the standard one.
    pub reason: Option<&'a [u8]>,
    /// The library's own lines.
    pub lines: LibraryLines<'a>,
}

/// A request head to send.
#[derive(Clone, Copy, Debug)]
pub struct RequestHead<'a> {
    /// A token.
    pub method: &'a [u8],
    /// The target, valid by construction.
    pub target: RequestTarget<'a>,
    /// The library's own lines.
    pub lines: LibraryLines<'a>,
}

/// A checked head and its exact size.
#[derive(Clone, Copy, Debug)]
pub struct HeadPlan<'a> {
    size: usize,
    start: StartLine<'a>,
    lines: &'a LibraryLines<'a>,
    date: Option<&'a [u8; 37]>,
    /// Number of digits of the Content-Length.
    digits: usize,
}

#[derive(Clone, Copy, Debug)]
enum StartLine<'a> {
    Standard(&'static str),
    Status(u16, &'a [u8]),
    Request(&'a RequestHead<'a>),
}

impl<'a> ResponseHead<'a> {
    /// Checks the head against the facts of its fields.
    ///
    /// # Errors
    ///
    /// A status out of range, a reason with controls (H1-GEN-01), framing given twice (H1-GEN-03) or where it is not
    /// allowed (H1-BODY-08), a missing companion field (H1-GEN-11). The offset has no meaning.
    #[inline(always)]
    pub fn plan(&'a self, facts: &FieldFacts) -> Result<HeadPlan<'a>, Error> {
        let start = self.start_line()?;
        if let Some(companion) = companion_of(self.status)
            && !facts.has(companion)
        {
            return Err(faults::COMPANION.at(0));
        }
        let framed = self.lines.body != BodyLine::None || facts.has(FieldFacts::LENGTH | FieldFacts::CHUNKED);
        if framed && (self.status < 200 || self.status == 204) {
            return Err(faults::NO_CONTENT.at(0));
        }
        HeadPlan::new(start, &self.lines, facts)
    }

    #[inline(always)]
    fn start_line(&self) -> Result<StartLine<'a>, Error> {
        if !(100..600).contains(&self.status) {
            return Err(faults::STATUS.at(0));
        }
        match (self.reason, standard_line(self.status)) {
            (None, Some(line)) => Ok(StartLine::Standard(line)),
            (None, None) => Ok(StartLine::Status(self.status, b"")),
            (Some(reason), _) => match octet::find_other(reason, TEXT) {
                Some(at) => Err(faults::REASON.at(at as u64)),
                None => Ok(StartLine::Status(self.status, reason)),
            },
        }
    }
}

impl<'a> RequestHead<'a> {
    /// Checks the head against the facts of its fields.
    ///
    /// # Errors
    ///
    /// A method that is not a token (H1-GEN-02), framing given twice (H1-GEN-03), a Host that is malformed, missing or
    /// repeated (H1-TGT-15). The offset has no meaning.
    pub fn plan(&'a self, facts: &FieldFacts) -> Result<HeadPlan<'a>, Error> {
        if !octet::is_token(self.method) {
            return Err(faults::METHOD.at(0));
        }
        let host_is_good = match self.lines.host {
            Some(_) => !facts.has(FieldFacts::HOST),
            None => facts.has(FieldFacts::HOST) && !facts.has(FieldFacts::HOST_INVALID),
        };
        if !host_is_good {
            return Err(faults::HOST.at(0));
        }
        HeadPlan::new(StartLine::Request(self), &self.lines, facts)
    }
}

impl<'a> HeadPlan<'a> {
    #[inline(always)]
    fn new(start: StartLine<'a>, lines: &'a LibraryLines<'a>, facts: &FieldFacts) -> Result<Self, Error> {
        if lines.body != BodyLine::None && facts.has(FieldFacts::LENGTH | FieldFacts::CHUNKED) {
            return Err(faults::FRAMING.at(0));
        }
        let date = lines.date.filter(|_| !facts.has(FieldFacts::DATE)).map(DateCache::line);
        let digits = if let BodyLine::Length(length) = lines.body { out::digits(length) } else { 0 };
        let own = start.octets() + lines.octets() + date.map_or(0, |date| date.len()) + digits;
        Ok(Self { size: facts.octets.saturating_add(own + 2), start, lines, date, digits })
    }

    /// The exact size of the head, including the empty line.
    #[inline(always)]
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Writes the head and returns its length. `fields` must be those of the plan.
    ///
    /// # Errors
    ///
    /// [`Buffer`](crate::error::Code::Buffer) with the size needed as offset; nothing is written.
    #[inline(always)]
    pub fn write<'f>(&self, fields: impl Iterator<Item = FieldRef<'f>>, out: &mut [u8]) -> Result<usize, Error> {
        let mut out = Out::of(out, self.size)?;
        self.start.write(&mut out);
        self.lines.write_host(&mut out);
        if let Some(date) = self.date {
            out.put(date);
        }
        self.lines.write_framing(&mut out, self.digits);
        out.fields(fields);
        out.put(b"\r\n");
        out.end();
        Ok(self.size)
    }
}

impl StartLine<'_> {
    #[inline(always)]
    fn octets(&self) -> usize {
        match self {
            Self::Standard(line) => line.len(),
            Self::Status(_, reason) => b"HTTP/1.1 000 \r\n".len() + reason.len(),
            Self::Request(head) => b"  HTTP/1.1\r\n".len() + head.method.len() + head.target.octets(),
        }
    }

    #[inline(always)]
    fn write(&self, out: &mut Out<'_>) {
        match self {
            Self::Standard(line) => out.text(line.as_bytes()),
            Self::Status(status, reason) => {
                out.put(b"HTTP/1.1 ");
                out.number(u64::from(*status), 3);
                out.put(b" ");
                out.text(reason);
                out.put(b"\r\n");
            }
            Self::Request(head) => {
                out.text(head.method);
                out.put(b" ");
                head.target.pieces().into_iter().for_each(|piece| out.text(piece));
                out.put(b" HTTP/1.1\r\n");
            }
        }
    }
}

/// The field that a status requires (H1-GEN-11).
const fn companion_of(status: u16) -> Option<u32> {
    match status {
        101 | 426 => Some(FieldFacts::UPGRADE),
        401 => Some(FieldFacts::WWW_AUTHENTICATE),
        405 => Some(FieldFacts::ALLOW),
        407 => Some(FieldFacts::PROXY_AUTHENTICATE),
        _ => None,
    }
}

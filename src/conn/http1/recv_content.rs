//! Receives content: spans of the window, trailers, raw octets after a switch; drops unwanted content.

use super::recv_response::RecvResponse;
use super::whole_content::WholeContent;
use crate::conn::ending::Ending;
use crate::conn::event::{Event, Span};
use crate::conn::exchange_end::ExchangeEnd;
use crate::conn::parts::Parts;
use crate::conn::place::Place;
use crate::conn::recv_outcome::RecvOutcome;
use crate::conn::workspace::{Head, HeadKind, NONE, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::head::{Field, RequestHead, parse_trailers};
use crate::http1::machine::state::Side;
use crate::http1::machine::{NOT_NOW, Role, Step, flag, policy};
use crate::http1::write::is_forbidden_trailer;
use crate::memory::Vec;
use crate::narrow::place;

static FORBIDDEN: Fault = Fault::new(Code::Trailer, 400, c"H1-TRAIL-03", c"a field that trailers must not carry");

/// Drops or refuses fields that are forbidden in trailers.
fn admit_trailers(fields: &mut Vec<Field>, bytes: &[u8], is_strict: bool) -> Result<(), Error> {
    let before = fields.len();
    fields.retain(|field| !is_forbidden_trailer(&bytes[field.name as usize..][..field.name_len as usize]));
    if fields.len() < before && is_strict { Err(FORBIDDEN.at(0)) } else { Ok(()) }
}

/// A connection that receives content.
pub struct RecvContent<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> RecvContent<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    #[inline(never)]
    pub fn recv_body(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        if self.parts.recv.is_empty(&self.ws.held) {
            return Ok(RecvOutcome::NeedInput);
        }
        if self.parts.protocol.exchange().is_in_trailers() {
            return self.recv_trailers(lent);
        }
        let dropping = self.parts.sides.has(flag::DROPPING);
        let (window, base, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        match self.parts.protocol.exchange_mut().recv_content(
            &mut self.parts.sides,
            bytes,
            &self.parts.config.limits,
        )? {
            Step::NeedInput { used } => {
                self.parts.recv.consume(window, used);
                self.parts.timers.on_content(used);
                Ok(if dropping { self.drop_content(used, false) } else { RecvOutcome::Again })
            }
            Step::Trailers { used } => {
                self.parts.recv.consume(window, used);
                Ok(if dropping { self.drop_content(used, false) } else { RecvOutcome::Again })
            }
            Step::Data { offset, len, used, last } => {
                self.parts.recv.consume(window, used);
                self.parts.timers.on_content(used);
                if dropping {
                    return Ok(self.drop_content(used, last));
                }
                self.recv_content(lent, Span { window, offset: base + place(offset), len: place(len) }, last)
            }
        }
    }

    /// Content that is wanted.
    #[inline]
    fn recv_content(&mut self, lent: &[u8], span: Span, last: bool) -> Result<RecvOutcome, Error> {
        if self.parts.sides.has(flag::GATHERED) {
            return WholeContent::of(self.parts, self.ws).add(lent, span, last);
        }
        if last {
            ExchangeEnd::of(self.parts, self.ws).after_message();
        }
        Ok(RecvOutcome::Event(Event::Data { span, last }))
    }

    /// Whether the current event shows a head whose content has not been read yet.
    fn check_head_shown(&self) -> Result<(), Error> {
        let is_head = self.parts.head != NONE && self.ws.heads.get(self.parts.head).head.kind == HeadKind::Request;
        let is_due = self.parts.sides.role() == Role::Server
            && self.parts.sides.peer_side() == Side::Body
            && self.parts.sides.our_side() == Side::Await;
        if is_head && is_due && self.parts.lifecycle.is_head_shown() && self.parts.lifecycle.is_open() {
            Ok(())
        } else {
            Err(NOT_NOW)
        }
    }

    /// [`Http1::limit_content`](super::Http1::limit_content).
    pub fn limit_content(&mut self, max: u64) -> Result<(), Error> {
        self.check_head_shown()?;
        if let Err(error) = self.parts.protocol.exchange_mut().limit_content(max) {
            Ending::of(self.parts, self.ws).fail(error);
        }
        Ok(())
    }

    /// [`Http1::gather_content`](super::Http1::gather_content).
    pub fn gather_content(&mut self, max: u64) -> Result<(), Error> {
        self.check_head_shown()?;
        self.parts.config.check_content(max.min(self.parts.config.limits.body_max))?;
        self.parts.sides.start_gathering(true);
        self.limit_content(max)
    }

    /// Content after an early response: read and dropped within limits (H1-CONN-04, H1-LIM-09).
    fn drop_content(&mut self, used: usize, last: bool) -> RecvOutcome {
        self.parts.note_dropped(used);
        if self.parts.dropped.is_enough(&self.parts.config.limits) {
            Ending::of(self.parts, self.ws).close_when_flushed();
        } else if last {
            ExchangeEnd::of(self.parts, self.ws).after_message();
        }
        RecvOutcome::Again
    }

    fn recv_trailers(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        self.parts.head_slab(self.ws)?;
        let (is_gathered, dropping) = (self.parts.sides.has(flag::GATHERED), self.parts.sides.has(flag::DROPPING));
        let (window, base, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let slab = self.ws.heads.get_mut(self.parts.head);
        let (scan, fields) = slab.trailer_table(is_gathered, &self.parts.config.limits.trailers)?;
        let Some(len) = parse_trailers(bytes, scan, &self.parts.config.limits.trailers, fields)? else {
            return self.parts.want_more(self.ws, lent, window);
        };
        self.parts.recv.consume(window, len);
        let bytes = Place { window, base }.bytes(self.parts.recv.held(&self.ws.held), lent);
        admit_trailers(fields.as_mut_vec(), bytes, self.parts.config.has(policy::STRICT_TRAILERS))?;
        self.parts.protocol.exchange_mut().end_peer_message(&mut self.parts.sides)?;
        if dropping {
            // No field of a dropped section may remain in the slab of the next head.
            self.parts.drop_head(self.ws);
            return Ok(self.drop_content(len, true));
        }
        let section = Span { window, offset: base, len: place(len) };
        if is_gathered {
            WholeContent::of(self.parts, self.ws).end(lent, section)
        } else {
            Ok(self.show_trailers(section))
        }
    }

    /// The message is complete, and its trailers are in the slab.
    fn show_trailers(&mut self, section: Span) -> RecvOutcome {
        let Span { window, offset: base, len } = section;
        let slab = self.ws.heads.get_mut(self.parts.head);
        let parsed = RequestHead { head_len: len, ..RequestHead::default() };
        slab.head = Head { kind: HeadKind::Trailers, window, base, parsed, ..Head::default() };
        let trailers = !slab.fields.as_slice().is_empty();
        self.parts.lifecycle.show_head();
        ExchangeEnd::of(self.parts, self.ws).after_message();
        RecvOutcome::Event(Event::End { trailers })
    }

    /// Octets after a switch of protocols.
    #[inline(never)]
    pub fn recv_raw(&mut self, lent: &mut [u8]) -> RecvOutcome {
        let (window, offset, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let len = bytes.len();
        if len == 0 {
            return RecvOutcome::NeedInput;
        }
        self.parts.recv.consume(window, len);
        RecvOutcome::Event(Event::Raw(Span { window, offset, len: place(len) }))
    }

    /// Octets after the last message of the connection.
    #[inline(never)]
    pub fn recv_after_end(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        if self.parts.recv.is_empty(&self.ws.held) {
            return Ok(RecvOutcome::NeedInput);
        }
        if self.parts.sides.role() == Role::Client {
            return RecvResponse::of(self.parts, self.ws).recv_idle(lent);
        }
        let (window, _, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let len = bytes.len();
        self.parts.recv.consume(window, len);
        Ok(self.drop_content(len, false))
    }
}

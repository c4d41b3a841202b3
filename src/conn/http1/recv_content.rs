//! Content in: spans of the window, trailers, raw octets after a switch, and what is dropped.

use super::recv_response::RecvResponse;
use crate::conn::ending::Ending;
use crate::conn::event::{Event, Span};
use crate::conn::exchange_end::ExchangeEnd;
use crate::conn::look::Look;
use crate::conn::parts::Parts;
use crate::conn::place::Place;
use crate::conn::workspace::{Head, HeadKind, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::head::{RequestHead, parse_trailers};
use crate::http1::machine::{Role, Step, flag, policy};
use crate::http1::write::is_forbidden_trailer;
use crate::narrow::place;

static FORBIDDEN: Fault = Fault::new(Code::Trailer, 400, c"H1-TRAIL-03", c"a field that trailers must not carry");

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
    pub fn look_for_body(&mut self, lent: &mut [u8]) -> Result<Look, Error> {
        if self.parts.recv.is_empty(&self.ws.held) {
            return Ok(Look::Starved);
        }
        if self.parts.protocol.exchange().is_in_trailers() {
            return self.look_for_trailers(lent);
        }
        let dropping = self.parts.sides.has(flag::DROPPING);
        let (window, base, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        match self.parts.protocol.exchange_mut().recv_content(
            &mut self.parts.sides,
            bytes,
            &self.parts.config.limits,
        )? {
            Step::Starved { used } => {
                self.parts.recv.consume(window, used);
                self.parts.timers.heard_content(used);
                Ok(if dropping { self.drop_content(used, false) } else { Look::Again })
            }
            Step::Trailers { used } => {
                self.parts.recv.consume(window, used);
                Ok(if dropping { self.drop_content(used, false) } else { Look::Again })
            }
            Step::Data { offset, len, used, last } => {
                self.parts.recv.consume(window, used);
                self.parts.timers.heard_content(used);
                if dropping {
                    return Ok(self.drop_content(used, last));
                }
                if last {
                    ExchangeEnd::of(self.parts, self.ws).after_message();
                }
                let span = Span { window, offset: base + place(offset), len: place(len) };
                Ok(Look::Event(Event::Data { span, last }))
            }
        }
    }

    /// Content behind an early response: read and dropped within bounds (H1-CONN-04, H1-LIM-09).
    fn drop_content(&mut self, used: usize, last: bool) -> Look {
        self.parts.note_dropped(used);
        if self.parts.dropped.is_enough(&self.parts.config.limits) {
            Ending::of(self.parts, self.ws).close_when_flushed();
        } else if last {
            ExchangeEnd::of(self.parts, self.ws).after_message();
        }
        Look::Again
    }

    fn look_for_trailers(&mut self, lent: &mut [u8]) -> Result<Look, Error> {
        let dropping = self.parts.sides.has(flag::DROPPING);
        self.parts.head_slab(self.ws)?;
        let (window, base, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let slab = self.ws.heads.get_mut(self.parts.head);
        let Some(len) = parse_trailers(bytes, &mut slab.scan, &self.parts.config.limits.trailers, &mut slab.fields)?
        else {
            return self.parts.want_more(self.ws, lent, window);
        };
        self.parts.recv.consume(window, len);
        let at = Place { window, base };
        let bytes = at.bytes(self.parts.recv.held(&self.ws.held), lent);
        let fields = slab.fields.as_mut_vec();
        let before = fields.len();
        fields.retain(|field| !is_forbidden_trailer(&bytes[field.name as usize..][..field.name_len as usize]));
        if fields.len() < before && self.parts.config.has(policy::STRICT_TRAILERS) {
            return Err(FORBIDDEN.at(0));
        }
        self.parts.protocol.exchange_mut().end_peer_message(&mut self.parts.sides)?;
        let trailers = !fields.is_empty();
        slab.head = Head {
            kind: HeadKind::Trailers,
            window: at.window,
            base: at.base,
            parsed: RequestHead { head_len: place(len), ..RequestHead::default() },
            ..Head::default()
        };
        if dropping {
            // Nothing of a dropped section may be left in the slab of the next head.
            self.parts.drop_head(self.ws);
            return Ok(self.drop_content(len, true));
        }
        self.parts.lifecycle.show_head();
        ExchangeEnd::of(self.parts, self.ws).after_message();
        Ok(Look::Event(Event::End { trailers }))
    }

    /// Octets after a switch of protocols, as they come.
    #[inline(never)]
    pub fn look_for_raw(&mut self, lent: &mut [u8]) -> Look {
        let (window, offset, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let len = bytes.len();
        if len == 0 {
            return Look::Starved;
        }
        self.parts.recv.consume(window, len);
        Look::Event(Event::Raw(Span { window, offset, len: place(len) }))
    }

    /// Octets after the last message of the connection.
    #[inline(never)]
    pub fn look_after_end(&mut self, lent: &mut [u8]) -> Result<Look, Error> {
        if self.parts.recv.is_empty(&self.ws.held) {
            return Ok(Look::Starved);
        }
        if self.parts.sides.role() == Role::Client {
            return RecvResponse::of(self.parts, self.ws).look_at_idle(lent);
        }
        let (window, _, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let len = bytes.len();
        self.parts.recv.consume(window, len);
        Ok(self.drop_content(len, false))
    }
}

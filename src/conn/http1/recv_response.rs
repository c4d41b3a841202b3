//! Client: receives response heads.

use super::fields::{hide_length, value_of};
use crate::conn::event::{Event, Window};
use crate::conn::exchange_end::ExchangeEnd;
use crate::conn::parts::Parts;
use crate::conn::place::Place;
use crate::conn::protocol::Protocol;
use crate::conn::recv_outcome::RecvOutcome;
use crate::conn::shown::Shown;
use crate::conn::timers::Exchange;
use crate::conn::websocket::Connector;
use crate::conn::workspace::{Head, HeadKind, HeadSlab, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::head::{Field, RequestHead, ResponseHead, field_id, parse_response};
use crate::http1::list;
use crate::http1::machine::state::Side;
use crate::http1::machine::{HeadOutcome, UNEXPECTED, head};
use crate::websocket::handshake::Agreed;

static NOT_OFFERED: Fault = Fault::new(Code::Upgrade, 0, c"H1-UPG-04", c"a switch to a protocol that was not offered");

/// Whether every protocol that a 101 names was offered (H1-UPG-04).
fn is_offered(slab: &HeadSlab, bytes: &[u8]) -> bool {
    let upgrades = slab.fields.as_slice().iter().filter(|field| field.id == field_id::UPGRADE);
    upgrades
        .flat_map(|field| list::elements(value_of(field, bytes)))
        .all(|name| name.is_ok_and(|name| slab.offers(name)))
}

/// The maximum octets of empty lines after a response: as many lines as are allowed before the next one (H1-LINE-09).
const IDLE_MAX: u32 = 8;

/// Replaces each obs-fold by one SP, in place (RFC 9112 §5.2, H1-FIELD-08).
fn unfold(bytes: &mut [u8], fields: &mut [Field]) {
    for field in fields.iter_mut().filter(|field| field.flags & Field::FOLDED != 0) {
        let value = &mut bytes[field.value as usize..(field.value + field.value_len) as usize];
        let (mut from, mut to) = (0, 0);
        while from < value.len() {
            let mut octet = value[from];
            from += 1;
            if octet == b'\r' {
                octet = b' ';
                while to > 0 && matches!(value[to - 1], b' ' | b'\t') {
                    to -= 1;
                }
                while from < value.len() && matches!(value[from], b'\n' | b'\r' | b' ' | b'\t') {
                    from += 1;
                }
            }
            value[to] = octet;
            to += 1;
        }
        field.value_len = crate::narrow::place(to);
    }
}

/// A connection that receives responses.
pub struct RecvResponse<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> RecvResponse<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    #[inline(never)]
    pub fn recv_response(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        if self.parts.sides.peer_side() == Side::Idle {
            return self.recv_idle(lent);
        }
        self.parts.timers.begin_head();
        self.parts.head_slab(self.ws)?;
        let (window, base, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let slab = self.ws.heads.get_mut(self.parts.head);
        match parse_response(bytes, &mut slab.scan, &self.parts.config.limits.head, &mut slab.fields)? {
            Some(parsed) => {
                self.parts.recv.consume(window, parsed.head_len as usize);
                self.on_response(lent, Place { window, base }, &parsed)
            }
            None => self.parts.want_more(self.ws, lent, window),
        }
    }

    /// Client: no response is due. Skips empty lines; anything else is an error (H1-RSP-06).
    pub fn recv_idle(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        let (window, _, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let len = bytes.len();
        if bytes.iter().any(|octet| !matches!(octet, b'\r' | b'\n')) {
            return Err(UNEXPECTED);
        }
        self.parts.recv.consume(window, len);
        self.parts.note_dropped(len);
        if self.parts.dropped.is_over(IDLE_MAX) { Err(UNEXPECTED) } else { Ok(RecvOutcome::Again) }
    }

    fn recv(&mut self, parsed: &ResponseHead) -> Result<HeadOutcome, Error> {
        self.parts.protocol.client(&mut self.parts.sides)?.recv_response(parsed, &self.parts.config.limits)
    }

    fn on_response(&mut self, lent: &mut [u8], place: Place, parsed: &ResponseHead) -> Result<RecvOutcome, Error> {
        let agreed = if parsed.status == 101 { self.check_switch(lent, place)? } else { None };
        let received = self.recv(parsed)?;
        let slab = self.ws.heads.get_mut(self.parts.head);
        hide_length(slab, &parsed.summary);
        slab.head = Head {
            kind: HeadKind::Response,
            window: place.window,
            base: place.base,
            parsed: RequestHead {
                head_len: parsed.head_len,
                version_minor: parsed.version_minor,
                ..RequestHead::default()
            },
            reason: parsed.reason,
            status: parsed.status,
            flags: received.flags | parsed.summary.flags | (u32::from(agreed.is_some()) * head::WEBSOCKET),
            content_length: received.content_length,
            ..Head::default()
        };
        let bytes = match place.window {
            Window::Held => self.parts.recv.held_mut(&mut self.ws.held),
            _ => lent,
        };
        unfold(&mut bytes[place.base as usize..], slab.fields.as_mut_vec());
        if received.interim {
            self.parts.timers.wait(Exchange::of(&self.parts.sides).wait_after_interim());
        } else {
            self.parts.timers.end_head(received.last);
        }
        self.parts.lifecycle.show_head();
        if received.last {
            ExchangeEnd::of(self.parts, self.ws).after_message();
        }
        if self.parts.sides.is_switched() {
            self.parts.protocol = Protocol::Raw;
        }
        Connector::of(self.parts, self.ws).opened(agreed);
        if received.resume_content {
            self.parts.lifecycle.set_continue_due();
        }
        let event = if received.interim { Event::Interim } else { Event::Response { last: received.last } };
        Ok(RecvOutcome::Event(event))
    }

    /// Whether a 101 names only offered protocols, and the agreed WebSocket parameters if one was requested.
    #[cold]
    fn check_switch(&mut self, lent: &[u8], place: Place) -> Result<Option<Agreed>, Error> {
        let agreed = Connector::of(self.parts, self.ws).check_101(lent, place)?;
        let is_offered =
            is_offered(self.ws.heads.get(self.parts.head), place.bytes(Shown::of(self.parts, self.ws).held(), lent));
        if is_offered { Ok(agreed) } else { Err(NOT_OFFERED.at(0)) }
    }
}

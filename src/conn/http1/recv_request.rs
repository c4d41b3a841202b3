//! Receives heads: from the window to a head slab to an event. Requests, and what they share with responses.

use super::error_answer::ErrorAnswer;
use super::fields::{hide_length, value_of};
use super::whole_content::WholeContent;
use crate::conn::delivery::Delivery;
use crate::conn::event::{Event, Window};
use crate::conn::parts::Parts;
use crate::conn::place::Place;
use crate::conn::recv_outcome::RecvOutcome;
use crate::conn::websocket::keep_handshake;
use crate::conn::workspace::{Head, HeadSlab, Heads, Workspace};
use crate::error::Error;
use crate::http1::head::{RequestHead, field_id, parse_request, parse_request_fast};
use crate::http1::machine::{head, policy, recv_request_fast};

/// Keeps the Upgrade value: the decision may come after the request's octets are gone (H1-UPG-02).
#[cold]
fn keep_offer(slab: &mut HeadSlab, parsed: &RequestHead, bytes: &[u8], last: bool) -> Result<(), Error> {
    let mut i = 0;
    while let Some(&field) = slab.fields.as_slice().get(i) {
        if field.id == field_id::UPGRADE {
            slab.add_offer(value_of(&field, bytes))?;
        }
        i += 1;
    }
    if slab.offers(b"websocket") {
        slab.head.flags |= head::WEBSOCKET;
    }
    keep_handshake(slab, parsed, bytes, last)
}

/// The outcome of receiving a whole request by the fast way.
pub enum Whole {
    /// A request that needs no further decision.
    Plain,
    /// A parsed request, at this offset of the lend, that needs further decisions. Its head is in the slab.
    Parsed(u32),
    /// The lend is used up, and over.
    Drained,
    /// Use the full way.
    Other,
}

/// A connection that receives requests.
pub struct RecvRequest<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> RecvRequest<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    #[inline]
    pub fn recv_request(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        self.parts.timers.begin_head();
        self.parts.head_slab(self.ws)?;
        let (window, base, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let slab = self.ws.heads.get_mut(self.parts.head);
        match parse_request(bytes, &mut slab.scan, &self.parts.config.limits.head, &mut slab.fields)? {
            Some(parsed) => {
                self.parts.recv.consume(window, parsed.head_len as usize);
                self.on_request(lent, Place { window, base }, parsed)
            }
            None => self.parts.want_more(self.ws, lent, window),
        }
    }

    /// The next request of a fresh server: nearly always complete, valid and plain.
    #[inline(always)]
    pub fn recv_whole(&mut self, lent: &[u8]) -> Whole {
        if self.parts.recv.is_drained() {
            self.parts.drop_head(self.ws);
            self.parts.recv.end_lend();
            return Whole::Drained;
        }
        if self.parts.is_full() {
            return Whole::Other;
        }
        let Ok(HeadSlab { scan, head, fields, .. }) = renew_slab(self.parts, &mut self.ws.heads) else {
            return Whole::Other;
        };
        let (base, bytes) = self.parts.recv.rest_of_lend(lent);
        if !parse_request_fast(bytes, scan, &self.parts.config.limits.head, fields, &mut head.parsed) {
            return Whole::Other;
        }
        self.parts.recv.consume(Window::Lent, head.parsed.head_len as usize);
        let known = &mut self.ws.host_cache;
        let Some(authority) = recv_request_fast(&mut self.parts.sides, &head.parsed, bytes, known) else {
            return Whole::Parsed(base);
        };
        head.begin_request(base, authority);
        self.parts.timers.end_head(true);
        self.parts.lifecycle.show_head_fast();
        Whole::Plain
    }

    fn on_request(&mut self, lent: &mut [u8], place: Place, parsed: RequestHead) -> Result<RecvOutcome, Error> {
        // The peer's end has not been reported for this request (H1-CONN-16).
        self.parts.lifecycle.set_peer_end_reported(false);
        let bytes = place.bytes(self.parts.recv.held(&self.ws.held), lent);
        let Some(authority) = recv_request_fast(&mut self.parts.sides, &parsed, bytes, &mut self.ws.host_cache) else {
            return self.on_request_full(lent, place, parsed);
        };
        self.ws.heads.get_mut(self.parts.head).head = Head::of_request(place, &parsed, authority);
        self.parts.timers.end_head(true);
        self.parts.lifecycle.show_head();
        Ok(RecvOutcome::Event(Event::Request { last: true }))
    }

    #[inline(never)]
    pub fn on_request_full(
        &mut self,
        lent: &mut [u8],
        place: Place,
        parsed: RequestHead,
    ) -> Result<RecvOutcome, Error> {
        let slab = self.ws.heads.get_mut(self.parts.head);
        let bytes = place.bytes(self.parts.recv.held(&self.ws.held), lent);
        // Over TLS, `https` targets are our own (H1-TGT-08).
        let rules = self.parts.config.flags | if self.parts.lifecycle.is_secured() { policy::SECURE } else { 0 };
        let outcome = self.parts.protocol.server(&mut self.parts.sides)?.recv_request(
            &parsed,
            bytes,
            &self.parts.config.limits,
            rules,
        )?;
        slab.head = Head::of_request(place, &parsed, outcome.authority);
        slab.head.flags |= outcome.flags;
        slab.head.content_length = outcome.content_length;
        if outcome.flags & head::UPGRADE != 0 {
            keep_offer(slab, &parsed, bytes, outcome.last)?;
        }
        hide_length(slab, &parsed.summary);
        self.parts.timers.end_head(outcome.last);
        if let Some(fault) = outcome.refused {
            return Ok(ErrorAnswer::of(self.parts, self.ws).refuse(fault.at(0)));
        }
        if !outcome.last && self.parts.config.content == Delivery::Whole {
            self.parts.sides.start_gathering(false);
            return WholeContent::of(self.parts, self.ws).begin(lent);
        }
        self.parts.lifecycle.show_head();
        Ok(RecvOutcome::Event(Event::Request { last: outcome.last }))
    }
}

/// An empty slab: that of the last head, or a new one.
#[inline(always)]
fn renew_slab<'w>(parts: &mut Parts, heads: &'w mut Heads) -> Result<&'w mut HeadSlab, Error> {
    if heads.find(parts.head).is_none() {
        let (index, slab) = heads.take_slab(parts.config.limits.fields_max())?;
        parts.head = index;
        return Ok(slab);
    }
    let slab = heads.renew(parts.head);
    parts.lifecycle.hide_head_fast();
    Ok(slab)
}

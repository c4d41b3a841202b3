//! Heads and trailers in: from the window to a head slab to an event.

use super::event::{Event, Window};
use super::next::Look;
use super::workspace::{Head, HeadKind, HeadSlab, NONE, Workspace};
use super::{Conn, bit};
use crate::error::{Code, Error, Fault};
use crate::http1::head::{Field, Octets, RequestHead, ResponseHead, Summary, field_id, parse_request, parse_response};
use crate::http1::list;
use crate::http1::machine::state::Side;
use crate::http1::machine::{Heard, Role, UNEXPECTED, head};

static NOT_OFFERED: Fault = Fault::new(Code::Upgrade, 0, c"H1-UPG-04", c"a switch to a protocol that was not offered");

/// Where a head lies: its ranges are relative to `base` in `window`.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub window: Window,
    pub base: u32,
}

impl Conn {
    #[inline]
    pub(super) fn look_for_head(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        if self.input.is_empty(&ws.held) {
            return Ok(Look::Starved);
        }
        match self.machine.role() {
            Role::Server => self.look_for_request(ws, lent),
            Role::Client => self.look_for_response(ws, lent),
        }
    }

    #[inline]
    fn look_for_request(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        self.clock.begin_head();
        self.head_slab(ws)?;
        let (window, base, bytes) = self.input.window(&mut ws.held, lent);
        let slab = ws.heads.get_mut(self.head);
        match parse_request(bytes, &mut slab.scan, &self.config.limits.head, &mut slab.fields)? {
            Some(parsed) => {
                self.input.consume(window, parsed.head_len as usize);
                self.heard_request(ws, lent, Place { window, base }, &parsed)
            }
            None => self.want_more(ws, lent, window),
        }
    }

    #[inline(never)]
    fn look_for_response(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        if self.machine.theirs() == Side::Idle {
            return self.look_at_idle(ws, lent);
        }
        self.clock.begin_head();
        self.head_slab(ws)?;
        let (window, base, bytes) = self.input.window(&mut ws.held, lent);
        let slab = ws.heads.get_mut(self.head);
        match parse_response(bytes, &mut slab.scan, &self.config.limits.head, &mut slab.fields)? {
            Some(parsed) => {
                self.input.consume(window, parsed.head_len as usize);
                self.heard_response(ws, lent, Place { window, base }, &parsed)
            }
            None => self.want_more(ws, lent, window),
        }
    }

    /// Client: no response is due. Empty lines may be skipped, anything else answers nothing (H1-RSP-06).
    fn look_at_idle(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        let (window, _, bytes) = self.input.window(&mut ws.held, lent);
        if bytes.iter().any(|octet| !matches!(octet, b'\r' | b'\n')) {
            return Err(UNEXPECTED);
        }
        self.input.consume(window, bytes.len());
        Ok(Look::Again)
    }

    /// A parser asks for more than the window has: lent octets are joined to held ones before it looks again.
    #[cold]
    pub(super) fn want_more(&mut self, ws: &mut Workspace, lent: &[u8], window: Window) -> Result<Look, Error> {
        let is_longer = window == Window::Held && self.input.join(&mut ws.held, lent)?;
        Ok(if is_longer { Look::Again } else { Look::Starved })
    }

    /// A slab to parse into: the one at hand, or a new one.
    #[inline]
    pub(super) fn head_slab(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        if self.head == NONE {
            let limits = &self.config.limits;
            self.head = ws.heads.take(limits.head.fields_max.max(limits.trailers.fields_max))?;
        }
        Ok(())
    }

    #[inline]
    fn heard_request(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        place: Place,
        parsed: &RequestHead,
    ) -> Result<Look, Error> {
        let bytes = place.bytes(self.input.held(&ws.held), lent);
        let Some(authority) = self.machine.hear_plain_request(parsed, bytes) else {
            return self.heard_any_request(ws, lent, place, parsed);
        };
        ws.heads.get_mut(self.head).head = Head::of_request(place, parsed, authority);
        self.clock.end_head(true);
        self.set(bit::HEAD_ALIVE, true);
        Ok(Look::Event(Event::Request { last: true }))
    }

    #[inline(never)]
    fn heard_any_request(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        place: Place,
        parsed: &RequestHead,
    ) -> Result<Look, Error> {
        let slab = ws.heads.get_mut(self.head);
        let bytes = place.bytes(self.input.held(&ws.held), lent);
        let heard = self.machine.hear_request(parsed, bytes, &self.config.limits, self.config.flags)?;
        slab.head = Head::of_request(place, parsed, heard.authority);
        slab.head.flags |= heard.flags;
        slab.head.content_length = heard.content_length;
        if heard.flags & head::UPGRADE != 0 {
            copy_offer(slab, bytes)?;
        }
        hide_length(slab, &parsed.summary);
        self.clock.end_head(heard.last);
        if let Some(fault) = heard.refused {
            return self.refuse(ws, fault.at(0));
        }
        self.set(bit::HEAD_ALIVE, true);
        Ok(Look::Event(Event::Request { last: heard.last }))
    }

    fn heard_response(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        place: Place,
        parsed: &ResponseHead,
    ) -> Result<Look, Error> {
        let slab = ws.heads.get_mut(self.head);
        let bytes = place.bytes(self.input.held(&ws.held), lent);
        if parsed.status == 101 && !is_offered(slab, bytes) {
            return Err(NOT_OFFERED.at(0));
        }
        let heard: Heard = self.machine.hear_response(parsed, &self.config.limits)?;
        hide_length(slab, &parsed.summary);
        slab.head = Head {
            kind: HeadKind::Response,
            window: place.window,
            base: place.base,
            len: parsed.head_len,
            reason: parsed.reason,
            status: parsed.status,
            version_minor: parsed.version_minor,
            flags: heard.flags | parsed.summary.flags,
            content_length: heard.content_length,
            ..Head::default()
        };
        let bytes = match place.window {
            Window::Held => self.input.held_mut(&mut ws.held),
            Window::Lent => lent,
        };
        unfold(&mut bytes[place.base as usize..], slab.fields.as_mut_vec());
        self.clock.end_head(heard.last);
        self.set(bit::HEAD_ALIVE, true);
        if heard.last {
            self.after_message(ws);
        }
        if heard.resume_content {
            self.set(bit::CONTINUE_DUE, true);
        }
        let event = if heard.interim { Event::Interim } else { Event::Response { last: heard.last } };
        Ok(Look::Event(event))
    }
}

impl Head {
    #[inline]
    fn of_request(place: Place, parsed: &RequestHead, authority: Octets) -> Self {
        Self {
            kind: HeadKind::Request,
            window: place.window,
            base: place.base,
            len: parsed.head_len,
            method: parsed.method,
            target: parsed.target,
            method_id: parsed.method_id,
            version_minor: parsed.version_minor,
            authority,
            flags: parsed.summary.flags,
            ..Self::default()
        }
    }
}

impl Place {
    /// The octets the head's ranges are relative to.
    #[inline]
    pub fn bytes<'a>(self, held: &'a [u8], lent: &'a [u8]) -> &'a [u8] {
        match self.window {
            Window::Held => &held[self.base as usize..],
            Window::Lent => &lent[self.base as usize..],
        }
    }
}

/// Keeps the Upgrade value: the decision may come when the request's octets are gone (H1-UPG-02).
#[cold]
fn copy_offer(slab: &mut HeadSlab, bytes: &[u8]) -> Result<(), Error> {
    let mut i = 0;
    while let Some(&field) = slab.fields.as_slice().get(i) {
        if field.id == field_id::UPGRADE {
            slab.add_offer(value_of(&field, bytes))?;
        }
        i += 1;
    }
    Ok(())
}

/// Whether every protocol that a 101 names was offered (H1-UPG-04).
fn is_offered(slab: &HeadSlab, bytes: &[u8]) -> bool {
    let upgrades = slab.fields.as_slice().iter().filter(|field| field.id == field_id::UPGRADE);
    upgrades
        .flat_map(|field| list::elements(value_of(field, bytes)))
        .all(|name| name.is_ok_and(|name| slab.offers(name)))
}

fn value_of<'a>(field: &Field, bytes: &'a [u8]) -> &'a [u8] {
    bytes.get(field.value as usize..(field.value + field.value_len) as usize).unwrap_or_default()
}

/// RFC 9112 §6.3: where Transfer-Encoding overrides Content-Length the latter is not to be seen (H1-TE-03, -04).
#[inline]
fn hide_length(slab: &mut HeadSlab, summary: &Summary) {
    const BOTH: u32 = Summary::LENGTH | Summary::TE;
    if summary.flags & BOTH == BOTH {
        slab.fields.as_mut_vec().retain(|field| field.id != field_id::CONTENT_LENGTH);
    }
}

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
        field.value_len = to as u32;
    }
}

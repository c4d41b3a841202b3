//! Heads in: from the window to a head slab to an event. Here requests, and what they share with responses.

use super::Conn;
use super::event::{Event, Rest, Window};
use super::next::Look;
use super::websocket::keep_handshake;
use super::workspace::{Head, HeadKind, HeadSlab, Heads, NONE, Workspace};
use crate::error::Error;
use crate::http1::head::{Field, Octets, RequestHead, Summary, field_id, parse_request, parse_whole_request};
use crate::http1::machine::{Role, head, policy};

/// Where a head lies: its ranges are relative to `base` in `window`.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub window: Window,
    pub base: u32,
}

impl Conn {
    #[inline]
    pub(super) fn look_for_head(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        if self.recv.is_empty(&ws.held) {
            return Ok(Look::Starved);
        }
        match self.machine.role() {
            Role::Server => self.look_for_request(ws, lent),
            Role::Client => self.look_for_response(ws, lent),
        }
    }

    #[inline]
    fn look_for_request(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        self.timers.begin_head();
        self.head_slab(ws)?;
        let (window, base, bytes) = self.recv.window(&mut ws.held, lent);
        let slab = ws.heads.get_mut(self.head);
        match parse_request(bytes, &mut slab.scan, &self.config.limits.head, &mut slab.fields)? {
            Some(parsed) => {
                self.recv.consume(window, parsed.head_len as usize);
                self.heard_request(ws, lent, Place { window, base }, parsed)
            }
            None => self.want_more(ws, lent, window),
        }
    }

    /// A parser asks for more than the window has: lent octets are joined to held ones before it looks again.
    #[cold]
    pub(super) fn want_more(&mut self, ws: &mut Workspace, lent: &[u8], window: Window) -> Result<Look, Error> {
        let is_longer = window == Window::Held && self.recv.join(&mut ws.held, lent)?;
        Ok(if is_longer { Look::Again } else { Look::Starved })
    }

    /// A slab to parse into: the one at hand, or a new one.
    #[inline]
    pub(super) fn head_slab(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        if self.head == NONE {
            self.head = ws.heads.take_slab(self.config.limits.fields_max())?.0;
        }
        Ok(())
    }

    /// The next request of a server that is [fresh](Conn::is_fresh): nearly always whole, well and plain.
    #[inline(always)]
    pub(super) fn next_request(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Result<Event, Rest>, Error> {
        let Ok(HeadSlab { scan, head, fields, .. }) = self.renew_slab(&mut ws.heads) else {
            return self.next_in_full(ws, lent);
        };
        let (base, bytes) = self.recv.rest_of_lend(lent);
        if !parse_whole_request(bytes, scan, &self.config.limits.head, fields, &mut head.parsed) {
            return self.next_in_full(ws, lent);
        }
        self.recv.consume(Window::Lent, head.parsed.head_len as usize);
        let Some(authority) = self.machine.hear_plain_request(&head.parsed, bytes, &mut ws.known_host) else {
            return self.next_after_head(ws, lent, base);
        };
        head.begin_request(base, authority);
        self.timers.end_head(true);
        self.lifecycle.show_head_plainly();
        Ok(Ok(Event::Request { last: true }))
    }

    /// A request that is whole and well, and leaves something to decide.
    #[inline(never)]
    fn next_after_head(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        base: u32,
    ) -> Result<Result<Event, Rest>, Error> {
        let parsed = ws.heads.get(self.head).head.parsed;
        let look = self.heard_any_request(ws, lent, Place { window: Window::Lent, base }, parsed);
        self.follow(ws, lent, look)
    }

    /// An empty slab: that of the last head, or a new one.
    #[inline(always)]
    fn renew_slab<'w>(&mut self, heads: &'w mut Heads) -> Result<&'w mut HeadSlab, Error> {
        if self.head == NONE {
            let (index, slab) = heads.take_slab(self.config.limits.fields_max())?;
            self.head = index;
            return Ok(slab);
        }
        self.lifecycle.hide_head_plainly();
        let slab = heads.get_mut(self.head);
        slab.clear_head();
        Ok(slab)
    }

    fn heard_request(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        place: Place,
        parsed: RequestHead,
    ) -> Result<Look, Error> {
        // Of this request it was not told (H1-CONN-16).
        self.lifecycle.set_peer_end_told(false);
        let bytes = place.bytes(self.recv.held(&ws.held), lent);
        let Some(authority) = self.machine.hear_plain_request(&parsed, bytes, &mut ws.known_host) else {
            return self.heard_any_request(ws, lent, place, parsed);
        };
        ws.heads.get_mut(self.head).head = Head::of_request(place, &parsed, authority);
        self.timers.end_head(true);
        self.lifecycle.show_head();
        Ok(Look::Event(Event::Request { last: true }))
    }

    #[inline(never)]
    fn heard_any_request(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        place: Place,
        parsed: RequestHead,
    ) -> Result<Look, Error> {
        let slab = ws.heads.get_mut(self.head);
        let bytes = place.bytes(self.recv.held(&ws.held), lent);
        // Over TLS `https` targets are at home here (H1-TGT-08).
        let rules = self.config.flags | if self.lifecycle.is_secured() { policy::SECURE } else { 0 };
        let heard = self.machine.hear_request(&parsed, bytes, &self.config.limits, rules)?;
        slab.head = Head::of_request(place, &parsed, heard.authority);
        slab.head.flags |= heard.flags;
        slab.head.content_length = heard.content_length;
        if heard.flags & head::UPGRADE != 0 {
            copy_offer(slab, bytes)?;
            keep_handshake(slab, &parsed, bytes, heard.last)?;
        }
        hide_length(slab, &parsed.summary);
        self.timers.end_head(heard.last);
        if let Some(fault) = heard.refused {
            return self.refuse(ws, fault.at(0));
        }
        self.lifecycle.show_head();
        Ok(Look::Event(Event::Request { last: heard.last }))
    }
}

impl Head {
    /// What is not parsed of a request in the lend.
    #[inline(always)]
    fn begin_request(&mut self, base: u32, authority: Octets) {
        (self.kind, self.window, self.base) = (HeadKind::Request, Window::Lent, base);
        (self.authority, self.reason, self.status) = (authority, Octets::default(), 0);
        (self.flags, self.content_length) = (self.parsed.summary.flags, None);
    }

    #[inline]
    fn of_request(place: Place, parsed: &RequestHead, authority: Octets) -> Self {
        Self {
            kind: HeadKind::Request,
            window: place.window,
            base: place.base,
            parsed: *parsed,
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
            // No head is in the scratch.
            _ => &lent[self.base as usize..],
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

/// The octets of a field's value.
pub(super) fn value_of<'a>(field: &Field, bytes: &'a [u8]) -> &'a [u8] {
    bytes.get(field.value as usize..(field.value + field.value_len) as usize).unwrap_or_default()
}

/// RFC 9112 §6.3: where Transfer-Encoding overrides Content-Length the latter is not to be seen (H1-TE-03, -04).
#[inline]
pub(super) fn hide_length(slab: &mut HeadSlab, summary: &Summary) {
    const BOTH: u32 = Summary::LENGTH | Summary::TE;
    if summary.flags & BOTH == BOTH {
        slab.fields.as_mut_vec().retain(|field| field.id != field_id::CONTENT_LENGTH);
    }
}

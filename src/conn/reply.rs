//! Client: response heads in.

use super::event::Event;
use super::head::{Place, hide_length, value_of};
use super::next::Look;
use super::timers::Exchange;
use super::workspace::{Head, HeadKind, HeadSlab, Workspace};
use super::{Conn, Window};
use crate::error::{Code, Error, Fault};
use crate::http1::head::{Field, RequestHead, ResponseHead, field_id, parse_response};
use crate::http1::list;
use crate::http1::machine::state::Side;
use crate::http1::machine::{Heard, UNEXPECTED};
use crate::websocket::handshake::Agreed;

static NOT_OFFERED: Fault = Fault::new(Code::Upgrade, 0, c"H1-UPG-04", c"a switch to a protocol that was not offered");

impl Conn {
    #[inline(never)]
    pub(super) fn look_for_response(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        if self.machine.theirs() == Side::Idle {
            return self.look_at_idle(ws, lent);
        }
        self.timers.begin_head();
        self.head_slab(ws)?;
        let (window, base, bytes) = self.recv.window(&mut ws.held, lent);
        let slab = ws.heads.get_mut(self.head);
        match parse_response(bytes, &mut slab.scan, &self.config.limits.head, &mut slab.fields)? {
            Some(parsed) => {
                self.recv.consume(window, parsed.head_len as usize);
                self.heard_response(ws, lent, Place { window, base }, &parsed)
            }
            None => self.want_more(ws, lent, window),
        }
    }

    /// Client: no response is due. Empty lines may be skipped, anything else answers nothing (H1-RSP-06).
    pub(super) fn look_at_idle(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        let (window, _, bytes) = self.recv.window(&mut ws.held, lent);
        let len = bytes.len();
        if bytes.iter().any(|octet| !matches!(octet, b'\r' | b'\n')) {
            return Err(UNEXPECTED);
        }
        self.recv.consume(window, len);
        self.note_dropped(len);
        if self.dropped.is_over(IDLE_MAX) { Err(UNEXPECTED) } else { Ok(Look::Again) }
    }

    fn heard_response(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        place: Place,
        parsed: &ResponseHead,
    ) -> Result<Look, Error> {
        let agreed = if parsed.status == 101 { self.check_switch(ws, lent, place)? } else { None };
        let slab = ws.heads.get_mut(self.head);
        let heard: Heard = self.machine.hear_response(parsed, &self.config.limits)?;
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
            flags: heard.flags | parsed.summary.flags,
            content_length: heard.content_length,
            ..Head::default()
        };
        let bytes = match place.window {
            Window::Held => self.recv.held_mut(&mut ws.held),
            _ => lent,
        };
        unfold(&mut bytes[place.base as usize..], slab.fields.as_mut_vec());
        if heard.interim {
            self.timers.end_interim(Exchange::of(&self.machine));
        } else {
            self.timers.end_head(heard.last);
        }
        self.lifecycle.show_head();
        if heard.last {
            self.after_message(ws);
        }
        self.opened(ws, agreed);
        if heard.resume_content {
            self.lifecycle.set_continue_due();
        }
        let event = if heard.interim { Event::Interim } else { Event::Response { last: heard.last } };
        Ok(Look::Event(event))
    }
}

impl Conn {
    /// Whether a 101 names what was offered, and what it says of the WebSocket that was asked for.
    #[cold]
    fn check_switch(&self, ws: &Workspace, lent: &[u8], place: Place) -> Result<Option<Agreed>, Error> {
        let agreed = self.check_101(ws, lent, place)?;
        let is_offered = is_offered(ws.heads.get(self.head), place.bytes(self.held(ws), lent));
        if is_offered { Ok(agreed) } else { Err(NOT_OFFERED.at(0)) }
    }
}

/// Whether every protocol that a 101 names was offered (H1-UPG-04).
fn is_offered(slab: &HeadSlab, bytes: &[u8]) -> bool {
    let upgrades = slab.fields.as_slice().iter().filter(|field| field.id == field_id::UPGRADE);
    upgrades
        .flat_map(|field| list::elements(value_of(field, bytes)))
        .all(|name| name.is_ok_and(|name| slab.offers(name)))
}

/// The most octets of empty lines behind a response: as many lines as there may be before the next one (H1-LINE-09).
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

//! Content in: spans of the window, trailers, raw octets after a switch, and what is dropped.

use super::Conn;
use super::event::{Event, Span};
use super::head::Place;
use super::next::Look;
use super::workspace::{Head, HeadKind, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::head::{RequestHead, parse_trailers};
use crate::http1::machine::state::Side;
use crate::http1::machine::{Role, Step, flag, policy};
use crate::http1::write::is_forbidden_trailer;
use crate::narrow::place;

static FORBIDDEN: Fault = Fault::new(Code::Trailer, 400, c"H1-TRAIL-03", c"a field that trailers must not carry");

impl Conn {
    #[inline(never)]
    pub(super) fn look_for_body(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        if self.recv.is_empty(&ws.held) {
            return Ok(Look::Starved);
        }
        if self.machine.is_in_trailers() {
            return self.look_for_trailers(ws, lent);
        }
        let dropping = self.machine.has(flag::DROPPING);
        let (window, base, bytes) = self.recv.window(&mut ws.held, lent);
        match self.machine.hear_content(bytes, &self.config.limits)? {
            Step::Starved { used } => {
                self.recv.consume(window, used);
                self.timers.heard_content(used);
                Ok(if dropping { self.drop_content(ws, used, false) } else { Look::Again })
            }
            Step::Trailers { used } => {
                self.recv.consume(window, used);
                Ok(if dropping { self.drop_content(ws, used, false) } else { Look::Again })
            }
            Step::Data { offset, len, used, last } => {
                self.recv.consume(window, used);
                self.timers.heard_content(used);
                if dropping {
                    return Ok(self.drop_content(ws, used, last));
                }
                if last {
                    self.after_message(ws);
                }
                let span = Span { window, offset: base + place(offset), len: place(len) };
                Ok(Look::Event(Event::Data { span, last }))
            }
        }
    }

    /// Content behind an early response: read and dropped within bounds (H1-CONN-04, H1-LIM-09).
    fn drop_content(&mut self, ws: &mut Workspace, used: usize, last: bool) -> Look {
        self.note_dropped(used);
        if self.dropped.is_enough(&self.config.limits) {
            self.close_when_flushed(ws);
        } else if last {
            self.after_message(ws);
        }
        Look::Again
    }

    fn look_for_trailers(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        let dropping = self.machine.has(flag::DROPPING);
        self.head_slab(ws)?;
        let (window, base, bytes) = self.recv.window(&mut ws.held, lent);
        let slab = ws.heads.get_mut(self.head);
        let Some(len) = parse_trailers(bytes, &mut slab.scan, &self.config.limits.trailers, &mut slab.fields)? else {
            return self.want_more(ws, lent, window);
        };
        self.recv.consume(window, len);
        let at = Place { window, base };
        let bytes = at.bytes(self.recv.held(&ws.held), lent);
        let fields = slab.fields.as_mut_vec();
        let before = fields.len();
        fields.retain(|field| !is_forbidden_trailer(&bytes[field.name as usize..][..field.name_len as usize]));
        if fields.len() < before && self.config.has(policy::STRICT_TRAILERS) {
            return Err(FORBIDDEN.at(0));
        }
        self.machine.end_theirs()?;
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
            self.drop_head(ws);
            return Ok(self.drop_content(ws, len, true));
        }
        self.lifecycle.show_head();
        self.after_message(ws);
        Ok(Look::Event(Event::End { trailers }))
    }

    /// Whether raw octets go both ways.
    pub(super) fn is_tunnel(&self) -> bool {
        self.machine.theirs() == Side::Switched && !self.is_websocket()
    }

    /// Octets after a switch of protocols, as they come.
    #[inline(never)]
    pub(super) fn look_for_raw(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Look {
        let (window, offset, bytes) = self.recv.window(&mut ws.held, lent);
        let len = bytes.len();
        if len == 0 {
            return Look::Starved;
        }
        self.recv.consume(window, len);
        Look::Event(Event::Raw(Span { window, offset, len: place(len) }))
    }

    /// Octets after the last message of the connection.
    #[inline(never)]
    pub(super) fn look_after_end(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        if self.recv.is_empty(&ws.held) {
            return Ok(Look::Starved);
        }
        if self.machine.role() == Role::Client {
            return self.look_at_idle(ws, lent);
        }
        let (window, _, bytes) = self.recv.window(&mut ws.held, lent);
        let len = bytes.len();
        self.recv.consume(window, len);
        Ok(self.drop_content(ws, len, false))
    }
}

//! The end of the peer's octets: how it is learned, and what it means where the connection stands.

use super::event::Event;
use super::progress::InputEnd;
use super::{Conn, Phase, Workspace};
use crate::error::{Code, Fault};
use crate::http1::machine::state::Side;

static CUT_SHORT: Fault = Fault::new(Code::Truncated, 400, c"H1-CONN-09", c"the transport ended inside a message");
/// Client: the peer ended and owed a response.
pub(super) static NO_RESPONSE: Fault =
    Fault::new(Code::Closed, 0, c"H1-CONN-10", c"the peer closed before it answered");

impl Conn {
    /// The peer will send no more octets. `clean`: by the transport's own rules, a FIN. Where TLS lies under the connection only
    /// a close_notify is clean, whatever the transport says (TLS-03).
    pub fn receive_eof(&mut self, ws: &mut Workspace, clean: bool, now: u64) {
        self.timers.advance(now);
        let clean = clean && !self.lifecycle.is_secured();
        self.transport.end(self.machine.role());
        self.end_input(ws, clean);
    }

    /// The transport says that the peer has ended, while it is not read: octets that came before may still be there, and are received
    /// when reading goes on. An owner that waits to answer is told (H1-CONN-16).
    pub fn announce_end(&mut self, now: u64) {
        self.timers.advance(now);
        self.lifecycle.announce_peer_end();
    }

    /// There will be no more input.
    pub(super) fn end_input(&mut self, ws: &mut Workspace, clean: bool) {
        self.lifecycle.end_peer(clean);
        if self.lifecycle.phase() == Phase::Lingering {
            self.close_now(ws);
        }
    }

    /// All octets before the end are used up: what the end means here.
    #[cold]
    pub(super) fn end_of_input(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Option<Event> {
        match self.input_end() {
            Some(InputEnd::WebSocket) => return self.end_of_websocket(ws),
            Some(InputEnd::Tunnel) => return Some(self.end_of_tunnel(ws)),
            Some(InputEnd::Content) => return self.end_in_body(ws),
            Some(InputEnd::Head) => self.end_before_head(ws, lent),
            // RFC 9112 §9.6: a half-close neither cancels the request nor its response (H1-CONN-08).
            None if !self.machine.is_switched() => self.machine.make_last(),
            None => {}
        }
        self.lifecycle.take_error_due().map(Event::Error)
    }

    fn end_of_tunnel(&mut self, ws: &mut Workspace) -> Event {
        self.lifecycle.set_peer_end_told(true);
        if self.machine.ours() == Side::Closed {
            self.close_when_flushed(ws);
        }
        Event::RawEnd { clean: self.lifecycle.has_peer_ended_cleanly() }
    }

    fn end_in_body(&mut self, ws: &mut Workspace) -> Option<Event> {
        if self.machine.is_until_close() && self.lifecycle.has_peer_ended_cleanly() {
            self.machine.make_last();
            let ended = self.machine.end_theirs();
            debug_assert!(ended.is_ok());
            self.after_message(ws);
            return Some(Event::End { trailers: false });
        }
        self.fail(ws, CUT_SHORT.at(0));
        self.lifecycle.take_error_due().map(Event::Error)
    }

    fn end_before_head(&mut self, ws: &mut Workspace, lent: &mut [u8]) {
        // Empty lines between messages are not the beginning of one.
        let (_, _, rest) = self.recv.window(&mut ws.held, lent);
        let begun = rest.iter().any(|octet| !matches!(octet, b'\r' | b'\n'));
        if self.machine.theirs() == Side::Await {
            self.close_now_for(ws, if begun { CUT_SHORT.at(0) } else { NO_RESPONSE.at(0) });
        } else if begun {
            self.fail(ws, CUT_SHORT.at(0));
        } else {
            self.close_when_flushed(ws);
        }
    }
}

//! The end of the peer's octets: how it arrives, and what it means in each state.

use crate::conn::ending::Ending;
use crate::conn::event::Event;
use crate::conn::exchange_end::{ExchangeEnd, NO_RESPONSE};
use crate::conn::lifecycle::Phase;
use crate::conn::parts::Parts;
use crate::conn::progress::InputEnd;
use crate::conn::progress::Outlook;
use crate::conn::workspace::Workspace;
use crate::error::{Code, Fault};
use crate::http1::machine::state::Side;
use crate::websocket::close::ABNORMAL;

static CUT_SHORT: Fault = Fault::new(Code::Truncated, 400, c"H1-CONN-09", c"the transport ended inside a message");
static NO_CLOSE: Fault = Fault::new(Code::Closed, ABNORMAL, c"WS-CLOSE-09", c"the transport ended without a Close");
static CUT_MESSAGE: Fault =
    Fault::new(Code::Truncated, ABNORMAL, c"WS-CLOSE-09", c"the transport ended inside a message");

/// A connection whose peer has ended.
pub struct PeerEnd<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> PeerEnd<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// All octets before the end were read: without a Close the end is not clean (WS-CLOSE-09).
    #[cold]
    pub fn end_of_websocket(&mut self) -> Option<Event> {
        let is_cut = !self.parts.recv.is_empty(&self.ws.held)
            || self.parts.protocol.websocket().is_some_and(|s| s.machine.incoming().is_within());
        let error = if is_cut { CUT_MESSAGE.at(0) } else { NO_CLOSE.at(0) };
        Ending::of(self.parts, self.ws).close_now_for(error);
        self.parts.lifecycle.take_error_due().map(Event::Error)
    }

    /// The peer sends no more octets. `clean`: a FIN, by the transport's rules. Over TLS only a close_notify is clean,
    /// whatever the transport reports (TLS-03).
    pub fn receive_eof(&mut self, clean: bool, now: u64) {
        self.parts.timers.advance(now);
        let clean = clean && !self.parts.lifecycle.is_secured();
        self.parts.transport.end(self.parts.sides.role());
        self.end_input(clean);
    }

    /// There will be no more input.
    pub fn end_input(&mut self, clean: bool) {
        self.parts.lifecycle.end_peer(clean);
        if self.parts.lifecycle.phase() == Phase::Lingering {
            Ending::of(self.parts, self.ws).close_now();
        }
    }

    /// All octets before the end were read: handles the end.
    #[cold]
    pub fn end_of_input(&mut self, lent: &mut [u8]) -> Option<Event> {
        match Outlook::of(self.parts, self.ws).input_end() {
            Some(InputEnd::WebSocket) => return self.end_of_websocket(),
            Some(InputEnd::Tunnel) => return Some(self.end_of_tunnel()),
            Some(InputEnd::Content) => return self.end_in_body(),
            Some(InputEnd::Head) => self.end_before_head(lent),
            // RFC 9112 §9.6: a half-close neither cancels the request nor its response (H1-CONN-08).
            None if !self.parts.sides.is_switched() => self.parts.sides.make_last(),
            None => {}
        }
        self.parts.lifecycle.take_error_due().map(Event::Error)
    }

    fn end_of_tunnel(&mut self) -> Event {
        self.parts.lifecycle.set_peer_end_reported(true);
        if self.parts.sides.our_side() == Side::Closed {
            Ending::of(self.parts, self.ws).close_when_flushed();
        }
        Event::RawEnd { clean: self.parts.lifecycle.has_peer_ended_cleanly() }
    }

    fn end_in_body(&mut self) -> Option<Event> {
        if self.parts.protocol.exchange().is_until_close(&self.parts.sides)
            && self.parts.lifecycle.has_peer_ended_cleanly()
        {
            self.parts.sides.make_last();
            let ended = self.parts.protocol.exchange_mut().end_peer_message(&mut self.parts.sides);
            debug_assert!(ended.is_ok());
            ExchangeEnd::of(self.parts, self.ws).after_message();
            return Some(Event::End { trailers: false });
        }
        Ending::of(self.parts, self.ws).fail(CUT_SHORT.at(0));
        self.parts.lifecycle.take_error_due().map(Event::Error)
    }

    fn end_before_head(&mut self, lent: &mut [u8]) {
        // Empty lines between messages do not begin one.
        let (_, _, rest) = self.parts.recv.window(&mut self.ws.held, lent);
        let begun = rest.iter().any(|octet| !matches!(octet, b'\r' | b'\n'));
        if self.parts.sides.peer_side() == Side::Await {
            Ending::of(self.parts, self.ws).close_now_for(if begun { CUT_SHORT.at(0) } else { NO_RESPONSE.at(0) });
        } else if begun {
            Ending::of(self.parts, self.ws).fail(CUT_SHORT.at(0));
        } else {
            Ending::of(self.parts, self.ws).close_when_flushed();
        }
    }
}

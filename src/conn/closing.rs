//! The end of a connection, staged: flush, half-close, discard until the peer ends, close (RFC 9112 §9.6).

use super::clock::Reading;
use super::event::Event;
use super::progress::InputEnd;
use super::{Conn, Eof, Phase, Workspace, bit};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::state::Side;
use crate::http1::machine::{Role, flag};
use crate::websocket;

static CUT_SHORT: Fault = Fault::new(Code::Truncated, 400, c"H1-CONN-09", c"the transport ended inside a message");
static NO_RESPONSE: Fault = Fault::new(Code::Closed, 0, c"H1-CONN-10", c"the peer closed before it answered");

impl Conn {
    /// Nothing more is said after what is queued.
    #[cold]
    pub(super) fn finish_closing(&mut self, ws: &mut Workspace) {
        if self.standing.phase != Phase::Open {
            return;
        }
        self.machine.close_ours();
        self.standing.phase = Phase::Flushing;
        self.flushed(ws);
    }

    /// Moves the closing on when output has left.
    #[inline]
    pub(super) fn flushed(&mut self, ws: &mut Workspace) {
        if self.standing.phase == Phase::Flushing && self.output.queued() == 0 {
            self.flushed_last(ws);
        }
    }

    #[cold]
    fn flushed_last(&mut self, ws: &mut Workspace) {
        // Over TLS a close_notify is the last of it.
        self.conclude(ws);
        if self.output.queued() > 0 || self.standing.phase != Phase::Flushing {
            return;
        }
        let closed = self.closed_by_both();
        let is_enough = self.hurries() || self.has_dropped_enough();
        if self.standing.has_ended() || closed == Some(websocket::Role::Server) || is_enough {
            return self.shut(ws);
        }
        self.standing.phase = Phase::Lingering;
        match closed {
            Some(_) => self.clock.wait(Reading::Close),
            None => self.clock.begin_linger(),
        }
    }

    /// Closes at once; what is queued is lost. Where only the end of the transport delimits it, that end is to be a reset (H1-CONN-15).
    pub(super) fn shut(&mut self, ws: &mut Workspace) {
        let is_cut =
            self.machine.is_before_transport_end() || (self.machine.ends_with_transport() && self.output.queued() > 0);
        if is_cut && !self.is_websocket() && self.standing.phase != Phase::Closed {
            self.machine.cut_off();
        }
        self.machine.close_ours();
        self.drop_socket(ws);
        // What was given out may still be with the kernel: it stays until the owner says that the transport has ended.
        self.output.abandon();
        self.abandon_records();
        self.clock.output(false, false);
        // An event may point into what is held: it goes with the next call that ends events.
        self.input.use_up(&ws.held);
        self.set(bit::WRITABLE_DUE | bit::CONTINUE_DUE, false);
        self.standing.phase = Phase::Closed;
    }

    /// Ends the connection with an error and without a reply.
    pub(super) fn give_up(&mut self, ws: &mut Workspace, error: Error) {
        self.error = error.into();
        self.set(bit::ERROR_DUE, true);
        self.machine.fail();
        self.shut(ws);
    }

    /// The peer will send no more octets. `clean`: by the transport's own rules, a FIN. Where TLS lies under the connection only
    /// a close_notify is clean, whatever the transport says (TLS-03).
    pub fn receive_eof(&mut self, ws: &mut Workspace, clean: bool, now: u64) {
        self.clock.advance(now);
        let clean = clean && !self.standing.is_secured();
        self.end_records();
        self.end_input(ws, clean);
    }

    /// The transport says that the peer has ended, while it is not read: octets that came before may still be there, and are received
    /// when reading goes on. An owner that waits to answer is told (H1-CONN-16).
    pub fn announce_end(&mut self, now: u64) {
        self.clock.advance(now);
        if self.standing.eof == Eof::None {
            self.standing.eof = Eof::Announced;
        }
    }

    /// There will be no more input.
    pub(super) fn end_input(&mut self, ws: &mut Workspace, clean: bool) {
        if !self.standing.has_ended() {
            self.standing.eof = if clean { Eof::Clean } else { Eof::Unclean };
        }
        if self.standing.phase == Phase::Lingering {
            self.shut(ws);
        }
    }

    /// The exchange in progress is the last; an idle connection closes now, and at once: there is no answer on the way that a
    /// reset could overtake. An open WebSocket sends a Close.
    ///
    /// Fails with `Nomem` where there is no memory for that Close: nothing was done, and the call may be made again.
    pub fn shutdown(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        if self.is_websocket() {
            return self.shutdown_websocket(ws);
        }
        self.machine.make_last();
        let is_idle = self.machine.is_idle() && self.input.is_empty(&ws.held);
        match self.standing.phase {
            // A handshake that is not done has nothing to say in order, and what it says later would come behind our end.
            Phase::Open if is_idle && self.is_handshaking() => self.shut(ws),
            Phase::Open if is_idle => self.close_idle(ws),
            _ => {}
        }
        Ok(())
    }

    /// Nothing is awaited any more on either side: closes as soon as what is queued has left, which over TLS is a close_notify at least.
    pub(super) fn close_idle(&mut self, ws: &mut Workspace) {
        let was_flushed = self.output.queued() == 0;
        self.finish_closing(ws);
        if self.output.queued() == 0 {
            self.shut(ws);
        } else if was_flushed {
            self.hurry();
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
        self.due_event_of_end()
    }

    fn end_of_tunnel(&mut self, ws: &mut Workspace) -> Event {
        self.set(bit::END_TOLD, true);
        if self.machine.ours() == Side::Closed {
            self.finish_closing(ws);
        }
        Event::RawEnd { clean: self.standing.eof == Eof::Clean }
    }

    fn end_in_body(&mut self, ws: &mut Workspace) -> Option<Event> {
        if self.machine.is_until_close() && self.standing.eof == Eof::Clean {
            self.machine.make_last();
            let ended = self.machine.end_theirs();
            debug_assert!(ended.is_ok());
            self.after_message(ws);
            return Some(Event::End { trailers: false });
        }
        self.fail(ws, CUT_SHORT.at(0));
        self.due_event_of_end()
    }

    fn end_before_head(&mut self, ws: &mut Workspace, lent: &mut [u8]) {
        // Empty lines between messages are not the beginning of one.
        let (_, _, rest) = self.input.window(&mut ws.held, lent);
        let begun = rest.iter().any(|octet| !matches!(octet, b'\r' | b'\n'));
        if self.machine.theirs() == Side::Await {
            self.give_up(ws, if begun { CUT_SHORT.at(0) } else { NO_RESPONSE.at(0) });
        } else if begun {
            self.fail(ws, CUT_SHORT.at(0));
        } else {
            self.finish_closing(ws);
        }
    }

    fn due_event_of_end(&mut self) -> Option<Event> {
        let due = self.has(bit::ERROR_DUE);
        self.set(bit::ERROR_DUE, false);
        if due { self.error.get().map(Event::Error) } else { None }
    }

    /// Client: the peer ends the connection with a response, and requests behind that one are not answered (H1-CONN-10).
    fn note_unanswered(&mut self) {
        if self.machine.role() == Role::Client && self.machine.awaits_more() {
            self.error = NO_RESPONSE.at(0).into();
            self.set(bit::ERROR_DUE, true);
        }
    }

    /// After the end of a message of ours or theirs: the connection may be over, or the next exchange may begin.
    pub(super) fn after_message(&mut self, ws: &mut Workspace) {
        if self.machine.is_finished() {
            self.note_unanswered();
            self.finish_closing(ws);
        } else if self.machine.role() == Role::Client {
            self.clock.end_client_message(&self.machine);
        } else if self.machine.ours() == Side::Done && self.machine.theirs() == Side::Body {
            if self.machine.has(flag::LAST) {
                self.finish_closing(ws);
            } else {
                self.machine.start_dropping();
            }
        } else if self.machine.theirs() != Side::Body {
            self.clock.end_message(&self.machine);
        }
        if self.machine.is_idle() {
            self.dropped = 0;
        }
    }
}

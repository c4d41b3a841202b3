//! Receives compressed messages: inflates them into the connection's scratch buffer, a stretch at a time.
//!
//! The octets of a compressed part are unmasked in place and stay in the window until they are inflated; only their
//! number is stored. If messages are delivered whole and one inflates to much more than was received, the rest of it is
//! stored compressed until its end arrives.

use super::faults::NOT_OPEN;
use super::socket::Socket;
use super::whole::{Facts, Whole};
use crate::conn::ending::Ending;
use crate::conn::event::Window;
use crate::conn::gather::Gather;
use crate::conn::parts::Parts;
use crate::conn::recv_outcome::RecvOutcome;
use crate::conn::workspace::{NONE, STRETCH, Workspace};
use crate::error::{Code, Error, Fault};
use crate::guard::MessageLimits;
use crate::narrow::{in_memory, place};
use crate::websocket::close::TOO_BIG;
use crate::websocket::deflate::{Next, Step};
use crate::websocket::machine::state::Side;
use crate::websocket::machine::{Machine, MessagePart};

static LONG_COMPRESSED: Fault =
    Fault::new(Code::TooLarge, TOO_BIG, c"WS-PMD-07", c"a message is longer than allowed even while it is compressed");

/// The result of inflating once.
struct Stretch {
    /// Octets added to the scratch buffer.
    written: usize,
    /// The message ends with them.
    last: bool,
    /// The octets after them do not inflate.
    wrong: Option<Error>,
}

/// Whether the octets inflated so far were shown, or belong to the previous message.
fn is_shown(socket: &Socket) -> bool {
    socket.wants_parts() || socket.machine.incoming().message().is_undelivered()
}

/// How many octets to inflate at a time, and the maximum in the buffer. One more than allowed, so that an excess is
/// noticed (WS-PMD-07).
fn stretch_room(machine: &Machine, limits: &MessageLimits) -> (usize, usize) {
    let room = machine.incoming().message().inflated_room(limits).saturating_add(1);
    (STRETCH.min(usize::try_from(room).unwrap_or(STRETCH)), limits.most_in_memory().saturating_add(1))
}

/// A WebSocket that receives compressed messages.
pub struct Inflating<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Inflating<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Octets of a compressed message arrived: they wait at the start of the window.
    pub fn on_compressed(&mut self, window: Window, part: &MessagePart) -> Result<RecvOutcome, Error> {
        if self.is_behind_our_close() {
            self.parts.recv.consume(window, part.used);
            return Ok(RecvOutcome::Again);
        }
        Gather::of(self.parts, self.ws).begin()?;
        self.ws.heads.get_mut(self.parts.head).message().1.on_received(part.len);
        self.parts.recv.consume(window, part.offset);
        if let Some(socket) = self.parts.protocol.websocket_mut() {
            socket.deflate.inflating = place(part.len);
            socket.machine.incoming_mut().message_mut().begin_inflating(part.first);
        }
        Ok(RecvOutcome::Again)
    }

    /// Inflates the next stretch of a compressed message.
    #[inline(never)]
    pub fn recv_inflated(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        if self.is_behind_our_close() {
            return self.skip_part(lent);
        }
        if self.is_too_far_ahead() {
            return self.defer(lent);
        }
        let stretch = self.inflate(lent)?;
        if stretch.last {
            self.give_back_inflater();
        }
        let is_nothing = stretch.written == 0 && !stretch.last && stretch.wrong.is_none();
        if is_nothing { Ok(RecvOutcome::Again) } else { self.check_inflated(stretch) }
    }

    /// Whether nothing more will be shown, so that nothing more is inflated.
    fn is_behind_our_close(&self) -> bool {
        self.parts.protocol.websocket().is_none_or(|socket| socket.machine.our_side() != Side::Open)
    }

    fn wants_parts(&self) -> bool {
        self.parts.protocol.websocket().is_some_and(Socket::wants_parts)
    }

    /// Drops the octets of the current part that are not inflated.
    fn skip_part(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        let (window, _, _) = self.parts.recv.window(&mut self.ws.held, lent);
        let socket = self.parts.protocol.websocket_mut().ok_or(NOT_OPEN)?;
        let len = core::mem::take(&mut socket.deflate.inflating) as usize;
        socket.machine.incoming_mut().message_mut().end_inflating();
        self.parts.recv.consume(window, len);
        Ok(RecvOutcome::Again)
    }

    /// Whether an incomplete message that is to be delivered whole is already inflated as far as allowed before its
    /// end.
    fn is_too_far_ahead(&mut self) -> bool {
        let Some(socket) = self.parts.protocol.websocket() else { return false };
        if socket.wants_parts()
            || !socket.machine.incoming().message().is_open()
            || socket.machine.incoming().message().is_undelivered()
        {
            return false;
        }
        let (scratch, unfinished) = self.ws.heads.get_mut(self.parts.head).message();
        !unfinished.may_inflate(scratch.octets().len())
    }

    /// Stores a compressed part.
    fn defer(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        let (window, _, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let socket = self.parts.protocol.websocket_mut().ok_or(NOT_OPEN)?;
        let len = core::mem::take(&mut socket.deflate.inflating) as usize;
        socket.machine.incoming_mut().message_mut().end_inflating();
        let (_, unfinished) = self.ws.heads.get_mut(self.parts.head).message();
        if !unfinished.defer(&bytes[..len], self.parts.config.messages.message_max)? {
            return Err(LONG_COMPRESSED.at(0));
        }
        self.parts.recv.consume(window, len);
        Whole::of(self.parts, self.ws).count_message(false)?;
        Ok(RecvOutcome::Again)
    }

    /// Inflates once, behind the octets in the scratch buffer.
    fn inflate(&mut self, lent: &mut [u8]) -> Result<Stretch, Error> {
        self.take_inflater()?;
        self.parts.head_slab(self.ws)?;
        let (window, _, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        let socket = self.parts.protocol.websocket_mut().ok_or(NOT_OPEN)?;
        let (scratch, unfinished) = self.ws.heads.get_mut(self.parts.head).message();
        scratch.empty_if(is_shown(socket));
        let (room, most) = stretch_room(&socket.machine, &self.parts.config.messages);
        let out = scratch.room(room, most)?;
        let is_deferred = !unfinished.deferred().is_empty();
        let input = if is_deferred { unfinished.deferred() } else { &bytes[..socket.deflate.inflating as usize] };
        let is_end = !is_deferred && !socket.machine.incoming().message().is_open();
        let inflater = self.ws.codecs.inflater(socket.deflate.inflater)?;
        let step = match inflater.inflate(input, out, is_end) {
            Ok(step) => step,
            Err(wrong) => return Ok(Stretch { written: inflater.written(), last: false, wrong: Some(wrong) }),
        };
        if is_deferred {
            unfinished.inflated(step.used);
        } else {
            self.inflated(window, &step);
        }
        Ok(Stretch { written: step.written, last: step.next == Next::Done, wrong: None })
    }

    /// The first octets of the part in the window are inflated.
    fn inflated(&mut self, window: Window, step: &Step) {
        self.parts.recv.consume(window, step.used);
        let Some(socket) = self.parts.protocol.websocket_mut() else { return };
        socket.deflate.inflating -= place(step.used);
        if step.next != Next::Room {
            socket.machine.incoming_mut().message_mut().end_inflating();
        }
    }

    /// Counts the inflated octets, and validates text, before they are shown. Valid octets before an error are shown
    /// first, as they would be if they had arrived alone.
    fn check_inflated(&mut self, stretch: Stretch) -> Result<RecvOutcome, Error> {
        let (sound, wrong) = self.recv_stretch(&stretch)?;
        match wrong {
            Some(error) if sound == 0 || !self.wants_parts() => Err(error),
            Some(error) => {
                let outcome = self.show_inflated(false);
                // The event is shown first; the next call reports the error.
                Ending::of(self.parts, self.ws).fail(error);
                Ok(outcome)
            }
            None => Ok(self.show_inflated(stretch.last)),
        }
    }

    /// The number of valid octets, and the error after them.
    fn recv_stretch(&mut self, stretch: &Stretch) -> Result<(usize, Option<Error>), Error> {
        let socket = self.parts.protocol.websocket_mut().ok_or(NOT_OPEN)?;
        let scratch = self.ws.heads.get_mut(self.parts.head).scratch_mut();
        let octets = &*scratch.room(stretch.written, self.parts.config.messages.most_in_memory())?;
        let (sound, wrong) = match socket.machine.incoming_mut().message_mut().recv_inflated(
            octets,
            stretch.last,
            &self.parts.config.messages,
        ) {
            Ok(()) => (stretch.written, stretch.wrong),
            Err(error) => (in_memory(error.offset), Some(error)),
        };
        scratch.take(sound);
        let is_end = !socket.machine.incoming().message().is_open();
        Whole::of(self.parts, self.ws).count_message(is_end)?;
        Ok((sound, wrong))
    }

    fn show_inflated(&mut self, last: bool) -> RecvOutcome {
        let Some(socket) = self.parts.protocol.websocket_mut() else { return RecvOutcome::Again };
        let facts = Facts {
            text: socket.machine.incoming().message().is_text(),
            first: socket.machine.incoming().message().is_undelivered(),
            last,
        };
        socket.machine.incoming_mut().message_mut().deliver_inflated();
        Whole::of(self.parts, self.ws).show_scratch(facts)
    }

    fn take_inflater(&mut self) -> Result<(), Error> {
        let socket = self.parts.protocol.websocket_mut().ok_or(NOT_OPEN)?;
        if socket.deflate.inflater == NONE {
            socket.deflate.inflater = self.ws.codecs.take_inflater(socket.deflate.terms.peer_window_bits)?;
        }
        Ok(())
    }

    /// The message is complete: the inflater is returned if the peer does not keep its context.
    fn give_back_inflater(&mut self) {
        let Some(socket) = self.parts.protocol.websocket_mut() else { return };
        if socket.deflate.terms.peer_no_context_takeover {
            socket.deflate.drop_inflater(self.ws);
        }
    }
}

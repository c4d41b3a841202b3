//! Lending, sending, and what the owner should do now.

use super::progress::Progress;
use super::send_queue::Piece;
use super::workspace::Workspace;
use super::{Conn, Phase, bits};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::state::Side;
use crate::http1::machine::{NOT_NOW, Role};

static LONG_LEND: Fault = Fault::new(Code::Argument, 0, c"H1-LIM-07", c"more octets than one lend may have");

impl Conn {
    /// Lends `len` octets until `next` answers something other than an event. All are taken, or none.
    ///
    /// Fails with `State` while the lend before is not drained, when reading is off and a whole lend is held already, or
    /// after the end of input; with `Argument` above `lend_max`. A closed connection takes and ignores them.
    #[inline(always)]
    pub fn receive(&mut self, ws: &mut Workspace, len: usize, now: u64) -> Result<(), Error> {
        self.timers.advance(now);
        if len > self.config.limits.lend_max as usize {
            return Err(LONG_LEND.at(0));
        }
        if self.recv.is_lent() || self.lifecycle.has_peer_ended() || self.holds_enough(ws) {
            return self.refuse_lend();
        }
        if !self.lifecycle.is_closed() {
            self.recv.lend(len);
        }
        Ok(())
    }

    /// What comes behind a close_notify is ignored (TLS-05); nothing else may be lent now.
    #[cold]
    fn refuse_lend(&self) -> Result<(), Error> {
        if self.transport.ignores_input() && !self.recv.is_lent() { Ok(()) } else { Err(NOT_NOW) }
    }

    /// Whether a whole lend is held already and reading is off.
    #[inline(always)]
    fn holds_enough(&self, ws: &Workspace) -> bool {
        self.recv.is_held() && self.holds_a_lend(ws)
    }

    #[inline(never)]
    fn holds_a_lend(&self, ws: &Workspace) -> bool {
        self.recv.held_len(&ws.held) > self.held_max() && !self.wants_input(ws)
    }

    /// A head in the making, and one lend.
    fn held_max(&self) -> usize {
        let limits = &self.config.limits;
        limits.lend_max as usize + limits.head.section_max as usize + limits.head.target_max as usize
    }

    /// What to do with the transport now: `bits::*`.
    #[inline]
    pub fn state(&self, ws: &Workspace) -> u32 {
        if !self.is_at_rest(ws) {
            return self.state_in_full(ws);
        }
        debug_assert_eq!(self.state_in_full(ws), bits::WANT_READ | bits::IDLE);
        bits::WANT_READ | bits::IDLE
    }

    /// Whether the connection is between messages and nothing else is on: as nearly every turn leaves it.
    #[inline]
    pub(super) fn is_at_rest(&self, ws: &Workspace) -> bool {
        self.is_between_messages() && self.queue.queued() == 0 && !self.recv.is_given_up(&ws.held)
    }

    /// Whether the connection is between messages and nothing is on but, perhaps, output.
    #[inline(always)]
    fn is_between_messages(&self) -> bool {
        self.lifecycle.is_plain() && !self.queue.has_released() && self.machine.is_idle()
    }

    /// Whether all there is to do with a WebSocket is to read on, as nearly every turn leaves it.
    #[inline(always)]
    pub(super) fn only_reads_frames(&self, ws: &Workspace) -> bool {
        self.has_only_frames() && self.queue.queued() == 0 && !self.recv.is_given_up(&ws.held)
    }

    #[inline(never)]
    pub(super) fn state_in_full(&self, ws: &Workspace) -> u32 {
        if self.only_reads_frames(ws) {
            return bits::WANT_READ;
        }
        let has_events = self.progress(ws) == Progress::Event;
        if self.lifecycle.is_closed() {
            let reset = if self.ends_in_reset() { bits::RESET } else { 0 };
            return bits::CLOSE | reset | if has_events { bits::EVENTS } else { 0 };
        }
        let mut state = self.transport.bits();
        let mut set = |bit, on| state |= if on { bit } else { 0 };
        set(bits::WANT_READ, self.wants_input(ws));
        set(bits::WANT_WRITE, self.has_output());
        set(bits::EVENTS, has_events);
        set(bits::SHUTDOWN_WRITE, self.has_said_all());
        set(bits::IDLE, self.lifecycle.is_open() && self.machine.is_idle());
        set(bits::CAN_RESPOND, self.machine.role() == Role::Server && self.machine.ours() == Side::Await);
        state
    }

    /// Whether our side of the transport is to be closed: all is said, which after a switch may be before the peer's end.
    fn has_said_all(&self) -> bool {
        let is_over = self.lifecycle.phase() == Phase::Lingering || self.has_ended_tunnel() && self.queue.queued() == 0;
        is_over && self.closed_by_both().is_none() && self.transport.half_closes()
    }

    /// Whether nothing more is said after a switch but what is queued.
    pub(super) fn has_ended_tunnel(&self) -> bool {
        self.machine.theirs() == Side::Switched && self.machine.ours() == Side::Closed
    }

    /// Whether the queue is above its high-water mark.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.queue.queued() > self.config.limits.high_water as usize
    }

    /// Whether writes must wait; remembers that one was refused.
    #[inline]
    pub(super) fn is_above_high_water(&mut self) -> bool {
        let above = self.is_full();
        self.queue.note_refusal(above);
        above
    }

    /// Shows the queued output in order until `each` answers `false`. The octets keep address and content until they are
    /// [`sent`](Conn::sent). Over TLS these are the records that [`Conn::seal`] has made.
    #[inline(always)]
    pub fn pieces<'a>(&self, ws: &'a Workspace, each: impl FnMut(Piece<'a>) -> bool) {
        let (output, blocks) = self.transport.outgoing(&self.queue, ws);
        output.pieces(blocks, each);
    }

    /// As [`pieces`](Conn::pieces), up to the octets that the config shows at a time.
    pub fn next_pieces<'a>(&self, ws: &'a Workspace, mut each: impl FnMut(Piece<'a>) -> bool) {
        let mut room = self.config.limits.output_max as usize;
        self.pieces(ws, |piece| {
            let piece = piece.up_to(room);
            room -= piece.octets();
            each(piece) && room > 0
        });
    }

    /// Octets queued and not yet sent; over TLS in records or still to be sealed.
    pub fn queued(&self) -> usize {
        self.queue.queued()
    }

    /// The transport took the first `n` octets of the output for good. Fails with `State` when so many are not queued.
    #[inline(always)]
    pub fn sent(&mut self, ws: &mut Workspace, n: usize, now: u64) -> Result<(), Error> {
        self.timers.advance(now);
        let was_behind = self.is_behind_output();
        if self.lifecycle.is_secured() {
            self.sent_records(ws, n)?;
        } else if n > self.queue.queued() {
            return Err(NOT_NOW);
        } else {
            self.queue.sent(&mut ws.blocks, n);
        }
        let queued = self.queue.queued();
        self.timers.output(self.has_output(), n > 0);
        if self.queue.was_refused() && queued <= self.config.limits.low_water as usize {
            let is_due = self.queue.make_room();
            self.lifecycle.set_writable_due(is_due);
            self.queue_waiting_pong(ws);
            self.send_waiting_continue(ws);
        }
        if was_behind && !self.is_behind_output() {
            self.timers.release();
        }
        self.flushed(ws);
        Ok(())
    }

    /// After [`Rest::Idle`](super::Rest::Idle): the whole output, when all there is to do with it is to send it in one stretch and to
    /// call [`Conn::sent_all`], as nearly always.
    #[inline(always)]
    pub fn last_piece<'a>(&self, ws: &'a Workspace) -> Option<&'a [u8]> {
        debug_assert!(self.is_between_messages() || self.has_only_frames());
        if self.queue.was_refused() { None } else { self.queue.only_piece(&ws.blocks) }
    }

    /// The transport took [`Conn::last_piece`] for good: as [`Conn::sent`] and [`Conn::deadline`] in one. The state is then
    /// `WANT_READ`, and `IDLE` where no WebSocket is.
    #[inline(always)]
    pub fn sent_all(&mut self, ws: &mut Workspace, now: u64) -> u64 {
        self.queue.sent_only_piece(&mut ws.blocks);
        let deadline = self.timers.rest(now, &self.config.clocks);
        debug_assert_eq!(self.deadline_in_full(ws, now), deadline);
        debug_assert_eq!(self.state_in_full(ws) & !bits::IDLE, bits::WANT_READ);
        deadline
    }

    /// Holds the stream: `next` answers "paused", nothing is read, the peer's clock stands still.
    pub fn pause(&mut self) {
        self.lifecycle.set_paused(true);
    }

    /// Lets the stream go on.
    pub fn resume(&mut self) {
        if self.lifecycle.is_paused() {
            self.lifecycle.set_paused(false);
            self.lifecycle.set_input_waiting(true);
            self.timers.release();
        }
    }
}

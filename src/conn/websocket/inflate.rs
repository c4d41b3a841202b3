//! Compressed messages in: inflated into the connection's scratch, a stretch at a time.
//!
//! The octets of a compressed part are unmasked where they lie and stay in the window until they are inflated; how many they are
//! is all that is kept. But where messages are delivered whole and one would hold much more than came of it, what else comes of it is
//! kept as it came, until its end is there.

use super::NOT_OPEN;
use super::whole::Facts;
use crate::conn::event::Window;
use crate::conn::next::Look;
use crate::conn::workspace::{NONE, STRETCH, Workspace};
use crate::conn::{Config, Conn};
use crate::error::{Code, Error, Fault};
use crate::guard::MessageLimits;
use crate::narrow::{in_memory, place};
use crate::websocket::close::TOO_BIG;
use crate::websocket::deflate::{Next, Step};
use crate::websocket::machine::state::Side;
use crate::websocket::machine::{Heard, Machine};

static LONG_PACKED: Fault =
    Fault::new(Code::TooLarge, TOO_BIG, c"WS-PMD-07", c"a message is longer than allowed even while it is compressed");

/// What came of inflating once.
struct Stretch {
    /// Octets behind what the scratch held.
    written: usize,
    /// The message ends with them.
    last: bool,
    /// What follows them does not inflate.
    wrong: Option<Error>,
}

impl Conn {
    /// Octets of a compressed message came: they wait at the start of the window.
    pub(super) fn heard_compressed(
        &mut self,
        ws: &mut Workspace,
        window: Window,
        heard: &Heard,
    ) -> Result<Look, Error> {
        if self.is_behind_our_close() {
            self.recv.consume(window, heard.used);
            return Ok(Look::Again);
        }
        self.head_slab(ws)?;
        ws.heads.check_unfinished(self.head)?;
        ws.heads.get_mut(self.head).message().1.heard(heard.len);
        self.recv.consume(window, heard.offset);
        if let Some(socket) = self.machine.kept_mut() {
            socket.packing.inflating = place(heard.len);
            socket.machine.begin_inflating(heard.first);
        }
        Ok(Look::Again)
    }

    /// The next stretch of a compressed message.
    #[inline(never)]
    pub(super) fn look_for_inflated(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        if self.is_behind_our_close() {
            return self.skip_part(ws, lent);
        }
        if self.is_too_far_ahead(ws) {
            return self.pack(ws, lent);
        }
        let stretch = self.inflate(ws, lent)?;
        if stretch.last {
            self.give_back_inflater(ws);
        }
        let is_nothing = stretch.written == 0 && !stretch.last && stretch.wrong.is_none();
        if is_nothing { Ok(Look::Again) } else { self.judge_inflated(ws, stretch) }
    }

    /// Whether nothing of what comes is shown, so that nothing of it is inflated.
    fn is_behind_our_close(&self) -> bool {
        self.machine.kept().is_none_or(|socket| socket.machine.ours() != Side::Open)
    }

    /// Drops what is not inflated of the part under way.
    fn skip_part(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        let (window, _, _) = self.recv.window(&mut ws.held, lent);
        let socket = self.machine.kept_mut().ok_or(NOT_OPEN)?;
        let len = core::mem::take(&mut socket.packing.inflating) as usize;
        socket.machine.end_inflating();
        self.recv.consume(window, len);
        Ok(Look::Again)
    }

    /// Whether a message is to be delivered whole and its end has not come, but what is inflated of it is already as much as it may be
    /// until then.
    fn is_too_far_ahead(&self, ws: &mut Workspace) -> bool {
        let Some(socket) = self.machine.kept() else { return false };
        if !self.config.whole_messages || !socket.machine.is_hearing() || socket.machine.is_unshown() {
            return false;
        }
        let (scratch, unfinished) = ws.heads.get_mut(self.head).message();
        !unfinished.may_inflate(scratch.octets().len())
    }

    /// Keeps a compressed part as it came.
    fn pack(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        let (window, _, bytes) = self.recv.window(&mut ws.held, lent);
        let socket = self.machine.kept_mut().ok_or(NOT_OPEN)?;
        let len = core::mem::take(&mut socket.packing.inflating) as usize;
        socket.machine.end_inflating();
        let (_, unfinished) = ws.heads.get_mut(self.head).message();
        if !unfinished.pack(&bytes[..len], self.config.messages.message_max)? {
            return Err(LONG_PACKED.at(0));
        }
        self.recv.consume(window, len);
        self.count_message(ws, false)?;
        Ok(Look::Again)
    }

    /// Inflates once, behind what the scratch holds.
    fn inflate(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Stretch, Error> {
        self.take_inflater(ws)?;
        self.head_slab(ws)?;
        let (window, _, bytes) = self.recv.window(&mut ws.held, lent);
        let socket = self.machine.kept_mut().ok_or(NOT_OPEN)?;
        let (scratch, unfinished) = ws.heads.get_mut(self.head).message();
        scratch.empty_if(is_shown(&self.config, &socket.machine));
        let (room, most) = stretch_room(&socket.machine, &self.config.messages);
        let out = scratch.room(room, most)?;
        let is_packed = !unfinished.packed().is_empty();
        let input = if is_packed { unfinished.packed() } else { &bytes[..socket.packing.inflating as usize] };
        let is_end = !is_packed && !socket.machine.is_hearing();
        let inflater = ws.codecs.inflater(socket.packing.inflater)?;
        let step = match inflater.inflate(input, out, is_end) {
            Ok(step) => step,
            Err(wrong) => return Ok(Stretch { written: inflater.written(), last: false, wrong: Some(wrong) }),
        };
        if is_packed {
            unfinished.unpacked(step.used);
        } else {
            self.inflated(window, &step);
        }
        Ok(Stretch { written: step.written, last: step.next == Next::Done, wrong: None })
    }

    /// So much of the part in the window is inflated.
    fn inflated(&mut self, window: Window, step: &Step) {
        self.recv.consume(window, step.used);
        let Some(socket) = self.machine.kept_mut() else { return };
        socket.packing.inflating -= place(step.used);
        if step.next != Next::Room {
            socket.machine.end_inflating();
        }
    }

    /// What was inflated is counted and, as text, looked at before it is shown. Where it goes wrong, what comes before that is
    /// shown first, as it would be had it come alone.
    fn judge_inflated(&mut self, ws: &mut Workspace, stretch: Stretch) -> Result<Look, Error> {
        let (sound, wrong) = self.hear_stretch(ws, &stretch)?;
        match wrong {
            Some(error) if sound == 0 || self.config.whole_messages => Err(error),
            Some(error) => {
                let look = self.show_inflated(ws, false);
                // With the event still to be shown: the error is that of the next call.
                self.fail(ws, error);
                Ok(look)
            }
            None => Ok(self.show_inflated(ws, stretch.last)),
        }
    }

    /// How much of it is sound, and what is wrong with the rest.
    fn hear_stretch(&mut self, ws: &mut Workspace, stretch: &Stretch) -> Result<(usize, Option<Error>), Error> {
        let socket = self.machine.kept_mut().ok_or(NOT_OPEN)?;
        let scratch = ws.heads.get_mut(self.head).scratch_mut();
        let octets = &*scratch.room(stretch.written, self.config.messages.most_in_memory())?;
        let (sound, wrong) = match socket.machine.hear_inflated(octets, stretch.last, &self.config.messages) {
            Ok(()) => (stretch.written, stretch.wrong),
            Err(error) => (in_memory(error.offset), Some(error)),
        };
        scratch.take(sound);
        let is_end = !socket.machine.is_hearing();
        self.count_message(ws, is_end)?;
        Ok((sound, wrong))
    }

    fn show_inflated(&mut self, ws: &Workspace, last: bool) -> Look {
        let Some(socket) = self.machine.kept_mut() else { return Look::Again };
        let facts = Facts { text: socket.machine.hears_text(), first: socket.machine.is_unshown(), last };
        socket.machine.show_inflated();
        self.show_scratch(ws, facts)
    }

    fn take_inflater(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        let socket = self.machine.kept_mut().ok_or(NOT_OPEN)?;
        if socket.packing.inflater == NONE {
            socket.packing.inflater = ws.codecs.take_inflater(socket.packing.terms.peer_window_bits)?;
        }
        Ok(())
    }

    /// The message is over: so is what the inflater knows, where the peer forgets too.
    fn give_back_inflater(&mut self, ws: &mut Workspace) {
        let Some(socket) = self.machine.kept_mut() else { return };
        if socket.packing.terms.peer_no_context_takeover {
            socket.packing.drop_inflater(ws);
        }
    }
}

/// Whether what was inflated before was shown, or belongs to the message before.
fn is_shown(config: &Config, machine: &Machine) -> bool {
    !config.whole_messages || machine.is_unshown()
}

/// How many octets to inflate at a time, and how many are ever there. One more than may come: to see it is to know that there are too
/// many (WS-PMD-07).
fn stretch_room(machine: &Machine, limits: &MessageLimits) -> (usize, usize) {
    let room = machine.inflated_room(limits).saturating_add(1);
    (STRETCH.min(usize::try_from(room).unwrap_or(STRETCH)), limits.most_in_memory().saturating_add(1))
}

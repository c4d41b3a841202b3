//! Compressed messages in: inflated into the connection's scratch, a stretch at a time.
//!
//! The octets of a compressed part are unmasked where they lie and stay in the window until they are inflated; how many they are
//! is all that is kept.

use super::NOT_OPEN;
use super::whole::Facts;
use crate::conn::Conn;
use crate::conn::event::Window;
use crate::conn::next::Look;
use crate::conn::workspace::{NONE, STRETCH, Workspace};
use crate::error::Error;
use crate::narrow::{in_memory, place};
use crate::websocket::deflate::Next;
use crate::websocket::machine::Heard;
use crate::websocket::machine::state::Side;

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
    pub(super) fn heard_compressed(&mut self, window: Window, heard: &Heard) -> Look {
        self.input.consume(window, heard.offset);
        if let Some(socket) = self.machine.kept_mut() {
            socket.packing.inflating = place(heard.len);
            socket.machine.begin_inflating(heard.first);
        }
        Look::Again
    }

    /// The next stretch of a compressed message.
    #[inline(never)]
    pub(super) fn look_for_inflated(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        let stretch = self.inflate(ws, lent)?;
        if stretch.last {
            self.give_back_inflater(ws);
        }
        let is_nothing = stretch.written == 0 && !stretch.last && stretch.wrong.is_none();
        if is_nothing { Ok(Look::Again) } else { self.judge_inflated(ws, stretch) }
    }

    /// Inflates once, behind what the scratch holds.
    fn inflate(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Stretch, Error> {
        self.take_inflater(ws)?;
        self.head_slab(ws)?;
        let (window, _, bytes) = self.input.window(&mut ws.held, lent);
        let socket = self.machine.kept_mut().ok_or(NOT_OPEN)?;
        let scratch = &mut ws.heads.get_mut(self.head).scratch;
        if !self.config.whole_messages || socket.machine.is_unshown() {
            scratch.empty();
        }
        // One octet more than may come: to see it is to know that there are too many (WS-PMD-07).
        let room = socket.machine.inflated_room(&self.config.messages).saturating_add(1);
        let most = self.config.messages.most_in_memory().saturating_add(1);
        let out = scratch.room(STRETCH.min(usize::try_from(room).unwrap_or(STRETCH)), most)?;
        let input = &bytes[..socket.packing.inflating as usize];
        let is_end = !socket.machine.is_hearing();
        let inflater = ws.codecs.inflater(socket.packing.inflater)?;
        let step = match inflater.inflate(input, out, is_end) {
            Ok(step) => step,
            Err(wrong) => return Ok(Stretch { written: inflater.written(), last: false, wrong: Some(wrong) }),
        };
        socket.packing.inflating -= place(step.used);
        self.input.consume(window, step.used);
        if step.next != Next::Room {
            socket.machine.end_inflating();
        }
        Ok(Stretch { written: step.written, last: step.next == Next::Done, wrong: None })
    }

    /// What was inflated is counted and, as text, looked at before it is shown. Where it goes wrong, what comes before that is
    /// shown first, as it would be had it come alone.
    fn judge_inflated(&mut self, ws: &mut Workspace, stretch: Stretch) -> Result<Look, Error> {
        let (sound, wrong) = self.hear_stretch(ws, &stretch)?;
        let is_shown = self.machine.kept().is_some_and(|socket| socket.machine.ours() == Side::Open);
        match wrong {
            Some(error) if sound == 0 || !is_shown || self.config.whole_messages => Err(error),
            Some(error) => {
                let look = self.show_inflated(ws, false);
                // With the event still to be shown: the error is that of the next call.
                self.fail(ws, error);
                Ok(look)
            }
            None if is_shown => Ok(self.show_inflated(ws, stretch.last)),
            None => Ok(Look::Again),
        }
    }

    /// How much of it is sound, and what is wrong with the rest.
    fn hear_stretch(&mut self, ws: &mut Workspace, stretch: &Stretch) -> Result<(usize, Option<Error>), Error> {
        let socket = self.machine.kept_mut().ok_or(NOT_OPEN)?;
        let scratch = &mut ws.heads.get_mut(self.head).scratch;
        let octets = &*scratch.room(stretch.written, self.config.messages.most_in_memory())?;
        let (sound, wrong) = match socket.machine.hear_inflated(octets, stretch.last, &self.config.messages) {
            Ok(()) => (stretch.written, stretch.wrong),
            Err(error) => (in_memory(error.offset), Some(error)),
        };
        scratch.take(sound);
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

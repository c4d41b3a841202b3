//! Inflating messages.

use zlib_rs::{Inflate, InflateFlush, Status};

use super::distance_check::DistanceCheck;
use super::history::History;
use super::{Next, Step, TAIL, reserve};
use crate::error::{Code, Error, Fault};
use crate::memory::{Heap, Reserved};
use crate::narrow::in_memory;

static CORRUPT: Fault = Fault::new(Code::WsDeflate, 1007, c"WS-PMD-08", c"compressed content does not inflate");
static TOO_FAR: Fault =
    Fault::new(Code::WsDeflate, 1007, c"WS-PMD-08", c"compressed content refers beyond the window agreed");
static TRUNCATED: Fault = Fault::new(Code::WsDeflate, 1007, c"WS-PMD-03", c"compressed content ends within a block");
static MANY_SETS: Fault =
    Fault::new(Code::TooLarge, 1008, c"WS-PMD-07", c"more final blocks than the octets of the messages pay for");

/// Each payload octet earns the right to copy this much of the window. DEFLATE expands one octet to up to 1,032, so
/// restoring a window costs no more than other content does.
const EARNED: usize = 1024;
/// Earned by each message: one window, for peers that end every message with a final block.
const EARNED_BY_A_MESSAGE: usize = History::MEMORY;
/// Maximum credit, and the initial one.
const CREDIT_MAX: usize = 4 * History::MEMORY;

/// The state of one peer's messages.
///
/// A block with BFINAL set ends a data set (RFC 1951 §3.2.3), but later blocks may still refer to octets before it,
/// since the window belongs to the connection (RFC 7692 §7.2.2, §7.2.3.4). zlib-rs drops its window at the end of a
/// data set and does not expose it, so the last inflated octets are recorded here and copied back. An empty final block
/// takes only two octets, so a peer could demand many such copies: `credit` limits them by the octets received.
pub struct Inflater {
    stream: Inflate,
    /// Only for windows below 15 bits; zlib-rs always uses 15.
    distances: Option<DistanceCheck>,
    history: History,
    /// At a block boundary: no octet since the start of the message or of a data set.
    is_at_boundary: bool,
    /// A data set ended: restore the window before the next octet.
    is_window_due: bool,
    /// Octets of window that may still be copied.
    credit: usize,
    /// Octets written by the failed call.
    written: usize,
    _memory: Reserved,
}

impl Inflater {
    /// What zlib-rs allocates for one inflater, whatever its window.
    const STATE: usize = 48 * 1024;
    /// What is allocated for one inflater, besides the struct itself.
    pub const MEMORY: usize = Self::STATE + History::MEMORY;

    /// An inflater for a peer with a window of `window_bits` (8 to 15).
    pub fn new(heap: &Heap, window_bits: u8) -> Result<Self, Error> {
        let history = History::new(heap)?;
        let memory = reserve(heap, Self::STATE)?;
        let stream = Inflate::new(false, 15);
        let mut inflater = Self {
            stream,
            distances: None,
            history,
            is_at_boundary: true,
            is_window_due: false,
            credit: CREDIT_MAX,
            written: 0,
            _memory: memory,
        };
        inflater.reset(window_bits);
        Ok(inflater)
    }

    /// Resets all state, including errors, and sets the window to `window_bits` (8 to 15). Cheap: the window is not
    /// cleared.
    pub fn reset(&mut self, window_bits: u8) {
        self.stream.reset(false);
        self.distances = (window_bits < 15).then(|| DistanceCheck::new(window_bits));
        self.history.clear();
        self.is_at_boundary = true;
        self.is_window_due = false;
        self.credit = CREDIT_MAX;
    }

    /// Inflates `input`, the next piece of a message's payload; `is_last` marks the last piece.
    ///
    /// Writes at most `out.len()` octets and inflates no further (WS-PMD-07). Does nothing while `out` is empty. To
    /// detect a message longer than a limit, offer one octet more than the limit.
    ///
    /// # Errors
    ///
    /// The content is corrupt, refers beyond the window, ends within a block, or has too many final blocks (1008). The
    /// offset is into `input`. After an error the inflater is unusable until [`reset`](Self::reset). A message that
    /// ends within a block header may pass; then the peer's next message fails or inflates to garbage.
    pub fn inflate(&mut self, input: &[u8], out: &mut [u8], is_last: bool) -> Result<Step, Error> {
        if out.is_empty() {
            return Ok(Step { used: 0, written: 0, next: Next::Room });
        }
        let (used, written) = self.run(input, out)?;
        let next = if written == out.len() {
            Next::Room
        } else if is_last {
            self.end(used).inspect_err(|_| self.written = written)?;
            self.earn(EARNED_BY_A_MESSAGE);
            Next::Done
        } else {
            Next::Input
        };
        Ok(Step { used, written, next })
    }

    /// Octets that the failed call wrote: those before the error. (0 for a reference beyond the window.)
    pub fn written(&self) -> usize {
        self.written
    }

    /// Runs until the output is full, or the input is used up and no output is pending.
    fn run(&mut self, input: &[u8], out: &mut [u8]) -> Result<(usize, usize), Error> {
        let (mut used, mut written) = (0, 0);
        loop {
            if self.is_window_due && used < input.len() {
                self.written = written;
                self.restore_window().map_err(|fault| fault.at(used as u64))?;
            }
            let before = (self.stream.total_in(), self.stream.total_out());
            let status = self.stream.decompress(&input[used..], &mut out[written..], InflateFlush::NoFlush);
            let taken = in_memory(self.stream.total_in() - before.0);
            let start = written;
            written += in_memory(self.stream.total_out() - before.1);
            self.history.push(&out[start..written]);
            self.written = written;
            let status = status.map_err(|_| CORRUPT.at((used + taken) as u64))?;
            let checked = self.check_distances(&input[used..used + taken]);
            checked.map_err(|fault| fault.at(used as u64)).inspect_err(|_| self.written = 0)?;
            used += taken;
            self.earn(taken.saturating_mul(EARNED));
            self.is_at_boundary &= taken == 0;
            if status == Status::StreamEnd {
                self.end_data_set();
            }
            if used == input.len() || written == out.len() {
                return Ok((used, written));
            }
        }
    }

    #[inline]
    fn earn(&mut self, octets: usize) {
        self.credit = self.credit.saturating_add(octets).min(CREDIT_MAX);
    }

    #[cold]
    fn end_data_set(&mut self) {
        self.stream.reset(false);
        self.is_window_due = true;
        self.is_at_boundary = true;
    }

    /// Starts the next data set with the present window.
    #[cold]
    fn restore_window(&mut self) -> Result<(), &'static Fault> {
        let stretches = self.history.stretches();
        let len = stretches.iter().map(|stretch| stretch.len()).sum();
        self.credit = self.credit.checked_sub(len).ok_or(&MANY_SETS)?;
        for stretch in stretches {
            self.stream.set_dictionary(stretch).map_err(|_| &CORRUPT)?;
        }
        self.is_window_due = false;
        Ok(())
    }

    /// The input with an invalid reference counts as used, but its output is not delivered.
    fn check_distances(&mut self, taken: &[u8]) -> Result<(), &'static Fault> {
        self.distances.as_mut().map_or(Ok(()), |check| check.check(taken)).map_err(|_| &TOO_FAR)
    }

    /// Appends the stripped tail, once, unless no block has begun, as in an empty payload (WS-PMD-05).
    fn end(&mut self, used: usize) -> Result<(), Error> {
        if !self.is_at_boundary {
            let mut nothing = [0];
            if self.run(&TAIL, &mut nothing).map_err(|error| error.fault.at(used as u64))? != (TAIL.len(), 0) {
                return Err(TRUNCATED.at(used as u64));
            }
            self.is_at_boundary = true;
        }
        Ok(())
    }
}

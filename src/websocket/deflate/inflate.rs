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

/// Octets of the window that each octet of a payload, of whatever content, pays for. With DEFLATE one octet makes up to 1,032, so that a
/// restored window costs no more than other content does.
const EARNED: usize = 1024;
/// What a message pays for by itself: one window, for peers that end each message with a final block.
const EARNED_BY_A_MESSAGE: usize = History::MEMORY;
/// The most that is saved up, and what there is at first.
const CREDIT_MAX: usize = 4 * History::MEMORY;

/// The state of one peer's messages.
///
/// A block with BFINAL set ends a data set (RFC 1951 §3.2.3), but not what later blocks may refer to: the window is the connection's (RFC 7692
/// §7.2.2, §7.2.3.4). zlib-rs forgets it with the data set and shows it to nobody, so what was inflated last is kept beside it. To give it
/// back is a copy of the window, which an empty final block would ask for with two octets: what is copied is paid for by what came.
pub struct Inflater {
    stream: Inflate,
    /// Only for windows smaller than zlib-rs's own, which has 15 bits whatever it is told.
    distances: Option<DistanceCheck>,
    history: History,
    /// No octet came since the message or a data set in it began: a block boundary without a block begun.
    is_between: bool,
    /// A data set ended, and zlib-rs does not have the window yet: it is due with the next octet.
    is_window_due: bool,
    /// Octets of the window that may still be copied.
    credit: usize,
    /// Octets that the call that failed wrote.
    written: usize,
    _memory: Reserved,
}

impl Inflater {
    /// What zlib-rs allocates for one, whatever its window.
    const STATE: usize = 48 * 1024;
    /// What is allocated for one. Beside it is the struct itself.
    pub const MEMORY: usize = Self::STATE + History::MEMORY;

    /// An inflater for a peer whose window is `window_bits` (8 to 15) large.
    pub fn new(heap: &Heap, window_bits: u8) -> Result<Self, Error> {
        let history = History::new(heap)?;
        let memory = reserve(heap, Self::STATE)?;
        let stream = Inflate::new(false, 15);
        let mut inflater = Self {
            stream,
            distances: None,
            history,
            is_between: true,
            is_window_due: false,
            credit: CREDIT_MAX,
            written: 0,
            _memory: memory,
        };
        inflater.reset(window_bits);
        Ok(inflater)
    }

    /// Forgets everything, errors too, and goes on with a window of `window_bits` (8 to 15). Cheap: the window is not cleared.
    pub fn reset(&mut self, window_bits: u8) {
        self.stream.reset(false);
        self.distances = (window_bits < 15).then(|| DistanceCheck::new(window_bits));
        self.history.clear();
        self.is_between = true;
        self.is_window_due = false;
        self.credit = CREDIT_MAX;
    }

    /// Inflates `input`, the next piece of a message's payload; `is_last` says that the message ends with it.
    ///
    /// Writes at most `out.len()` octets and inflates no further (WS-PMD-07). Nothing happens while `out` is empty: to learn
    /// whether a message is longer than a limit, offer one octet more than the limit.
    ///
    /// # Errors
    ///
    /// The content is corrupt, refers beyond the window or ends within a block, or has too many final blocks (1008). The offset counts into `input`. The inflater
    /// is of no use until [`reset`](Self::reset). A message that ends within the header of a block may pass, and the one after
    /// it fail or be garbage of the same peer's making.
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

    /// Octets that a call wrote before it failed: those before what does not inflate. (None, where it refers beyond the window.)
    pub fn written(&self) -> usize {
        self.written
    }

    /// Until the output is full, or the input used up and nothing held back.
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
            self.is_between &= taken == 0;
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
        self.is_between = true;
    }

    /// The next data set begins with the window as it is.
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

    /// The octets in which a reference beyond the window was completed are read, but what it copied is not delivered.
    fn check_distances(&mut self, taken: &[u8]) -> Result<(), &'static Fault> {
        self.distances.as_mut().map_or(Ok(()), |check| check.walk(taken)).map_err(|_| &TOO_FAR)
    }

    /// Appends what the sender stripped: once, and not where no block was begun, as in a payload without octets (WS-PMD-05).
    fn end(&mut self, used: usize) -> Result<(), Error> {
        if !self.is_between {
            let mut nothing = [0];
            if self.run(&TAIL, &mut nothing).map_err(|error| error.fault.at(used as u64))? != (TAIL.len(), 0) {
                return Err(TRUNCATED.at(used as u64));
            }
            self.is_between = true;
        }
        Ok(())
    }
}

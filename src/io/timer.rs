//! Timers: a hierarchical wheel, one timer per key.
//!
//! Keys are small numbers of the caller (connection slots), times are milliseconds of its clock. Arming and disarming
//! cost a few dozen instructions, however many timers there are. A key costs 12 octets, allocated only when a key
//! exceeds every earlier one ([`Wheel::reserve`] does it in advance).
//!
//! After Varghese and Lauck, *Hashed and Hierarchical Timing Wheels* (1987), scheme 7. Level 0 has a slot for each of 64
//! milliseconds, level 1 for each of 64 times 64, and so on, until eleven levels cover every `u64`. A timer lives at the
//! level of the highest six-bit digit in which its deadline differs from the wheel's time; so the slots of a level that
//! are in use all lie ahead, the lowest level in use holds the earliest timers, and no slot mixes rounds. When the time
//! reaches a slot of a higher level, its timers move down: at most ten times in a timer's life, once or twice for the
//! usual seconds.

mod list;
#[cfg(test)]
mod tests;

use crate::error::Error;
use crate::narrow::{in_memory, place};
use list::{DIGIT, LEVELS, Lists, SLOTS};

/// Timers by key. See the [module](self).
#[derive(Debug)]
pub struct Wheel {
    /// No armed deadline is earlier. Only [`expire`](Self::expire) advances it.
    time: u64,
    /// One bit for each slot that holds timers, one word for each level.
    occupied: [u64; LEVELS],
    lists: Lists,
}

/// Maximum distance of a timer, about 49 days: only the lower half of a deadline is stored. A timer beyond it expires
/// then and must be armed again; no other timer expires early.
pub const REACH_MS: u64 = u32::MAX as u64;

impl Wheel {
    /// A wheel without timers at time `now_ms`. Allocates nothing.
    pub const fn new(now_ms: u64) -> Self {
        Self { time: now_ms, occupied: [0; LEVELS], lists: Lists::new() }
    }

    /// Allocates for the keys below `keys`, so that arming them cannot fail.
    pub fn reserve(&mut self, keys: u32) -> Result<(), Error> {
        self.lists.reserve(keys)
    }

    /// Arms `key` to expire at `deadline_ms`, replacing its timer if it has one. A deadline in the past expires at the
    /// next [`expire`](Self::expire), one beyond [`REACH_MS`] at that distance. Fails only for lack of memory, with the
    /// timer unchanged.
    pub fn arm(&mut self, key: u32, deadline_ms: u64) -> Result<(), Error> {
        self.reserve(key.saturating_add(1))?;
        self.disarm(key);
        self.place(key, deadline_ms.clamp(self.time, self.time.saturating_add(REACH_MS)));
        Ok(())
    }

    /// Disarms `key`. No effect without a timer.
    pub fn disarm(&mut self, key: u32) {
        if let Some(emptied) = self.lists.remove(key) {
            self.occupied[emptied / SLOTS] &= !(1 << (emptied % SLOTS));
        }
    }

    /// The deadline of `key`, if armed.
    pub fn deadline(&self, key: u32) -> Option<u64> {
        self.lists.deadline(key, self.time)
    }

    /// When to call [`expire`](Self::expire) next; `None` if no timer is armed.
    ///
    /// Never later than the earliest deadline. May be earlier, when the wheel's time is in another block of 64 ms: the
    /// call then only moves timers down, at most ten times in a timer's life.
    pub fn next_deadline(&self) -> Option<u64> {
        self.earliest().map(|(level, slot)| self.start(level, slot))
    }

    /// Removes a key whose deadline has passed at `now_ms`, earliest first; `None` when there are no more. Call it
    /// until then.
    ///
    /// Keys may be armed and disarmed in between; one armed for `now_ms` or before comes in the same round. A time
    /// before that of an earlier call expires nothing new.
    pub fn expire(&mut self, now_ms: u64) -> Option<u32> {
        while let Some((level, slot)) = self.earliest() {
            let start = self.start(level, slot);
            if start > now_ms {
                break;
            }
            self.time = start;
            if level == 0 {
                let key = self.lists.first(slot)?;
                self.disarm(key);
                return Some(key);
            }
            self.move_down(level, slot);
        }
        // No used slot starts by then, so every timer keeps its level.
        self.time = self.time.max(now_ms);
        None
    }

    /// The slot with the earliest timers.
    fn earliest(&self) -> Option<(usize, usize)> {
        let level = self.occupied.iter().position(|&slots| slots != 0)?;
        Some((level, self.occupied[level].trailing_zeros() as usize))
    }

    /// The start time of the slot: its digit after the wheel's higher digits.
    fn start(&self, level: usize, slot: usize) -> u64 {
        let shift = place(level) * DIGIT;
        let above = self.time.checked_shr(shift + DIGIT).unwrap_or(0).checked_shl(shift + DIGIT).unwrap_or(0);
        above | (slot as u64) << shift
    }

    /// Moves the timers of a due slot to lower levels.
    fn move_down(&mut self, level: usize, slot: usize) {
        while let Some(key) = self.lists.first(level * SLOTS + slot) {
            let deadline = self.lists.deadline(key, self.time).unwrap_or(self.time);
            self.disarm(key);
            self.place(key, deadline);
        }
    }

    /// `deadline` is not before the wheel's time; `key` has a node and no timer.
    fn place(&mut self, key: u32, deadline: u64) {
        let differs = (self.time ^ deadline) | 1;
        let level = (differs.ilog2() / DIGIT) as usize;
        let slot = in_memory(deadline >> (place(level) * DIGIT) & (SLOTS as u64 - 1));
        self.occupied[level] |= 1 << slot;
        self.lists.insert(level * SLOTS + slot, key, deadline);
    }
}

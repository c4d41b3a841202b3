//! The zero-copy sends of one socket.

use super::release::Release;
use crate::narrow::two_octets;
use std::collections::VecDeque;

/// The most sends of a socket that are not released: beyond it sends copy. Low enough for numbers of 16 bits to tell them apart.
const SENDS_MAX: usize = 1 << 14;

/// A send that its owner does not know to be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Lent,
    Released,
    Copied,
}

/// The sends that were not released, oldest first. Systems release them in any order, and owners learn of it in theirs.
#[derive(Debug, Default)]
pub(in crate::io::driver) struct Lent {
    /// The number of the oldest one, of those that the system counts.
    first: u32,
    sends: VecDeque<State>,
    is_refused: bool,
}

impl Lent {
    /// Of a socket that cannot lend.
    pub fn refused() -> Self {
        Self { is_refused: true, ..Self::default() }
    }

    /// The system refuses to send so.
    pub fn refuse(&mut self) {
        self.is_refused = true;
    }

    /// Whether another send may lend octets. Makes room for it.
    pub fn may_lend(&mut self) -> bool {
        !self.is_refused && self.sends.len() < SENDS_MAX && self.sends.try_reserve(1).is_ok()
    }

    /// The number of the next send.
    pub fn next(&self) -> u16 {
        two_octets(self.first as usize & 0xffff).wrapping_add(two_octets(self.sends.len()))
    }

    /// A send has lent octets, for which there is room.
    pub fn add(&mut self) {
        self.sends.push_back(State::Lent);
    }

    /// The system has released the sends of these numbers.
    pub fn release(&mut self, first: u32, last: u32, is_copied: bool) {
        let state = if is_copied { State::Copied } else { State::Released };
        let count = last.wrapping_sub(first) as usize;
        let from = first.wrapping_sub(self.first) as usize;
        for send in self.sends.iter_mut().skip(from).take(count.saturating_add(1)) {
            *send = state;
        }
    }

    /// The same for one send, of whose number these are the lower bits.
    pub fn release_one(&mut self, number: u16, is_copied: bool) {
        let behind = number.wrapping_sub(two_octets(self.first as usize & 0xffff));
        let number = self.first.wrapping_add(behind.into());
        self.release(number, number, is_copied);
    }

    /// Takes the oldest ones, as far as they are released.
    pub fn take(&mut self) -> Option<Release> {
        let mut release = Release { sends: 0, is_copied: false };
        while let Some(state) = self.sends.front().copied().filter(|&state| state != State::Lent) {
            self.sends.pop_front();
            self.first = self.first.wrapping_add(1);
            release.sends += 1;
            release.is_copied |= state == State::Copied;
        }
        (release.sends != 0).then_some(release)
    }

    /// Whether nothing is lent and not released.
    pub fn is_empty(&self) -> bool {
        self.sends.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lent(first: u32, count: usize) -> Lent {
        let mut lent = Lent { first, ..Lent::default() };
        for _ in 0..count {
            assert!(lent.may_lend());
            lent.add();
        }
        lent
    }

    #[test]
    fn sends_are_released_in_their_order() {
        for first in [0, u32::MAX - 1, 0xfffe] {
            let mut lent = lent(first, 5);
            let number = |at| first.wrapping_add(at);
            lent.release(number(1), number(2), true);
            assert_eq!(lent.take(), None);
            lent.release(number(0), number(0), false);
            assert_eq!(lent.take(), Some(Release { sends: 3, is_copied: true }));
            lent.release_one(number(4) as u16, false);
            assert_eq!(lent.take(), None);
            assert_eq!(lent.next(), number(5) as u16);
            lent.release_one(number(3) as u16, false);
            assert_eq!(lent.take(), Some(Release { sends: 2, is_copied: false }));
            assert!(lent.is_empty());
        }
    }

    #[test]
    fn what_was_never_lent_is_not_released() {
        let mut lent = lent(7, 2);
        for (first, last) in [(6, 6), (9, 9), (9, u32::MAX)] {
            lent.release(first, last, false);
            assert_eq!(lent.take(), None, "{first} to {last}");
        }
    }

    #[test]
    fn a_socket_lends_as_long_as_it_may() {
        let mut lent = lent(0, SENDS_MAX);
        assert!(!lent.may_lend());
        lent.release(0, 0, false);
        assert_eq!(lent.take(), Some(Release { sends: 1, is_copied: false }));
        assert!(lent.may_lend());
        lent.refuse();
        assert!(!lent.may_lend());
        assert!(!Lent::refused().may_lend());
    }
}

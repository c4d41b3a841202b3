//! The zero-copy sends of one socket.

use super::release::Release;
use crate::narrow::two_octets;
use std::collections::VecDeque;

/// How many sends copy after one for which the system lacked memory.
const COPIES: u8 = 64;

/// The most sends of a socket that are not released: beyond it sends copy. Low enough for numbers of 16 bits to tell them apart.
const SENDS_MAX: usize = 1 << 14;

/// A send that its owner does not know to be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Lent,
    /// The same, but the system has taken none of its octets.
    Untaken,
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
    /// So many sends are to copy.
    copies: u8,
    /// The owner was not told what was taken of the newest one, which is told before its release.
    is_newest_held: bool,
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

    /// The system lacks memory for it: some sends copy, and then it is tried again.
    pub fn pause(&mut self) {
        self.copies = COPIES;
    }

    /// Whether another send may lend octets. Makes room for it.
    pub fn may_lend(&mut self) -> bool {
        if let Some(left) = self.copies.checked_sub(1) {
            self.copies = left;
            return false;
        }
        !self.is_refused && self.sends.len() < SENDS_MAX && self.sends.try_reserve(1).is_ok()
    }

    /// The number of the next send.
    pub fn next(&self) -> u16 {
        two_octets(self.first as usize & 0xffff).wrapping_add(two_octets(self.sends.len()))
    }

    /// A send has lent octets, for which there is room.
    pub fn add(&mut self) {
        self.sends.push_back(State::Lent);
        self.is_newest_held = false;
    }

    /// The same, and what is taken of them will be told by an event.
    pub fn add_held(&mut self) {
        self.add();
        self.is_newest_held = true;
    }

    /// It is told, or nobody is to be told.
    pub fn let_go(&mut self) {
        self.is_newest_held = false;
    }

    /// The system has taken nothing of the send whose number has these lower bits. So it copied nothing either, whatever it says.
    pub fn took_nothing(&mut self, number: u16) {
        let at = usize::from(self.behind_first(number));
        if let Some(send) = self.sends.get_mut(at) {
            *send = if *send == State::Lent { State::Untaken } else { State::Released };
        }
    }

    /// The system has released the sends of these numbers.
    pub fn release(&mut self, first: u32, last: u32, is_copied: bool) {
        let state = if is_copied { State::Copied } else { State::Released };
        let count = last.wrapping_sub(first) as usize;
        let from = first.wrapping_sub(self.first) as usize;
        for send in self.sends.iter_mut().skip(from).take(count.saturating_add(1)) {
            *send = if *send == State::Untaken { State::Released } else { state };
        }
    }

    /// The same for one send, of whose number these are the lower bits.
    pub fn release_one(&mut self, number: u16, is_copied: bool) {
        let number = self.first.wrapping_add(self.behind_first(number).into());
        self.release(number, number, is_copied);
    }

    fn behind_first(&self, number: u16) -> u16 {
        number.wrapping_sub(two_octets(self.first as usize & 0xffff))
    }

    /// Whether there is one to take.
    pub fn has_released(&self) -> bool {
        let is_held = self.sends.len() <= usize::from(self.is_newest_held);
        !is_held && self.sends.front().is_some_and(|state| matches!(state, State::Released | State::Copied))
    }

    /// Takes the oldest ones, as far as they are released and not held.
    pub fn take(&mut self) -> Option<Release> {
        let mut release = Release { sends: 0, is_copied: false };
        while self.has_released()
            && let Some(state) = self.sends.pop_front()
        {
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
    fn the_release_of_a_held_send_waits_and_none_before_it() {
        for first in [0, u32::MAX] {
            let mut lent = lent(first, 1);
            lent.add_held();
            lent.release(first, first.wrapping_add(1), false);
            assert_eq!(lent.take(), Some(Release { sends: 1, is_copied: false }));
            assert_eq!(lent.take(), None);
            assert!(!lent.is_empty());
            lent.let_go();
            assert_eq!(lent.take(), Some(Release { sends: 1, is_copied: false }));
        }
    }

    #[test]
    fn what_was_not_taken_was_not_copied() {
        for (is_told_before, number) in [(true, 7), (false, 7), (true, u32::MAX), (false, u32::MAX)] {
            let mut lent = lent(number, 1);
            if is_told_before {
                lent.took_nothing(number as u16);
                assert_eq!(lent.take(), None);
            }
            lent.release_one(number as u16, true);
            if !is_told_before {
                lent.took_nothing(number as u16);
            }
            assert_eq!(lent.take(), Some(Release { sends: 1, is_copied: false }));
        }
    }

    #[test]
    fn a_socket_that_lacked_memory_lends_again() {
        let mut lent = lent(0, 0);
        lent.pause();
        assert_eq!((0..=COPIES).map(|_| lent.may_lend()).filter(|&may| may).count(), 1);
        assert!(lent.may_lend());
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

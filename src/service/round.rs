//! A round of polls: what was ready when a clock ran out is read before the clock is applied.
//!
//! A server may itself be late: the owner's handler took long, or the process was stopped. Octets that came in time wait
//! in the system then, and a batch does not hold all of them. A poll that is not full has brought everything. The system
//! reports sockets in turn; so after as many events as there are sockets, each that was ready has been read, and a flood
//! of ready sockets delays the clocks of others by one round at most.

/// The round in progress, if any.
#[derive(Default)]
pub(super) struct Round {
    begun: Option<u64>,
    /// Events until every socket had its turn, before the last poll.
    left: usize,
}

impl Round {
    /// The next poll, which does not wait, belongs to the round. Begins one at `now` unless one is in progress; `last`:
    /// the events of the last poll.
    pub fn poll(&mut self, now: u64, last: usize, sockets: usize) {
        match self.begun {
            Some(_) => self.left = self.left.saturating_sub(last),
            None => (self.begun, self.left) = (Some(now), sockets),
        }
    }

    /// Ends the round if it is over: returns when it began, up to which clocks may be applied. `last`: the events of the
    /// last poll, of at most `max`.
    pub fn end(&mut self, last: usize, max: usize) -> Option<u64> {
        let is_over = last < max || last >= self.left;
        if is_over { self.begun.take() } else { None }
    }

    /// The poll failed, or nothing is due any more.
    pub fn cancel(&mut self) {
        self.begun = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poll_that_is_not_full_ends_it() {
        let mut round = Round::default();
        assert_eq!(round.end(0, 4), None, "none has begun");
        round.poll(7, 4, 100);
        assert_eq!(round.end(4, 4), None);
        round.poll(8, 4, 100);
        assert_eq!(round.end(3, 4), Some(7), "as of its beginning");
        assert_eq!(round.end(0, 4), None, "once");
    }

    #[test]
    fn full_polls_end_it_when_each_socket_had_its_turn() {
        let mut round = Round::default();
        for now in 0..2 {
            round.poll(now, 4, 9);
            assert_eq!(round.end(4, 4), None);
            assert_eq!(round.end(4, 4), None, "a poll counts once");
        }
        round.poll(2, 4, 9);
        assert_eq!(round.end(4, 4), Some(0));
    }

    #[test]
    fn a_poll_that_failed_has_read_nothing() {
        let mut round = Round::default();
        round.poll(7, 0, 1);
        round.cancel();
        assert_eq!(round.end(0, 4), None);
    }
}

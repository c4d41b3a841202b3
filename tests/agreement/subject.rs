//! One connection under test, and what must be true of it after every call.

use crate::rig::Rig;
use wireway::conn::{Config, Event, NotReady, Write, bits};
use wireway::error::Error;
use wireway::http1::machine::Role;

/// More events than the octets of any scenario can have.
const EVENTS_MAX: usize = 200;

pub struct Subject {
    pub rig: Rig,
    /// A token for each lent piece, and how many came back.
    pub lent: u64,
    pub released: u64,
    ends_told: u32,
    /// The owner has begun what it has not ended.
    pub is_streaming: bool,
    /// Something was refused for lack of room, and the owner was not told of any since.
    is_refused: bool,
    /// Requests, or messages, are taken to be answered.
    pub answers: bool,
    /// The peer's TLS, where there is some.
    #[cfg(feature = "tls")]
    pub peer: Option<crate::tls_support::End>,
}

impl Subject {
    pub fn new(config: Config) -> Self {
        Self {
            rig: Rig::new(config),
            lent: 0,
            released: 0,
            ends_told: 0,
            is_streaming: false,
            is_refused: false,
            answers: config.role == Role::Server,
            #[cfg(feature = "tls")]
            peer: None,
        }
    }

    /// The peer says this.
    pub fn feed(&mut self, octets: &[u8]) {
        #[cfg(feature = "tls")]
        if let Some(peer) = &mut self.peer {
            let sealed = peer.pump.send(&mut peer.ws, &[octets]).map(|_| peer.out(usize::MAX));
            return self.feed_raw(&sealed.unwrap_or_default());
        }
        self.feed_raw(octets);
    }

    /// Lends octets where the connection takes them, and pulls.
    pub fn feed_raw(&mut self, octets: &[u8]) {
        if self.rig.conn.receive(&mut self.rig.ws, octets.len(), self.rig.now).is_ok() {
            self.rig.lent = octets.to_vec();
            self.rig.lends = true;
            self.pull();
        }
    }

    /// Pulls until there is no event.
    pub fn pull(&mut self) -> NotReady {
        for _ in 0..EVENTS_MAX {
            match self.rig.next() {
                Ok(event) => self.note(event),
                Err(rest) => return rest,
            }
        }
        panic!("a turn does not end");
    }

    /// The owner sent something, or was refused.
    pub fn sent(&mut self, written: Result<Write, Error>) -> bool {
        self.is_refused |= written == Ok(Write::Paused);
        written == Ok(Write::Queued)
    }

    /// One answer to each event fits: what was refused before comes first.
    fn has_room_for_answer(&self) -> bool {
        !self.is_refused && self.rig.conn.queued() <= self.rig.conn.config().limits.high_water as usize
    }

    fn note(&mut self, event: Event) {
        if matches!(event, Event::Request { .. } | Event::Message { .. }) {
            assert!(!self.answers || self.has_room_for_answer(), "an answer to {event:?} is refused");
        }
        match event {
            Event::Writable => self.is_refused = false,
            Event::Released(_) => self.released += 1,
            Event::Request { .. } => self.ends_told = 0,
            Event::PeerEnded => self.ends_told += 1,
            _ => {}
        }
        assert!(self.released <= self.lent && self.ends_told <= 1);
    }

    /// The rules: EVENTS is shown where the next pull has an event, or takes the reason away, and nowhere else; what is wanted from the
    /// transport is what the gate says; the fast ways say what the full ones say; a tick that is not due moves nothing.
    pub fn check(&mut self) {
        self.agrees();
        let before = self.rig.state();
        let rest = match self.rig.next() {
            Ok(event) => {
                assert!(before & bits::EVENTS != 0, "{event:?} without EVENTS");
                self.note(event);
                self.pull()
            }
            Err(rest) => rest,
        };
        self.agrees();
        let after = self.rig.state();
        assert_eq!(after & bits::EVENTS, 0, "EVENTS, and no event");
        self.waits(rest);
    }

    fn agrees(&mut self) {
        let now = self.rig.now;
        let disagreement = self.rig.conn.agreement(&mut self.rig.ws).disagreement(now);
        assert_eq!(disagreement, None);
        let state = self.rig.state();
        assert!(state & bits::RESET == 0 || state & bits::CLOSE != 0, "a reset of what is open");
        assert!(state & bits::CLOSE == 0 || state & (bits::WANT_READ | bits::WANT_WRITE) == 0);
    }

    /// Something moves a connection that has not ended: octets, room, its owner, or the time.
    fn waits(&mut self, rest: NotReady) {
        const WANTS: u32 = bits::CLOSE | bits::WANT_READ | bits::WANT_WRITE | bits::CAN_RESPOND;
        let state = self.rig.state();
        let is_moved = rest == NotReady::Paused || state & WANTS != 0 || self.rig.deadline() != u64::MAX;
        assert!(is_moved || self.is_streaming, "nothing can happen any more: {state:#x}");
    }

    /// Time passes up to the next deadline.
    pub fn tick(&mut self) {
        let due = self.rig.deadline();
        if due != u64::MAX {
            assert!(due >= self.rig.now || self.rig.is(bits::CLOSE), "a deadline in the past");
            self.rig.now = due.max(self.rig.now);
        }
        self.rig.conn.tick(&mut self.rig.ws, self.rig.now);
        let is_over = self.rig.deadline() > self.rig.now || self.rig.is(bits::EVENTS | bits::CLOSE);
        assert!(is_over, "a deadline that a tick does not move");
    }

    /// The transport takes up to `most` octets.
    pub fn send(&mut self, most: usize) {
        self.rig.conn.seal(&mut self.rig.ws);
        let octets = self.rig.shown().len().min(most);
        self.rig.conn.sent(&mut self.rig.ws, octets, self.rig.now).unwrap();
    }
}

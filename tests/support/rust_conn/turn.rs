//! The loop: lend, drain events, take output; and time.

use wireway::conn::{NotReady, bits};

use super::{Driver, event};
use crate::support::code::code_name;
use crate::support::log::Event;

/// More turns, events or ticks at one go than any case can need.
const TURNS_MAX: usize = 100_000;

impl Driver<'_> {
    /// Turns until nothing more happens by itself.
    pub fn pump(&mut self) {
        self.turn();
        while self.feed() || (self.delayed && self.send_odd_piece()) {
            self.turn();
        }
    }

    fn turn(&mut self) {
        let mut turns = 0;
        loop {
            self.drain_events();
            self.take_output();
            turns += 1;
            if self.line.state() & bits::EVENTS == 0 || turns == TURNS_MAX {
                break;
            }
        }
        if turns == TURNS_MAX {
            self.broken("EVENTS never ends");
        }
        self.deadline();
    }

    fn drain_events(&mut self) {
        let mut events = 0;
        let rest = loop {
            match self.line.call(|conn, ws| conn.next(ws, &mut self.lent)) {
                Ok(Ok(event)) if events < TURNS_MAX => self.hear(event),
                Ok(Ok(_)) => return self.broken("events never end"),
                Ok(Err(rest)) => break Ok(rest),
                Err(error) => break Err(error),
            }
            events += 1;
        };
        self.forget_lend();
        self.paused = rest == Ok(NotReady::Paused);
        if let Err(error) = rest {
            self.refused("NEXT", error.code() as i32);
        }
    }

    fn hear(&mut self, event: wireway::conn::Event) {
        match self.line.ask(|conn, ws| event::describe(event, conn, ws, &self.lent)) {
            Err(what) => self.broken(&what),
            Ok(event) => {
                self.take(event.clone());
                if let Err(error) = self.app.hear(&event, &mut self.line) {
                    self.refused("AUTO", error.code() as i32);
                }
            }
        }
    }

    /// Logs a call that a case did not ask for and that failed.
    fn refused(&mut self, kind: &str, code: i32) {
        let words = vec![code_name(code).into_bytes()];
        self.take(Event { kind: kind.into(), words, ..Event::default() });
    }

    /// The drain is over: the buffer is ours again. Late reads of it meet other octets, or none.
    fn forget_lend(&mut self) {
        self.lent.fill(0xDD);
        self.lent = Vec::new();
    }

    /// Reads once from the peer, if the connection wants to.
    fn feed(&mut self) -> bool {
        let state = self.line.state();
        if state & bits::CLOSE != 0 {
            self.wire.drop_all();
        }
        if state & bits::WANT_READ == 0 {
            return false;
        }
        let octets = self.wire.peek();
        if !octets.is_empty() {
            return self.lend(octets);
        }
        let Some(clean) = self.wire.eof.take() else { return false };
        let now = self.now;
        self.line.call(|conn, ws| conn.receive_eof(ws, clean, now));
        true
    }

    fn lend(&mut self, octets: Vec<u8>) -> bool {
        let (n, now) = (octets.len(), self.now);
        match self.line.call(|conn, ws| conn.receive(ws, n, now)) {
            Ok(()) => {
                self.wire.consume(n);
                self.lent = octets;
                true
            }
            Err(error) => {
                self.refused("RECEIVE", error.code() as i32);
                false
            }
        }
    }

    fn deadline(&mut self) -> u64 {
        let now = self.now;
        self.line.call(|conn, ws| conn.deadline(ws, now))
    }

    /// Time passes; `tick` is called at each deadline on the way.
    pub fn pass_time(&mut self, ms: u64) {
        let until = self.now + ms;
        let mut ticks = 0;
        loop {
            let due = self.deadline();
            if due > until || ticks == TURNS_MAX {
                break;
            }
            ticks += 1;
            self.now = self.now.max(due);
            let now = self.now;
            self.line.call(|conn, ws| conn.tick(ws, now));
            self.pump();
        }
        if ticks == TURNS_MAX {
            self.broken("tick does not move the deadline");
        }
        self.now = until;
    }
}

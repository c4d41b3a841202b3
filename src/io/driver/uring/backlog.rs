//! Connections that were accepted and not reported: after a cancel, or more than one listener may report in a turn.

use crate::io::socket::Socket;
use std::collections::VecDeque;

/// Those of all listeners, of which there are few.
#[derive(Debug)]
pub(super) struct Backlog {
    connections: VecDeque<(u32, Socket)>,
    /// How many connections each listener has reported in this turn, of at most `per_turn`.
    turn: Vec<(u32, u32)>,
    per_turn: u32,
}

impl Backlog {
    pub fn new(per_turn: u32) -> Self {
        Self { connections: VecDeque::new(), turn: Vec::new(), per_turn: per_turn.max(1) }
    }

    pub fn begin_turn(&mut self) {
        self.turn.clear();
    }

    /// Whether the listener may report another one in this turn; counts it.
    pub fn takes_turn(&mut self, listener: u32) -> bool {
        if let Some((_, count)) = self.turn.iter_mut().find(|(index, _)| *index == listener) {
            *count += 1;
            return *count <= self.per_turn;
        }
        // Without memory for the count there is none in this turn.
        if self.turn.try_reserve(1).is_ok() {
            self.turn.push((listener, 1));
        }
        true
    }

    /// Keeps a connection; without memory for that it is closed.
    pub fn keep(&mut self, listener: u32, connection: Socket) {
        if self.connections.try_reserve(1).is_ok() {
            self.connections.push_back((listener, connection));
        }
    }

    pub fn has(&self, listener: u32) -> bool {
        self.connections.iter().any(|(index, _)| *index == listener)
    }

    /// The connection that a listener has kept longest.
    pub fn take(&mut self, listener: u32) -> Option<Socket> {
        let at = self.connections.iter().position(|(index, _)| *index == listener)?;
        self.connections.remove(at).map(|(_, connection)| connection)
    }
}

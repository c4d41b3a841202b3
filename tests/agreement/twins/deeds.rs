//! What an owner, its clock and its transport do besides: by it a connection comes to every state that the fast ways must leave.

use super::{Twins, fields};
use crate::rig::{OK, STREAM};
use wireway::conn::Response;

/// Both are lent the same octets.
const LENT: &[u8] = b"octets that are lent";

impl Twins {
    /// One of these; most of the time none.
    fn deed(&mut self) {
        let now = self.fast.now;
        match self.random.below(48) {
            0 => self.both(|rig| rig.conn.pause()),
            1 | 2 => self.both(|rig| rig.conn.resume()),
            3 => _ = self.both(|rig| rig.conn.shutdown(&mut rig.ws)),
            4 => self.both(|rig| rig.conn.announce_end(now)),
            5 => self.both(|rig| rig.conn.receive_eof(&mut rig.ws, true, now)),
            6 | 7 => self.pass(),
            8 if self.random.below(4) == 0 => self.both(|rig| rig.conn.abort(&mut rig.ws, now)),
            _ => {}
        }
    }

    /// As [`deed`](Self::deed), of HTTP/1.1.
    pub fn exchange_deed(&mut self) {
        self.deed();
        match self.random.below(40) {
            0..3 => self.inform(),
            3 | 4 => self.respond_otherwise(),
            5 => _ = self.both(|rig| rig.conn.http1(&mut rig.ws).send(b"content")),
            6 => _ = self.both(|rig| rig.finish()),
            7 => self.respond(),
            _ => {}
        }
    }

    /// As [`deed`](Self::deed), of a WebSocket.
    pub fn message_deed(&mut self) {
        self.deed();
        match self.random.below(24) {
            0 => _ = self.both(|rig| rig.conn.websocket(&mut rig.ws).ping(b"p")),
            1 => _ = self.both(|rig| rig.conn.websocket(&mut rig.ws).close(1000, b"")),
            2 => self.respond(),
            _ => {}
        }
    }

    /// Time passes up to a deadline, or nearly.
    fn pass(&mut self) {
        let due = self.both(super::Rig::deadline);
        let short = self.random.below(3) as u64;
        self.both(|rig| {
            if due != u64::MAX {
                rig.now = rig.now.max(due.saturating_sub(short));
            }
            rig.conn.tick(&mut rig.ws, rig.now);
        });
    }

    fn inform(&mut self) {
        let status = [100, 103, 101, 200][self.random.below(4)];
        let pairs = self.lists.next(&mut self.random).to_vec();
        _ = self.both(|rig| rig.conn.http1(&mut rig.ws).send_interim(status, fields::refs(&pairs)));
    }

    /// By the full way on both: what comes next finds the state that it leaves.
    fn respond_otherwise(&mut self) {
        let some = [
            OK,
            STREAM,
            Response { close: true, ..OK },
            Response { status: 204, content: b"", ..OK },
            Response { status: 304, ..OK },
            Response { stream: Some(Some(7)), ..STREAM },
            Response { reason: b"a\r\n", ..OK },
            Response { reason: b"Fine", ..OK },
            Response { status: 404, ..OK },
            Response { lent: Some(1), content: LENT, ..OK },
            Response { status: 100, ..OK },
        ];
        let response = some[self.random.below(some.len())];
        let pairs = self.lists.next(&mut self.random).to_vec();
        _ = self.both(|rig| rig.conn.http1(&mut rig.ws).respond(&response, fields::refs(&pairs)));
    }
}

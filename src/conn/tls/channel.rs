//! A session and the queue of its records.
//!
//! Its records count in the connection's queue, with the plaintext still to be sealed: every call here adds the growth
//! of the records.

use super::record_sink::RecordSink;
use super::seal::seal_one;
use crate::conn::send_queue::SendQueue;
use crate::conn::workspace::{Blocks, Workspace};
use crate::error::{Code, Error};
use crate::http1::machine::NOT_NOW;
use crate::tls::Session;

/// Records are made ahead up to about this many octets; the rest stays plaintext, which takes less memory.
const AHEAD: usize = 64 << 10;

/// Both of them.
pub struct Channel {
    session: Session,
    /// Output of the session.
    records: SendQueue,
}

impl Channel {
    /// A new session.
    pub fn new(session: Session) -> Self {
        Self { session, records: SendQueue::new() }
    }

    /// The session, to be asked.
    #[inline]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The session, where it queues nothing.
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// The records, to be held or let go.
    pub fn records_mut(&mut self) -> &mut SendQueue {
        &mut self.records
    }

    /// The records.
    #[inline]
    pub fn records(&self) -> &SendQueue {
        &self.records
    }

    /// Queued octets that are not the protocol's plaintext: records, or control records for a kernel.
    pub fn unsent(&self) -> usize {
        self.records.queued() + self.session.waiting()
    }

    /// Whether the records would take what is at the front of the queue.
    pub fn has_room(&self) -> bool {
        self.records.queued() < AHEAD
    }

    /// Runs `body` on the session with a sink for its records.
    pub fn with_session<T>(
        &mut self,
        queue: &mut SendQueue,
        records: &mut Blocks,
        body: impl FnOnce(&mut Session, &mut RecordSink<'_>) -> T,
    ) -> T {
        let before = self.unsent();
        let done = body(&mut self.session, &mut RecordSink::new(&mut self.records, records));
        queue.recount(before, self.unsent());
        done
    }

    /// Runs `body` on an offloaded session. The control records queued afterwards replace those queued before in the
    /// count, and may be fewer: an alert, or nothing, instead of new keys.
    pub fn with_controls<T>(&mut self, queue: &mut SendQueue, body: impl FnOnce(&mut Session) -> T) -> T {
        let before = self.unsent();
        let done = body(&mut self.session);
        queue.recount(before, self.unsent());
        done
    }

    /// Seals one record from the front of the queue, up to [64 KiB](AHEAD) ahead of the transport. `false`: no more can be sealed now.
    pub fn seal_next(&mut self, queue: &mut SendQueue, ws: &mut Workspace) -> Result<bool, Error> {
        let before = self.records.queued();
        if !self.has_room() {
            return Ok(false);
        }
        let mut sink = RecordSink::new(&mut self.records, &mut ws.records);
        match seal_one(&mut self.session, queue, &ws.blocks, &mut sink) {
            Ok(0) => Ok(false),
            Ok(len) => {
                queue.recount(before, self.records.queued());
                queue.sent(&mut ws.blocks, len);
                Ok(true)
            }
            // When some records were sent there may be memory again.
            Err(error) if error.code() == Code::Nomem && before != 0 => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Queues octets that no session makes, all or nothing.
    pub fn write(
        &mut self,
        queue: &mut SendQueue,
        body: impl FnOnce(&mut SendQueue) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let before = self.records.queued();
        let written = body(&mut self.records);
        queue.recount(before, self.records.queued());
        written
    }

    /// The transport accepted the first `n` octets of the records. Abandoned ones are not counted.
    pub fn sent(&mut self, queue: &mut SendQueue, records: &mut Blocks, n: usize) -> Result<(), Error> {
        if n > self.records.queued() {
            return Err(NOT_NOW);
        }
        self.records.sent(records, n);
        queue.recount(n, 0);
        Ok(())
    }

    /// Memory of queued and incomplete records.
    pub fn memory(&self, records: &Blocks) -> usize {
        self.records.memory(records) + self.session.memory()
    }

    /// Gives out no more records; they stay in place.
    pub fn abandon(&mut self) {
        self.records.abandon();
        self.session.drop_controls();
    }

    /// Drops the records and stored input.
    pub fn clear(&mut self, records: &mut Blocks) {
        self.records.clear(records);
        self.session.drop_input();
        self.session.drop_controls();
    }
}

//! A queue that a session writes its records into.

use crate::conn::send_queue::SendQueue;
use crate::conn::workspace::Blocks;
use crate::error::Error;
use crate::tls::Sink;

/// A queue and its blocks, for one call.
pub(super) struct RecordSink<'a> {
    queue: &'a mut SendQueue,
    blocks: &'a mut Blocks,
    /// Length of the uncommitted room.
    open: usize,
}

impl<'a> RecordSink<'a> {
    pub fn new(queue: &'a mut SendQueue, blocks: &'a mut Blocks) -> Self {
        Self { queue, blocks, open: 0 }
    }
}

impl Sink for RecordSink<'_> {
    fn room(&mut self, len: usize) -> Result<&mut [u8], Error> {
        debug_assert_eq!(self.open, 0, "a commit follows every room");
        let room = self.queue.extend(self.blocks, len)?;
        self.open = len;
        Ok(room)
    }

    fn commit(&mut self, len: usize) {
        let unused = core::mem::take(&mut self.open).saturating_sub(len);
        if unused != 0 {
            self.queue.retract(self.blocks, unused);
        }
    }
}

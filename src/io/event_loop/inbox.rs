//! Where a loop's datagrams are received into.

use crate::error::Error;
use crate::io::fault;
use crate::io::socket::{BatchConfig, ReceiveBatch};

/// One batch for all sockets, made with the first of them.
pub(super) struct Inbox {
    config: BatchConfig,
    batch: Option<ReceiveBatch>,
}

impl Inbox {
    pub const fn new(config: BatchConfig) -> Self {
        Self { config, batch: None }
    }

    /// Makes the batch. Fails with `Nomem`.
    pub fn prepare(&mut self) -> Result<(), Error> {
        if self.batch.is_none() {
            self.batch = Some(ReceiveBatch::new(&self.config).map_err(|error| fault(&error))?);
        }
        Ok(())
    }

    pub fn batch(&self) -> Option<&ReceiveBatch> {
        self.batch.as_ref()
    }

    pub fn batch_mut(&mut self) -> Option<&mut ReceiveBatch> {
        self.batch.as_mut()
    }
}

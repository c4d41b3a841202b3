//! The result of [`Session::recv`](super::Session::recv).

use core::ops::Range;

use crate::error::Error;

/// The plaintext of one lend of records.
#[must_use]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenedRecords {
    /// The plaintext in the lend. That of [`Session::opened`](super::Session::opened) comes before it.
    pub plain: Range<usize>,
    /// The session failed, with the offset of the record in this lend. The plaintext precedes the failure.
    pub error: Option<Error>,
}

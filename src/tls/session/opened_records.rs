//! The result of [`Session::recv`](super::Session::recv).

use core::ops::Range;

use crate::error::Error;

/// The plaintext of one lend of records.
#[must_use]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenedRecords {
    /// Where plaintext lies in the lend. The plaintext of [`Session::opened`](super::Session::opened) comes before it.
    pub plain: Range<usize>,
    /// The session has failed, with the offset of the record in this lend. The plaintext came before the failure.
    pub error: Option<Error>,
}

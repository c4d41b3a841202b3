//! The reason for refusing a valid certificate whose key is not pinned.

use core::fmt;

/// The key of a certificate is not among the pinned ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotPinned;

impl fmt::Display for NotPinned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the key is not among the pinned ones")
    }
}

impl core::error::Error for NotPinned {}

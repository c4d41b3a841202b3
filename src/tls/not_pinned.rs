//! Why a certificate whose signatures are good may be refused.

use core::fmt;

/// The key of a certificate is none of those that are pinned.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotPinned;

impl fmt::Display for NotPinned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the key is none of those that are pinned")
    }
}

impl core::error::Error for NotPinned {}

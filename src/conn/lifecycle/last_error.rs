//! What ended a connection, kept in 12 octets.

use crate::error::{Error, Fault};

/// An error, or none yet. An idle connection pays for it, so its offset, which lies within a lend or a head, is kept in half.
#[derive(Clone, Copy)]
#[repr(Rust, packed(4))]
pub struct LastError {
    fault: Option<&'static Fault>,
    offset: u32,
}

const _: () = assert!(size_of::<LastError>() <= 12);

impl LastError {
    /// None yet.
    pub const NONE: Self = Self { fault: None, offset: 0 };

    #[inline]
    pub fn get(self) -> Option<Error> {
        let offset = u64::from(self.offset);
        self.fault.map(|fault| fault.at(offset))
    }
}

impl From<Error> for LastError {
    fn from(error: Error) -> Self {
        Self { fault: Some(error.fault), offset: u32::try_from(error.offset).unwrap_or(u32::MAX) }
    }
}

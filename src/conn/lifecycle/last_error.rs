//! The last error of a connection, kept in 12 octets.

use crate::error::{Error, Fault};

/// An error, or none yet, and whether it ended the connection or one request alone. An idle connection pays for it, so its offset, which
/// lies within a lend or a head, is kept in 31 bits, and the mark above it.
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

    /// The connection goes on behind it.
    const REFUSAL: u32 = 1 << 31;

    /// What ended the connection.
    pub fn ending(error: Error) -> Self {
        let offset = u32::try_from(error.offset).unwrap_or(u32::MAX);
        Self { fault: Some(error.fault), offset: offset.min(Self::REFUSAL - 1) }
    }

    /// What one request was refused for.
    pub fn refusal(error: Error) -> Self {
        let ending = Self::ending(error);
        Self { offset: ending.offset | Self::REFUSAL, ..ending }
    }

    /// Of either kind.
    #[inline]
    pub fn get(self) -> Option<Error> {
        let offset = u64::from(self.offset & !Self::REFUSAL);
        self.fault.map(|fault| fault.at(offset))
    }

    /// What ended the connection, if something did.
    #[inline]
    pub fn get_ending(self) -> Option<Error> {
        if self.offset & Self::REFUSAL == 0 { self.get() } else { None }
    }
}

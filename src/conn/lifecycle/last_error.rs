//! The last error of a connection, in 12 octets.

use crate::error::{Error, Fault};

/// An error, if any, and whether it ended the connection or only one request. Small, since every idle connection has
/// one: the offset, which lies within a lend or a head, has 31 bits, with the flag above it.
#[derive(Clone, Copy)]
#[repr(Rust, packed(4))]
pub struct LastError {
    fault: Option<&'static Fault>,
    offset: u32,
}

const _: () = assert!(size_of::<LastError>() <= 12);

impl LastError {
    /// No error.
    pub const NONE: Self = Self { fault: None, offset: 0 };

    /// The connection continues.
    const REFUSAL: u32 = 1 << 31;

    /// The error that ended the connection.
    pub fn ending(error: Error) -> Self {
        let offset = u32::try_from(error.offset).unwrap_or(u32::MAX);
        Self { fault: Some(error.fault), offset: offset.min(Self::REFUSAL - 1) }
    }

    /// The error that refused one request.
    pub fn refusal(error: Error) -> Self {
        let ending = Self::ending(error);
        Self { offset: ending.offset | Self::REFUSAL, ..ending }
    }

    /// The error, of either kind.
    #[inline]
    pub fn get(self) -> Option<Error> {
        let offset = u64::from(self.offset & !Self::REFUSAL);
        self.fault.map(|fault| fault.at(offset))
    }

    /// The error that ended the connection, if any.
    #[inline]
    pub fn get_ending(self) -> Option<Error> {
        if self.offset & Self::REFUSAL == 0 { self.get() } else { None }
    }
}

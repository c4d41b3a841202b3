//! Whether TLS lies under a connection, and who does its records.

/// How TLS lies under a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "tls"), allow(dead_code, reason = "a library without TLS has the first only"))]
#[repr(u8)]
pub enum Secured {
    /// There is none.
    No = 0,
    /// They are sealed and opened here.
    Here,
    /// The same, and a kernel is to have them as soon as it can.
    HereYet,
    /// They are a kernel's.
    InKernel,
}

impl Secured {
    /// Whether records are made here: what is sent is copied.
    #[inline(always)]
    pub fn seals(self) -> bool {
        matches!(self, Self::Here | Self::HereYet)
    }

    /// Whether a half-close says that our side has ended. Where a kernel does the records a close_notify says it alone: what the
    /// kernel has sealed and not sent yet would be cut off.
    #[inline(always)]
    pub fn half_closes(self) -> bool {
        !matches!(self, Self::InKernel)
    }
}

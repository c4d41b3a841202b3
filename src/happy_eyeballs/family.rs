//! Address families.

use core::net::IpAddr;

/// The family of an address, and of the query for addresses of this family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// IPv6, and its query for AAAA records.
    V6,
    /// IPv4, and its query for A records.
    V4,
}

impl Family {
    /// The family that a connect uses. An IPv4-mapped IPv6 address is an IPv4 address.
    pub const fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(_) => Self::V6,
            IpAddr::V4(_) => Self::V4,
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::V6 => Self::V4,
            Self::V4 => Self::V6,
        }
    }
}

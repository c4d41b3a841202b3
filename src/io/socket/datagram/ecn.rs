//! Explicit congestion notification.

/// The ECN field of an IP header, with its value there (RFC 3168 §5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Ecn {
    /// The sender does not use ECN.
    #[default]
    NotEct = 0b00,
    /// The sender uses ECN; for L4S (RFC 9331).
    Ect1 = 0b01,
    /// The sender uses ECN.
    Ect0 = 0b10,
    /// A router was congested.
    Ce = 0b11,
}

impl Ecn {
    /// That of a traffic class, without its DSCP.
    pub const fn of_traffic_class(class: u8) -> Self {
        match class & 0b11 {
            0b00 => Self::NotEct,
            0b01 => Self::Ect1,
            0b10 => Self::Ect0,
            _ => Self::Ce,
        }
    }

    /// A traffic class with this mark in place of its own.
    pub(super) const fn on_traffic_class(self, class: u8) -> u8 {
        class & !0b11 | self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_leaves_the_rest_of_the_traffic_class() {
        for mark in [Ecn::NotEct, Ecn::Ect1, Ecn::Ect0, Ecn::Ce] {
            assert_eq!(mark.on_traffic_class(0xba), 0xb8 | mark as u8);
            assert_eq!(Ecn::of_traffic_class(mark.on_traffic_class(0xff)), mark);
        }
    }
}

//! What framing and persistence depend on, gathered while the fields pass, whatever their order.

/// The facts of one head that decide its framing. Facts only: the verdict on them is the machine's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Summary {
    /// The Content-Length; meaningful when [`Summary::LENGTH`] is set and none of its faults is.
    pub content_length: u64,
    /// `Summary::*` bits.
    pub flags: u32,
    /// Offset of the first Host value.
    pub host: u32,
    /// Octets of the first Host value.
    pub host_len: u32,
    /// Offset of the first value that set a bit of [`Summary::FAULTS`].
    pub fault: u32,
}

impl Summary {
    /// Host was present.
    pub const HOST: u32 = 1 << 0;
    /// More than one Host line (H1-TGT-11).
    pub const HOST_REPEATED: u32 = 1 << 1;
    /// Content-Length was present.
    pub const LENGTH: u32 = 1 << 2;
    /// The same length again, in a list or another line (H1-CL-05).
    pub const LENGTH_REPEATED: u32 = 1 << 3;
    /// Two lengths that differ (H1-CL-04).
    pub const LENGTH_DIFFERS: u32 = 1 << 4;
    /// Not 1*DIGIT, above 2^63-1 or folded (H1-CL-01, -03).
    pub const LENGTH_INVALID: u32 = 1 << 5;
    /// Transfer-Encoding was present.
    pub const TE: u32 = 1 << 6;
    /// The final coding over all lines is exactly `chunked` (any case).
    pub const TE_CHUNKED: u32 = 1 << 7;
    /// A coding other than `chunked` is named (H1-TE-05, -06).
    pub const TE_OTHER: u32 = 1 << 8;
    /// `chunked` is named twice, or a coding follows it (H1-TE-05, -07).
    pub const TE_CHUNKED_AGAIN: u32 = 1 << 9;
    /// Not a list of transfer codings, parameters on `chunked`, empty or folded (H1-TE-09, -10).
    pub const TE_INVALID: u32 = 1 << 10;
    /// Connection names `close`.
    pub const CLOSE: u32 = 1 << 11;
    /// Connection names `keep-alive`.
    pub const KEEP_ALIVE: u32 = 1 << 12;
    /// Connection names `upgrade`.
    pub const CONNECTION_UPGRADE: u32 = 1 << 13;
    /// Upgrade was present.
    pub const UPGRADE: u32 = 1 << 14;
    /// Expect names `100-continue`.
    pub const EXPECT_CONTINUE: u32 = 1 << 15;
    /// Expect names anything else (H1-EXP-04).
    pub const EXPECT_OTHER: u32 = 1 << 16;
    /// The bits that may make a message be refused.
    pub const FAULTS: u32 = Self::HOST_REPEATED
        | Self::LENGTH_REPEATED
        | Self::LENGTH_DIFFERS
        | Self::LENGTH_INVALID
        | Self::TE_OTHER
        | Self::TE_CHUNKED_AGAIN
        | Self::TE_INVALID;
    /// The target holds an octet that only a leniency allows, or similar: reserved for leniencies.
    pub const LENIENT: u32 = 1 << 31;
}

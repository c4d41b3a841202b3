//! The sizes and counts a peer may reach before it is refused. Every default is finite.

/// Which octets a request target may hold (H1-TGT-02). Whatever the rule, no target frames a message, and each is delivered as it came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum TargetRule {
    /// What a browser's URL serializer emits (URL Standard).
    #[default]
    Browser,
    /// What RFC 3986 admits: `%` begins a whole escape.
    Strict,
    /// Every octet above SP but `#` and DEL.
    Lenient,
}

/// Limits of one head (start line and field section). All sizes are octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadLimits {
    /// The longest method (over it: 501).
    pub method_max: u32,
    /// The longest request target (over it: 414).
    pub target_max: u32,
    /// The longest field line, name to before CRLF (over it: 431).
    pub line_max: u32,
    /// The longest field section, all lines with their CRLF (over it: 431).
    pub section_max: u32,
    /// The most fields (over it: 431).
    pub fields_max: u32,
    /// What the target of a request may hold (else: 400).
    pub target: TargetRule,
}

impl HeadLimits {
    /// H1-LIM-01 and -02.
    pub const DEFAULT: Self = Self {
        method_max: 64,
        target_max: 8192,
        line_max: 8192,
        section_max: 32768,
        fields_max: 100,
        target: TargetRule::Browser,
    };

    /// H1-LIM-05: a trailer section.
    pub const TRAILERS: Self = Self { section_max: 8192, fields_max: 32, ..Self::DEFAULT };
}

impl Default for HeadLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Limits of one connection. All sizes are octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Heads.
    pub head: HeadLimits,
    /// Trailer sections.
    pub trailers: HeadLimits,
    /// The longest chunk line, size to before CRLF (H1-LIM-04).
    pub chunk_line_max: u32,
    /// Chunk extension octets over one message (H1-LIM-04).
    pub chunk_extensions_max: u32,
    /// The most content octets of one message (H1-LIM-06).
    pub body_max: u64,
    /// Interim responses before one final response (H1-LIM-08).
    pub interim_max: u32,
    /// Octets read and dropped behind a final response or an error, whatever the connection does then (H1-LIM-09).
    pub drain_max: u32,
    /// The most octets one `receive` may lend (H1-LIM-07).
    pub lend_max: u32,
    /// Queued output above which writes answer "paused" and reading stops.
    pub high_water: u32,
    /// Queued output below which writing is welcome again.
    pub low_water: u32,
    /// The most octets of output that an owner with a loop of its own is shown at a time, so that what it writes as a whole is progress
    /// often enough for the write clock (H1-TIME-04).
    pub output_max: u32,
}

impl Limits {
    /// The defaults of the ledger, and those the ledger leaves open.
    pub const DEFAULT: Self = Self {
        head: HeadLimits::DEFAULT,
        trailers: HeadLimits::TRAILERS,
        chunk_line_max: 256,
        chunk_extensions_max: 4096,
        body_max: 16 << 20,
        interim_max: 16,
        drain_max: 16 << 20,
        lend_max: 64 << 10,
        high_water: 256 << 10,
        low_water: 64 << 10,
        output_max: 256 << 10,
    };
}

impl Limits {
    /// The most fields of any head.
    #[inline]
    pub const fn fields_max(&self) -> u32 {
        if self.head.fields_max > self.trailers.fields_max { self.head.fields_max } else { self.trailers.fields_max }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

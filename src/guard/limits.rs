//! Limits of sizes and counts of a peer's input. Every default is finite.

/// The octets allowed in a request target (H1-TGT-02). Under every rule targets cannot affect framing, and are
/// delivered as received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum TargetRule {
    /// The output of browsers' URL serializers (URL Standard).
    #[default]
    Browser,
    /// The octets of RFC 3986: `%` begins a complete escape.
    Strict,
    /// Every octet above SP except `#` and DEL.
    Lenient,
}

/// Limits of one head (start line and field section). All sizes are octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadLimits {
    /// Maximum method (beyond: 501).
    pub method_max: u32,
    /// Maximum request target (beyond: 414).
    pub target_max: u32,
    /// Maximum field line, without CRLF (beyond: 431).
    pub line_max: u32,
    /// Maximum field section, including all CRLFs (beyond: 431).
    pub section_max: u32,
    /// Maximum number of fields (beyond: 431).
    pub fields_max: u32,
    /// The octets allowed in a request target (else: 400).
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
    /// Maximum chunk line, without CRLF (H1-LIM-04).
    pub chunk_line_max: u32,
    /// Maximum octets of chunk extensions per message (H1-LIM-04).
    pub chunk_extensions_max: u32,
    /// Maximum content octets of one message (H1-LIM-06).
    pub body_max: u64,
    /// Maximum interim responses before one final response (H1-LIM-08).
    pub interim_max: u32,
    /// Maximum octets read and dropped after a final response or an error (H1-LIM-09).
    pub drain_max: u32,
    /// Maximum octets per `receive` (H1-LIM-07).
    pub lend_max: u32,
    /// Queued output above which writes return "paused" and reading stops.
    pub high_water: u32,
    /// Queued output below which writing may continue.
    pub low_water: u32,
    /// Maximum octets of output given to a foreign loop at a time, so that loops whose writes complete only as a whole
    /// still make progress for the write clock (H1-TIME-04).
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
    /// Maximum number of fields of any head.
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

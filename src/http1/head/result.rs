//! Parsed heads.

use super::Summary;

/// A range of the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Octets {
    /// Offset in the input.
    pub offset: u32,
    /// Length.
    pub len: u32,
}

impl Octets {
    /// The octets in `input`, the parsed input; empty if out of range.
    #[inline(always)]
    pub fn of(self, input: &[u8]) -> &[u8] {
        let offset = self.offset as usize;
        input.get(offset..offset + self.len as usize).unwrap_or_default()
    }
}

/// A request head; its fields went to the sink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct RequestHead {
    /// The facts that framing depends on.
    pub summary: Summary,
    /// The method.
    pub method: Octets,
    /// The request target as received (H1-TGT-03). Its form is not checked yet.
    pub target: Octets,
    /// Length of the head, including skipped empty lines and the last CRLF.
    pub head_len: u32,
    /// Number of fields.
    pub fields: u32,
    /// One of [`super::method`].
    pub method_id: u8,
    /// The minor version.
    pub version_minor: u8,
}

/// A response head; its fields went to the sink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct ResponseHead {
    /// The facts that framing depends on.
    pub summary: Summary,
    /// The reason phrase. It has no meaning (H1-RSP-02).
    pub reason: Octets,
    /// Length of the head, including skipped empty lines and the last CRLF.
    pub head_len: u32,
    /// Number of fields.
    pub fields: u32,
    /// 000 to 999.
    pub status: u16,
    /// The minor version.
    pub version_minor: u8,
}

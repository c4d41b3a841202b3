//! What a parsed head is.

use super::Summary;

/// Some octets of the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Octets {
    /// Where they begin.
    pub offset: u32,
    /// How many they are.
    pub len: u32,
}

impl Octets {
    /// The octets themselves, `input` being what was parsed; empty when it is not.
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
    /// What framing depends on.
    pub summary: Summary,
    /// The method.
    pub method: Octets,
    /// The request target, as it was received (H1-TGT-03). Its form is not checked yet.
    pub target: Octets,
    /// Octets of the head, skipped empty lines and the last CRLF included.
    pub head_len: u32,
    /// Fields.
    pub fields: u32,
    /// One of [`super::method`].
    pub method_id: u8,
    /// x of HTTP/1.x.
    pub version_minor: u8,
}

/// A response head; its fields went to the sink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct ResponseHead {
    /// What framing depends on.
    pub summary: Summary,
    /// The reason phrase; means nothing (H1-RSP-02).
    pub reason: Octets,
    /// Octets of the head, skipped empty lines and the last CRLF included.
    pub head_len: u32,
    /// Fields.
    pub fields: u32,
    /// 000 to 999.
    pub status: u16,
    /// x of HTTP/1.x.
    pub version_minor: u8,
}

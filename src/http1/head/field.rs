//! One field line as offsets, and the sink for them.

/// A known field name as a small number; 0 is any other name. Part of the C ABI (`WW_FIELD_*`): append, never renumber.
pub type FieldId = u8;

/// One field line: offsets into the input that was parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Field {
    /// Offset of the name.
    pub name: u32,
    /// Offset of the value, without surrounding whitespace.
    pub value: u32,
    /// Length of the value.
    pub value_len: u32,
    /// Length of the name.
    pub name_len: u16,
    /// The known name, or 0.
    pub id: FieldId,
    /// [`Field::FOLDED`] or 0.
    pub flags: u8,
}

impl Field {
    /// The value contains an obs-fold (responses only, RFC 9112 §5.2): CRLF and whitespace as received.
    pub const FOLDED: u8 = 1;
}

/// Receives field lines from the parser, in order.
pub trait FieldSink {
    /// Adds a field; `false` if there is no room. The head is then refused as too large, at the start of the line and
    /// once the line is complete. A limit on the number of fields refuses earlier.
    fn push(&mut self, field: Field) -> bool;
}

impl<S: FieldSink> FieldSink for &mut S {
    #[inline(always)]
    fn push(&mut self, field: Field) -> bool {
        (**self).push(field)
    }
}

//! A field line to send.

/// One field line to send, borrowed for the call.
#[derive(Clone, Copy, Debug)]
pub struct FieldRef<'a> {
    /// A token.
    pub name: &'a [u8],
    /// HTAB, SP, VCHAR and obs-text.
    pub value: &'a [u8],
}

impl FieldRef<'_> {
    /// `Expect: 100-continue`
    pub const EXPECT_CONTINUE: FieldRef<'static> = FieldRef { name: b"Expect", value: b"100-continue" };

    /// Length of `name: value CRLF`.
    #[inline(always)]
    pub(super) const fn octets(self) -> usize {
        self.name.len().saturating_add(self.value.len()).saturating_add(4)
    }
}

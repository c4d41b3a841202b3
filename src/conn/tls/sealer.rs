//! Who seals and opens the records.

/// Who seals and opens the records.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sealer {
    /// We do.
    Us,
    /// We do, until a kernel can take over.
    UsForNow,
    /// A kernel does.
    Kernel,
}

//! Who seals and opens the records of a connection.

/// Who does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sealer {
    /// We do.
    Us,
    /// We do, and a kernel is to have them as soon as it can.
    UsForNow,
    /// A kernel does.
    Kernel,
}

//! Where a head lies.

use super::event::Window;

/// Where a head lies: its ranges are relative to `base` in `window`.
#[derive(Clone, Copy)]
pub struct Place {
    pub window: Window,
    pub base: u32,
}

impl Place {
    /// The octets the head's ranges are relative to.
    #[inline]
    pub fn bytes<'a>(self, held: &'a [u8], lent: &'a [u8]) -> &'a [u8] {
        match self.window {
            Window::Held => &held[self.base as usize..],
            // A head is in the scratch buffer only after it was parsed.
            _ => &lent[self.base as usize..],
        }
    }
}

//! The text of an address, as C gets it.

use core::fmt::{self, Write};

use crate::io::address::{Address, UnixName};

/// The size of the longest text of an address, with its NUL: enough for ww_address_text(), ww_server_address() and ww_server_peer().
pub const WW_ADDRESS_TEXT_MAX: usize = 330;

// Each octet of a Unix name may become U+FFFD, which has three. No other address is nearly as long.
const _: () = assert!(WW_ADDRESS_TEXT_MAX == "unix:".len() + 3 * UnixName::CAPACITY + 1);

/// A text with its NUL, on the stack.
pub(in crate::ffi) struct AddressText {
    octets: [u8; WW_ADDRESS_TEXT_MAX],
    len: usize,
}

impl AddressText {
    pub fn new(address: &Address) -> Self {
        let mut text = Self { octets: [0; WW_ADDRESS_TEXT_MAX], len: 0 };
        let written = write!(text, "{address}");
        debug_assert!(written.is_ok(), "there is room for every address");
        text
    }

    /// The text and its NUL.
    pub fn with_nul(&self) -> &[u8] {
        &self.octets[..=self.len]
    }
}

impl Write for AddressText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // One octet stays for the NUL.
        let room = self.octets[..WW_ADDRESS_TEXT_MAX - 1].get_mut(self.len..self.len + text.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len += text.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_text_fits_exactly() {
        let longest = UnixName::from_octets(&[0xff; UnixName::CAPACITY]).expect("the system may report it");
        let text = AddressText::new(&Address::Unix(longest));
        assert_eq!(text.with_nul().len(), WW_ADDRESS_TEXT_MAX);
        assert_eq!(text.with_nul().last(), Some(&0));
        let short = AddressText::new(&"*:80".parse().expect("an address"));
        assert_eq!(short.with_nul(), b"*:80\0");
    }
}

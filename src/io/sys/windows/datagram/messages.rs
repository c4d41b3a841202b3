//! Control messages as the system wrote them, one after the other.

use super::header::{VALUE, padded};
use core::ffi::c_int;
use core::mem::offset_of;
use windows_sys::Win32::Networking::WinSock::CMSGHDR;

/// The control messages of one received datagram: level, type and value of each.
pub(in crate::io) struct Messages<'a> {
    left: &'a [u8],
}

impl<'a> Messages<'a> {
    /// What the system has written.
    pub(super) const fn of(octets: &'a [u8]) -> Self {
        Self { left: octets }
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = (c_int, c_int, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let len = usize::from_ne_bytes(part(self.left, offset_of!(CMSGHDR, cmsg_len))?);
        let level = c_int::from_ne_bytes(part(self.left, offset_of!(CMSGHDR, cmsg_level))?);
        let kind = c_int::from_ne_bytes(part(self.left, offset_of!(CMSGHDR, cmsg_type))?);
        // The length is that of header and value. One that does not fit would be an error of the system: there is no next one then.
        let value = self.left.get(VALUE..len)?;
        self.left = self.left.get(padded(len)..).unwrap_or_default();
        Some((level, kind, value))
    }
}

fn part<const N: usize>(of: &[u8], at: usize) -> Option<[u8; N]> {
    of.get(at..)?.first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::super::control::Control;
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut control = Control::new();
        control.push(1, 2, &[3, 4, 5, 6]);
        let octets = control.octets();
        assert_eq!(Messages::of(octets).collect::<Vec<_>>(), [(1, 2, &[3, 4, 5, 6][..])]);
        for cut in 0..octets.len() - 4 {
            assert_eq!(Messages::of(&octets[..cut]).count(), 0, "{cut}");
        }
    }

    #[test]
    fn a_length_that_cannot_be_ends_the_list() {
        for len in [0, VALUE - 1, VALUE + 5, usize::MAX] {
            let mut octets = [0; VALUE + 4];
            octets[..size_of::<usize>()].copy_from_slice(&len.to_ne_bytes());
            assert_eq!(Messages::of(&octets).count(), 0, "{len}");
        }
    }
}

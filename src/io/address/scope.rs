//! The scope of an IPv6 address: the interface on which a link-local address is meant (RFC 4007).

use super::decimal;
use crate::error::{Code, Error, Fault};
use crate::io::fault;
use crate::io::sys::interface::{self, NAME_MAX};
use crate::io::sys::posix;
use core::ffi::CStr;

static BAD_SCOPE: Fault = Fault::new(
    Code::Argument,
    0,
    c"",
    if NAME_MAX == 15 {
        c"an IPv6 scope is the decimal index of an interface, or its name of at most 15 octets"
    } else {
        c"an IPv6 scope is the decimal index of an interface, or its name of at most 255 octets"
    },
);
static NO_INTERFACE: Fault =
    Fault::new(Code::Argument, 0, c"", c"this host has no interface with the name that the IPv6 scope gives");

/// The interface's index, from the text after `%`, which begins at `offset` of the address.
///
/// Digits are always an index, which is not looked up: an interface with that index may come later. Any other text is the name of
/// an interface that exists now. An error of the look-up itself, such as EMFILE, is the system's.
pub(super) fn parse(scope: &[u8], offset: u64) -> Result<u32, Error> {
    if scope.iter().all(u8::is_ascii_digit) {
        return decimal::parse(scope, u32::MAX).ok_or(BAD_SCOPE.at(offset));
    }
    let mut room = [0; NAME_MAX + 1];
    let name = terminated(scope, &mut room).ok_or(BAD_SCOPE.at(offset))?;
    interface::index(name).map_err(|error| match error.raw_os_error() {
        Some(posix::ENODEV | posix::ENXIO) => NO_INTERFACE.at(offset),
        _ => fault(&error),
    })
}

/// The name with a NUL after it; `None` if no interface can have it. Linux cuts a name at a colon, so that `lo:1` would be found as
/// `lo`.
fn terminated<'a>(name: &[u8], room: &'a mut [u8; NAME_MAX + 1]) -> Option<&'a CStr> {
    if name.contains(&b':') {
        return None;
    }
    room[..NAME_MAX].get_mut(..name.len())?.copy_from_slice(name);
    CStr::from_bytes_with_nul(&room[..=name.len()]).ok()
}

#[cfg(test)]
mod tests {
    use super::{NAME_MAX, terminated};

    #[test]
    fn a_name_that_no_interface_can_have_is_not_looked_up() {
        let named = |name: &[u8]| terminated(name, &mut [0; NAME_MAX + 1]).map(|name| name.to_bytes().to_vec());
        assert_eq!(named(b"eth0"), Some(b"eth0".to_vec()));
        assert_eq!(named(&[b'x'; NAME_MAX]), Some(vec![b'x'; NAME_MAX]));
        for name in [&b"lo:1"[..], b"l\0o", b"lo\0", &[b'x'; NAME_MAX + 1], &[b'x'; 300]] {
            assert_eq!(named(name), None, "{}", name.escape_ascii());
        }
    }
}

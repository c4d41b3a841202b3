//! Network interfaces by name.

use core::ffi::CStr;
use std::io;

/// The longest name of an interface, in octets.
pub(in crate::io) const NAME_MAX: usize = libc::IF_NAMESIZE - 1;

/// The index of the interface with this name; fails with ENODEV if there is none.
pub(in crate::io) fn index(name: &CStr) -> io::Result<u32> {
    // SAFETY: NUL-terminated, and the call only reads it.
    match unsafe { libc::if_nametoindex(name.as_ptr()) } {
        0 => Err(io::Error::last_os_error()),
        index => Ok(index),
    }
}

#[cfg(test)]
mod tests {
    use super::{NAME_MAX, index};
    use core::ffi::CStr;

    /// The system's own answer to the reverse question.
    fn name(index: u32, room: &mut [u8; NAME_MAX + 1]) -> Option<&CStr> {
        // SAFETY: IF_NAMESIZE octets of ours, which is what the call may write.
        let name = unsafe { libc::if_indextoname(index, room.as_mut_ptr().cast()) };
        // SAFETY: null or `room`, which the call has filled with a NUL-terminated name.
        (!name.is_null()).then(|| unsafe { CStr::from_ptr(name) })
    }

    #[test]
    fn an_index_is_that_of_the_name() {
        let mut room = [0; NAME_MAX + 1];
        let mut found = 0;
        for number in 1..64 {
            if let Some(name) = name(number, &mut room) {
                assert_eq!(index(name).unwrap(), number);
                found += 1;
            }
        }
        assert!(found > 0, "this system has no interface, not even a loopback one");
        let error = index(c"no-such-if").unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::ENODEV));
    }
}

//! Network interfaces by name.

use super::posix::ENODEV;
use core::ffi::CStr;
use std::io;
use windows_sys::Win32::NetworkManagement::IpHelper::if_nametoindex;
use windows_sys::Win32::NetworkManagement::Ndis::IF_MAX_STRING_SIZE;

/// The longest name of an interface, in octets: a name such as `ethernet_32768`, and none of those that a user gives.
pub(in crate::io) const NAME_MAX: usize = IF_MAX_STRING_SIZE as usize - 1;

/// The index of the interface with this name; fails with ENODEV if there is none.
pub(in crate::io) fn index(name: &CStr) -> io::Result<u32> {
    // SAFETY: NUL-terminated, and the call only reads it.
    match unsafe { if_nametoindex(name.as_ptr().cast()) } {
        // The call has no other error.
        0 => Err(io::Error::from_raw_os_error(ENODEV)),
        index => Ok(index),
    }
}

#[cfg(test)]
mod tests {
    use super::{NAME_MAX, index};
    use crate::io::sys::posix;
    use core::ffi::CStr;
    use windows_sys::Win32::NetworkManagement::IpHelper::if_indextoname;

    /// The system's own answer to the reverse question.
    fn name(index: u32, room: &mut [u8; NAME_MAX + 1]) -> Option<&CStr> {
        // SAFETY: NDIS_IF_MAX_STRING_SIZE octets of ours, which is what the call may write.
        let name = unsafe { if_indextoname(index, room.as_mut_ptr()) };
        // SAFETY: null or `room`, which the call has filled with a NUL-terminated name.
        (!name.is_null()).then(|| unsafe { CStr::from_ptr(name.cast()) })
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
        assert_eq!(error.raw_os_error(), Some(posix::ENODEV));
    }
}

//! The layout of control messages (`WSA_CMSG_*`): a header and its value, each padded to the size of a pointer.

use windows_sys::Win32::Networking::WinSock::CMSGHDR;

/// Where the value begins.
pub(super) const VALUE: usize = padded(size_of::<CMSGHDR>());

/// The octets of a control message with a value of `len` octets (`WSA_CMSG_SPACE`).
pub(super) const fn space(len: usize) -> usize {
    VALUE + padded(len)
}

/// With the octets up to the next header.
pub(super) const fn padded(len: usize) -> usize {
    len.next_multiple_of(size_of::<usize>())
}

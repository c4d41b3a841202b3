//! Memory of this process by address: an invalid one is an error.

use super::check_size;
use std::io;

/// Copies from an address of this process.
#[cfg(target_os = "linux")]
pub(in crate::io::sys) fn read(address: usize, into: &mut [u8]) -> io::Result<()> {
    let local = libc::iovec { iov_base: into.as_mut_ptr().cast(), iov_len: into.len() };
    let remote = libc::iovec { iov_base: core::ptr::with_exposed_provenance_mut(address), iov_len: into.len() };
    // SAFETY: the system writes to `into`, and checks the other address before it reads.
    let read =
        check_size(unsafe { libc::process_vm_readv(libc::getpid(), &raw const local, 1, &raw const remote, 1, 0) })?;
    if read == into.len() { Ok(()) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// The same, through a pipe: a write checks the address as a send does.
#[cfg(bsd)]
pub(in crate::io::sys) fn read(address: usize, into: &mut [u8]) -> io::Result<()> {
    use std::io::Read;
    use std::os::fd::AsRawFd;

    let (mut reader, writer) = io::pipe()?;
    // So many octets fit into every pipe.
    let mut at = address;
    for part in into.chunks_mut(libc::PIPE_BUF) {
        let start = core::ptr::with_exposed_provenance::<core::ffi::c_void>(at);
        // SAFETY: the system checks the address before it reads.
        let written = check_size(unsafe { libc::write(writer.as_raw_fd(), start, part.len()) })?;
        if written != part.len() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        reader.read_exact(part)?;
        at += part.len();
    }
    Ok(())
}

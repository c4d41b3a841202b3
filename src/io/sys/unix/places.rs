//! Places of octets by address and length, read as the system reads them: an invalid one is an error.

use super::check_size;
use super::gather::Gather;
use std::io;

/// Where the octets of one send are.
pub struct Places(Vec<(usize, usize)>);

impl Places {
    /// Those of a send, which its owner keeps in place.
    pub fn of(octets: &Gather<'_>) -> Self {
        Self(octets.places().collect())
    }

    /// Total length.
    pub fn octets(&self) -> usize {
        self.0.iter().map(|(_, len)| len).sum()
    }

    /// The first `most` octets, to be sent.
    pub fn up_to(&self, most: usize) -> Gather<'static> {
        let mut gather = Gather::new();
        let mut left = most;
        for &(address, len) in &self.0 {
            let len = len.min(left);
            if len != 0 {
                gather.push_place(address, len);
            }
            left -= len;
        }
        gather
    }

    /// A copy of the octets.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut all = vec![0; self.octets()];
        let mut at = 0;
        for &(address, len) in &self.0 {
            read(address, &mut all[at..at + len])?;
            at += len;
        }
        Ok(all)
    }
}

/// Copies from an address of this process.
#[cfg(target_os = "linux")]
fn read(address: usize, into: &mut [u8]) -> io::Result<()> {
    let local = libc::iovec { iov_base: into.as_mut_ptr().cast(), iov_len: into.len() };
    let remote = libc::iovec { iov_base: core::ptr::with_exposed_provenance_mut(address), iov_len: into.len() };
    // SAFETY: the system writes to `into`, and checks the other address before it reads.
    let read =
        check_size(unsafe { libc::process_vm_readv(libc::getpid(), &raw const local, 1, &raw const remote, 1, 0) })?;
    if read == into.len() { Ok(()) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// The same, through a pipe: a write checks the address as a send does.
#[cfg(bsd)]
fn read(address: usize, into: &mut [u8]) -> io::Result<()> {
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

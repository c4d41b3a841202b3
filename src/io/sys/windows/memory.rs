//! Memory of this process by address: an invalid one is an error.

use super::boolean::check;
use std::io;
use windows_sys::Win32::System::Diagnostics::Debug::ReadProcessMemory;
use windows_sys::Win32::System::Threading::GetCurrentProcess;

/// Copies from an address of this process.
pub(in crate::io::sys) fn read(address: usize, into: &mut [u8]) -> io::Result<()> {
    let mut count = 0;
    let from = core::ptr::with_exposed_provenance(address);
    // SAFETY: the system writes to `into` and a number of ours, and checks the other address before it reads.
    check(unsafe {
        ReadProcessMemory(GetCurrentProcess(), from, into.as_mut_ptr().cast(), into.len(), &raw mut count)
    })?;
    if count == into.len() { Ok(()) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

//! Material from files.

use core::ffi::{CStr, c_char};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use super::faults;
use crate::error::{Code, Error, Fault};
use crate::ffi::check::slice;
use crate::ffi::head::types::ww_span;

const fn unreadable(reason: &'static CStr) -> Fault {
    Fault::new(Code::System, 0, c"", reason)
}

pub static CHAIN: Fault = unreadable(c"the file of the certificate chain cannot be read");
pub static KEY: Fault = unreadable(c"the file of the private key cannot be read");
pub static OCSP: Fault = unreadable(c"the file of the OCSP response cannot be read");
pub static CLIENT_CA: Fault = unreadable(c"the file of client_ca_path cannot be read");
pub static ROOTS: Fault = unreadable(c"the file of roots_path cannot be read");

/// More than any chain or bundle of roots, less than what hurts when a path names something else.
const MOST: u64 = 16 << 20;

/// The octets of the span or of the file, of which at most one may be given; `None` where neither is.
///
/// # Safety
/// `span` is empty or points to octets that do not change during `'a`; `path` is null or NUL-terminated.
pub unsafe fn octets<'a>(
    span: ww_span,
    path: *const c_char,
    fault: &'static Fault,
) -> Result<Option<Cow<'a, [u8]>>, Error> {
    match (span.data.is_null() && span.len == 0, path.is_null()) {
        (true, true) => Ok(None),
        (false, false) => Err(faults::TWICE.at(0)),
        // SAFETY: as the caller promises.
        (false, true) => Ok(Some(Cow::Borrowed(unsafe { slice(span.data, span.len) }?))),
        (true, false) => {
            // SAFETY: not null, else as the caller promises.
            let path = unsafe { path_of(path) };
            read(&path).map(|octets| Some(Cow::Owned(octets))).map_err(|error| fault.at(number(&error)))
        }
    }
}

/// The system's number for an error, where it has one: what errors of WW_E_SYSTEM have as their offset.
pub fn number(error: &io::Error) -> u64 {
    error.raw_os_error().map_or(0, |number| u64::from(number.unsigned_abs()))
}

fn read(path: &PathBuf) -> io::Result<Vec<u8>> {
    let mut octets = Vec::new();
    File::open(path)?.take(MOST + 1).read_to_end(&mut octets)?;
    if octets.len() as u64 > MOST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(octets) }
}

/// # Safety
/// `path` is NUL-terminated.
pub unsafe fn path_of(path: *const c_char) -> PathBuf {
    // SAFETY: as the caller promises.
    let octets = unsafe { CStr::from_ptr(path) }.to_bytes();
    #[cfg(unix)]
    return PathBuf::from(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(octets));
    #[cfg(not(unix))]
    PathBuf::from(String::from_utf8_lossy(octets).into_owned())
}

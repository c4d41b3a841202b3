//! The file of secrets that Wireshark reads.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::file::number;
use crate::error::{Code, Error, Fault};
use crate::tls::KeyLog;

static UNWRITABLE: Fault = Fault::new(Code::System, 0, c"", c"the key log file cannot be opened");

#[derive(Debug)]
struct LogFile(Mutex<File>);

impl KeyLog for LogFile {
    /// A line that cannot be written is missing in the debugger; the session is not to suffer.
    fn line(&self, line: &str) {
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes());
    }
}

/// The log in the file at `path`, made for its owner's eyes if it is new.
pub fn at(path: &Path) -> Result<Arc<dyn KeyLog>, Error> {
    let mut how = OpenOptions::new();
    how.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    let file = how.open(path).map_err(|error| UNWRITABLE.at(number(&error)))?;
    Ok(Arc::new(LogFile(Mutex::new(file))))
}

/// The path in SSLKEYLOGFILE, as other programs use it.
pub fn of_environment() -> Option<OsString> {
    std::env::var_os("SSLKEYLOGFILE").filter(|path| !path.is_empty())
}

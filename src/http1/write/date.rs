//! The Date field, formatted once a second.

use super::out::Out;
use core::fmt::Write;
use std::time::{Duration, SystemTime};

/// The last second asked for and its IMF-fixdate (RFC 9110 §5.6.7).
#[derive(Clone, Copy, Debug)]
pub struct DateCache {
    unix_seconds: u64,
    /// The whole field line, so that it is copied in one piece.
    line: [u8; 37],
}

/// The last second of the year 9999, the last with a four-digit year.
const LAST: u64 = 253_402_300_799;

impl DateCache {
    /// Holds the epoch.
    pub const fn new() -> Self {
        Self { unix_seconds: 0, line: *b"Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n" }
    }

    /// Makes this the Date of `unix_seconds` since 1970 in UTC; seconds after the year 9999 count as its last one.
    ///
    /// Formats when the second is another than that of the last call, else does nothing. Never allocates.
    #[inline]
    pub fn set(&mut self, unix_seconds: u64) {
        if unix_seconds != self.unix_seconds {
            self.format(unix_seconds);
        }
    }

    /// The field line, CRLF included.
    pub const fn line(&self) -> &[u8; 37] {
        &self.line
    }

    /// Arithmetic on a given time, no clock: `SystemTime` is only what the formatter takes.
    #[cold]
    fn format(&mut self, unix_seconds: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(unix_seconds.min(LAST));
        let written = Out::new(&mut self.line[6..35]).write_fmt(format_args!("{}", httpdate::HttpDate::from(time)));
        debug_assert!(written.is_ok(), "an IMF-fixdate has 29 octets");
        self.unix_seconds = unix_seconds;
    }
}

impl Default for DateCache {
    fn default() -> Self {
        Self::new()
    }
}

//! The Date field value, formatted once a second.

use std::io::Write;
use std::time::{Duration, SystemTime};

/// The last second asked for and its IMF-fixdate (RFC 9110 §5.6.7).
#[derive(Clone, Copy, Debug)]
pub struct DateCache {
    unix_seconds: u64,
    text: [u8; 29],
}

/// The last second of the year 9999, the last with a four-digit year.
const LAST: u64 = 253_402_300_799;

impl DateCache {
    /// Holds the epoch.
    pub const fn new() -> Self {
        Self { unix_seconds: 0, text: *b"Thu, 01 Jan 1970 00:00:00 GMT" }
    }

    /// The value of Date at `unix_seconds` since 1970 in UTC; seconds after the year 9999 count as its last one.
    ///
    /// Formats when the second is another than that of the last call, else returns what it has. Never allocates.
    pub fn at(&mut self, unix_seconds: u64) -> &[u8; 29] {
        if unix_seconds != self.unix_seconds {
            self.format(unix_seconds);
        }
        &self.text
    }

    /// The value for the second that was last asked for.
    pub const fn text(&self) -> &[u8; 29] {
        &self.text
    }

    /// Arithmetic on a given time, no clock: `SystemTime` is only what the formatter takes.
    #[cold]
    fn format(&mut self, unix_seconds: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(unix_seconds.min(LAST));
        let written = write!(&mut self.text[..], "{}", httpdate::HttpDate::from(time));
        debug_assert!(written.is_ok(), "an IMF-fixdate has 29 octets");
        self.unix_seconds = unix_seconds;
    }
}

impl Default for DateCache {
    fn default() -> Self {
        Self::new()
    }
}

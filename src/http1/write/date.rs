//! The Date field, formatted once a second.

use super::out::Out;
use core::fmt::Write;
use std::time::{Duration, SystemTime};

/// The last second and its IMF-fixdate (RFC 9110 §5.6.7).
#[derive(Clone, Copy, Debug)]
pub struct DateCache {
    unix_seconds: u64,
    /// The start of a fast response, including Date, to be copied in one piece.
    ok_head: [u8; Self::OK],
}

/// Offset of the line, after `HTTP/1.1 200 OK` CRLF.
const LINE: usize = 17;
/// The last second of the year 9999, the last with a four-digit year.
const LAST: u64 = 253_402_300_799;

impl DateCache {
    /// Length of [`DateCache::ok_head`].
    pub const OK: usize = 70;

    /// The epoch.
    pub const fn new() -> Self {
        let ok_head = *b"HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Length: ";
        Self { unix_seconds: 0, ok_head }
    }

    /// Sets the Date to `unix_seconds` since 1970 in UTC, at most the end of the year 9999.
    ///
    /// Formats only if the second has changed. Never allocates.
    #[inline]
    pub fn set(&mut self, unix_seconds: u64) {
        if unix_seconds != self.unix_seconds {
            self.format(unix_seconds);
        }
    }

    /// What it is the Date of.
    pub const fn unix_seconds(&self) -> u64 {
        self.unix_seconds
    }

    /// The field line, including CRLF.
    #[inline(always)]
    pub fn line(&self) -> &[u8; 37] {
        let Some(line) = self.ok_head[LINE..].first_chunk() else { unreachable!("the line is within") };
        line
    }

    /// The value of the field, an IMF-fixdate.
    pub fn value(&self) -> &[u8; 29] {
        let Some(value) = self.ok_head[LINE + 6..].first_chunk() else { unreachable!("the value is within") };
        value
    }

    /// The status line of 200, the Date line, and the name of Content-Length.
    #[inline(always)]
    pub const fn ok_head(&self) -> &[u8; Self::OK] {
        &self.ok_head
    }

    /// No clock is read: `SystemTime` is only the formatter's argument type.
    #[cold]
    fn format(&mut self, unix_seconds: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(unix_seconds.min(LAST));
        let written = Out::new(&mut self.ok_head[LINE + 6..LINE + 35])
            .write_fmt(format_args!("{}", httpdate::HttpDate::from(time)));
        debug_assert!(written.is_ok(), "an IMF-fixdate has 29 octets");
        self.unix_seconds = unix_seconds;
    }
}

impl Default for DateCache {
    fn default() -> Self {
        Self::new()
    }
}

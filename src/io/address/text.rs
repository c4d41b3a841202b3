//! An address as text: the form that [`Address::parse`] reads.

use super::{Address, UnixName};
use core::fmt::{self, Write};

/// Writes the canonical form, which parses to the same address, except for some names that only other sockets have.
///
/// A scope is written as its number. The name of the interface would need a system call, and may change.
///
/// Replaces invalid UTF-8 and control characters of a Unix name by U+FFFD: a local peer may choose the name, and it
/// goes to logs. A socket without a name is `unix:`, which does not parse.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(port) => write!(f, "*:{port}"),
            Self::V4(address) => write!(f, "{address}"),
            Self::V6(address) => write!(f, "{address}"),
            Self::Unix(name) => unix(f, name),
        }
    }
}

fn unix(f: &mut fmt::Formatter<'_>, name: &UnixName) -> fmt::Result {
    f.write_str("unix:")?;
    let octets = match name.sun_path() {
        [0, name @ ..] => {
            f.write_char('@')?;
            name
        }
        path => path,
    };
    for chunk in octets.utf8_chunks() {
        for c in chunk.valid().chars() {
            f.write_char(if c.is_control() { char::REPLACEMENT_CHARACTER } else { c })?;
        }
        if !chunk.invalid().is_empty() {
            f.write_char(char::REPLACEMENT_CHARACTER)?;
        }
    }
    Ok(())
}

//! An address as text: the form that [`Address::parse`] reads.

use super::{Address, UnixName};
use core::fmt::{self, Write};

/// What was parsed is written back in its canonical form, and reads as the same address again.
///
/// A Unix name that is not UTF-8, or has control characters, is written with U+FFFD in their place: a name can be a
/// local peer's choice, and goes to logs.
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

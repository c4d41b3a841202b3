//! The name of a Unix domain socket: a path, an abstract name, or none.

use core::fmt;
use std::path::Path;

/// A Unix domain socket's name, stored as in `sun_path`. A client's socket usually has none.
#[derive(Clone, Copy)]
pub struct UnixName {
    bytes: [u8; UnixName::CAPACITY],
    length: u8,
}

impl UnixName {
    /// The size of `sun_path`: a path needs one octet of it for its NUL, an abstract name one for its leading NUL.
    pub const CAPACITY: usize = 108;

    /// What of it the system takes.
    const SYSTEM_CAPACITY: usize = if cfg!(bsd) { 104 } else { Self::CAPACITY };

    /// The longest path or abstract name.
    pub const LEN_MAX: usize = Self::SYSTEM_CAPACITY - 1;

    /// Whether the system has abstract names: Linux does.
    pub const HAS_ABSTRACT: bool = cfg!(target_os = "linux");

    /// No name.
    pub const UNNAMED: Self = Self { bytes: [0; Self::CAPACITY], length: 0 };

    /// The name of the file `path`; `None` if it is empty, contains NUL or is longer than [`LEN_MAX`](Self::LEN_MAX).
    pub fn from_path(path: &[u8]) -> Option<Self> {
        if path.is_empty() || path.len() > Self::LEN_MAX || path.contains(&0) {
            return None;
        }
        Some(Self::filled(0, path))
    }

    /// The abstract name `name`, without its leading NUL; `None` if it is empty or longer than [`LEN_MAX`](Self::LEN_MAX), and
    /// where there are none.
    pub fn from_abstract(name: &[u8]) -> Option<Self> {
        if name.is_empty() || name.len() > Self::LEN_MAX || !Self::HAS_ABSTRACT {
            return None;
        }
        Some(Self::filled(1, name))
    }

    /// A name as in `sun_path`: a path without its NUL, an abstract name with its leading NUL, or nothing. `None` if it is longer than `sun_path`,
    /// a path with a NUL in it, or an abstract name where there are none. Unlike [`from_path`](Self::from_path) this takes whatever the system may report, such as a path
    /// that leaves no room for its NUL.
    pub fn from_octets(octets: &[u8]) -> Option<Self> {
        let is_path = octets.first().is_some_and(|&first| first != 0);
        let is_abstract = !is_path && !octets.is_empty();
        let is_none = is_path && octets.contains(&0) || is_abstract && !Self::HAS_ABSTRACT;
        if octets.len() > Self::SYSTEM_CAPACITY || is_none {
            return None;
        }
        Some(Self::filled(0, octets))
    }

    /// The path, if it is one.
    pub fn path(&self) -> Option<&Path> {
        match self.sun_path() {
            [] | [0, ..] => None,
            path => native(path),
        }
    }

    /// The abstract name without its leading NUL, if it is one.
    pub fn abstract_name(&self) -> Option<&[u8]> {
        match self.sun_path() {
            [0, name @ ..] => Some(name),
            _ => None,
        }
    }

    /// The used octets of `sun_path`: a path without its NUL, an abstract name with its leading NUL.
    pub fn sun_path(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }

    /// From what the system wrote to `sun_path`, a path with or without its NUL.
    pub(super) fn from_sun_path(bytes: &[u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(Self::CAPACITY)];
        let end = match bytes.first() {
            None | Some(0) if Self::HAS_ABSTRACT => bytes.len(),
            _ => bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len()),
        };
        Self::filled(0, &bytes[..end])
    }

    fn filled(start: usize, with: &[u8]) -> Self {
        let mut name = Self::UNNAMED;
        let end = start + with.len();
        name.bytes[start..end].copy_from_slice(with);
        name.length = crate::narrow::octet(end); // at most CAPACITY
        name
    }
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere not all octets are a path")]
fn native(path: &[u8]) -> Option<&Path> {
    Some(Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(path)))
}

/// Windows has them in UTF-8.
#[cfg(windows)]
fn native(path: &[u8]) -> Option<&Path> {
    core::str::from_utf8(path).ok().map(Path::new)
}

impl PartialEq for UnixName {
    fn eq(&self, other: &Self) -> bool {
        self.sun_path() == other.sun_path()
    }
}

impl Eq for UnixName {}

impl fmt::Debug for UnixName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnixName(\"{}\")", self.sun_path().escape_ascii())
    }
}

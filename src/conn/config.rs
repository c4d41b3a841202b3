//! What all connections of one kind have in common; shared, never changed.

use crate::guard::{Clocks, Limits};
use crate::http1::machine::Role;

/// The configuration of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Which side we are.
    pub role: Role,
    /// `Config::LENIENT_*` and `Config::STRICT_*` bits.
    pub flags: u32,
    /// Sizes and counts.
    pub limits: Limits,
    /// Times.
    pub clocks: Clocks,
    /// Client: how many requests may wait for their responses (H1-CONN-13).
    pub pipeline_max: u8,
}

impl Config {
    /// Admit a request with Content-Length and Transfer-Encoding: the latter frames, the connection closes after the
    /// response. Reopens request smuggling behind a proxy that believes Content-Length (H1-TE-03).
    pub const LENIENT_LENGTH_AND_CHUNKED: u32 = 1 << 0;
    /// Refuse an absolute-form target whose authority differs from Host (H1-TGT-05).
    pub const STRICT_HOST: u32 = 1 << 8;
    /// Accept an empty Host: the application has a default authority (H1-TGT-14).
    pub const DEFAULT_AUTHORITY: u32 = 1 << 9;
    /// Refuse trailers that H1-TRAIL-03 drops.
    pub const STRICT_TRAILERS: u32 = 1 << 10;
    /// The connection is secured below us: `https` targets are ours (H1-TGT-08).
    pub const SECURE: u32 = 1 << 11;

    /// The defaults for one role.
    pub const fn new(role: Role) -> Self {
        Self { role, flags: 0, limits: Limits::DEFAULT, clocks: Clocks::DEFAULT, pipeline_max: 1 }
    }

    /// Whether a `Config::*` bit is set.
    pub const fn has(&self, bit: u32) -> bool {
        self.flags & bit != 0
    }
}

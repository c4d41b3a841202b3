//! How a connection is made: chosen by the first octets of an input.

use wireway::conn::Config;
use wireway::guard::{HeadLimits, Limits};
use wireway::http1::machine::Role;

/// How a connection is made, and what its application does.
#[derive(Clone, Debug)]
pub struct Setup {
    pub config: Config,
    /// Chooses what the application does.
    pub behaviour: u8,
    /// Some of what is streamed is in a file.
    pub has_files: bool,
}

/// The flags that change how input is judged.
const POLICIES: [u32; 4] = [0, 1 << 0 | 1 << 14, 1 << 8 | 1 << 10, 1 << 9 | 1 << 11 | 1 << 14];

impl Setup {
    pub fn of(role: Role, control: [u8; crate::CONTROL]) -> Self {
        let mut config = Config::new(role);
        config.flags = POLICIES[usize::from(control[0] & 3)];
        config.pipeline_max = 1 + (control[0] >> 2 & 1);
        if control[0] & 8 != 0 {
            config.limits = SMALL;
        }
        // Whether a client's request meets a full queue depends on when the output leaves, as cuts do.
        if control[0] & 16 != 0 && config.role == Role::Server {
            (config.limits.high_water, config.limits.low_water) = (128, 64);
        }
        Self { config, behaviour: control[1], has_files: control[1] & 0x80 != 0 }
    }
}

const fn head(line_max: u32, section_max: u32, fields_max: u32) -> HeadLimits {
    HeadLimits { method_max: 8, target_max: 32, line_max, section_max, fields_max, ..HeadLimits::DEFAULT }
}

/// Limits that short inputs reach.
const SMALL: Limits = Limits {
    head: head(64, 256, 6),
    trailers: head(32, 64, 2),
    chunk_line_max: 16,
    chunk_extensions_max: 24,
    body_max: 64,
    interim_max: 2,
    drain_max: 32,
    lend_max: 512,
    ..Limits::DEFAULT
};

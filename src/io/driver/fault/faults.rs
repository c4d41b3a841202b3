//! Which faults a driver produces.

use core::sync::atomic::{AtomicU64, Ordering};

/// What a driver with faults produces: the same seed produces the same faults for the same calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faults {
    /// Decides everything.
    pub seed: u64,
    /// Sends and closes happen late. Without it only their completions are late, so that peers see no difference.
    pub is_late: bool,
    /// Received octets are reported in parts.
    pub cuts_input: bool,
    /// Connections fail, and resources run out.
    pub breaks: bool,
}

/// Makes each driver of a process different.
static DRIVERS: AtomicU64 = AtomicU64::new(0);

impl Faults {
    /// Late completions only.
    pub fn hidden(seed: u64) -> Self {
        Self { seed, is_late: false, cuts_input: false, breaks: false }
    }

    /// Everything that loses nothing, if the owner is correct.
    pub fn harmless(seed: u64) -> Self {
        Self { seed, is_late: true, cuts_input: true, breaks: false }
    }

    /// Every kind of fault.
    pub fn all(seed: u64) -> Self {
        Self { seed, is_late: true, cuts_input: true, breaks: true }
    }

    /// Hidden faults with the seed in the environment variable `WIREWAY_FAULT_SEED`, if there is one, and another one
    /// for each driver of the process.
    pub(in crate::io::driver) fn of_environment() -> Option<Self> {
        let seed: u64 = std::env::var("WIREWAY_FAULT_SEED").ok()?.parse().ok()?;
        let driver = DRIVERS.fetch_add(1, Ordering::Relaxed);
        Some(Self::hidden(seed.wrapping_add(driver << 32)))
    }
}

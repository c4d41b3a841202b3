//! How a planner behaves.

use super::family::Family;
use crate::error::{Code, Error, Fault};
use core::ffi::CStr;
use core::ops::RangeInclusive;

const fn bad(reason: &'static CStr) -> Fault {
    Fault::new(Code::Argument, 0, c"", reason)
}

static ATTEMPT_DELAY: Fault =
    Fault::new(Code::Argument, 0, c"HE-02", c"the delay between connection attempts is not from 10 to 2,000 ms");
static RESOLUTION_DELAY: Fault =
    Fault::new(Code::Argument, 0, c"HE-01", c"the wait for the preferred family is longer than 2,000 ms");
static FIRST_COUNT: Fault =
    Fault::new(Code::Argument, 0, c"HE-01", c"the attempts of the first family are not from 1 to 256");
static ADDRESSES: Fault = bad(c"the most addresses of a family are not from 1 to 256");
static ATTEMPTS: Fault = bad(c"the most connection attempts at a time are not from 1 to 64");

/// How a planner behaves. The defaults are those of RFC 8305, section 8.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// The family that is tried first. Default IPv6; a caller that remembers which family won last time names that one.
    pub preferred: Family,
    /// How many attempts the preferred family has before the families take turns. Default 1, at most 256.
    pub first_family_count: u32,
    /// How long addresses of the other family wait for the answer about the preferred one, in milliseconds. Default 50, at most 2,000.
    pub resolution_delay_ms: u32,
    /// From the start of one attempt to that of the next, in milliseconds. Default 250, from 10 to 2,000; less than 100 is not advised.
    pub attempt_delay_ms: u32,
    /// The most addresses of each family; further ones are left out. Default 16, at most 256.
    pub addresses_max: u32,
    /// The most attempts in flight. Default 6, at most 64.
    pub attempts_max: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            preferred: Family::V6,
            first_family_count: 1,
            resolution_delay_ms: 50,
            attempt_delay_ms: 250,
            addresses_max: 16,
            attempts_max: 6,
        }
    }
}

impl Config {
    /// What is out of range, as `Argument`.
    pub(super) fn check(&self) -> Result<(), Error> {
        let rows: [(u32, RangeInclusive<u32>, &'static Fault); 5] = [
            (self.attempt_delay_ms, 10..=2_000, &ATTEMPT_DELAY),
            (self.resolution_delay_ms, 0..=2_000, &RESOLUTION_DELAY),
            (self.first_family_count, 1..=256, &FIRST_COUNT),
            (self.addresses_max, 1..=256, &ADDRESSES),
            (self.attempts_max, 1..=64, &ATTEMPTS),
        ];
        let wrong = rows.into_iter().find(|(value, range, _)| !range.contains(value));
        wrong.map_or(Ok(()), |(_, _, fault)| Err(fault.at(0)))
    }
}

//! The rows H1-TGT-* that are decided on the octets of a target or an authority alone.

mod forms;
mod hosts;
mod urls;

use super::*;
use crate::error::Code;

fn bad<T>(rule: &'static str, offset: u64) -> Result<T, (Code, &'static str, u64)> {
    Err((Code::Target, rule, offset))
}

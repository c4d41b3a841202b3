//! The rows H1-TGT-* that depend only on the octets of a target or an authority.

mod forms;
mod hosts;
mod parts;
mod urls;
mod websocket;

use super::*;
use crate::error::Code;
use crate::guard::TargetRule::{Browser, Lenient, Strict};

fn bad<T>(rule: &'static core::ffi::CStr, offset: u64) -> Result<T, (Code, &'static core::ffi::CStr, u64)> {
    Err((Code::Target, rule, offset))
}

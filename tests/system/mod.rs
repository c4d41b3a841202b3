//! What tests ask of the system itself, on Unix and on Windows.
#![allow(dead_code, unused_imports)] // each test file uses its part

#[cfg_attr(unix, path = "number_unix.rs")]
#[cfg_attr(windows, path = "number_windows.rs")]
pub mod number;
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod own;

pub use own::*;

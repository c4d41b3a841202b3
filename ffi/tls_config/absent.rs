//! A library without TLS: no config is ever made.

use super::types::ww_tls_options;
use crate::error::{Code, Error, Fault};

static NOT_BUILT: Fault = Fault::new(Code::Unsupported, 0, c"", c"this library was built without TLS");

/// There is none.
#[derive(Clone)]
pub enum TlsConfig {}

/// As in the library with TLS.
pub struct Refusal {
    pub error: Error,
    pub certificate: usize,
}

impl TlsConfig {
    pub fn rotate_tickets(&self) -> Result<(), Refusal> {
        match *self {}
    }
}

/// # Safety
/// None.
pub unsafe fn make(_: *const ww_tls_options) -> Result<TlsConfig, Refusal> {
    Err(Refusal { error: NOT_BUILT.at(0), certificate: 0 })
}

/// # Safety
/// None.
pub unsafe fn swap(config: &TlsConfig, _: *const ww_tls_options) -> Result<(), Refusal> {
    match *config {}
}

//! TLS put under a connection that was just made.

use crate::conn::{Conn, Workspace};
use crate::error::Error;
use crate::ffi::tls_config::ww_tls_config;

/// Puts TLS under a connection.
#[cfg(feature = "tls")]
pub(super) fn secure(conn: &mut Conn, ws: &mut Workspace, tls: &ww_tls_config, name: &[u8]) -> Result<(), Error> {
    conn.offload(ws).secure(&tls.core, name)
}

/// There is no config without TLS.
#[cfg(not(feature = "tls"))]
pub(super) fn secure(_: &mut Conn, _: &mut Workspace, tls: &ww_tls_config, _: &[u8]) -> Result<(), Error> {
    match tls.core {}
}

//! TLS of a server's connections.

use super::{id, look, ww_server};
use crate::error::Error;
use crate::ffi::event::ww_id;
use crate::ffi::head::types::ww_span;
use crate::ffi::status::ww_status;
use crate::ffi::tls::info::{Session, certificate, describe, ww_tls_info};
use crate::service::{Id, Server};

#[cfg(feature = "tls")]
fn session(server: &Server, id: Id) -> Result<Option<&Session>, Error> {
    server.conn(id).map(|conn| conn.tls())
}

#[cfg(not(feature = "tls"))]
fn session(server: &Server, id: Id) -> Result<Option<&Session>, Error> {
    server.conn(id).map(|_| None)
}

/// What was agreed on in the TLS handshake of a connection, in `out`: ww_conn_tls_info() by id. `version` is 0 on a connection without TLS.
/// The spans live until the next ww_server_next(). Does not allocate.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_tls_info(server: *const ww_server, conn: ww_id, out: *mut ww_tls_info) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(server, |s| describe(session(&s.core, id(conn))?, out)) }
}

/// Certificate `index` of the chain the peer of a connection sent, 0 its own: ww_tls_peer_certificate() by id. The
/// span lives until the next ww_server_next(). Does not allocate.
///
/// Returns WW_OK, or WW_DONE beyond the last. Errors: WW_E_ARGUMENT, WW_E_GONE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_tls_peer_certificate(
    server: *const ww_server,
    conn: ww_id,
    index: usize,
    der: *mut ww_span,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(server, |s| certificate(session(&s.core, id(conn))?, index, der)) }
}

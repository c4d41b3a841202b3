//! The endpoints of a connection: those of its transport, and those that a PROXY header told.

use super::{id, with, ww_server};
use crate::error::Error;
use crate::ffi::address::value::ww_address;
use crate::ffi::event::ww_id;
use crate::ffi::status::{WW_DONE, WW_OK, ww_status};
use crate::io::address::Address;
use crate::service::{Calls, Id};

/// Writes two addresses: none, unless `body` gives them.
///
/// # Safety
/// `server` is null or a server that no other thread uses; both outputs are null or writable.
unsafe fn write(
    server: *mut ww_server,
    conn: ww_id,
    outputs: [*mut ww_address; 2],
    body: impl FnOnce(&Calls<'_>, Id) -> Result<Option<[Address; 2]>, Error>,
) -> ww_status {
    let mut told = [ww_address::NONE; 2];
    // SAFETY: as the caller promises.
    let status = unsafe {
        with(server, |s| {
            let Some(addresses) = body(&s.core.calls(), id(conn))? else { return Ok(WW_DONE) };
            told = addresses.each_ref().map(ww_address::from);
            Ok(WW_OK)
        })
    };
    for (output, address) in outputs.into_iter().zip(told) {
        // SAFETY: as the caller promises.
        if let Some(output) = unsafe { output.as_mut() } {
            *output = address;
        }
    }
    status
}

/// The addresses at both ends of the transport of a connection, in `*peer` and `*local`; either may be NULL. Behind a load balancer the
/// peer is that: see ww_server_proxy_endpoints(). Makes two system calls. Does not allocate.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE, WW_E_SYSTEM (the peer is gone already); both are of WW_FAMILY_NONE then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_endpoints(
    server: *mut ww_server,
    conn: ww_id,
    peer: *mut ww_address,
    local: *mut ww_address,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(server, conn, [peer, local], |calls, id| calls.endpoints(id).map(Some)) }
}

/// What the PROXY header of a connection told (WW_LISTEN_PROXY): the client in `*source`, and where it connected to in `*destination`; either
/// may be NULL. They are as credible as the sender of the header. Does not allocate.
///
/// Returns WW_DONE, and both are of WW_FAMILY_NONE: there was no header, or it told nothing (LOCAL, UNKNOWN, an unspecified family), as
/// for a load balancer's own connections. Then the ends of the transport are all there is.
/// Errors: WW_E_ARGUMENT, WW_E_GONE; both are of WW_FAMILY_NONE then too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_proxy_endpoints(
    server: *mut ww_server,
    conn: ww_id,
    source: *mut ww_address,
    destination: *mut ww_address,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(server, conn, [source, destination], |calls, id| calls.told(id)) }
}

//! A server that is made on a loop.

use core::ptr::{NonNull, null_mut};

use super::{run, ww_loop};
use crate::error::Error;
use crate::ffi::check::ARGUMENT;
use crate::ffi::error_info::explain;
use crate::ffi::head::types::ww_error_info;
use crate::ffi::server::config::ww_server_config;
use crate::ffi::server::{with_config, ww_server};
use crate::ffi::status::{WW_OK, ww_status};
use crate::io::driver::Driver;
use crate::service::Server;

/// Makes a server on a loop: as ww_server_new(), and a WW_COMPLETION_SERVER with `token` tells when it has something to do. Call
/// ww_server_next() with a timeout of 0 then, until it answers anything but WW_OK, or 64 times, say, so that others get their turns under
/// load: the completion comes again while there is more. Other completions of the loop may be asked for in between. WW_DONE: it was drained;
/// free it, since the completion comes again until then. The server is freed by ww_server_free(), before or after the loop, and belongs
/// to the loop's thread. It has a driver of its own: `driver` of its config, by default WW_DRIVER_NATIVE, not that of the loop. So each turn
/// that has work for it costs one extra wait. After ww_server_drain() the completion comes even if no connection is open, so that WW_DONE is seen.
///
/// Windows: it shares the completion port of the loop, with the other servers of the loop, and also after the loop was freed. So all of them
/// stay on one thread: while one waits, a wait on another thread fails with WW_E_SYSTEM.
///
/// Errors: as ww_server_new() and ww_loop_listen(). Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_new_on(
    event_loop: *mut ww_loop,
    config: *const ww_server_config,
    token: u64,
    out: *mut *mut ww_server,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        if let Some(out) = out.as_mut() {
            *out = null_mut();
        }
        run(event_loop, |l| {
            let made = out.as_mut().ok_or(ARGUMENT).and_then(|out| {
                let config = ww_server_config::read(config)?;
                *out = make(l, &config, token)?;
                Ok(WW_OK)
            });
            explain(made, error)
        })
    }
}

fn make(l: &mut ww_loop, config: &crate::service::Config, token: u64) -> Result<*mut ww_server, Error> {
    l.hosted.reserve()?;
    let mut server = with_config(config, |config| {
        Server::with_driver(config, Driver::new_on(&config.of_driver(), l.core.driver()))
    })?;
    let guest = l.core.hosting().host(server.core.driver(), token)?;
    server.host(l.hosted.clone());
    let server = Box::into_raw(server);
    // SAFETY: a server, of which nothing is read.
    if let Some(core) = NonNull::new(unsafe { &raw mut (*server).core }) {
        l.hosted.enter(guest, core);
    }
    Ok(server)
}

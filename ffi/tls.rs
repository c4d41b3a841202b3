//! `ww_tls` across the C ABI: TLS alone, for programs that speak another protocol in it. Without the feature `tls` the functions are
//! there, and none is ever made.

#[cfg(not(feature = "tls"))]
mod absent;
pub mod drive;
pub mod info;

use core::ptr::{NonNull, null_mut};

use super::check::{ARGUMENT, slice};
use super::guard::{answer, guarded};
use super::handle::{Handle, look, with};
use super::head::types::ww_span;
use super::status::ww_status;
use super::tls_config::ww_tls_config;
use super::workspace::{Shared, ww_workspace};
#[cfg(feature = "tls")]
use crate::conn::{Plain, Pump};
use crate::error::Error;
use crate::memory::Box;
#[cfg(not(feature = "tls"))]
use absent::{Plain, Pump};

/// One connection's TLS as a byte pump: records in, plaintext out, and the other way round. It owns no socket and has no clock.
///
/// ```c
/// ww_tls_receive(t, buf, n);                       // what came
/// while ((status = ww_tls_next(t, &plain)) == WW_OK)
///     handle(plain);                               // in `buf`, for the most part
/// if (status < 0) note(status);                    // the alert for the peer is in the output
/// ww_tls_send(t, parts, count);                    // WW_PAUSED: later
/// while ((k = ww_tls_output(t, iov, 16)) > 0) {
///     ssize_t w = writev(fd, iov, (int)k);
///     if (w < 0) break;
///     ww_tls_sent(t, (size_t)w);
/// }
/// watch(fd, ww_tls_state(t));                      // WANT_READ | WANT_WRITE | SHUTDOWN_WRITE | CLOSE
/// ```
///
/// The caller bounds the time: while WW_STATE_TLS_HANDSHAKE is set, 10 s are plenty. What a peer may send in that time is bounded
/// here (128 KiB), and so is what is kept of it: a record that was cut, and nothing between records.
///
/// One thread at a time, together with its workspace.
pub struct ww_tls {
    core: Pump,
    ws: Shared,
    /// The present lend.
    lent: *mut u8,
    /// A panic crossed this handle.
    poisoned: bool,
}

impl ww_tls {
    /// The pump and its workspace, for one call.
    fn parts(&mut self) -> (&mut Pump, &mut ww_workspace) {
        // SAFETY: the caller uses the workspace and what is made in it on one thread, and no call keeps a reference.
        (&mut self.core, unsafe { self.ws.get() })
    }
}

/// What it took from its workspace goes back on every way out.
impl Drop for ww_tls {
    fn drop(&mut self) {
        let (core, ws) = self.parts();
        core.release(&mut ws.core);
    }
}

impl Handle for ww_tls {
    fn is_poisoned(&self) -> bool {
        self.poisoned
    }

    fn poison(&mut self) {
        self.poisoned = true;
    }
}

/// Makes the TLS of one connection, of the role of `config`, with the material that it has now. A client gives the host it connects
/// to, with or without a port: `example.com`, `example.com:443`, `192.0.2.1`, `[::1]:443`. The server's certificate must be for it,
/// and a name is told to the server (RFC 6066 section 3: without port and trailing dot; an address is not told). A client's first
/// record is in the output. A server's `server_name` is not looked at. Free it with ww_tls_free(); the config and the
/// workspace may be freed before it.
///
/// Errors: WW_E_ARGUMENT (`config`, `ws` or `out` NULL, no host), WW_E_NOMEM, WW_E_ENTROPY, WW_E_UNSUPPORTED (built without TLS); `*out` is
/// NULL then. Allocates, from the workspace and, what rustls needs, from the global allocator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_new(
    config: *const ww_tls_config,
    ws: *mut ww_workspace,
    server_name: ww_span,
    out: *mut *mut ww_tls,
) -> ww_status {
    guarded(|| {
        // SAFETY: null or writable by the caller's promise.
        let Some(out) = (unsafe { out.as_mut() }) else {
            return ARGUMENT.code() as ww_status;
        };
        *out = null_mut();
        // SAFETY: as the caller promises.
        answer(unsafe { make(config, ws, server_name) }.map(|tls| *out = Box::into_raw(tls)))
    })
}

/// # Safety
/// As ww_tls_new().
unsafe fn make(config: *const ww_tls_config, ws: *mut ww_workspace, name: ww_span) -> Result<Box<ww_tls>, Error> {
    let ws = NonNull::new(ws).ok_or(ARGUMENT)?;
    // SAFETY: null or a config of the caller's, which any thread may use.
    let config = unsafe { config.as_ref() }.ok_or(ARGUMENT)?;
    // SAFETY: as the caller promises.
    let name = unsafe { slice(name.data, name.len) }?;
    // SAFETY: a workspace of the caller's, used on this thread only.
    let ws = unsafe { Shared::of(ws) };
    // SAFETY: the same, and nothing else refers to it now.
    let workspace = unsafe { &mut ws.get().core };
    let heap = workspace.heap().clone();
    let core = Pump::new(&config.core, name, workspace)?;
    heap.boxed(ww_tls { core, ws, lent: null_mut(), poisoned: false })
}

/// Frees a handle; what is queued is lost. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_free(tls: *mut ww_tls) {
    guarded(|| {
        // SAFETY: null or a handle the caller gives up.
        let Some(t) = (unsafe { tls.as_mut() }) else { return 0 };
        let heap = t.parts().1.core.heap().clone();
        // SAFETY: made by `Box::into_raw` with this heap, which outlives a workspace that goes with its last handle.
        drop(unsafe { Box::from_raw_in(tls, heap) });
        0
    });
}

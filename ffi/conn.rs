//! `ww_conn` across the C ABI: its life, and what all calls on it share.

pub mod answer;
pub mod drive;
pub mod file;
pub mod info;
mod lend;
mod out;
mod secure;
pub mod tls;
pub mod websocket;

use core::ptr::{NonNull, null_mut};

use super::check::ARGUMENT;
use super::config::ww_conn_config;
use super::guard::{answer, guarded};
use super::handle::{Handle, look, with};
use super::status::ww_status;
use super::view::HeadView;
use super::workspace::{Shared, ww_workspace};
use crate::conn::{Conn, Workspace};
use crate::error::Error;
use crate::memory::Box;
use lend::Lend;

/// One connection's protocol: octets in, events out, octets out, one deadline. It owns no socket.
///
/// One thread at a time, together with its workspace.
pub struct ww_conn {
    core: Conn,
    ws: Shared,
    /// The present lend.
    lend: Lend,
    /// The head of the present event.
    view: Option<Box<HeadView>>,
    /// A panic crossed this handle.
    poisoned: bool,
}

impl ww_conn {
    /// The connection, its workspace, its lend and the place of an event's head, for one call.
    #[inline(always)]
    fn parts(&mut self) -> (&mut Conn, &mut ww_workspace, &mut [u8], &mut Option<Box<HeadView>>) {
        // SAFETY: the caller uses the workspace and its connections on one thread, and no call keeps a reference.
        let ws = unsafe { self.ws.get() };
        // SAFETY: lent by `receive` until the drain is over, which ends the lend.
        let lent = unsafe { self.lend.octets() };
        (&mut self.core, ws, lent, &mut self.view)
    }

    /// Without the lend, to which an event may point.
    #[inline(always)]
    fn core_and_workspace(&mut self) -> (&mut Conn, &mut Workspace) {
        // SAFETY: as in `parts`.
        let ws = unsafe { self.ws.get() };
        (&mut self.core, &mut ws.core)
    }

    /// The workspace, for a call that changes nothing.
    #[inline(always)]
    fn workspace(&self) -> &Workspace {
        // SAFETY: as in `parts`, and nothing changes it meanwhile.
        &unsafe { self.ws.read() }.core
    }

    #[inline(always)]
    fn end_event(&mut self) {
        if self.view.is_some() {
            self.end_head();
        }
    }

    fn end_head(&mut self) {
        if let Some(view) = self.view.take() {
            // SAFETY: as in `parts`.
            unsafe { self.ws.get() }.views.give_back(view);
        }
    }
}

/// What it took from its workspace goes back on every way out, also where a connection that was not finished is given up.
impl Drop for ww_conn {
    fn drop(&mut self) {
        self.end_event();
        let (core, ws) = self.core_and_workspace();
        core.release(ws);
    }
}

impl Handle for ww_conn {
    #[inline(always)]
    fn is_poisoned(&self) -> bool {
        self.poisoned
    }

    fn poison(&mut self) {
        self.poisoned = true;
    }
}

/// Makes a connection whose transport was accepted (WW_ROLE_SERVER) or connected (WW_ROLE_CLIENT) at `now_ms`. `config` NULL means
/// a server with all defaults; it is copied. With `tls` a client's first record is in the output at once, and requests may be queued
/// before the handshake is done. Free it with ww_conn_free(); the workspace may be freed before it.
///
/// Errors: WW_E_ARGUMENT (`ws` or `out` NULL, a config out of range, a TLS config of the other role, a server name that is no host),
/// WW_E_NOMEM, WW_E_ENTROPY (TLS); `*out` is NULL then. Allocates from the workspace and, what rustls needs, from the global allocator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_new(
    config: *const ww_conn_config,
    ws: *mut ww_workspace,
    now_ms: u64,
    out: *mut *mut ww_conn,
) -> ww_status {
    guarded(|| {
        // SAFETY: null or writable by the caller's promise.
        let Some(out) = (unsafe { out.as_mut() }) else {
            return ARGUMENT.code() as ww_status;
        };
        *out = null_mut();
        // SAFETY: as the caller promises.
        answer(unsafe { make(config, ws, now_ms) }.map(|conn| *out = Box::into_raw(conn)))
    })
}

/// # Safety
/// As ww_conn_new().
unsafe fn make(given: *const ww_conn_config, ws: *mut ww_workspace, now_ms: u64) -> Result<Box<ww_conn>, Error> {
    let ws = NonNull::new(ws).ok_or(ARGUMENT)?;
    // SAFETY: as the caller promises.
    let config = unsafe { ww_conn_config::read(given) }?;
    // SAFETY: a workspace of the caller's, used on this thread only.
    let ws = unsafe { Shared::of(ws) };
    // SAFETY: the same, and nothing else refers to it now.
    let workspace = unsafe { &mut ws.get().core };
    let (core, heap) = (Conn::new(workspace.intern(&config)?, now_ms)?, workspace.heap().clone());
    let mut conn = ww_conn { core, ws, lend: Lend::NONE, view: None, poisoned: false };
    // SAFETY: as the caller promises.
    if let Some((tls, name)) = unsafe { ww_conn_config::read_tls(given) }? {
        let (core, workspace) = conn.core_and_workspace();
        secure::secure(core, workspace, tls, name)?;
    }
    heap.boxed(conn)
}

/// Frees a connection; what is queued is lost, and lent octets are no longer looked at. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_free(conn: *mut ww_conn) {
    guarded(|| {
        // SAFETY: null or a connection the caller gives up.
        let Some(c) = (unsafe { conn.as_mut() }) else { return 0 };
        let heap = c.core_and_workspace().1.heap().clone();
        // SAFETY: made by `Box::into_raw` with this heap, which outlives a workspace that goes with its last connection.
        drop(unsafe { Box::from_raw_in(conn, heap) });
        0
    });
}

/// Makes a connection fresh for another transport, which was accepted or connected at `now_ms`: as ww_conn_new() does, with the same config,
/// workspace and server name, and over TLS with the material that the TLS config has now. The old transport must not read the octets of
/// ww_conn_output() any more: they end here, as do the pointers of the last event, the lend, and what ww_conn_error() and ww_conn_tls_info()
/// tell. Octets and files that were lent to send are no longer looked at: ww_conn_next() tells so, with a WW_EVENT_RELEASED each, before any
/// other event.
///
/// Errors: WW_E_ARGUMENT; over TLS WW_E_NOMEM and WW_E_ENTROPY: the connection is closed then, and the call may be made again. Allocates over
/// TLS only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_reset(conn: *mut ww_conn, now_ms: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            c.end_event();
            c.lend = Lend::NONE;
            let (core, ws) = c.core_and_workspace();
            core.reset(ws, now_ms)?;
            Ok(0)
        })
    }
}

//! The workspace across the C ABI: memory, budgets, the wall clock.

use core::cell::UnsafeCell;
use core::ffi::c_void;
use core::ptr::NonNull;
use std::rc::Rc;

use super::check::{ARGUMENT, prefix};
use super::guard::{answer, guarded};
use super::head_views::HeadViews;
use super::status::ww_status;
use crate::conn::Workspace;
use crate::error::Error;
use crate::memory::{Foreign, Heap, Source};

/// An allocator of the caller's. Both functions are called on the thread that uses the workspace, in the midst of a call on it or on what was
/// made from it: they call no function of wireway and do not leave by a jump or an exception. To make room when memory runs short, return
/// NULL; the call answers WW_E_NOMEM, and then connections may be ended.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_allocator {
    /// Returns `size` (> 0) octets aligned to `align` (a power of two), or NULL. NULL here: malloc and free are used.
    pub allocate: Option<unsafe extern "C" fn(ctx: *mut c_void, size: usize, align: usize) -> *mut c_void>,
    /// Takes back what `allocate` returned, with the same size and alignment.
    pub release: Option<unsafe extern "C" fn(ctx: *mut c_void, ptr: *mut c_void, size: usize, align: usize)>,
    /// Passed to both.
    pub ctx: *mut c_void,
}

/// Start from WW_WORKSPACE_CONFIG_INIT; every zero is the default given here.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_workspace_config {
    /// sizeof(ww_workspace_config); set by WW_WORKSPACE_CONFIG_INIT.
    pub size: usize,
    /// The most memory connections may use together, in octets; default 1 GiB. Beyond it calls answer WW_E_NOMEM.
    pub memory_max: usize,
    /// The most unread input connections may hold together, in octets; default 64 MiB. When they hold
    /// more, those that hold most lose it: they answer the request at hand, and end.
    pub held_max: usize,
    /// Serves all memory that peers can drive.
    pub allocator: ww_allocator,
    /// 32 octets that nobody can predict, for the masking keys and handshake keys of WebSocket clients; copied. NULL: the system's.
    pub seed: *const u8,
    /// The most octets that are gathered, all together: of WebSocket messages and of requests that come whole, until their end has come; default
    /// 128 MiB. When they hold more, those that hold most end, a WebSocket with 1013, a request with 503.
    pub messages_max: usize,
}

/// The memory of one loop: field tables, held input and output blocks of all connections made from it. Idle connections
/// own nothing in it but themselves. One thread at a time, together with its connections.
///
/// It is counted: each `ww_conn` and `ww_tls` made from it is an owner beside the program, and its memory goes with the last of them.
pub struct ww_workspace {
    pub(super) core: Workspace,
    pub(super) views: HeadViews,
}

/// One owner's part of a workspace. C holds one as a pointer, and so does each connection.
pub(super) struct Shared(Rc<UnsafeCell<ww_workspace>>);

impl Shared {
    fn new(workspace: ww_workspace) -> Self {
        Self(Rc::new(UnsafeCell::new(workspace)))
    }

    /// Another owner of the workspace behind a pointer of C's.
    ///
    /// # Safety
    /// `ws` came from [`into_raw`](Self::into_raw) and was not freed since; its owners are on this thread.
    pub(super) unsafe fn of(ws: NonNull<ww_workspace>) -> Self {
        let shared: *const UnsafeCell<ww_workspace> = ws.as_ptr().cast_const().cast();
        // SAFETY: made by `Rc::into_raw`, and the part that C holds counts still.
        unsafe {
            Rc::increment_strong_count(shared);
            Self(Rc::from_raw(shared))
        }
    }

    /// The pointer for C: `UnsafeCell` has the layout of what is in it.
    fn into_raw(self) -> *mut ww_workspace {
        Rc::into_raw(self.0).cast_mut().cast()
    }

    /// The workspace, for one call that does not change it.
    ///
    /// # Safety
    /// Nobody changes it during the call, and all its owners are on this thread.
    #[inline(always)]
    pub(super) unsafe fn read(&self) -> &ww_workspace {
        // SAFETY: as the caller promises.
        unsafe { &*self.0.get() }
    }

    /// The workspace, for one call.
    ///
    /// # Safety
    /// The caller has no other reference into it, and all its owners are on this thread.
    #[inline(always)]
    #[allow(clippy::mut_from_ref, reason = "as of an UnsafeCell; the contract is the caller's")]
    pub(super) unsafe fn get(&self) -> &mut ww_workspace {
        // SAFETY: as the caller promises.
        unsafe { &mut *self.0.get() }
    }
}

/// The last of the connections has gone, and the workspace goes.
impl Drop for ww_workspace {
    fn drop(&mut self) {
        debug_assert_eq!(self.core.taken(), 0, "connections give back what they took");
    }
}

/// The heap a config describes.
///
/// # Safety
/// The allocator's functions do what `ww_allocator` says for the life of the heap.
unsafe fn heap(config: &ww_workspace_config) -> Result<Heap, Error> {
    let max = if config.memory_max == 0 { Workspace::MEMORY_MAX } else { config.memory_max };
    match (config.allocator.allocate, config.allocator.release) {
        (None, None) => Ok(Heap::new(max)),
        (Some(allocate), Some(release)) => {
            let foreign = Foreign { allocate, release, ctx: config.allocator.ctx };
            // SAFETY: as the caller promises.
            Ok(unsafe { Heap::with_source(max, Source::Foreign(foreign)) })
        }
        _ => Err(ARGUMENT),
    }
}

/// The caller's seed, or the system's; without one there is an error where a key is needed, and not before.
///
/// # Safety
/// `seed` is null or points to 32 octets.
unsafe fn seed(core: &mut Workspace, seed: *const u8) {
    let mut octets = [0; 32];
    // SAFETY: as the caller promises.
    match unsafe { seed.cast::<[u8; 32]>().as_ref() } {
        Some(given) => core.seed(*given),
        None if getrandom::fill(&mut octets).is_ok() => core.seed(octets),
        None => {}
    }
}

/// Makes a workspace; `config` NULL means all defaults. Free it with ww_workspace_free().
///
/// Errors: WW_E_ARGUMENT (`out` NULL, half an allocator), WW_E_NOMEM. `*out` is NULL then. Allocates.
///
/// The allocator of `config` outlives the workspace and all that is made from it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_workspace_new(
    config: *const ww_workspace_config,
    out: *mut *mut ww_workspace,
) -> ww_status {
    guarded(|| {
        if out.is_null() {
            return ARGUMENT.code() as ww_status;
        }
        // SAFETY: not null, and writable by the caller's promise.
        unsafe { out.write(core::ptr::null_mut()) };
        // SAFETY: as the caller promises.
        answer(unsafe { make(config) }.map(|ws| {
            // SAFETY: as above.
            unsafe { out.write(ws.into_raw()) }
        }))
    })
}

/// # Safety
/// As ww_workspace_new().
unsafe fn make(config: *const ww_workspace_config) -> Result<Shared, Error> {
    // SAFETY: as the caller promises; all-zero octets are a valid config (the functions are optional).
    let config = if config.is_null() { unsafe { core::mem::zeroed() } } else { unsafe { prefix(config) }? };
    // SAFETY: as the caller promises.
    let heap = unsafe { heap(&config) }?;
    let held_max = if config.held_max == 0 { Workspace::HELD_MAX } else { config.held_max };
    let views = HeadViews::new(&heap)?;
    let mut core = Workspace::new(heap, held_max);
    core.limit_messages(if config.messages_max == 0 { Workspace::MESSAGES_MAX } else { config.messages_max });
    // SAFETY: as the caller promises.
    unsafe { seed(&mut core, config.seed) };
    Ok(Shared::new(ww_workspace { core, views }))
}

/// Gives a workspace up. Connections made from it live on: its memory goes with the last of them, at once when there is none. NULL is
/// fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_workspace_free(ws: *mut ww_workspace) {
    guarded(|| {
        if !ws.is_null() {
            // SAFETY: made by `into_raw`, and the caller gives its part up.
            drop(unsafe { Rc::from_raw(ws.cast_const().cast::<UnsafeCell<ww_workspace>>()) });
        }
        0
    });
}

/// Sets the wall clock for Date, in seconds since 1970; call it about once a second. Before the first call responses carry no
/// Date. Does not allocate.
///
/// Errors: WW_E_ARGUMENT (`ws` NULL, a time after the year 9999).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_workspace_set_time(ws: *mut ww_workspace, unix_seconds: u64) -> ww_status {
    const YEAR_10000: u64 = 253_402_300_800;
    guarded(|| {
        // SAFETY: null or a workspace of the caller's, who uses it on this thread only.
        match unsafe { ws.as_mut() } {
            Some(ws) if unix_seconds < YEAR_10000 => {
                ws.core.set_time(unix_seconds);
                0
            }
            _ => ARGUMENT.code() as ww_status,
        }
    })
}

/// The octets the connections of a workspace use now, with what is kept for them: of heads at most 16 of each kind, as large as the limits
/// of a config allow, and as C sees them (`ww_head`) with 128 fields at most; 0 for NULL. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_workspace_memory(ws: *const ww_workspace) -> usize {
    // SAFETY: null or a workspace of the caller's.
    unsafe { ws.as_ref() }.map_or(0, |ws| ws.core.heap().used())
}

//! The allocator of a workspace: it counts, and fails when it was told to.

use std::alloc::{Layout, alloc, dealloc};
use std::cell::Cell;
use std::ffi::c_void;
use std::ptr::{null, null_mut};

use wireway::ffi::status::WW_OK;
use wireway::ffi::workspace::*;

/// How often each allocation is asked for, in words.
#[derive(Default)]
pub struct Counts {
    live: Cell<usize>,
    /// Allocations until one fails; `None`: none does.
    left: Cell<Option<u32>>,
    has_failed: Cell<bool>,
}

/// A workspace with an allocator of ours. Dropping it checks that all memory came back.
pub struct Workspace {
    counts: Box<Counts>,
    pub raw: *mut ww_workspace,
    is_tight: bool,
}

impl Workspace {
    /// `memory_max` and `held_max` as in the config: 0 is the default.
    pub fn new(memory_max: usize, held_max: usize) -> Self {
        let counts = Box::<Counts>::default();
        let ctx = (&raw const *counts).cast_mut().cast();
        let allocator = ww_allocator { allocate: Some(allocate), release: Some(release), ctx };
        let seed = [7; 32];
        let size = size_of::<ww_workspace_config>();
        let seed = (&raw const seed).cast();
        let config = ww_workspace_config { size, memory_max, held_max, allocator, seed, messages_max: 0 };
        let mut raw = null_mut();
        // SAFETY: a config of ours, whose allocator lives in `counts`, which is freed behind the workspace.
        let status = unsafe { ww_workspace_new(&raw const config, &raw mut raw) };
        assert_eq!(status, WW_OK);
        Self { counts, raw, is_tight: memory_max != 0 }
    }

    /// From now on the allocation behind the next `left` ones fails, and all later ones until [`Workspace::mend`].
    pub fn fail_after(&self, left: u32) {
        self.counts.left.set(Some(left));
    }

    pub fn mend(&self) {
        self.counts.left.set(None);
    }

    /// Whether an allocation has failed, or may have.
    pub fn has_failed(&self) -> bool {
        self.is_tight || self.counts.has_failed.get()
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        // SAFETY: ours, and its connections were freed.
        unsafe { ww_workspace_free(self.raw) };
        self.raw = null_mut();
        assert_eq!(self.counts.live.get(), 0, "blocks that did not come back");
        // SAFETY: nothing is looked at for NULL.
        assert_eq!(unsafe { ww_workspace_memory(null()) }, 0);
    }
}

unsafe extern "C" fn allocate(ctx: *mut c_void, size: usize, align: usize) -> *mut c_void {
    // SAFETY: the counts that the workspace was made with.
    let counts = unsafe { &*ctx.cast_const().cast::<Counts>() };
    if counts.left.get() == Some(0) {
        counts.has_failed.set(true);
        return null_mut();
    }
    counts.left.set(counts.left.get().map(|left| left - 1));
    counts.live.set(counts.live.get() + 1);
    let layout = Layout::from_size_align(size, align).expect("a size and an alignment that there can be");
    assert!(size > 0);
    // SAFETY: `size` is not 0.
    unsafe { alloc(layout).cast() }
}

unsafe extern "C" fn release(ctx: *mut c_void, block: *mut c_void, size: usize, align: usize) {
    // SAFETY: the counts that the workspace was made with.
    let counts = unsafe { &*ctx.cast_const().cast::<Counts>() };
    counts.live.set(counts.live.get().checked_sub(1).expect("a block that was given"));
    let layout = Layout::from_size_align(size, align).expect("a size and an alignment that there can be");
    // SAFETY: from `allocate`, with the same layout.
    unsafe { dealloc(block.cast(), layout) }
}

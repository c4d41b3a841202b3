//! A `ww_conn`, and the calls that drive it.

use std::ptr::null_mut;

use wireway::ffi::config::ww_conn_config;
use wireway::ffi::conn::drive::*;
use wireway::ffi::conn::file::ww_conn_output_file;
use wireway::ffi::conn::info::ww_conn_state;
use wireway::ffi::conn::*;
use wireway::ffi::event::ww_event;
use wireway::ffi::file::ww_file;
use wireway::ffi::status::*;
use wireway::ffi::workspace::ww_workspace;

/// The most pieces of output that are asked for at once.
pub const PIECES_MAX: usize = 64;

/// A connection; it is freed with this.
pub struct Handle(*mut ww_conn);

impl Handle {
    /// The workspace is to outlive it.
    pub fn new(config: &ww_conn_config, ws: *mut ww_workspace, now: u64) -> Result<Self, ww_status> {
        let mut conn = null_mut();
        // SAFETY: a config and a workspace of ours.
        let status = unsafe { ww_conn_new(config, ws, now, &raw mut conn) };
        assert_eq!(conn.is_null(), status != WW_OK);
        assert_ne!(status, WW_E_PANIC);
        if conn.is_null() { Err(status) } else { Ok(Self(conn)) }
    }

    /// Any call that answers a status.
    pub fn call(&self, body: impl FnOnce(*mut ww_conn) -> ww_status) -> ww_status {
        let status = body(self.0);
        assert_ne!(status, WW_E_PANIC, "a bug in the library");
        assert_ne!(wireway::ffi::status::ww_status_name(status), std::ptr::null());
        status
    }

    pub fn state(&self) -> u32 {
        // SAFETY: a connection of ours, as in all calls here.
        unsafe { ww_conn_state(self.0) }
    }

    pub fn next(&self) -> (ww_status, ww_event) {
        // SAFETY: integers and pointers only.
        let mut event: ww_event = unsafe { std::mem::zeroed() };
        // SAFETY: as in `state`.
        let status = self.call(|c| unsafe { ww_conn_next(c, &raw mut event) });
        (status, event)
    }

    pub fn deadline(&self, now: u64) -> u64 {
        // SAFETY: as in `state`.
        unsafe { ww_conn_deadline(self.0, now) }
    }

    pub fn tick(&self, now: u64) {
        // SAFETY: as in `state`.
        let status = self.call(|c| unsafe { ww_conn_tick(c, now) });
        assert_eq!(status, WW_OK);
    }

    /// At most `cap` pieces of output, up to a file.
    pub fn output(&self, cap: usize) -> Vec<(*const u8, usize)> {
        let mut room = [ww_iovec { iov_base: null_mut(), iov_len: 0 }; PIECES_MAX];
        assert!(cap <= PIECES_MAX);
        // SAFETY: there is room for `cap` pieces.
        let count = unsafe { ww_conn_output(self.0, room.as_mut_ptr(), cap) };
        assert!(count <= cap);
        room[..count].iter().map(|piece| (piece.iov_base.cast_const().cast(), piece.iov_len)).collect()
    }

    /// The file that the output stops at, and whether it may go as it is.
    pub fn file(&self) -> Option<(ww_file, bool)> {
        let mut file = ww_file { size: size_of::<ww_file>(), fd: 0, offset: 0, len: 0 };
        // SAFETY: as in `state`.
        match self.call(|c| unsafe { ww_conn_output_file(c, &raw mut file) }) {
            WW_DONE => None,
            status => Some((file, status == WW_OK)),
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            // SAFETY: ours, its workspace lives, and it is not used again.
            unsafe { ww_conn_free(self.0) };
        }
    }
}

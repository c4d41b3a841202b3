//! A client's TLS for a peer: `ww_tls` between plaintext and its socket.

use std::ptr::null_mut;

use wireway::ffi::conn::drive::ww_iovec;
use wireway::ffi::head::types::ww_span;
use wireway::ffi::status::*;
use wireway::ffi::tls::drive::*;
use wireway::ffi::tls::*;

use crate::api::memory::Workspace;
use crate::api::octets::{NO_SPAN, shown, span};
use crate::api::tls;

/// A handle; it goes before its workspace.
pub struct Pump {
    raw: *mut ww_tls,
    _workspace: Workspace,
}

impl Pump {
    pub fn new() -> Self {
        let workspace = Workspace::new(0, 0);
        let mut raw = null_mut();
        // SAFETY: a config that lives for ever, and a workspace of ours.
        let status = unsafe { ww_tls_new(tls::CLIENT.0, workspace.raw, span(tls::HOST), &raw mut raw) };
        assert_eq!(status, WW_OK);
        Self { raw, _workspace: workspace }
    }

    /// Takes what came from the peer; its plaintext, as far as TLS goes.
    pub fn open(&mut self, mut octets: Vec<u8>) -> Vec<u8> {
        let mut plain = Vec::new();
        // SAFETY: a handle of ours; the octets live until `next` answers anything but WW_OK.
        unsafe {
            if ww_tls_receive(self.raw, octets.as_mut_ptr().cast(), octets.len()) != WW_OK {
                return plain;
            }
            let mut stretch: ww_span = NO_SPAN;
            while ww_tls_next(self.raw, &raw mut stretch) == WW_OK {
                plain.extend_from_slice(shown(stretch));
            }
        }
        plain
    }

    /// Whether all of `plain` was taken; not before the handshake is done.
    pub fn seal(&mut self, plain: &[u8]) -> bool {
        let part = ww_iovec { iov_base: plain.as_ptr().cast_mut().cast(), iov_len: plain.len() };
        // SAFETY: a handle and octets of ours.
        unsafe { ww_tls_send(self.raw, &raw const part, 1) == WW_OK }
    }

    /// Says close_notify.
    pub fn close(&mut self) {
        // SAFETY: a handle of ours.
        assert_eq!(unsafe { ww_tls_close(self.raw) }, WW_OK);
    }

    /// All records there are.
    pub fn take_output(&mut self) -> Vec<u8> {
        let mut records = Vec::new();
        let mut piece = ww_iovec { iov_base: null_mut(), iov_len: 0 };
        // SAFETY: a handle of ours; what is shown stays until it is sent.
        unsafe {
            while ww_tls_output(self.raw, &raw mut piece, 1) == 1 {
                records.extend_from_slice(shown(ww_span { data: piece.iov_base.cast(), len: piece.iov_len }));
                assert_eq!(ww_tls_sent(self.raw, piece.iov_len), WW_OK);
            }
        }
        records
    }
}

impl Drop for Pump {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            // SAFETY: ours, and not used again.
            unsafe { ww_tls_free(self.raw) };
        }
    }
}

//! A `ww_server` and its mailbox.

use std::ffi::{CString, c_char};
use std::ptr::null_mut;

use wireway::ffi::event::ww_event;
use wireway::ffi::mailbox::*;
use wireway::ffi::server::config::ww_server_config;
use wireway::ffi::server::info::*;
use wireway::ffi::server::listen::*;
use wireway::ffi::server::*;
use wireway::ffi::status::*;

use crate::api::tls;

/// A server; it is freed with this, its mailbox behind it.
pub struct Handle {
    pub raw: *mut ww_server,
    mailbox: *mut ww_mailbox,
}

impl Handle {
    pub fn new(config: &ww_server_config) -> Self {
        let (mut raw, mut mailbox) = (null_mut(), null_mut());
        // SAFETY: a config of ours.
        unsafe {
            assert_eq!(ww_server_new(config, &raw mut raw, null_mut()), WW_OK);
            assert_eq!(ww_server_mailbox(raw, &raw mut mailbox), WW_OK);
        }
        Self { raw, mailbox }
    }

    /// Listens, with the TLS config of this version where it is not 0; answers where.
    pub fn listen(&self, address: &str, version: usize, listener: usize) -> String {
        let address = CString::new(address).expect("a text");
        let mut text = [0 as c_char; 128];
        let mut needed = 0;
        // SAFETY: a server, a text and room of ours; the config lives for ever.
        unsafe {
            let status = match version {
                0 => ww_server_listen(self.raw, address.as_ptr(), null_mut()),
                _ => ww_server_listen_tls(self.raw, address.as_ptr(), tls::SERVER[version - 1].0, null_mut()),
            };
            assert_eq!(status, WW_OK);
            let status = ww_server_address(self.raw, listener, text.as_mut_ptr(), text.len(), &raw mut needed);
            assert_eq!(status, WW_OK);
            std::ffi::CStr::from_ptr(text.as_ptr()).to_str().expect("an address").to_owned()
        }
    }

    /// Any call that answers a status.
    pub fn call(&self, body: impl FnOnce(*mut ww_server) -> ww_status) -> ww_status {
        let status = body(self.raw);
        assert_ne!(status, WW_E_PANIC, "a bug in the library");
        status
    }

    /// Any call on the mailbox.
    pub fn post(&self, body: impl FnOnce(*mut ww_mailbox) -> ww_status) -> ww_status {
        let status = body(self.mailbox);
        assert_ne!(status, WW_E_PANIC, "a bug in the library");
        status
    }

    pub fn next(&self, timeout_ms: i64) -> (ww_status, ww_event) {
        // SAFETY: integers and pointers only.
        let mut event: ww_event = unsafe { std::mem::zeroed() };
        // SAFETY: a server of ours.
        let status = self.call(|s| unsafe { ww_server_next(s, &raw mut event, timeout_ms) });
        (status, event)
    }

    pub fn stats(&self) -> ww_stats {
        // SAFETY: integers only.
        let mut stats: ww_stats = unsafe { std::mem::zeroed() };
        stats.size = size_of::<ww_stats>();
        // SAFETY: a server and a struct of ours.
        assert_eq!(self.call(|s| unsafe { ww_server_stats(s, &raw mut stats) }), WW_OK);
        stats
    }

    /// 0: `next` has something to do at once.
    pub fn deadline(&self) -> u64 {
        // SAFETY: a server of ours.
        unsafe { ww_server_deadline(self.raw) }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        // SAFETY: ours, and not used again; a mailbox outlives its server.
        unsafe {
            ww_server_free(self.raw);
            assert_eq!(ww_mailbox_post(self.mailbox, 0, std::ptr::null(), 0, 0, 0), WW_E_GONE);
            ww_mailbox_free(self.mailbox);
        }
    }
}

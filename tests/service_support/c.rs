//! Calls of the C API that its tests share.

use super::{PATIENCE_MS, client};
use std::ffi::{CStr, c_char};
use std::net::{SocketAddr, TcpStream};
use std::ptr::{null, null_mut};
use wireway::ffi::event::*;
use wireway::ffi::head::types::ww_span;
use wireway::ffi::message::ww_response;
use wireway::ffi::server::config::ww_server_config;
use wireway::ffi::server::info::*;
use wireway::ffi::server::listen::*;
use wireway::ffi::server::*;
use wireway::ffi::status::*;

pub const NO_SPAN: ww_span = ww_span { data: null(), len: 0 };

pub fn span(text: &'static str) -> ww_span {
    ww_span { data: text.as_ptr(), len: text.len() }
}

pub fn response(content: &'static str) -> ww_response {
    ww_response {
        size: size_of::<ww_response>(),
        status: 200,
        reserved: 0,
        flags: 0,
        reason: NO_SPAN,
        fields: null(),
        field_count: 0,
        content: span(content),
        content_length: 0,
        token: 0,
    }
}

/// What WW_SERVER_CONFIG_INIT is.
pub fn config() -> ww_server_config {
    // SAFETY: integers only.
    let mut config: ww_server_config = unsafe { std::mem::zeroed() };
    config.size = size_of::<ww_server_config>();
    config.conn.size = size_of_val(&config.conn);
    config
}

pub fn new(config: *const ww_server_config) -> Result<*mut ww_server, ww_status> {
    let mut server = null_mut();
    // SAFETY: null or a config of ours.
    match unsafe { ww_server_new(config, &raw mut server, null_mut()) } {
        WW_OK => Ok(server),
        status => {
            assert!(server.is_null());
            Err(status)
        }
    }
}

pub fn listening() -> (*mut ww_server, SocketAddr) {
    listening_with(null())
}

pub fn listening_with(config: *const ww_server_config) -> (*mut ww_server, SocketAddr) {
    let server = new(config).unwrap();
    let mut text = [0 as c_char; 64];
    let mut needed = 0;
    // SAFETY: a server and buffers of ours.
    unsafe {
        assert_eq!(ww_server_listen(server, c"127.0.0.1:0".as_ptr(), null_mut()), WW_OK);
        assert_eq!(ww_server_address(server, 0, text.as_mut_ptr(), text.len(), &raw mut needed), WW_OK);
        let text = CStr::from_ptr(text.as_ptr());
        assert_eq!(needed, text.to_bytes_with_nul().len());
        (server, text.to_str().unwrap().parse().unwrap())
    }
}

pub fn next(server: *mut ww_server, timeout_ms: i64) -> (ww_status, ww_event) {
    // SAFETY: integers and pointers, and a server of ours.
    unsafe {
        let mut event: ww_event = std::mem::zeroed();
        let status = ww_server_next(server, &raw mut event, timeout_ms);
        (status, event)
    }
}

#[track_caller]
pub fn event(server: *mut ww_server, kind: i32) -> ww_event {
    let (status, event) = next(server, PATIENCE_MS as i64);
    assert_eq!((status, event.kind), (WW_OK, kind));
    event
}

pub fn rest(server: *mut ww_server) {
    assert_eq!(next(server, 0).0, WW_TIMEOUT);
}

pub fn connected(server: *mut ww_server, address: SocketAddr) -> (TcpStream, u64) {
    let client = client(address);
    (client, event(server, WW_EVENT_OPENED).conn)
}

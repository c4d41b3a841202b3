//! What `ww_server` and `ww_mailbox` refuse, and configs of other versions.
#![cfg(all(feature = "service", feature = "capi"))]

mod service_support;

use service_support::c::*;
use service_support::system::number;
use std::ffi::{CStr, CString};
use std::mem::{offset_of, size_of};
use std::ptr::{null, null_mut};
use wireway::ffi::head::types::ww_error_info;
use wireway::ffi::mailbox::*;
use wireway::ffi::server::answer::*;
use wireway::ffi::server::config::{WW_SERVER_REUSE_PORT, ww_server_config};
use wireway::ffi::server::hold::*;
use wireway::ffi::server::info::*;
use wireway::ffi::server::listen::*;
use wireway::ffi::server::*;
use wireway::ffi::status::*;

#[test]
fn nothing_null_is_followed() {
    let server = new(null()).unwrap();
    let mut needed = 0;
    // SAFETY: null, or a server of ours.
    unsafe {
        assert_eq!(ww_server_new(null(), null_mut(), null_mut()), WW_E_ARGUMENT);
        assert_eq!(ww_server_listen(null_mut(), c"*:0".as_ptr(), null_mut()), WW_E_ARGUMENT);
        assert_eq!(ww_server_listen(server, null(), null_mut()), WW_E_ARGUMENT);
        assert_eq!(ww_server_next(server, null_mut(), 0), WW_E_ARGUMENT);
        assert_eq!(ww_server_address(server, 0, null_mut(), 0, &raw mut needed), WW_E_ARGUMENT);
        for call in [ww_server_pause, ww_server_resume, ww_server_shutdown, ww_server_abort] {
            assert_eq!(call(null_mut(), 1), WW_E_ARGUMENT);
            assert_eq!(call(server, 1), WW_E_GONE);
        }
        assert_eq!(ww_server_respond(server, 1, null()), WW_E_ARGUMENT);
        assert_eq!(ww_server_switch(server, 1, null()), WW_E_ARGUMENT);
        assert_eq!(ww_server_send_interim(server, 1, 103, null(), 1), WW_E_ARGUMENT);
        assert_eq!(ww_server_send_interim(server, 1, 103, null(), 0), WW_E_GONE);
        assert_eq!(ww_server_send(server, 1, null(), 1), WW_E_ARGUMENT);
        assert_eq!(ww_server_send_lent(server, 1, null(), 1, 0), WW_E_ARGUMENT);
        assert_eq!(ww_server_send_file(server, 1, null(), 0), WW_E_ARGUMENT);
        assert_eq!(ww_server_respond_file(server, 1, null(), null()), WW_E_ARGUMENT);
        assert_eq!(ww_server_finish(server, 1, null(), 1), WW_E_ARGUMENT);
        assert_eq!(ww_server_stats(server, null_mut()), WW_E_ARGUMENT);
        assert_eq!(ww_server_flush(null_mut()), WW_E_ARGUMENT);
        assert_eq!(ww_server_drain(null_mut(), 0), WW_E_ARGUMENT);
        assert_eq!(ww_server_handle(null()), -1);
        assert_eq!(ww_server_deadline(null_mut()), u64::MAX);
        assert_eq!(ww_server_mailbox(server, null_mut()), WW_E_ARGUMENT);
        assert!(ww_mailbox_ref(null_mut()).is_null());
        assert_eq!(ww_mailbox_post(null_mut(), 0, null(), 0, 0, 0), WW_E_ARGUMENT);
        assert_eq!(ww_mailbox_drain(null_mut(), 0), WW_E_ARGUMENT);
        ww_mailbox_free(null_mut());
        ww_server_free(null_mut());
        ww_server_free(server);
    }
}

const NO_ERROR: ww_error_info =
    ww_error_info { size: 0, code: 0, http_status: 0, index: 0, offset: 0, rule: null(), reason: null() };

const NONE: ww_error_info = ww_error_info { size: size_of::<ww_error_info>(), ..NO_ERROR };

/// What `ww_server_listen` answers for an address, and what is told of it: status, reason and number.
fn failure_to_listen(address: &CStr) -> (i32, String, u64) {
    let server = new(null()).unwrap();
    let (mut error, mut told) = (NONE, NONE);
    // SAFETY: a server of ours, and texts that end.
    unsafe {
        assert_eq!(ww_server_error(server, 0, &raw mut error), WW_OK);
        assert_eq!((error.code, CStr::from_ptr(error.reason)), (0, c""), "nothing has failed yet");
        let status = ww_server_listen(server, address.as_ptr(), &raw mut told);
        assert_eq!(ww_server_error(server, 0, &raw mut error), WW_OK);
        assert_eq!((error.code, told.code, told.offset), (status, status, error.offset));
        assert_eq!(CStr::from_ptr(told.reason), CStr::from_ptr(error.reason));
        let reason = CStr::from_ptr(error.reason).to_str().unwrap().to_owned();
        assert_eq!(ww_server_listen(server, c"127.0.0.1:0".as_ptr(), &raw mut told), WW_OK, "the server can go on");
        assert_eq!(ww_server_error(server, 0, &raw mut error), WW_OK);
        assert_eq!((error.code, told.code), (status, status), "a success leaves both");
        ww_server_free(server);
        (status, reason, error.offset)
    }
}

#[test]
fn a_server_that_cannot_listen_reports_why() {
    let holder = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let in_use = CString::new(holder.local_addr().unwrap().to_string()).unwrap();
    let told = [
        failure_to_listen(&in_use),
        failure_to_listen(c"192.0.2.1:8080"),
        failure_to_listen(c"192.0.2.1:http"),
        failure_to_listen(c"localhost:8080"),
    ];
    let system = |number: i32, reason: &str| (WW_E_SYSTEM, reason.to_owned(), number as u64);
    assert_eq!(
        told[0],
        system(number::EADDRINUSE, "the address is in use: choose another port, or end whoever listens there")
    );
    assert_eq!(
        told[1],
        system(number::EADDRNOTAVAIL, "not a local address: use 127.0.0.1, [::1], or *:PORT for all interfaces")
    );
    #[cfg(unix)]
    assert_eq!(
        failure_to_listen(c"unix:/no/such/folder/socket"),
        system(number::ENOENT, "the directory of the path does not exist: create it first")
    );
    assert_eq!((told[2].0, told[2].2), (WW_E_ARGUMENT, 10), "{}", told[2].1);
    assert_eq!(told[3], (WW_E_ARGUMENT, "names are not resolved here: use 127.0.0.1 or [::1]".to_owned(), 0));
}

/// Also of a server that is not made, and of arguments that are NULL.
#[test]
fn a_server_that_cannot_be_made_reports_why() {
    let reason = |call: &dyn Fn(*mut ww_error_info) -> ww_status| {
        let (mut told, mut small) = (NONE, ww_error_info { size: 4, ..NO_ERROR });
        let status = call(&raw mut told);
        assert_eq!((told.code, call(&raw mut small), small.code), (status, status, 0));
        // SAFETY: every reason is a static text.
        unsafe { CStr::from_ptr(told.reason).to_str().unwrap() }
    };
    let mut server = null_mut();
    let mut config = config();
    config.receive_size = (64 << 10) + 1;
    // SAFETY: null, or structs of ours.
    unsafe {
        let out = &raw mut server;
        assert_eq!(reason(&|error| ww_server_new(&raw const config, out, error)), "`receive_size` is above `lend_max`");
        let null_argument = "an argument is null, out of range or unknown";
        assert_eq!(reason(&|error| ww_server_new(null(), null_mut(), error)), null_argument);
        assert_eq!(reason(&|error| ww_server_listen(null_mut(), c":0".as_ptr(), error)), null_argument);
    }
    let server = new(null()).unwrap();
    // SAFETY: null, or a server of ours, which drains behind its last event.
    unsafe {
        assert_eq!(ww_server_drain(server, 0), WW_OK);
        assert_eq!(reason(&|error| ww_server_listen(server, c":0".as_ptr(), error)), "the server is being drained");
        ww_server_free(server);
    }
}

#[test]
fn a_config_out_of_range_is_refused() {
    let refused = |change: &dyn Fn(&mut ww_server_config)| {
        let mut config = config();
        change(&mut config);
        assert_eq!(new(&raw const config), Err(WW_E_ARGUMENT));
    };
    refused(&|config| config.flags = 2);
    refused(&|config| config.connections_max = (1 << 24) + 1);
    refused(&|config| config.conn.role = 1);
    refused(&|config| config.conn.size = 0);
    refused(&|config| config.conn.size = size_of::<ww_server_config>());
    refused(&|config| config.size = 8);
    refused(&|config| config.receive_size = (64 << 10) + 1);
    refused(&|config| {
        config.conn.lend_max = 1000;
        config.receive_size = 1001;
    });
    let mut config = config();
    config.conn.lend_max = 1000;
    config.flags = WW_SERVER_REUSE_PORT;
    // SAFETY: ours, and not used again.
    unsafe { ww_server_free(new(&raw const config).expect("the default follows lend_max")) };
}

/// Structs of another version: shorter or longer, within and without.
#[test]
fn configs_of_other_versions_are_understood() {
    let ours = config();
    let tail = offset_of!(ww_server_config, connections_max);
    let conn = offset_of!(ww_server_config, conn);
    let words = |from: usize, to: usize| -> Vec<u64> {
        // SAFETY: within a struct of integers whose size and offsets are multiples of 8.
        let all = unsafe { std::slice::from_raw_parts((&raw const ours).cast::<u64>(), size_of_val(&ours) / 8) };
        all[from / 8..to / 8].to_vec()
    };
    let inner = words(conn, tail);
    let outer = words(tail, size_of_val(&ours));
    let make = |inner: &[u64], outer: &[u64]| {
        let size = 8 + inner.len() * 8 + outer.len() * 8;
        let mut all = vec![size as u64];
        all.extend(inner);
        all[1] = inner.len() as u64 * 8;
        all.extend(outer);
        new(all.as_ptr().cast()).map(|server| {
            // SAFETY: ours, and not used again.
            unsafe { ww_server_free(server) }
        })
    };
    let flags = |word: u64| [&outer[..1], &[word], &outer[2..]].concat();
    assert_eq!(make(&inner, &outer), Ok(()));
    assert_eq!(make(&inner, &flags(2 << 32)), Err(WW_E_ARGUMENT), "the tail is where it is looked for");
    let older = &inner[..inner.len() - 2];
    assert_eq!(make(older, &outer), Ok(()));
    assert_eq!(make(older, &flags(2 << 32)), Err(WW_E_ARGUMENT));
    let newer = [&inner[..], &[0, 0]].concat();
    assert_eq!(make(&newer, &outer), Ok(()));
    assert_eq!(make(&newer, &flags(2 << 32)), Err(WW_E_ARGUMENT));
    assert_eq!(make(&[&inner[..], &[1]].concat(), &outer), Err(WW_E_ARGUMENT), "something new is asked for");
    assert_eq!(make(&inner, &outer[..2]), Ok(()));
    assert_eq!(make(&inner, &[&outer[..], &[0]].concat()), Ok(()));
    assert_eq!(make(&inner, &[&outer[..], &[1]].concat()), Err(WW_E_ARGUMENT));
}

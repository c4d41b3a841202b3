//! Messages of `ww_server` to slow connections as C asks for them: the flags, the answers, and what is refused.
#![cfg(all(feature = "service", feature = "capi"))]

mod service_support;

use service_support::c::*;
use service_support::websocket::*;
use std::net::{SocketAddr, TcpStream};
use std::ptr::{null, null_mut};
use wireway::ffi::event::*;
use wireway::ffi::server::info::*;
use wireway::ffi::server::topics::*;
use wireway::ffi::server::websocket::*;
use wireway::ffi::server::*;
use wireway::ffi::slow::*;
use wireway::ffi::status::*;
use wireway::ffi::ws_message::*;
use wireway::ffi::ws_prepared::*;

const TEXT: u32 = WW_SEND_TEXT;

/// A server whose connections are slow from 100 octets on.
fn server() -> (*mut ww_server, SocketAddr) {
    let mut config = config();
    (config.conn.high_water, config.conn.low_water) = (100, 50);
    (config.waiting_conn_max, config.waiting_max) = (5000, 6000);
    listening_with(&raw const config)
}

/// A subscriber to "a" that does not read, until the server waits.
fn slow(server: *mut ww_server, address: SocketAddr) -> (TcpStream, u64) {
    let (mut client, id) = connected(server, address);
    ask(&mut client, "");
    event(server, WW_EVENT_REQUEST);
    // SAFETY: a server and octets of ours.
    unsafe {
        assert_eq!(ww_server_accept_websocket(server, id, null()), WW_OK);
        assert_eq!(ww_server_subscribe(server, id, span("a")), WW_OK);
        rest(server);
        let (octets, len) = (CLOG.as_ptr().cast(), CLOG.len());
        while ww_server_send_message(server, id, WW_SEND_BINARY, octets, len) == WW_OK {
            assert_eq!(ww_server_flush(server), WW_OK);
        }
    }
    accepted(&mut client);
    (client, id)
}

/// How many have it or will; or why not.
fn publish(server: *mut ww_server, flags: u32, key: u64, text: &str) -> Result<usize, ww_status> {
    let mut taken = 77;
    // SAFETY: a server and octets of ours.
    match unsafe { ww_server_publish(server, span("a"), flags, key, text.as_ptr().cast(), text.len(), &raw mut taken) }
    {
        WW_OK => Ok(taken),
        status => Err(status),
    }
}

fn deliver(server: *mut ww_server, id: u64, flags: u32, key: u64, text: &str) -> ww_status {
    // SAFETY: a server and octets of ours.
    unsafe { ww_server_publish_to(server, id, flags, key, text.as_ptr().cast(), text.len()) }
}

#[test]
fn flags_say_what_becomes_of_a_message() {
    let (server, address) = server();
    let (mut client, id) = slow(server, address);
    assert_eq!(publish(server, TEXT, 0, "waits"), Ok(1));
    assert_eq!(publish(server, TEXT | WW_SLOW_DROP, 0, "missed"), Ok(0));
    assert_eq!(publish(server, TEXT | WW_SLOW_NEWEST, 7, "older"), Ok(1));
    assert_eq!(deliver(server, id, TEXT | WW_SLOW_NEWEST, 7, "newer"), WW_OK);
    assert_eq!(deliver(server, id, TEXT | WW_SLOW_NEWEST, 8, "other"), WW_OK);
    assert_eq!(deliver(server, id, TEXT | WW_SLOW_DROP, 0, "missed"), WW_PAUSED);
    assert_eq!(deliver(server, id, TEXT, 0, "last"), WW_OK);
    let mut prepared = null_mut();
    // SAFETY: a server and a message of ours.
    unsafe {
        assert_eq!(ww_ws_prepare(TEXT, c"x".as_ptr().cast(), 1, &raw mut prepared), WW_OK);
        assert_eq!(ww_server_send_prepared(server, id, prepared), WW_PAUSED);
    }
    let reader = std::thread::spawn(move || read_until(&mut client, "x"));
    event(server, WW_EVENT_WRITABLE);
    // SAFETY: as above; the message is not used again.
    unsafe {
        assert_eq!(ww_server_send_prepared(server, id, prepared), WW_OK);
        ww_ws_prepared_free(prepared);
    }
    while !reader.is_finished() {
        next(server, 1);
    }
    assert_eq!(reader.join().unwrap(), ["waits", "newer", "other", "last", "x"]);
    // SAFETY: ours, and not used again.
    unsafe { ww_server_free(server) };
}

#[test]
fn a_slow_subscriber_that_would_miss_a_message_is_closed() {
    let (server, address) = server();
    let (mut first, one) = slow(server, address);
    assert_eq!(deliver(server, one, TEXT | WW_SLOW_CLOSE, 0, "closes"), WW_E_SLOW);
    assert_eq!(deliver(server, one, TEXT | WW_SLOW_CLOSE, 0, "closes"), WW_E_WS_CLOSING);
    let reader = std::thread::spawn(move || (read_until(&mut first, ""), first));
    while !reader.is_finished() {
        next(server, 1);
    }
    let (texts, _first) = reader.join().unwrap();
    assert_eq!(texts, ["close 1008"]);
    let (_second, _) = slow(server, address);
    let long = "x".repeat(1000);
    let waiting = (0..10).take_while(|_| publish(server, TEXT, 0, &long) == Ok(1)).count();
    assert!((1..5).contains(&waiting), "{waiting}");
    // SAFETY: integers; a server and a struct of ours, not used again.
    unsafe {
        let mut stats: ww_stats = std::mem::zeroed();
        stats.size = size_of::<ww_stats>();
        assert_eq!(ww_server_stats(server, &raw mut stats), WW_OK);
        assert_eq!(stats.too_slow, 2);
        ww_server_free(server);
    }
}

#[test]
fn contradictory_flags_are_refused() {
    let (server, address) = server();
    let (_client, id) = slow(server, address);
    for flags in [WW_SLOW_CLOSE | WW_SLOW_DROP, WW_SLOW_DROP | WW_SLOW_NEWEST, 2048] {
        assert_eq!(publish(server, TEXT | flags, 0, "x"), Err(WW_E_ARGUMENT));
        assert_eq!(deliver(server, id, TEXT | flags, 0, "x"), WW_E_ARGUMENT);
    }
    assert_eq!(publish(server, WW_EVENT_FLAG_FIRST, 0, "x"), Err(WW_E_ARGUMENT));
    assert_eq!(deliver(server, id, WW_EVENT_FLAG_LAST, 0, "x"), WW_E_ARGUMENT);
    assert_eq!(deliver(server, 0, TEXT, 0, "x"), WW_E_GONE);
    // SAFETY: null, and a server of ours that is not used again.
    unsafe {
        assert_eq!(ww_server_publish(server, span("a"), TEXT, 0, null(), 1, null_mut()), WW_E_ARGUMENT);
        assert_eq!(ww_server_publish(null_mut(), span("a"), TEXT, 0, null(), 0, null_mut()), WW_E_ARGUMENT);
        assert_eq!(ww_server_publish(server, span("a"), TEXT, 0, c"\xff".as_ptr().cast(), 1, null_mut()), WW_E_UTF8);
        assert_eq!(ww_server_publish_to(null_mut(), id, TEXT, 0, null(), 0), WW_E_ARGUMENT);
        assert_eq!(ww_server_publish_to(server, id, TEXT, 0, null(), 1), WW_E_ARGUMENT);
        ww_server_free(server);
    }
}

//! Lengths that a config or a peer drives, at the edge of what can be said of them.

use super::bench::{Bench, config};
use super::service_support::c;
use core::ptr::null_mut;
use wireway::ffi::config::websocket::*;
use wireway::ffi::config::*;
use wireway::ffi::conn::*;
use wireway::ffi::server::config::ww_server_config;
use wireway::ffi::status::*;
use wireway::ffi::workspace::*;

const MOST: u64 = u32::MAX as u64;

fn with_messages(flags: u32, message_max: u64) -> ww_conn_config {
    ww_conn_config { flags, message_max, ..config(WW_ROLE_SERVER) }
}

/// What making a connection with this config answers.
fn status_of(config: &ww_conn_config) -> i32 {
    let (mut ws, mut conn) = (null_mut(), null_mut());
    // SAFETY: as C would.
    unsafe {
        assert_eq!(ww_workspace_new(core::ptr::null(), &mut ws), 0);
        let status = ww_conn_new(config, ws, 0, &mut conn);
        ww_conn_free(conn);
        ww_workspace_free(ws);
        status
    }
}

/// A whole message of 2^32 + 5 octets was shown as one of 5.
#[test]
fn ws_lim_01_a_whole_message_that_no_event_can_show_is_refused_with_the_config() {
    assert_eq!(status_of(&with_messages(0, MOST + 6)), WW_E_ARGUMENT);
    assert_eq!(status_of(&with_messages(0, MOST)), WW_OK);
    assert_eq!(status_of(&with_messages(WW_CONN_MESSAGE_PARTS, u64::MAX)), WW_OK, "parts are shown as they come");
    let server = |conn| {
        c::new(&ww_server_config { conn, ..c::config() }).map(|server| {
            // SAFETY: ours.
            unsafe { wireway::ffi::server::ww_server_free(server) };
        })
    };
    assert_eq!(server(with_messages(0, MOST + 1)), Err(WW_E_ARGUMENT));
    assert_eq!(server(with_messages(0, MOST)), Ok(()));
}

/// A frame that says it is longer than 4 GiB: its octets come as they are, and its length is not cut.
#[test]
fn ws_frm_11_a_frame_beyond_4_gib_goes_on_beyond_5_octets() {
    let mut bench = Bench::new(&with_messages(WW_CONN_MESSAGE_PARTS, u64::MAX));
    bench.receive(
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    );
    bench.drain();
    assert_eq!(super::calls::accept_websocket(&mut bench), 0);
    bench.drain();
    bench.events.clear();
    let frame = [&[0x82, 0xff][..], &(MOST + 6).to_be_bytes(), &[0; 4], &[b'x'; 100]].concat();
    assert_eq!(bench.receive(&frame), 0);
    bench.drain();
    assert_eq!(bench.receive(&[b'x'; 100]), 0);
    bench.drain();
    let shown: Vec<_> = bench.events.iter().map(|event| (event.len, event.flags & 1)).collect();
    assert_eq!(shown, [(100, 0), (100, 0)], "neither is the last");
    assert_eq!(bench.error(), 0);
}

/// Content of more than 4 GiB, by its length and by a chunk's.
#[test]
fn h1_lim_06_content_beyond_4_gib_goes_on() {
    let heads = ["Content-Length: 4294967301\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n100000005\r\n"];
    for head in heads {
        let mut bench = Bench::new(&ww_conn_config { body_max: u64::MAX, ..config(WW_ROLE_SERVER) });
        bench.receive(format!("POST / HTTP/1.1\r\nHost: a\r\n{head}0123456789").as_bytes());
        bench.drain();
        let data = bench.events.last().unwrap();
        assert_eq!((data.len, data.flags, bench.error()), (10, 0, 0));
    }
}

/// Sizes of a config that are too large for their field are refused, not cut.
#[test]
fn sizes_beyond_their_ranges_are_refused() {
    let base = config(WW_ROLE_SERVER);
    assert_eq!(status_of(&base), WW_OK);
    for bad in [
        ww_conn_config { lend_max: u32::MAX, ..base },
        ww_conn_config { section_max: u32::MAX, ..base },
        ww_conn_config { pipeline_max: 256 + 1, ..base },
        ww_conn_config { line_max: 65_536, ..base },
        ww_conn_config { high_water: u32::MAX, ..base },
    ] {
        assert_eq!(status_of(&bad), WW_E_ARGUMENT);
    }
}

//! `ww_server` and `ww_mailbox` as C calls them: what is refused, what is written, and configs of other versions.
#![cfg(all(feature = "service", feature = "capi"))]

mod service_support;

use service_support::{PATIENCE_MS, client, expect_content, get, read_response};
use std::ffi::{CStr, c_char};
use std::mem::{offset_of, size_of};
use std::net::{SocketAddr, TcpStream};
use std::ptr::{null, null_mut};
use wireway::ffi::event::*;
use wireway::ffi::head::types::{ww_error_info, ww_field, ww_span};
use wireway::ffi::mailbox::*;
use wireway::ffi::message::{WW_MESSAGE_LENT, WW_MESSAGE_STREAM, ww_response};
use wireway::ffi::server::answer::*;
use wireway::ffi::server::config::{WW_SERVER_REUSE_PORT, ww_server_config};
use wireway::ffi::server::hold::*;
use wireway::ffi::server::info::*;
use wireway::ffi::server::*;
use wireway::ffi::status::*;

const NO_SPAN: ww_span = ww_span { data: null(), len: 0 };

fn span(text: &'static str) -> ww_span {
    ww_span { data: text.as_ptr(), len: text.len() }
}

fn response(content: &'static str) -> ww_response {
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
fn config() -> ww_server_config {
    // SAFETY: integers only.
    let mut config: ww_server_config = unsafe { std::mem::zeroed() };
    config.size = size_of::<ww_server_config>();
    config.conn.size = size_of_val(&config.conn);
    config
}

fn new(config: *const ww_server_config) -> Result<*mut ww_server, ww_status> {
    let mut server = null_mut();
    // SAFETY: null or a config of ours.
    match unsafe { ww_server_new(config, &raw mut server) } {
        WW_OK => Ok(server),
        status => {
            assert!(server.is_null());
            Err(status)
        }
    }
}

fn listening() -> (*mut ww_server, SocketAddr) {
    let server = new(null()).unwrap();
    let mut text = [0 as c_char; 64];
    let mut needed = 0;
    // SAFETY: a server and buffers of ours.
    unsafe {
        assert_eq!(ww_server_listen(server, c"127.0.0.1:0".as_ptr()), WW_OK);
        assert_eq!(ww_server_address(server, 0, text.as_mut_ptr(), text.len(), &raw mut needed), WW_OK);
        let text = CStr::from_ptr(text.as_ptr());
        assert_eq!(needed, text.to_bytes_with_nul().len());
        (server, text.to_str().unwrap().parse().unwrap())
    }
}

fn next(server: *mut ww_server, timeout_ms: i64) -> (ww_status, ww_event) {
    // SAFETY: integers and pointers, and a server of ours.
    unsafe {
        let mut event: ww_event = std::mem::zeroed();
        let status = ww_server_next(server, &raw mut event, timeout_ms);
        (status, event)
    }
}

#[track_caller]
fn event(server: *mut ww_server, kind: i32) -> ww_event {
    let (status, event) = next(server, PATIENCE_MS as i64);
    assert_eq!((status, event.kind), (WW_OK, kind));
    event
}

fn rest(server: *mut ww_server) {
    assert_eq!(next(server, 0).0, WW_TIMEOUT);
}

fn connected(server: *mut ww_server, address: SocketAddr) -> (TcpStream, u64) {
    let client = client(address);
    (client, event(server, WW_EVENT_OPENED).conn)
}

#[test]
fn a_request_its_head_and_its_answer() {
    let (server, address) = listening();
    let (mut client, id) = connected(server, address);
    let user = null_mut::<u8>().wrapping_add(4096).cast();
    // SAFETY: a server of ours; the library does not look at the pointer.
    unsafe { assert_eq!(ww_server_set_user(server, id, user), WW_OK) };
    get(&mut client, "/c");
    let request = event(server, WW_EVENT_REQUEST);
    assert_eq!((request.conn, request.user, request.flags), (id, user, WW_EVENT_LAST));
    let field = ww_field { name: span("X-C"), value: span("yes"), id: 0, flags: 0, reserved: 0 };
    let answer = ww_response { fields: &raw const field, field_count: 1, ..response("from C") };
    // SAFETY: a server and a response of ours; the head lives until the next call of `next`.
    unsafe {
        let head = &*request.head;
        assert_eq!(std::slice::from_raw_parts(head.target.data, head.target.len), b"/c");
        assert_eq!(head.field_count, 1);
        assert_eq!(ww_server_respond(server, id, &raw const answer), WW_OK);
        assert_eq!(std::slice::from_raw_parts(head.method.data, head.method.len), b"GET");
        assert_eq!(ww_server_flush(server), WW_OK);
    }
    let (head, content) = read_response(&mut client);
    assert!(head.contains("\r\nX-C: yes\r\n"), "{head}");
    assert_eq!(content, "from C");
    drop(client);
    let closed = event(server, WW_EVENT_CLOSED);
    assert_eq!((closed.conn, closed.user, closed.code), (id, user, 0));
    // SAFETY: ours, and not used again.
    unsafe {
        assert_eq!(ww_server_respond(server, id, &raw const answer), WW_E_GONE);
        ww_server_free(server);
    }
}

#[test]
fn lent_content_comes_back_with_its_token() {
    let (server, address) = listening();
    let (mut client, id) = connected(server, address);
    get(&mut client, "/");
    event(server, WW_EVENT_REQUEST);
    let answer = ww_response { flags: WW_MESSAGE_LENT, token: 99, ..response("lent") };
    // SAFETY: a server of ours and static octets.
    unsafe { assert_eq!(ww_server_respond(server, id, &raw const answer), WW_OK) };
    assert_eq!(event(server, WW_EVENT_RELEASED).token, 99);
    expect_content(&mut client, "lent");
    get(&mut client, "/");
    event(server, WW_EVENT_REQUEST);
    let answer = ww_response { flags: WW_MESSAGE_STREAM, ..response("") };
    let octets = b"more of it";
    // SAFETY: as above.
    unsafe {
        assert_eq!(ww_server_respond(server, id, &raw const answer), WW_OK);
        assert_eq!(ww_server_send(server, id, octets.as_ptr().cast(), 4), WW_OK);
        assert_eq!(ww_server_send_lent(server, id, octets.as_ptr().cast(), octets.len(), 100), WW_OK);
        assert_eq!(ww_server_finish(server, id, null(), 0), WW_OK);
    }
    assert_eq!(event(server, WW_EVENT_RELEASED).token, 100);
    // SAFETY: ours, and not used again.
    unsafe { ww_server_free(server) };
}

#[test]
fn an_error_is_described_while_the_connection_lives() {
    use std::io::Write as _;
    let (server, address) = listening();
    let (mut client, id) = connected(server, address);
    client.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").unwrap();
    assert_eq!(event(server, WW_EVENT_ERROR).code, WW_E_HOST);
    // SAFETY: integers and pointers; a server and a struct of ours.
    unsafe {
        let mut info: ww_error_info = std::mem::zeroed();
        info.size = size_of::<ww_error_info>();
        assert_eq!(ww_server_error(server, id, &raw mut info), WW_OK);
        assert_eq!((info.code, info.http_status), (WW_E_HOST, 400));
        assert!(!CStr::from_ptr(info.reason).is_empty());
        ww_server_free(server);
    }
}

#[test]
fn an_address_that_does_not_fit_says_what_it_needs() {
    let (server, address) = listening();
    let (client, id) = connected(server, address);
    let peer = client.local_addr().unwrap().to_string();
    let mut out = vec![0 as c_char; peer.len()];
    let mut needed = 0;
    // SAFETY: a server and buffers of ours.
    unsafe {
        assert_eq!(ww_server_peer(server, id, out.as_mut_ptr(), out.len(), &raw mut needed), WW_E_BUFFER);
        assert_eq!(needed, peer.len() + 1);
        assert_eq!(ww_server_peer(server, id, null_mut(), 0, &raw mut needed), WW_E_BUFFER);
        out.push(1);
        assert_eq!(ww_server_peer(server, id, out.as_mut_ptr(), out.len(), &raw mut needed), WW_OK);
        assert_eq!(CStr::from_ptr(out.as_ptr()).to_str().unwrap(), peer);
        assert_eq!(ww_server_peer(server, id, out.as_mut_ptr(), out.len(), null_mut()), WW_E_ARGUMENT);
        assert_eq!(ww_server_peer(server, id, null_mut(), 99, &raw mut needed), WW_E_ARGUMENT);
        ww_server_free(server);
    }
}

#[test]
fn counts_are_written_as_far_as_the_caller_knows_them() {
    let (server, address) = listening();
    let (_client, _) = connected(server, address);
    // SAFETY: integers; a server and a struct of ours.
    unsafe {
        let mut stats: ww_server_stats = std::mem::zeroed();
        stats.size = offset_of!(ww_server_stats, open);
        stats.open = 7;
        assert_eq!(ww_server_stats_get(server, &raw mut stats), WW_OK);
        assert_eq!((stats.accepted, stats.open), (1, 7), "an older struct ends before `open`");
        stats.size = size_of::<ww_server_stats>();
        assert_eq!(ww_server_stats_get(server, &raw mut stats), WW_OK);
        assert_eq!((stats.size, stats.open, stats.requests), (size_of::<ww_server_stats>(), 1, 0));
        ww_server_free(server);
    }
}

#[test]
fn nothing_null_is_followed() {
    let server = new(null()).unwrap();
    let mut needed = 0;
    // SAFETY: null, or a server of ours.
    unsafe {
        assert_eq!(ww_server_new(null(), null_mut()), WW_E_ARGUMENT);
        assert_eq!(ww_server_listen(null_mut(), c"*:0".as_ptr()), WW_E_ARGUMENT);
        assert_eq!(ww_server_listen(server, null()), WW_E_ARGUMENT);
        assert_eq!(ww_server_next(server, null_mut(), 0), WW_E_ARGUMENT);
        assert_eq!(ww_server_address(server, 0, null_mut(), 0, &raw mut needed), WW_E_ARGUMENT);
        for call in [ww_server_pause, ww_server_resume, ww_server_shutdown, ww_server_close] {
            assert_eq!(call(null_mut(), 1), WW_E_ARGUMENT);
            assert_eq!(call(server, 1), WW_E_GONE);
        }
        assert_eq!(ww_server_respond(server, 1, null()), WW_E_ARGUMENT);
        assert_eq!(ww_server_switch(server, 1, null()), WW_E_ARGUMENT);
        assert_eq!(ww_server_inform(server, 1, 103, null(), 1), WW_E_ARGUMENT);
        assert_eq!(ww_server_inform(server, 1, 103, null(), 0), WW_E_GONE);
        assert_eq!(ww_server_send(server, 1, null(), 1), WW_E_ARGUMENT);
        assert_eq!(ww_server_send_lent(server, 1, null(), 1, 0), WW_E_ARGUMENT);
        assert_eq!(ww_server_finish(server, 1, null(), 1), WW_E_ARGUMENT);
        assert_eq!(ww_server_stats_get(server, null_mut()), WW_E_ARGUMENT);
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

#[test]
fn a_config_out_of_range_is_refused() {
    let refused = |change: &dyn Fn(&mut ww_server_config)| {
        let mut config = config();
        change(&mut config);
        assert_eq!(new(&raw const config), Err(WW_E_ARGUMENT));
    };
    refused(&|config| config.flags = 2);
    refused(&|config| config.reserved = 1);
    refused(&|config| config.connections_max = 1 << 24);
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

#[test]
fn mailboxes_are_counted_and_outlive_their_server() {
    let (server, address) = listening();
    let (mut client, id) = connected(server, address);
    get(&mut client, "/");
    event(server, WW_EVENT_REQUEST);
    let mut first = null_mut();
    // SAFETY: a server of ours, and mailboxes until they are freed.
    unsafe {
        assert_eq!(ww_server_mailbox(server, &raw mut first), WW_OK);
        let second = ww_mailbox_ref(first);
        ww_mailbox_free(first);
        assert_eq!(ww_mailbox_post(second, id, c"post".as_ptr().cast(), 4, 3, 0), WW_OK);
        assert_eq!(ww_mailbox_post(second, id, null(), 0, 3, 2), WW_E_ARGUMENT);
        assert_eq!(ww_mailbox_respond(second, id, &response("posted"), 4, WW_POST_REPORT), WW_OK);
        assert_eq!(ww_mailbox_respond(second, id, &response("again"), 5, WW_POST_REPORT), WW_OK);
        let post = event(server, WW_EVENT_POST);
        assert_eq!((post.conn, post.token), (id, 3));
        assert_eq!(std::slice::from_raw_parts(post.data.data, post.data.len), b"post");
        let undelivered = event(server, WW_EVENT_UNDELIVERED);
        assert_eq!((undelivered.conn, undelivered.token, undelivered.code), (id, 5, WW_E_STATE));
        rest(server);
        expect_content(&mut client, "posted");
        assert_eq!(ww_mailbox_drain(second, 0), WW_OK);
        let closed = event(server, WW_EVENT_CLOSED);
        assert_eq!(closed.conn, id);
        assert_eq!(next(server, -1).0, WW_DONE);
        ww_server_free(server);
        assert_eq!(ww_mailbox_post(second, id, null(), 0, 3, 0), WW_E_GONE);
        assert_eq!(ww_mailbox_drain(second, 0), WW_E_GONE);
        ww_mailbox_free(second);
    }
}

//! `ww_server` and `ww_mailbox` as C calls them: what is refused, what is written, and configs of other versions.
#![cfg(all(feature = "service", feature = "capi"))]

mod service_support;

use service_support::c::*;
use service_support::files::file;
use service_support::{expect_content, get, read_response};
use std::ffi::{CStr, c_char};
use std::io::Read as _;
use std::mem::{offset_of, size_of};
use std::ptr::{null, null_mut};
use wireway::ffi::event::*;
use wireway::ffi::file::ww_file;
use wireway::ffi::head::types::{ww_error_info, ww_field};
use wireway::ffi::mailbox::*;
use wireway::ffi::message::{WW_MESSAGE_LENT, WW_MESSAGE_STREAM, ww_response};
use wireway::ffi::server::answer::*;
use wireway::ffi::server::hold::*;
use wireway::ffi::server::info::*;
use wireway::ffi::server::*;
use wireway::ffi::status::*;
use wireway::io::descriptor::of_file;

#[test]
fn a_request_its_head_and_its_answer() {
    let (server, address) = listening();
    let (mut client, id) = connected(server, address);
    let user = null_mut::<u8>().wrapping_add(4096).cast();
    // SAFETY: a server of ours; the library does not look at the pointer.
    unsafe { assert_eq!(ww_server_set_user(server, id, user), WW_OK) };
    get(&mut client, "/c");
    let request = event(server, WW_EVENT_REQUEST);
    assert_eq!((request.conn, request.user, request.flags), (id, user, WW_EVENT_FLAG_LAST));
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
    get(&mut client, "/");
    event(server, WW_EVENT_REQUEST);
    let held = file(b"0123456789");
    let mut stretch = ww_file { size: size_of::<ww_file>(), fd: of_file(&held) as isize, offset: 3, len: 4 };
    // SAFETY: as above.
    unsafe {
        assert_eq!(ww_server_respond(server, id, &raw const answer), WW_OK);
        assert_eq!(ww_server_send_file(server, id, &raw const stretch, 101), WW_OK);
        assert_eq!(ww_server_finish(server, id, null(), 0), WW_OK);
        stretch.fd = -1;
        assert_eq!(ww_server_send_file(server, id, &raw const stretch, 102), WW_E_ARGUMENT);
    }
    assert_eq!(event(server, WW_EVENT_RELEASED).token, 101);
    // SAFETY: a server of ours.
    assert_eq!(unsafe { ww_server_flush(server) }, WW_OK);
    let mut all = Vec::new();
    while !all.ends_with(b"\r\n4\r\n3456\r\n0\r\n\r\n") {
        let mut octet = [0];
        client.read_exact(&mut octet).unwrap();
        all.push(octet[0]);
    }
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
        let mut stats: ww_stats = std::mem::zeroed();
        stats.size = offset_of!(ww_stats, open);
        stats.open = 7;
        assert_eq!(ww_server_stats(server, &raw mut stats), WW_OK);
        assert_eq!((stats.accepted, stats.open), (1, 7), "an older struct ends before `open`");
        stats.size = size_of::<ww_stats>();
        assert_eq!(ww_server_stats(server, &raw mut stats), WW_OK);
        assert_eq!((stats.size, stats.open, stats.requests), (size_of::<ww_stats>(), 1, 0));
        ww_server_free(server);
    }
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

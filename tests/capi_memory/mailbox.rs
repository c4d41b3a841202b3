//! The calls of mailboxes and groups.

use super::bench::{ignore, span};
use super::calls::RESPONSE;
use super::memory::global_allocations;
use super::server::{Scenario, each, fresh};
use core::ptr::{null, null_mut};
use wireway::ffi::group::*;
use wireway::ffi::mailbox::stream::*;
use wireway::ffi::mailbox::*;
use wireway::ffi::server::topics::*;
use wireway::ffi::ws_message::WW_SEND_TEXT;

/// A call as C would make it: pointers are to static octets or to values of the caller's.
macro_rules! c {
    ($call:expr) => {
        // SAFETY: as said above.
        unsafe { $call }
    };
}

pub const MAILBOX: &[Scenario] = &[
    ("ww_server_join", |note| {
        let group = group();
        fresh(false, |server| assert_eq!(c!(ww_server_join(server, group)), 0), note);
        c!(ww_group_free(group));
    }),
    ("ww_group_new", |note| {
        let before = global_allocations();
        let group = group();
        note(false, global_allocations() - before);
        c!(ww_group_free(group));
    }),
    ("ww_group_ref", |note| {
        let group = group();
        let before = global_allocations();
        let other = c!(ww_group_ref(group));
        note(false, global_allocations() - before);
        c!(ww_group_free(group));
        c!(ww_group_free(other));
    }),
    ("ww_server_mailbox", |note| {
        each(
            |f| {
                let mut mailbox = null_mut();
                assert_eq!(c!(ww_server_mailbox(f.server, &mut mailbox)), 0);
                c!(ww_mailbox_free(mailbox));
            },
            note,
        );
    }),
    ("ww_mailbox_ref", |note| each(|f| c!(ww_mailbox_free(ww_mailbox_ref(f.mailbox))), note)),
    ("ww_mailbox_post", |note| {
        each(|f| assert_eq!(c!(ww_mailbox_post(f.mailbox, f.id, b"x".as_ptr().cast(), 1, 0, 0)), 0), note);
    }),
    ("ww_mailbox_respond", |note| {
        each(|f| assert_eq!(c!(ww_mailbox_respond(f.mailbox, f.id, &RESPONSE, 0, 0)), 0), note);
    }),
    ("ww_mailbox_send", |note| {
        each(|f| assert_eq!(c!(ww_mailbox_send(f.mailbox, f.id, b"x".as_ptr().cast(), 1, 0, 0)), 0), note);
    }),
    ("ww_mailbox_finish", |note| {
        each(|f| assert_eq!(c!(ww_mailbox_finish(f.mailbox, f.id, null(), 0, 0, 0)), 0), note);
    }),
    ("ww_mailbox_accept_websocket", |note| {
        each(|f| assert_eq!(c!(ww_mailbox_accept_websocket(f.mailbox, f.id, null(), 0, 0)), 0), note);
    }),
    ("ww_mailbox_send_message", |note| {
        each(
            |f| ignore(c!(ww_mailbox_send_message(f.mailbox, f.id, WW_SEND_TEXT, 0, b"x".as_ptr().cast(), 1, 0, 0))),
            note,
        );
    }),
    ("ww_mailbox_publish", |note| {
        each(
            |f| ignore(c!(ww_mailbox_publish(f.mailbox, span("news"), WW_SEND_TEXT, 0, b"x".as_ptr().cast(), 1))),
            note,
        );
    }),
    ("ww_mailbox_drain", |note| each(|f| assert_eq!(c!(ww_mailbox_drain(f.mailbox, 1000)), 0), note)),
];

fn group() -> *mut ww_group {
    let mut group = null_mut();
    assert_eq!(c!(ww_group_new(&mut group)), 0);
    group
}

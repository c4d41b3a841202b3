//! What an owner may do between two messages of a turn.

use crate::chat::{Chat, plain};
use wireway::conn::Write;
use wireway::service::Slow;
use wireway::websocket::machine::Part;

/// What can be done with a connection between two of its messages.
pub type Deed = (&'static str, fn(&mut Chat));

pub const DEEDS: [Deed; 9] = [
    ("nothing", |_| {}),
    ("a ping", |chat| {
        chat.harness.server.calls().ping(chat.id, b"p").expect("queued");
        chat.expected.extend(plain(0x89, b"p"));
    }),
    ("a pointer", |chat| {
        let here = core::ptr::from_mut(chat).cast();
        chat.harness.server.calls().set_user(chat.id, here).expect("set");
    }),
    ("a flush", |chat| chat.harness.server.flush()),
    ("a pause", |chat| {
        chat.harness.server.calls().pause(chat.id).expect("paused");
        chat.harness.server.calls().resume(chat.id).expect("resumed");
    }),
    ("a long answer", |chat| {
        chat.send(Part::whole(false), &[7; 5000]);
    }),
    ("many answers", |chat| {
        (0..100).for_each(|_| assert_eq!(chat.send(Part::whole(true), &[b'x'; 100]), Write::Queued))
    }),
    ("an answer in parts", |chat| {
        let part = |first, last| Part { text: true, first, last, compressed: false };
        chat.send(part(true, false), "€".as_bytes());
        chat.send(part(false, true), b"!");
    }),
    ("a publication", |chat| {
        chat.harness.server.calls().subscribe(chat.id, b"t").expect("subscribed");
        let taken = chat.harness.server.messages().publish(b"t", Part::whole(true), b"news", Slow::Misses);
        assert_eq!(taken, Ok(1));
        chat.expected.extend(plain(0x81, b"news"));
    }),
];

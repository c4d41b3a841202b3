//! Messages of a turn where permessage-deflate was agreed on.

use crate::abc;
use crate::chat::Chat;
use std::io::Read;
use wireway::conn::Write;
use wireway::websocket::machine::Part;

/// What may be compressed is, in a turn of short messages too, and what may not is not.
#[test]
fn a_turn_compresses_what_it_may() {
    for compressed in [true, false] {
        let mut chat = Chat::deflating();
        chat.say(&abc(), |chat, message| {
            let part = Part { compressed, ..Part::whole(true) };
            let messages = &mut chat.harness.server.messages();
            assert_eq!(messages.send_message(chat.id, part, message.as_bytes()), Ok(Write::Queued));
        });
        let mut first = [0];
        chat.client.read_exact(&mut first).expect("an answer");
        assert_eq!(first, [if compressed { 0xc1 } else { 0x81 }]);
        assert_eq!(chat.told, ["a", "b", "c"]);
    }
}

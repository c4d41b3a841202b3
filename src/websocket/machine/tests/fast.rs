//! Short messages, whole in the window (the fast way) and in pieces (the full way).

use super::rig::{Rig, masked};
use crate::guard::MessageLimits;
use crate::random::Random;
use crate::websocket::Role;

trait Choices {
    /// A length around block sizes, mostly ASCII, with an odd octet or two.
    fn payload(&mut self) -> Vec<u8>;
    /// An unmasked frame.
    fn frame(&mut self) -> Vec<u8>;
}

impl Choices for Random {
    fn payload(&mut self) -> Vec<u8> {
        const ODD: [&[u8]; 8] =
            [b"\0", b"\x7f", b"\x80", b"\xff", "ä".as_bytes(), "€".as_bytes(), b"\xed\xa0\x80", b"\xf0\x9f"];
        let len = [0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 124, 125, 126, 127][self.below(17)];
        let mut payload = vec![b'a'; len];
        for _ in 0..self.below(3) {
            let odd = ODD[self.below(ODD.len())];
            let at = self.below(len + 1);
            payload.splice(at..(at + odd.len()).min(len), odd.iter().copied());
        }
        payload
    }

    fn frame(&mut self) -> Vec<u8> {
        let payload = self.payload();
        let first = match self.below(8) {
            0 => self.below(256) as u8,
            1 => 0x82,
            2 => [0x01, 0x80, 0x00, 0x89, 0xc1][self.below(5)],
            _ => 0x81,
        };
        let len = payload.len();
        let head = if len < 126 { vec![first, len as u8] } else { vec![first, 126, (len >> 8) as u8, len as u8] };
        [head, payload].concat()
    }
}

#[test]
fn whole_messages_and_messages_in_pieces_are_received_the_same() {
    let mut random = Random::new(1);
    for _ in 0..300 {
        let message_max = [0, 1, 16, 125, 126, 1000][random.below(6)];
        let limits = MessageLimits { message_max, frame_max: [1000, 64][random.below(2)], fragments_max: 3 };
        let rig = Rig { limits, deflates: random.below(4) == 0 };
        let plain: Vec<u8> = (0..=random.below(2)).flat_map(|_| random.frame()).collect();
        rig.at_every_cut(Role::Client, &plain);
        rig.at_every_cut(Role::Server, &masked(&plain));
    }
}

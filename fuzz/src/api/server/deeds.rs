//! What an input can have done among a server and its peers: one deed for each octet.

use super::world::World;
use super::{calls, peer_deeds};
use crate::api::input::Input;
use crate::api::trace::note;

type Deed = fn(&mut World, &mut Input);

/// Those that are to be done often stand here more than once. Their order is what recorded inputs mean.
const DEEDS: [(&str, Deed); 32] = [
    ("connect", peer_deeds::connect),
    ("connect", peer_deeds::connect),
    ("open", peer_deeds::open_websocket),
    ("open", peer_deeds::open_websocket),
    ("shake", peer_deeds::shake),
    ("shake", peer_deeds::shake),
    ("say", peer_deeds::say),
    ("say", peer_deeds::say),
    ("say", peer_deeds::say),
    ("say", peer_deeds::say),
    ("flood", peer_deeds::flood),
    ("flood", peer_deeds::flood),
    ("burst", peer_deeds::burst),
    ("read", peer_deeds::read),
    ("read", peer_deeds::read),
    ("leave", peer_deeds::leave),
    ("turn", turn),
    ("turn", turn),
    ("turn", turn),
    ("next", next),
    ("next", next),
    ("act", calls::act),
    ("act", calls::act),
    ("act", calls::act),
    ("act", calls::act),
    ("act", calls::act),
    ("topic", calls::topic),
    ("topic", calls::topic),
    ("post", calls::post),
    ("hold", calls::hold),
    ("stale", calls::stale),
    ("end", calls::end),
];

pub fn one(world: &mut World, input: &mut Input) {
    let (name, deed) = DEEDS[usize::from(input.octet()) % DEEDS.len()];
    note(format_args!("{name}"));
    deed(world, input);
}

fn turn(world: &mut World, _: &mut Input) {
    world.turn();
}

fn next(world: &mut World, _: &mut Input) {
    world.next(0);
}

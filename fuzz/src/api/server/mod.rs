//! A `ww_server` among peers, from an input: one thread is the application and all its peers, so that what they say comes in one order.

mod calls;
mod conns;
mod deeds;
mod events;
mod handle;
mod loans;
mod peer_deeds;
mod peers;
mod posts;
mod pump;
mod script;
mod stream;
mod world;

use super::input::Input;
use world::World;

/// Runs an input from the first call to the last.
pub fn run(octets: &[u8]) {
    let mut input = Input::new(octets);
    let mut world = World::new(&mut input);
    while !input.is_over() && !world.is_drained {
        deeds::one(&mut world, &mut input);
        world.check();
    }
    world.end();
}

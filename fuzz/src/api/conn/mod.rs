//! One connection of the C API, or two that are wired to each other, from an input.

mod acts;
mod deeds;
mod end;
mod events;
mod handle;
mod heard;
mod settle;
mod shown;
mod speech;
mod tokens;
mod transport;
mod wires;
mod world;
mod write;
mod write_file;
mod write_websocket;

use super::input::Input;
use world::World;

/// Runs an input from the first call to the last.
pub fn run(octets: &[u8]) {
    let mut input = Input::new(octets);
    let mut world = World::new(&mut input);
    while !input.is_over() {
        deeds::one(&mut world, &mut input);
        world.check();
    }
    world.end(&mut input);
}

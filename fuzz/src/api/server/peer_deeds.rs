//! What peers do: they come, say something, read or do not, and go.

use super::peers::Peer;
use super::script;
use super::world::{LISTENERS, World};
use crate::api::input::Input;
use crate::api::peer;

const PEERS_MAX: usize = 6;

/// A peer comes, with TLS as often as without.
pub fn connect(world: &mut World, input: &mut Input) {
    if world.peers.len() < PEERS_MAX {
        let listener = usize::from(input.octet()) % LISTENERS;
        let address = world.addresses[listener].clone();
        world.peers.extend(Peer::new(&address, matches!(listener, 1 | 2)));
    }
}

/// A peer comes and opens a WebSocket, which the application takes.
pub fn open_websocket(world: &mut World, input: &mut Input) {
    connect(world, input);
    let Some(peer) = world.peers.last_mut() else { return };
    peer.say(peer::REQUESTS[1 + usize::from(input.octet() & 1)]);
    shake(world, input);
    if let Some(conn) = world.conns.pick(0) {
        script::upgrade(world, conn);
        shake(world, input);
    }
}

/// One of the peers; the newest for 0.
fn some_peer<'w>(world: &'w mut World, input: &mut Input) -> Option<&'w mut Peer> {
    let count = world.peers.len();
    let number = usize::from(input.octet());
    if count == 0 { None } else { world.peers.get_mut(count - 1 - number % count) }
}

/// Peers and server exchange what they have until a handshake would be done.
pub fn shake(world: &mut World, _: &mut Input) {
    for _ in 0..4 {
        for peer in &mut world.peers {
            peer.write();
            peer.read(4096);
            peer.write();
        }
        world.turn();
    }
}

pub fn say(world: &mut World, input: &mut Input) {
    let Some(peer) = some_peer(world, input) else { return };
    let octets = peer::say(true, peer.is_websocket, input);
    peer.say(&octets);
    if !input.rarely(4) {
        peer.write();
    }
}

/// A peer says so many messages of 8 KiB and reads nothing.
pub fn flood(world: &mut World, input: &mut Input) {
    let count = input.octet() & 63;
    let is_websocket = some_peer(world, input).is_some_and(|peer| peer.is_websocket);
    let octets = if is_websocket { peer::frame(0x82, 8192, true) } else { peer::REQUESTS[0].to_vec() };
    for _ in 0..count {
        let Some(peer) = world.peers.last_mut() else { return };
        peer.say(&octets);
        peer.write();
        world.turn();
    }
}

/// Some messages and the end of TLS, or of the transport, at once.
pub fn burst(world: &mut World, input: &mut Input) {
    let (count, ends) = (1 + (input.octet() & 7), input.octet());
    let Some(peer) = some_peer(world, input) else { return };
    for _ in 0..count {
        let octets = if peer.is_websocket { peer::frame(0x82, 4000, true) } else { peer::REQUESTS[0].to_vec() };
        peer.say(&octets);
    }
    if ends & 3 != 0 {
        peer.close_tls();
    }
    peer.write();
    if ends & 12 == 12 {
        peer.half_close();
    }
    world.turn();
}

pub fn read(world: &mut World, input: &mut Input) {
    let most = 1 + (usize::from(input.octet()) << 8);
    if let Some(peer) = some_peer(world, input) {
        peer.read(most);
    }
}

/// A peer ends its side or goes; what it did not read resets the connection.
pub fn leave(world: &mut World, input: &mut Input) {
    let choice = input.octet() & 7;
    let count = world.peers.len();
    match some_peer(world, input) {
        Some(peer) if choice < 3 => peer.half_close(),
        Some(peer) if choice < 5 => {
            peer.close_tls();
            peer.write();
        }
        Some(_) => drop(world.peers.remove(usize::from(choice) % count)),
        None => {}
    }
}

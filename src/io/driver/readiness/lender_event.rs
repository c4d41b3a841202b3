//! Events of sockets that [lend](super::lender) octets.

use super::super::{Event, Key};
use super::batch::Batch;
use super::input::Input;
use super::registry::Registry;
use super::source::Source;
use super::watch::Watch;
use super::{bits, flag};

/// Handles one: octets are released, or something else happened. A release looks like an error.
#[cold]
pub(super) fn handle<S: Watch>(
    batch: &mut Batch<S::Event>,
    input: &mut Input,
    registry: &mut Registry<S>,
    key: Key,
    mut bits: u32,
) -> Option<Event> {
    if bits & bits::ERROR != 0 {
        let looked = registry.lender(key)?.look();
        bits &= if looked.is_error { !0 } else { !bits::ERROR };
        if looked.release.is_some() || bits == 0 {
            batch.retain(bits);
            return looked.release.map(Event::Released);
        }
    }
    let source = registry.source(key)?;
    if source.has(flag::RECEIVE) && bits & S::RECEIVABLE != 0 {
        batch.retain(bits & bits::ROOM);
        return input.receive_for(registry, key, bits);
    }
    beside_receives(batch, source, bits)
}

/// Handles what is not for a receive.
fn beside_receives<S: Watch>(batch: &mut Batch<S::Event>, source: Source<'_, S>, bits: u32) -> Option<Event> {
    if source.has(flag::POLL) {
        batch.advance();
        return source.ready(bits);
    }
    if bits & bits::INPUT != 0 {
        batch.retain_room(bits);
        return source.stray_input(bits);
    }
    batch.advance();
    source.room()
}

//! What a poll is started for, and what else there are packets of: the flags of an entry that are the [set](super::set::Set)'s own, and the events of AFD.

use super::super::readiness::flag;
use crate::io::sys::afd;
use crate::io::sys::port::Context;

/// A poll for this is in progress.
pub(super) const INPUT: u32 = 1 << 11;
pub(super) const OUTPUT: u32 = 1 << 12;
pub(super) const END: u32 = 1 << 13;
/// The key is among those whose polls may have to start.
pub(super) const PENDING: u32 = 1 << 10;

const _: () = assert!(INPUT | OUTPUT | END | PENDING == flag::OF_SET);

/// The context of the waker's packets: no poll has it.
pub(super) const WAKER_CONTEXT: Context = Context::MAX;

/// The context of a packet that tells of nothing but work: no poll has it.
pub(super) const ANNOUNCED: Context = Context::MAX - 1;

/// What operations and state require.
pub(super) const fn wanted(flags: u32) -> u32 {
    let input = if flags & flag::READS != 0 { INPUT } else { 0 };
    let output = if flags & flag::WRITES != 0 { OUTPUT } else { 0 };
    let end = if flags & (flag::STREAM | flag::FAILED) == flag::STREAM { END } else { 0 };
    input | output | end
}

/// The events of a poll that gives what is wanted. After the peer's end only a failure is news.
pub(super) fn events_of(wanted: u32, flags: u32) -> u32 {
    let pick = |flag: u32, events: u32| if wanted & flag != 0 { events } else { 0 };
    let end = if flags & flag::ENDED == 0 { afd::DISCONNECT } else { 0 };
    pick(INPUT, afd::RECEIVE | afd::ACCEPT | afd::DISCONNECT | afd::ABORT)
        | pick(OUTPUT, afd::SEND | afd::CONNECT_FAIL | afd::ABORT)
        | pick(END, afd::ABORT | end)
}

//! Which filters of a descriptor are watched, which are wanted, and the changes in between. Makes no system call.

use super::super::readiness::flag;
use crate::io::sys::kqueue::event::{Change, Event, Filter};
use std::os::fd::RawFd;

/// The read filter is watched, by levels.
pub const LEVEL: u32 = 1 << 10;
/// With [`LEVEL`], it has reported what nobody wants. Alone, the read filter is watched for ends only.
pub const UNWANTED: u32 = 1 << 11;
/// The write filter is watched.
pub const ROOM: u32 = 1 << 12;
/// The entry waits for its changes.
pub const PENDING: u32 = 1 << 13;

const READ: u32 = LEVEL | UNWANTED;
const ENDS: u32 = UNWANTED;

const _: () = assert!(READ | ROOM | PENDING == flag::OF_SET);

/// The most changes of one descriptor.
pub const CHANGES_MAX: usize = 3;

/// What the operations need.
pub const fn needed(flags: u32) -> u32 {
    let read = if flags & flag::READS != 0 { LEVEL } else { 0 };
    let write = if flags & flag::WRITES != 0 { ROOM } else { 0 };
    read | write
}

/// What should be watched: what is needed, and the ends of a stream. A read filter stays as it is until it has reported
/// something unwanted: its owner may well need it again.
pub const fn target(flags: u32) -> u32 {
    let needed = needed(flags);
    if needed & LEVEL != 0 || flags & READ == LEVEL {
        needed | LEVEL
    } else if flags & (flag::STREAM | flag::FAILED) == flag::STREAM {
        needed | ENDS
    } else {
        needed
    }
}

/// Whether something else is watched than should be.
pub const fn differ(flags: u32) -> bool {
    flags & (READ | ROOM) != target(flags)
}

/// The changes from what is watched to what should be.
pub fn changes(flags: u32, index: u32, generation: u32) -> [Option<Event>; CHANGES_MAX] {
    let make = |filter, change| Some(Event::change(index as RawFd, filter, change, generation as usize));
    let (has, wants) = (flags & READ, target(flags) & READ);
    let has_level = has & LEVEL != 0;
    // Whether a filter reports by levels is decided when it is added.
    let removes = has != 0 && (has_level != (wants == LEVEL) || wants == 0);
    let read = match wants {
        LEVEL if !has_level => Some(Change::Level),
        // Also if it is watched so: a receive that has taken octets may have taken the event of the end.
        ENDS => Some(Change::Ends),
        _ => None,
    };
    let write = match (flags & ROOM != 0, target(flags) & ROOM != 0) {
        (false, true) => Some(Change::Level),
        (true, false) => Some(Change::Remove),
        _ => None,
    };
    [
        if removes { make(Filter::Read, Change::Remove) } else { None },
        read.and_then(|change| make(Filter::Read, change)),
        write.and_then(|change| make(Filter::Write, change)),
    ]
}

/// The changes to watch nothing.
pub fn removals(flags: u32, index: u32) -> impl Iterator<Item = Event> {
    let make = move |filter| Event::change(index as RawFd, filter, Change::Remove, 0);
    let read = (flags & READ != 0).then(|| make(Filter::Read));
    let write = (flags & ROOM != 0).then(|| make(Filter::Write));
    read.into_iter().chain(write)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is watched, what operations and state there are, and the changes as text.
    #[test]
    fn changes_lead_from_what_is_watched_to_what_should_be() {
        let stream = flag::LIVE | flag::STREAM;
        for (flags, expected) in [
            (flag::LIVE, ""),
            (flag::LIVE | flag::ACCEPT, "+read"),
            (flag::LIVE | flag::CONNECT, "+write"),
            (stream | flag::RECEIVE | flag::SEND, "+read +write"),
            (stream | flag::RECEIVE | LEVEL, ""),
            (stream | flag::RECEIVE | LEVEL | UNWANTED, ""),
            (stream | LEVEL, ""),
            (stream | LEVEL | flag::SEND, "+write"),
            (stream | LEVEL | UNWANTED, "-read +ends"),
            (stream | LEVEL | UNWANTED | flag::FAILED, "-read"),
            (stream, "+ends"),
            (stream | UNWANTED, "+ends"),
            (stream | UNWANTED | flag::RECEIVE, "-read +read"),
            (stream | UNWANTED | flag::FAILED, "-read"),
            (flag::LIVE | LEVEL | UNWANTED, "-read"),
            (flag::LIVE | ROOM, "-write"),
            (flag::LIVE | ROOM | flag::SEND, ""),
        ] {
            let changes: Vec<_> = changes(flags, 3, 7).iter().flatten().map(|change| change.word()).collect();
            assert_eq!(changes.join(" "), expected, "{flags:b}");
            let after = (flags & !flag::OF_SET) | target(flags);
            assert!(!differ(after), "{flags:b}");
        }
    }
}

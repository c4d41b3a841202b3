//! Memory pressure: the largest holders are ended before others are refused memory.
//!
//! An eighth of the memory is a reserve. When it is touched, the largest holders are ended until the reserve and half as
//! much again is free. If those that may be ended do not hold that much, they all end, and nobody else does. Memory of an
//! ended connection is freed in its own turn, so it already counts as free.
//!
//! A check costs time per connection. Between two checks memory must have grown by a sixteenth, or by a sixty-fourth if
//! the last one did not help.

use super::topics::Topics;
use super::turns::Turns;
use crate::conn::{CLASSES, class};
use crate::error::{Code, Fault};

static LARGEST: Fault =
    Fault::new(Code::Nomem, 0, c"H1-LIM-07", c"memory runs short, and this connection held most of it");

/// Connections that hold less are never ended: enough for a head being received, with its field table.
const FLOOR: usize = 8 << 10;

/// When to check.
pub(super) struct Pressure {
    /// The level at which the reserve is touched, and the level of the next check, which is higher if the last one did
    /// not help.
    base: usize,
    mark: usize,
    reserve: usize,
}

impl Pressure {
    pub fn new(memory_max: usize) -> Self {
        let reserve = memory_max / 8;
        Self { base: memory_max - reserve, mark: memory_max - reserve, reserve }
    }

    /// The level below which memory use should be after a check.
    fn goal(&self) -> usize {
        self.base.saturating_sub(self.reserve / 2)
    }

    /// The level of the next check at this memory use.
    fn due_from(&self, used: usize) -> usize {
        self.base.max(used.saturating_add(self.reserve / 8))
    }

    /// A check began at this memory use; ended connections have not freed theirs yet.
    fn begin_check(&mut self, used: usize) {
        self.mark = self.due_from(used);
    }

    /// Lowers the next check when memory was freed.
    pub fn note(&mut self, used: usize) {
        self.mark = self.mark.min(self.due_from(used));
    }

    /// Whether memory runs short at this use.
    #[inline(always)]
    pub fn is_short(&self, used: usize) -> bool {
        used > self.mark
    }

    /// Ends the largest holders.
    pub fn end_largest(&mut self, turns: &mut Turns, topics: &Topics) {
        turns.end_fast_turn();
        let used = turns.engine().workspace().heap().used();
        let mut holders = Holders { turns, topics };
        let held = holders.held();
        let mut wanted = used.saturating_sub(self.goal()).saturating_sub(held.ending);
        let least = held.least_class(wanted);
        holders.end(&mut wanted, |class| class > least);
        holders.end(&mut wanted, |class| class == least);
        self.begin_check(used);
    }
}

/// All connections, by memory held.
struct Holders<'a> {
    turns: &'a mut Turns,
    topics: &'a Topics,
}

impl Holders<'_> {
    /// The totals.
    fn held(&self) -> Held {
        let mut held = Held { ending: 0, classes: [0; CLASSES] };
        for index in 0..self.turns.slots().len() {
            let Some(holder) = self.holder(index) else { continue };
            if holder.is_ending {
                held.ending += holder.octets;
            } else if holder.octets > FLOOR {
                held.classes[holder.class()] += holder.octets;
            }
        }
        held
    }

    fn holder(&self, index: u32) -> Option<Holder> {
        let conn = self.turns.slots().conn(index)?;
        let octets = conn.shown(self.turns.engine().workspace()).memory() + self.topics.memory(index);
        Some(Holder { octets, is_ending: conn.has_ended() })
    }

    /// Ends those whose class may be ended, until `wanted` octets will be freed.
    fn end(&mut self, wanted: &mut usize, pays: impl Fn(usize) -> bool) {
        for index in 0..self.turns.slots().len() {
            if *wanted == 0 {
                return;
            }
            let holder = self.holder(index).filter(|holder| !holder.is_ending && holder.octets > FLOOR);
            let Some(holder) = holder.filter(|holder| pays(holder.class())) else { continue };
            let (slots, engine) = self.turns.slots_and_engine();
            if let Some(live) = slots.get_mut(index).live.as_mut() {
                let now = engine.now();
                live.conn.ending(engine.workspace_mut()).evict(LARGEST.at(0), now);
                *wanted = wanted.saturating_sub(holder.octets);
                engine.stats_mut().memory_evicted += 1;
                slots.make_due(index);
            }
        }
    }
}

/// The memory of a connection.
struct Holder {
    octets: usize,
    /// It has ended, and all of it is freed in its own turn.
    is_ending: bool,
}

impl Holder {
    fn class(&self) -> usize {
        class(self.octets).into()
    }
}

/// The memory of all connections.
struct Held {
    /// Of ended connections.
    ending: usize,
    /// Of those that may be ended, by class.
    classes: [usize; CLASSES],
}

impl Held {
    /// The lowest class such that it and those above hold this many octets.
    fn least_class(&self, octets: usize) -> usize {
        let mut sum = 0;
        let is_enough = |class: &usize| {
            sum += self.classes[*class];
            sum >= octets
        };
        (0..CLASSES).rev().find(is_enough).unwrap_or(0)
    }
}

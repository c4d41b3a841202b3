//! Memory that runs short: the connections that hold most of it end, before those that hold nothing are refused any.
//!
//! An eighth of the memory is kept in reserve. Once it is touched all connections are looked at, and the largest holders end until half
//! of it is more than free. Where those that may pay do not hold so much, they end, and nobody else does. What a connection held comes
//! back in its own turn, so what those that have ended hold counts as free.
//!
//! A look costs by the number of connections. Between two of them peers have made memory grow by a sixteenth, or by a sixty-fourth at
//! least where the one before has not helped.

use super::topics::Topics;
use super::turns::Turns;
use crate::conn::{CLASSES, class};
use crate::error::{Code, Fault};

static LARGEST: Fault =
    Fault::new(Code::Nomem, 0, c"H1-LIM-07", c"memory runs short, and this connection held most of it");

/// Who holds no more does not pay, however short memory is: an ordinary head that is being received, with its field table.
const FLOOR: usize = 8 << 10;

/// When to look.
pub(super) struct Pressure {
    /// The memory beyond which the reserve is touched, and what is in use where the next look is due: later, where one has not helped.
    base: usize,
    mark: usize,
    reserve: usize,
}

impl Pressure {
    pub fn new(memory_max: usize) -> Self {
        let reserve = memory_max / 8;
        Self { base: memory_max - reserve, mark: memory_max - reserve, reserve }
    }

    /// What there is less than to be in use after a look.
    fn goal(&self) -> usize {
        self.base.saturating_sub(self.reserve / 2)
    }

    /// Where the next look is due, if so much is in use.
    fn due_from(&self, used: usize) -> usize {
        self.base.max(used.saturating_add(self.reserve / 8))
    }

    /// So much was in use when a look began: those that end have not given all of theirs back.
    fn looked(&mut self, used: usize) {
        self.mark = self.due_from(used);
    }

    /// Where memory has come back the next look is due earlier.
    pub fn note(&mut self, used: usize) {
        self.mark = self.mark.min(self.due_from(used));
    }

    /// Whether memory runs short, if so much is in use.
    #[inline(always)]
    pub fn is_short(&self, used: usize) -> bool {
        used > self.mark
    }

    /// Looks at all connections, and ends the largest holders.
    pub fn end_largest(&mut self, turns: &mut Turns, topics: &Topics) {
        turns.leave_lane();
        let used = turns.engine().workspace().heap().used();
        let mut holders = Holders { turns, topics };
        let held = holders.held();
        let mut wanted = used.saturating_sub(self.goal()).saturating_sub(held.ending);
        let least = held.least_class(wanted);
        holders.end(&mut wanted, |class| class > least);
        holders.end(&mut wanted, |class| class == least);
        self.looked(used);
    }
}

/// All connections, by what they hold.
struct Holders<'a> {
    turns: &'a mut Turns,
    topics: &'a Topics,
}

impl Holders<'_> {
    /// What all of them hold.
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

    /// Ends those whose class pays, until so many octets are on their way back.
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

/// What a connection holds.
struct Holder {
    octets: usize,
    /// It has ended, and all of it comes back in its own turn.
    is_ending: bool,
}

impl Holder {
    fn class(&self) -> usize {
        class(self.octets).into()
    }
}

/// What all connections hold together.
struct Held {
    /// Those that have ended.
    ending: usize,
    /// Those that may pay, by class.
    classes: [usize; CLASSES],
}

impl Held {
    /// Those of which class and above hold so many octets together.
    fn least_class(&self, octets: usize) -> usize {
        let mut sum = 0;
        let is_enough = |class: &usize| {
            sum += self.classes[*class];
            sum >= octets
        };
        (0..CLASSES).rev().find(is_enough).unwrap_or(0)
    }
}

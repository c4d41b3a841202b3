//! Memory that runs short: the connections that hold most of it end, before those that hold nothing are refused any.
//!
//! An eighth of the memory is kept in reserve. Once it is touched all connections are looked at, and the largest holders end until half
//! of it is more than free. So a look costs by the number of connections, and comes once for each sixteenth of the memory that peers
//! make grow.

use super::Server;
use crate::conn::{CLASSES, class};
use crate::error::{Code, Fault};

static LARGEST: Fault =
    Fault::new(Code::Nomem, 0, c"H1-LIM-07", c"memory runs short, and this connection held most of it");

/// Who holds nothing does not pay, however short memory is: an idle connection has only itself.
const FLOOR: usize = 1 << 10;

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

    /// So much is in use after a look.
    fn looked(&mut self, used: usize) {
        self.mark = self.base.max(used.saturating_add(self.reserve / 8));
    }
}

impl Server {
    /// Looks after the memory, where it runs short.
    #[inline(always)]
    pub(super) fn relieve(&mut self) {
        if self.ws.heap().used() > self.pressure.mark {
            self.end_largest();
        }
    }

    /// The same between two batches, when a look that did not help is forgotten where memory has come back by itself.
    pub(super) fn relieve_batch(&mut self) {
        if self.ws.heap().used() < self.pressure.base {
            self.pressure.mark = self.pressure.base;
        }
        self.relieve();
    }

    #[cold]
    fn end_largest(&mut self) {
        self.leave_lane();
        let goal = self.pressure.goal();
        let least = self.least_class(self.ws.heap().used().saturating_sub(goal));
        self.end_holders(|class, _| class > least);
        self.end_holders(|class, used| class == least && used > goal);
        self.pressure.looked(self.ws.heap().used());
    }

    /// Those of which class and above hold so many octets together.
    fn least_class(&self, octets: usize) -> usize {
        let mut held = [0; CLASSES];
        for index in 0..self.slots.len() {
            if let Some((class, octets)) = self.holder(index) {
                held[class] += octets;
            }
        }
        let mut sum = 0;
        let is_enough = |class: &usize| {
            sum += held[*class];
            sum >= octets
        };
        (0..CLASSES).rev().find(is_enough).unwrap_or(0)
    }

    /// What a connection holds, with its class; `None` where it is not so much that it pays.
    fn holder(&self, index: u32) -> Option<(usize, usize)> {
        let octets = self.slots.conn(index)?.memory(&self.ws);
        (octets > FLOOR).then(|| (class(octets).into(), octets))
    }

    /// Ends those for whose class and the memory then in use it is to be.
    fn end_holders(&mut self, pays: impl Fn(usize, usize) -> bool) {
        for index in 0..self.slots.len() {
            let Some((class, _)) = self.holder(index) else { continue };
            if pays(class, self.ws.heap().used())
                && let Some(live) = self.slots.get_mut(index).live.as_mut()
            {
                live.conn.evict(&mut self.ws, LARGEST.at(0), self.time.now);
                self.stats.memory_evicted += 1;
                self.slots.make_due(index);
            }
        }
    }
}

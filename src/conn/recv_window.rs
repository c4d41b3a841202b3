//! The input of a connection: held bytes, then the lend, as one window after the other.

use super::event::Window;
use super::workspace::{HeldPool, Index, NONE};
use crate::error::Error;
use crate::narrow::place;

/// How much of a lend is joined to held bytes at a time when a head spans both.
const JOIN: usize = 1024;

/// Positions only: the lent octets come with each call.
pub struct RecvWindow {
    held: Index,
    /// Used octets of the held buffer.
    held_at: u32,
    /// Length of the lend, and its used octets.
    lent: u32,
    lent_at: u32,
}

impl RecvWindow {
    pub const fn new() -> Self {
        Self { held: NONE, held_at: 0, lent: 0, lent_at: 0 }
    }

    /// Starts a lend of `len` octets. The previous one was drained.
    #[inline]
    pub fn lend(&mut self, len: usize) {
        self.lent = place(len);
        self.lent_at = 0;
    }

    /// The lend was opened in place to its first `len` octets. The lend stays open until `next` returns not-ready, even
    /// when it is empty.
    #[cfg(feature = "tls")]
    pub fn opened(&mut self, len: usize) {
        debug_assert!(len < self.lent as usize, "a record is longer than its plaintext");
        self.lent = place(len.max(1));
        self.lent_at = self.lent - place(len);
    }

    /// Whether a lend is open.
    #[inline]
    pub fn is_lent(&self) -> bool {
        self.lent != 0
    }

    /// Whether `input` has all octets of the lend.
    #[inline]
    pub fn fits(&self, input: &[u8]) -> bool {
        self.lent as usize <= input.len()
    }

    /// The number of unused held octets.
    #[inline]
    pub fn held_len(&self, pool: &HeldPool) -> usize {
        // An evicted buffer is empty, whatever was used before.
        if self.held == NONE { 0 } else { pool.get(self.held).len().saturating_sub(self.held_at as usize) }
    }

    /// Memory of the held buffer.
    pub fn memory(&self, pool: &HeldPool) -> usize {
        if self.held == NONE { 0 } else { pool.get(self.held).capacity() }
    }

    /// Whether no octet is left.
    #[inline]
    pub fn is_empty(&self, pool: &HeldPool) -> bool {
        self.lent == self.lent_at && self.held_len(pool) == 0
    }

    /// Whether octets are held.
    #[inline(always)]
    pub fn is_held(&self) -> bool {
        self.held != NONE
    }

    /// Whether held octets were evicted. Later ones are not stored either.
    #[inline(always)]
    pub fn is_evicted(&self, pool: &HeldPool) -> bool {
        self.held != NONE && pool.is_evicted(self.held)
    }

    /// Whether any octet is left, or was until it was evicted.
    pub fn has_or_had_octets(&self, pool: &HeldPool) -> bool {
        !self.is_empty(pool) || self.is_evicted(pool)
    }

    /// Whether the lend is used up.
    #[inline(always)]
    pub fn is_drained(&self) -> bool {
        self.lent == self.lent_at
    }

    /// The rest of the lend, and its offset. Empty if `lent` is not that lend.
    #[inline(always)]
    pub fn rest_of_lend<'a>(&self, lent: &'a [u8]) -> (u32, &'a [u8]) {
        (self.lent_at, lent.get(self.lent_at as usize..self.lent as usize).unwrap_or_default())
    }

    /// The same, mutable.
    #[inline(always)]
    pub fn rest_of_lend_mut<'a>(&self, lent: &'a mut [u8]) -> (u32, &'a mut [u8]) {
        (self.lent_at, lent.get_mut(self.lent_at as usize..self.lent as usize).unwrap_or_default())
    }

    /// The whole held buffer.
    #[inline]
    pub fn held<'a>(&self, pool: &'a HeldPool) -> &'a [u8] {
        if self.held == NONE { &[] } else { pool.get(self.held) }
    }

    /// The whole held buffer, mutable.
    pub fn held_mut<'a>(&self, pool: &'a mut HeldPool) -> &'a mut [u8] {
        if self.held == NONE { &mut [] } else { pool.get_mut(self.held) }
    }

    /// The next unused octets, with their window and offset in it: held bytes first.
    #[inline]
    pub fn window<'a>(&self, pool: &'a mut HeldPool, lent: &'a mut [u8]) -> (Window, u32, &'a mut [u8]) {
        if self.held != NONE && (self.held_at as usize) < pool.get(self.held).len() {
            let bytes = pool.get_mut(self.held);
            return (Window::Held, self.held_at, &mut bytes[self.held_at as usize..]);
        }
        (Window::Lent, self.lent_at, &mut lent[self.lent_at as usize..self.lent as usize])
    }

    /// The next unused octet, if available: held, or in `lent`.
    pub fn first(&self, pool: &HeldPool, lent: &[u8]) -> Option<u8> {
        let held = self.held(pool).get(self.held_at as usize..).unwrap_or_default();
        held.first().or(self.rest_of_lend(lent).1.first()).copied()
    }

    /// Marks `n` octets of that window as used.
    #[inline]
    pub fn consume(&mut self, window: Window, n: usize) {
        match window {
            Window::Held => self.held_at += place(n),
            _ => self.lent_at += place(n),
        }
    }

    /// Moves a stretch of the lend to the held bytes, to make what spans both contiguous; `false`: the lend is used up.
    pub fn join(&mut self, pool: &mut HeldPool, lent: &[u8]) -> Result<bool, Error> {
        let rest = &lent[self.lent_at as usize..self.lent as usize];
        let step = rest.len().min(JOIN);
        self.lent_at += place(step);
        self.append(pool, &rest[..step])?;
        Ok(step != 0)
    }

    /// Ends the lend: holds what is left of it.
    #[inline]
    pub fn stash(&mut self, pool: &mut HeldPool, lent: &[u8]) -> Result<(), Error> {
        let (from, to) = (self.lent_at as usize, self.lent as usize);
        (self.lent, self.lent_at) = (0, 0);
        if from == to { Ok(()) } else { self.append(pool, &lent[from..to]) }
    }

    /// Holds octets that precede the rest of the lend. No event may point to held octets.
    #[inline(never)]
    pub fn append(&mut self, pool: &mut HeldPool, bytes: &[u8]) -> Result<(), Error> {
        if bytes.is_empty() || self.is_evicted(pool) {
            return Ok(());
        }
        if self.held == NONE {
            self.held = pool.take()?;
        }
        if self.held_at != 0 {
            pool.get_mut(self.held).drain(..self.held_at as usize);
            self.held_at = 0;
        }
        pool.append(self.held, bytes)
    }

    /// Frees the held buffer if it is used up, or else starts to use it. No event may point into it.
    #[inline]
    pub fn trim(&mut self, pool: &mut HeldPool) {
        if self.held != NONE {
            self.trim_held(pool);
        }
    }

    fn trim_held(&mut self, pool: &mut HeldPool) {
        // The mark of an eviction stays as long as the connection.
        if pool.is_evicted(self.held) {
            return;
        }
        if self.held_at as usize == pool.get(self.held).len() {
            pool.give_back(self.held);
            self.held = NONE;
            self.held_at = 0;
        } else {
            pool.begin_use(self.held);
        }
    }

    /// No event points into the held buffer until it is [trimmed](Self::trim) again: it may be evicted.
    #[inline]
    pub fn end_use(&mut self, pool: &mut HeldPool) {
        if self.held != NONE {
            pool.end_use(self.held);
        }
    }

    /// The lent octets are the owner's again.
    pub fn end_lend(&mut self) {
        (self.lent, self.lent_at) = (0, 0);
    }

    /// Marks everything as used; the octets stay until [`RecvWindow::trim`].
    pub fn use_up(&mut self, pool: &HeldPool) {
        self.lent_at = self.lent;
        if self.held != NONE {
            self.held_at = place(pool.get(self.held).len());
        }
    }

    /// Drops everything.
    pub fn clear(&mut self, pool: &mut HeldPool) {
        if self.held != NONE {
            pool.give_back(self.held);
        }
        *self = Self::new();
    }
}

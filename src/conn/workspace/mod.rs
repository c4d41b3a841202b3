//! The workspace: the memory shared by all connections of one loop, and what they need from outside.
//!
//! Slabs for heads, held bytes and output are taken on demand and returned when idle, so an idle connection is only its
//! own small struct. Everything comes from one [`Heap`] with a budget; failure is an error, never an abort. The owner
//! sets the wall clock (for Date). One thread at a time.

mod blocks;
mod entropy;
mod head;
mod head_slab;
mod heads;
mod held;
mod large;
mod lent;
mod message_budget;
mod pool;
mod ranks;
mod scratch;
mod unfinished;

use std::rc::Rc;

#[cfg(feature = "deflate")]
pub use blocks::BLOCK;
pub use blocks::{Block, Blocks};
pub use entropy::Entropy;
pub use head::{Head, HeadKind};
pub use head_slab::HeadSlab;
pub use heads::Heads;
pub use held::HeldPool;
pub use lent::{File, Lent, Place};
pub use pool::{Index, NONE};
#[cfg(feature = "service")]
pub use ranks::{CLASSES, Ranks, class};
#[cfg(feature = "deflate")]
pub use scratch::STRETCH;

use super::Config;
use crate::error::Error;
use crate::http1::head::choose_leaf;
use crate::http1::target::HostCache;
use crate::http1::write::{DateCache, FieldLineCache};
use crate::memory::{Heap, NO_MEMORY};
#[cfg(feature = "deflate")]
use crate::websocket::deflate::Codecs;

/// Maximum number of interned configs.
const CONFIGS: usize = 16;

/// The memory of one loop.
pub struct Workspace {
    pub(crate) blocks: Blocks,
    /// Blocks of TLS records, separate from plaintext blocks.
    #[cfg(feature = "tls")]
    pub(crate) records: Blocks,
    pub(crate) heads: Heads,
    pub(crate) held: HeldPool,
    pub(crate) date: Date,
    pub(crate) host_cache: HostCache,
    pub(crate) field_line_cache: FieldLineCache,
    pub(crate) entropy: Entropy,
    /// Shared by WebSockets with compression.
    #[cfg(feature = "deflate")]
    pub(crate) codecs: Codecs,
    configs: std::vec::Vec<Rc<Config>>,
    heap: Heap,
}

impl Workspace {
    /// Default for all memory: 1 GiB.
    pub const MEMORY_MAX: usize = 1 << 30;
    /// Default for held bytes: 64 MiB.
    pub const HELD_MAX: usize = 64 << 20;

    /// Default for unfinished messages: 128 MiB; see [`limit_messages`](Self::limit_messages).
    pub const MESSAGES_MAX: usize = 128 << 20;

    /// A workspace in `heap` whose connections hold at most `held_max` octets of unread input in total: beyond that the
    /// largest holder pays.
    pub fn new(heap: Heap, held_max: usize) -> Self {
        choose_leaf();
        Self {
            blocks: Blocks::new(&heap),
            #[cfg(feature = "tls")]
            records: Blocks::keeping(&heap, blocks::RECORD),
            heads: Heads::new(&heap, Self::MESSAGES_MAX),
            held: HeldPool::new(&heap, held_max),
            date: Date { cache: DateCache::new(), has_time: false },
            host_cache: HostCache::new(),
            field_line_cache: FieldLineCache::new(),
            entropy: Entropy::default(),
            #[cfg(feature = "deflate")]
            codecs: Codecs::new(&heap),
            configs: std::vec::Vec::new(),
            heap,
        }
    }

    /// Limits the incomplete messages that are to be delivered whole to `max` octets in total: beyond that the largest
    /// holder pays.
    pub fn limit_messages(&mut self, max: usize) {
        self.heads.limit_messages(max);
    }

    /// The numbers of evictions so far: of unread input, and of incomplete messages.
    pub fn evicted(&self) -> (u64, u64) {
        (self.held.evicted(), self.heads.evicted())
    }

    /// The heap, for other uses.
    pub fn heap(&self) -> &Heap {
        &self.heap
    }

    /// The number of blocks, slabs, buffers and codecs in use. Without connections it is 0, or something leaked.
    pub fn taken(&self) -> usize {
        #[cfg(feature = "tls")]
        let records = self.records.taken();
        #[cfg(not(feature = "tls"))]
        let records = 0;
        #[cfg(feature = "deflate")]
        let codecs = self.codecs.taken();
        #[cfg(not(feature = "deflate"))]
        let codecs = 0;
        self.blocks.taken() + records + self.heads.taken() + self.held.taken() + codecs
    }

    /// Sets the wall clock, in seconds since 1970. Responses have Date from the first call on.
    pub fn set_time(&mut self, unix_seconds: u64) {
        self.date.cache.set(unix_seconds);
        self.date.has_time = true;
    }

    /// Seeds the generator of masking keys and handshake keys with unpredictable octets not used for anything else.
    /// Without a seed a client cannot open a WebSocket.
    pub fn seed(&mut self, seed: [u8; 32]) {
        self.entropy.seed(seed);
    }

    /// A shared copy of `config`; equal configs share one. Fails like [`Config::check`], and with `Nomem`.
    pub fn intern(&mut self, config: &Config) -> Result<Rc<Config>, Error> {
        config.check()?;
        if let Some(known) = self.configs.iter().find(|known| ***known == *config) {
            return Ok(known.clone());
        }
        if self.configs.len() >= CONFIGS {
            self.configs.retain(|known| Rc::strong_count(known) > 1);
        }
        self.configs.try_reserve(1).map_err(|_| NO_MEMORY)?;
        let config = Rc::new(*config);
        self.configs.push(config.clone());
        Ok(config)
    }
}

/// Date, formatted once a second, if there is a clock.
pub(crate) struct Date {
    cache: DateCache,
    has_time: bool,
}

impl Date {
    /// The field, if the time is set.
    pub(crate) fn line(&self) -> Option<&DateCache> {
        self.has_time.then_some(&self.cache)
    }

    /// Seconds since 1970; 0 until the time is set.
    pub(crate) fn unix_seconds(&self) -> u64 {
        self.cache.unix_seconds()
    }
}

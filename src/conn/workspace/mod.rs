//! The workspace: the memory all connections of one loop share, and what they need of the world besides.
//!
//! Slabs for heads, held bytes and output are taken when a connection needs them and given back when it is idle, so an idle
//! connection is its own small struct. Everything comes from one [`Heap`] with a budget; failure is an error,
//! never an abort. The wall clock (for Date) is set by the owner. One thread at a time.

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

/// Configs remembered; connections of the same config share one.
const CONFIGS: usize = 16;

/// The memory of one loop.
pub struct Workspace {
    pub(crate) blocks: Blocks,
    /// Blocks of TLS records; apart from the others, which hold the plaintext they are made of.
    #[cfg(feature = "tls")]
    pub(crate) records: Blocks,
    pub(crate) heads: Heads,
    pub(crate) held: HeldPool,
    pub(crate) date: Date,
    pub(crate) host_cache: HostCache,
    pub(crate) field_line_cache: FieldLineCache,
    pub(crate) entropy: Entropy,
    /// Shared by the WebSockets that compress.
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

    /// A workspace over `heap` whose connections hold at most `held_max` octets of unread input in total: beyond that the
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

    /// From now on the messages whose end has not come hold at most `max` octets in total, where they are to be delivered whole: beyond
    /// that the largest holder pays.
    pub fn limit_messages(&mut self, max: usize) {
        self.heads.limit_messages(max);
    }

    /// How many connections lost what they held because it was too much for all, so far: unread input, and messages in the making.
    pub fn evicted(&self) -> (u64, u64) {
        (self.held.given_up(), self.heads.given_up())
    }

    /// The memory itself, for what lies beside the connections.
    pub fn heap(&self) -> &Heap {
        &self.heap
    }

    /// How many blocks, slabs, buffers and codecs are with connections. When none is left it is 0, or one was not given back.
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

    /// Sets the wall clock, in seconds since 1970. Responses carry Date from the first call on.
    pub fn set_time(&mut self, unix_seconds: u64) {
        self.date.cache.set(unix_seconds);
        self.date.has_time = true;
    }

    /// Seeds the generator of masking keys and handshake keys with octets that nobody can predict, and that were used for nothing
    /// else. Without a seed a client opens no WebSocket.
    pub fn seed(&mut self, seed: [u8; 32]) {
        self.entropy.seed(seed);
    }

    /// A shared copy of `config`: equal configs are one. Fails as [`Config::check`] does, and with `Nomem`.
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

/// Date, formatted once a second, when there is a clock.
pub(crate) struct Date {
    cache: DateCache,
    has_time: bool,
}

impl Date {
    /// The field, once the time is known.
    pub(crate) fn line(&self) -> Option<&DateCache> {
        self.has_time.then_some(&self.cache)
    }

    /// Seconds since 1970; 0 until the time is known.
    pub(crate) fn unix_seconds(&self) -> u64 {
        self.cache.unix_seconds()
    }
}

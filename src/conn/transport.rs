//! The transport of a connection: plain, or TLS.
//!
//! Six operations: [open](Transport::open) input, [seal](Transport::seal) output, handle [sent](Transport::sent)
//! output, the [end](Transport::end) of the transport, the [close_notify](Transport::close_notify), and
//! [abandon](Transport::abandon). The rest are queries. Uses the windows and queues passed in, and knows no protocol;
//! [`sealing`](super::sealing) applies the results to the connection.
//!
//! Whether the records are offloaded is stored in the layer: a third variant would take another word in every idle
//! connection.

use super::opened::Opened;
use super::recv_window::RecvWindow;
use super::send_queue::SendQueue;
use super::timers::Millis32;
#[cfg(feature = "tls")]
use super::tls::Layer;
use super::workspace::{Blocks, Workspace};
use crate::error::Error;
use crate::http1::machine::{NOT_NOW, Role};
#[cfg(feature = "tls")]
use crate::memory::Thin;

/// The transport of one connection.
pub enum Transport {
    /// Without TLS.
    Plain,
    /// TLS.
    #[cfg(feature = "tls")]
    Tls(Thin<Layer>),
}

/// Runs `body` on TLS; the default without it.
macro_rules! over {
    ($transport:expr, $plain:expr, $layer:ident => $body:expr) => {
        match $transport {
            Transport::Plain => $plain,
            #[cfg(feature = "tls")]
            Transport::Tls($layer) => $body,
        }
    };
}

#[cfg_attr(not(feature = "tls"), allow(unused_variables, reason = "a library without TLS hands everything on"))]
impl Transport {
    /// Decrypts the lend, once. `None`: it already is, or there is none.
    pub fn open(
        &mut self,
        recv: &mut RecvWindow,
        queue: &mut SendQueue,
        ws: &mut Workspace,
        lent: &mut [u8],
    ) -> Result<Option<Opened>, Error> {
        over!(self, Ok(None), layer => layer.open(recv, queue, ws, lent))
    }

    /// The lend is over.
    #[inline]
    pub fn end_lend(&mut self) {
        over!(self, (), layer => layer.end_lend());
    }

    /// Seals the queue, some way ahead of the transport.
    pub fn seal(&mut self, queue: &mut SendQueue, ws: &mut Workspace) -> Result<(), Error> {
        over!(self, Ok(()), layer => layer.seal(queue, ws))
    }

    /// The queue to send, and its blocks.
    #[inline(always)]
    pub fn outgoing<'q, 'w>(&'q self, queue: &'q SendQueue, ws: &'w Workspace) -> (&'q SendQueue, &'w Blocks) {
        over!(self, (queue, &ws.blocks), layer => match layer.records() {
            Some(records) => (records, &ws.records),
            None => (queue, &ws.blocks),
        })
    }

    /// The transport accepted the first `n` octets of that. `Some`: the connection cannot continue.
    pub fn sent(&mut self, queue: &mut SendQueue, ws: &mut Workspace, n: usize) -> Result<Option<Error>, Error> {
        over!(self, Err(NOT_NOW), layer => layer.sent(queue, ws, n))
    }

    /// The transport ended.
    pub fn end(&mut self, role: Role) {
        over!(self, (), layer => layer.end(role));
    }

    /// Our side ends: queues a close_notify after all other output, once.
    pub fn close_notify(&mut self, queue: &mut SendQueue, ws: &mut Workspace) -> Result<(), Error> {
        over!(self, Ok(()), layer => layer.close_notify(queue, &mut ws.records))
    }

    /// The error of TLS, if it failed.
    pub fn failure(&self) -> Option<Error> {
        over!(self, None, layer => layer.failure())
    }

    /// TLS failed: drops the queue. Returns whether nothing is left to send.
    pub fn fail(&mut self, queue: &mut SendQueue, ws: &mut Workspace, role: Role) -> bool {
        over!(self, true, layer => layer.fail(queue, ws, role))
    }

    /// The queue of records, to be held or let go, if they are the output.
    pub fn records_mut(&mut self) -> Option<&mut SendQueue> {
        over!(self, None, layer => layer.records_mut())
    }

    /// Gives out nothing more; records stay in place until [`Transport::clear`].
    pub fn abandon(&mut self) {
        over!(self, (), layer => layer.abandon());
    }

    /// Frees everything.
    pub fn clear(&mut self, ws: &mut Workspace) {
        over!(self, (), layer => layer.clear(&mut ws.records));
    }

    /// The start of a handshake in progress.
    pub fn handshake_since(&self) -> Option<Millis32> {
        over!(self, None, layer => layer.handshake_since())
    }

    /// Whether a handshake is in progress.
    pub fn is_handshaking(&self) -> bool {
        self.handshake_since().is_some()
    }

    /// Memory in octets.
    pub fn memory(&self, ws: &Workspace) -> usize {
        over!(self, 0, layer => layer.memory(&ws.records))
    }

    /// Whether output is copied and sealed here.
    #[inline(always)]
    pub fn seals(&self) -> bool {
        over!(self, false, layer => layer.seals())
    }

    /// Whether a half-close ends our side. When offloaded, only close_notify does: a half-close would cut off what the
    /// kernel has sealed and not sent.
    pub fn half_closes(&self) -> bool {
        over!(self, true, layer => layer.seals())
    }

    /// Whether the front of the queue would be accepted.
    pub fn has_room(&self) -> bool {
        over!(self, true, layer => layer.has_room())
    }

    /// Whether there is output for the transport, or will be on demand.
    #[inline(always)]
    pub fn has_output(&self, queue: &SendQueue) -> bool {
        over!(self, queue.queued() > 0, layer => layer.has_output(queue))
    }

    /// Whether further input is ignored, because the peer sent close_notify.
    pub fn ignores_input(&self) -> bool {
        over!(self, false, layer => layer.session().is_peer_closed())
    }

    /// Nothing more is expected: the transport can be closed as soon as everything is sent.
    pub fn skip_linger(&mut self) {
        over!(self, (), layer => layer.skip_linger());
    }

    /// Whether it can be closed so.
    pub fn skips_linger(&self) -> bool {
        over!(self, false, layer => layer.skips_linger())
    }

    /// The transport's bits of [`Conn::state`](super::Conn::state).
    pub fn bits(&self) -> u32 {
        over!(self, 0, layer => layer.bits())
    }

    /// Whether the records should be offloaded as soon as possible.
    #[inline(always)]
    pub fn wants_kernel(&self) -> bool {
        over!(self, false, layer => layer.wants_kernel())
    }

    /// Whether the records are offloaded.
    #[inline(always)]
    pub fn is_in_kernel(&self) -> bool {
        over!(self, false, layer => !layer.seals())
    }

    /// TLS, if there is any.
    #[cfg(feature = "tls")]
    pub fn layer(&self) -> Option<&Layer> {
        if let Self::Tls(layer) = self { Some(layer) } else { None }
    }

    /// Mutable access.
    #[cfg(feature = "tls")]
    pub fn layer_mut(&mut self) -> Option<&mut Layer> {
        if let Self::Tls(layer) = self { Some(layer) } else { None }
    }
}

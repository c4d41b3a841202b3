//! What lies between a connection and its socket: nothing, or TLS.
//!
//! Six verbs go through it: [open](Transport::open) what came, [seal](Transport::seal) what goes, take what was
//! [sent](Transport::sent), the [end](Transport::end) of the transport, the [close_notify](Transport::close_notify), and
//! [give up](Transport::abandon). The rest are questions. Uses the windows and queues that it is handed, and knows no protocol; what
//! an answer means for the connection is done in [`sealing`](super::sealing).
//!
//! That a kernel makes the records is kept in the layer: a third variant would have a word of its own in every idle connection.

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
    /// Octets go as they are.
    Plain,
    /// They go in records.
    #[cfg(feature = "tls")]
    Tls(Thin<Layer>),
}

/// What `body` says of TLS; what a connection without it says.
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
    /// The lend becomes plaintext, once. `None`: it was, or there is none.
    pub fn open(
        &mut self,
        recv: &mut RecvWindow,
        queue: &mut SendQueue,
        ws: &mut Workspace,
        lent: &mut [u8],
    ) -> Result<Option<Opened>, Error> {
        over!(self, Ok(None), layer => layer.open(recv, queue, ws, lent))
    }

    /// The lend is the owner's again.
    #[inline]
    pub fn end_lend(&mut self) {
        over!(self, (), layer => layer.end_lend());
    }

    /// What is queued becomes records, some way ahead of the transport.
    pub fn seal(&mut self, queue: &mut SendQueue, ws: &mut Workspace) -> Result<(), Error> {
        over!(self, Ok(()), layer => layer.seal(queue, ws))
    }

    /// What the transport is to take, and where it lies.
    #[inline(always)]
    pub fn outgoing<'q, 'w>(&'q self, queue: &'q SendQueue, ws: &'w Workspace) -> (&'q SendQueue, &'w Blocks) {
        over!(self, (queue, &ws.blocks), layer => match layer.records() {
            Some(records) => (records, &ws.records),
            None => (queue, &ws.blocks),
        })
    }

    /// The transport took the first `n` octets of that for good. `Some`: the connection cannot go on.
    pub fn sent(&mut self, queue: &mut SendQueue, ws: &mut Workspace, n: usize) -> Result<Option<Error>, Error> {
        over!(self, Err(NOT_NOW), layer => layer.sent(queue, ws, n))
    }

    /// The transport ends.
    pub fn end(&mut self, role: Role) {
        over!(self, (), layer => layer.end(role));
    }

    /// Our side ends: a close_notify is queued behind all other output, once.
    pub fn close_notify(&mut self, queue: &mut SendQueue, ws: &mut Workspace) -> Result<(), Error> {
        over!(self, Ok(()), layer => layer.close_notify(queue, &mut ws.records))
    }

    /// What has failed under the connection.
    pub fn failure(&self) -> Option<Error> {
        over!(self, None, layer => layer.failure())
    }

    /// It has: the queue is dropped. Whether nothing is left to be sent.
    pub fn fail(&mut self, queue: &mut SendQueue, ws: &mut Workspace, role: Role) -> bool {
        over!(self, true, layer => layer.fail(queue, ws, role))
    }

    /// Nothing is shown any more; it keeps its place until [`Transport::clear`].
    pub fn abandon(&mut self) {
        over!(self, (), layer => layer.abandon());
    }

    /// Everything is given back.
    pub fn clear(&mut self, ws: &mut Workspace) {
        over!(self, (), layer => layer.clear(&mut ws.records));
    }

    /// When a handshake began that is not done.
    pub fn handshake_since(&self) -> Option<Millis32> {
        over!(self, None, layer => layer.handshake_since())
    }

    /// Whether a handshake is waited for.
    pub fn is_handshaking(&self) -> bool {
        self.handshake_since().is_some()
    }

    /// Octets of memory.
    pub fn memory(&self, ws: &Workspace) -> usize {
        over!(self, 0, layer => layer.memory(&ws.records))
    }

    /// Whether what is sent is copied and seen here.
    #[inline(always)]
    pub fn seals(&self) -> bool {
        over!(self, false, layer => layer.seals())
    }

    /// Whether a half-close says that our side has ended. Where a kernel does the records a close_notify says it alone: what the
    /// kernel has sealed and not sent yet would be cut off.
    pub fn half_closes(&self) -> bool {
        over!(self, true, layer => layer.seals())
    }

    /// Whether what is at the front of the queue would be taken.
    pub fn has_room(&self) -> bool {
        over!(self, true, layer => layer.has_room())
    }

    /// Whether there are octets for the transport, or will be when they are asked for.
    #[inline(always)]
    pub fn has_output(&self, queue: &SendQueue) -> bool {
        over!(self, queue.queued() > 0, layer => layer.has_output(queue))
    }

    /// Whether what the peer still sends means nothing: its close_notify came.
    pub fn ignores_input(&self) -> bool {
        over!(self, false, layer => layer.session().is_peer_closed())
    }

    /// Nothing is awaited any more: the transport can be closed as soon as all is sent.
    pub fn hurry(&mut self) {
        over!(self, (), layer => layer.hurry());
    }

    /// Whether it can.
    pub fn hurries(&self) -> bool {
        over!(self, false, layer => layer.hurries())
    }

    /// What [`Conn::state`](super::Conn::state) says of it.
    pub fn bits(&self) -> u32 {
        over!(self, 0, layer => layer.bits())
    }

    /// Whether a kernel is to have the records as soon as it can.
    #[inline(always)]
    pub fn wants_kernel(&self) -> bool {
        over!(self, false, layer => layer.wants_kernel())
    }

    /// Whether the records are a kernel's.
    #[inline(always)]
    pub fn is_in_kernel(&self) -> bool {
        over!(self, false, layer => !layer.seals())
    }

    /// TLS, if there is any.
    #[cfg(feature = "tls")]
    pub fn layer(&self) -> Option<&Layer> {
        if let Self::Tls(layer) = self { Some(layer) } else { None }
    }

    /// The same, to be changed.
    #[cfg(feature = "tls")]
    pub fn layer_mut(&mut self) -> Option<&mut Layer> {
        if let Self::Tls(layer) = self { Some(layer) } else { None }
    }
}

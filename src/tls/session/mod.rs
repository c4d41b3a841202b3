//! The TLS session of one connection.
//!
//! The owner lends received octets with [`Session::recv`]. Complete records are decrypted in place, and their plaintext
//! is moved together to the front of the lend. An incomplete record is copied to workspace memory and completed from
//! the next lend; its plaintext comes first, in [`Session::opened`]. So a lend yields at most two stretches of
//! plaintext, in this order, and is consumed when `recv` returns:
//!
//! ```text
//! kept  [ first part of A ]
//! lend                     [ rest of A | record B | record C | part of D ]
//!
//! opened  [ plaintext of A ]
//! lend    [ plaintext of B and C |                            ]
//! kept  [ part of D ]
//! ```
//!
//! Between lends, a session without an incomplete record holds no buffer. The owner limits its plaintext by lending
//! only when it can process more.
//!
//! Output for the peer (handshake, alerts, [`Session::seal`]ed data) is written directly to a [`Sink`].
//!
//! A failure is final. Plaintext decrypted before it is delivered first, and the alert is in the sink by then. The
//! owner should limit the time in which [`Session::is_handshaking`] holds; the octets of the handshake are limited
//! here.

mod alert;
mod cipher;
mod control;
mod controls;
mod ending;
mod engine;
mod gather;
mod kernel_side;
mod opened_records;
mod partial_record;
mod receiver;
mod record_error;
mod records;
mod refused;

use super::hello::Hello;
use super::kernel::{Keys, Protection};
use super::{Sink, TlsConfig};
use crate::error::{Code, Error, Fault};
use crate::memory::{Heap, Vec};
use controls::Controls;
use ending::Ending;
use engine::Engine;
use kernel_side::KernelSide;
use partial_record::PartialRecord;
use receiver::Receiver;
use records::Records;
use refused::Refused;

pub use control::Control;
pub use opened_records::OpenedRecords;
pub use record_error::RecordError;

static NO_ROLE: Fault = Fault::new(Code::Argument, 0, c"", c"the TLS config is of neither role");

/// One connection's TLS. One thread at a time.
pub struct Session {
    records: Records,
    partial: PartialRecord,
    /// The plaintext of the completed partial record.
    opened: Vec<u8>,
    ending: Ending,
    /// Control records for the kernel, once offloaded.
    controls: Option<Controls>,
}

impl Session {
    /// A session with the config's role, in `heap`. A client passes the authority it connects to: the certificate must
    /// be for its host, and a DNS name is sent as SNI (TLS-01: without port and trailing dot; not for an address). A
    /// server ignores it.
    pub fn new(config: &TlsConfig, authority: &[u8], heap: &Heap) -> Result<Self, Error> {
        match (config.server(), config.client()) {
            (Some(config), _) => Ok(Self::with(Engine::server(config)?, Hello::new(heap), heap)),
            (_, Some(config)) => Ok(Self::with(Engine::client(config, authority)?, Hello::of_client(heap), heap)),
            _ => Err(NO_ROLE.at(0)),
        }
    }

    fn with(engine: Engine, hello: Hello, heap: &Heap) -> Self {
        let records = Records::new(engine, hello);
        let opened = Vec::new_in(heap.clone());
        Self { records, partial: PartialRecord::new(heap), opened, ending: Ending::default(), controls: None }
    }

    /// A client sends its ClientHello; a server does nothing. Call it first.
    pub fn begin(&mut self, out: &mut impl Sink) -> Result<(), Error> {
        let begun = self.records.engine_mut().recv(&mut [], 0..0, 0, out);
        begun.map(drop).map_err(|failed| self.fail(failed.error))
    }

    /// Processes all received octets, rewriting them. Ends the plaintext of the previous lend.
    pub fn recv(&mut self, octets: &mut [u8], out: &mut impl Sink) -> OpenedRecords {
        self.release();
        let mut opened = OpenedRecords { plain: 0..0, error: self.error() };
        if opened.error.is_none() && !self.ignores_input() {
            let received = self.receiver().recv(octets, &mut opened.plain.end, out);
            opened.error = received.err().map(|refused| self.refuse(&refused, octets, out));
        }
        opened
    }

    fn receiver(&mut self) -> Receiver<'_> {
        Receiver::new(&mut self.records, &mut self.partial, &mut self.opened)
    }

    /// Ends the session and sends the alert.
    #[cold]
    fn refuse(&mut self, refused: &Refused, lend: &[u8], out: &mut impl Sink) -> Error {
        if !self.is_closed() {
            self.receiver().send_alert(refused, lend, out);
        }
        self.fail(refused.error())
    }

    /// Encrypts `parts` as one stretch of the stream, all or nothing: small parts share a record, large ones are not
    /// copied.
    ///
    /// Errors: `State` during the handshake, `Closing` after [`Session::close`], `Nomem` (nothing was done), and that
    /// of a failed session.
    pub fn seal(&mut self, parts: &[&[u8]], out: &mut impl Sink) -> Result<(), Error> {
        self.ending.may_send(self.is_handshaking())?;
        let sealed = self.records.engine_mut().seal(self.partial.processed_mut(), parts, out);
        sealed.map_err(|error| if error.code() == Code::Nomem { error } else { self.fail(error) })
    }

    /// Sends close_notify, once. We send nothing after it, and can still receive. A handshake in progress is abandoned:
    /// nothing more is sent, and what is received is ignored. After a failure nothing is sent.
    pub fn close(&mut self, out: &mut impl Sink) -> Result<(), Error> {
        if !self.ending.close(self.is_handshaking()) {
            if self.ending.is_abandoned() {
                self.partial.release();
            }
            return Ok(());
        }
        if let Some(controls) = &mut self.controls {
            controls.close();
            return Ok(());
        }
        let closed = self.records.engine_mut().close(self.partial.processed_mut(), out);
        closed.map_err(|error| self.fail(error))
    }

    /// The transport ended: cleanly after the peer's close_notify or an abandoned handshake; otherwise a truncation
    /// (RFC 8446 §6.1), which fails the session.
    pub fn end_of_input(&mut self) -> Result<(), Error> {
        let end = self.ending.end_of_input(self.is_peer_closed(), self.is_handshaking());
        end.map_err(|error| self.fail(error))
    }

    /// The plaintext of the record that the last lend completed, until [`Session::release`] or the next lend.
    pub fn opened(&self) -> &[u8] {
        &self.opened
    }

    /// The same, mutable.
    pub fn opened_mut(&mut self) -> &mut [u8] {
        &mut self.opened
    }

    /// That plaintext was consumed: frees its memory.
    pub fn release(&mut self) {
        if self.opened.capacity() != 0 {
            self.opened = Vec::new_in(self.opened.allocator().clone());
        }
    }

    /// No more input is processed: frees what is stored of it.
    pub fn drop_input(&mut self) {
        self.release();
        self.partial.release();
    }

    /// Octets of heap memory for stored input: an incomplete record or message, and plaintext not consumed.
    pub fn memory(&self) -> usize {
        self.partial.memory() + self.opened.capacity()
    }

    /// The error that ended the session.
    pub fn error(&self) -> Option<Error> {
        self.ending.error()
    }

    /// Whether the handshake is incomplete. An abandoned one is over.
    pub fn is_handshaking(&self) -> bool {
        self.records.engine().is_handshaking() && !self.ending.is_abandoned()
    }

    /// Whether the peer sent close_notify: its stream ended cleanly, and what follows is ignored (TLS-05).
    pub fn is_peer_closed(&self) -> bool {
        self.records.is_peer_closed()
    }

    /// Whether nothing more is received: the peer sent close_notify, or the handshake was abandoned.
    pub fn ignores_input(&self) -> bool {
        self.is_peer_closed() || self.ending.is_abandoned()
    }

    /// Whether [`Session::close`] was called.
    pub fn is_closed(&self) -> bool {
        self.ending.is_closed()
    }

    /// 0x0303 for TLS 1.2, 0x0304 for TLS 1.3, once negotiated.
    pub fn version(&self) -> Option<u16> {
        self.records.engine().version()
    }

    /// The cipher suite by number and name (IANA), once negotiated.
    pub fn cipher_suite(&self) -> Option<(u16, &'static str)> {
        self.records.engine().cipher_suite().map(|number| (number, cipher::name(number)))
    }

    /// The negotiated application protocol (RFC 7301).
    pub fn alpn(&self) -> Option<&[u8]> {
        self.records.engine().alpn()
    }

    /// The host name a client requested, in lower case.
    pub fn server_name(&self) -> Option<&str> {
        self.records.server_name()
    }

    /// Whether the handshake resumed an earlier session.
    pub fn is_resumed(&self) -> bool {
        self.records.engine().is_resumed()
    }

    /// The peer's certificates in DER as received, its own first; `None` after the last.
    pub fn peer_certificate(&self, index: usize) -> Option<&[u8]> {
        self.records.engine().peer_certificate(index)
    }

    /// The record protection, if a kernel can take over now: the config permits it, the handshake is done, nothing has
    /// ended, and no input is stored, so both sides are between two records. Everything in the [`Sink`] must be sent
    /// first.
    pub fn ready_to_offload(&self) -> Option<Protection> {
        let is_open = self.error().is_none() && !self.is_closed() && !self.is_peer_closed() && !self.is_handshaking();
        let is_between = self.partial.is_empty() && self.opened.is_empty() && !self.records.may_owe_response();
        if is_open && is_between && !self.is_in_kernel() { self.records.engine().offload_protection() } else { None }
    }

    /// Whether the config permits offload.
    pub fn may_offload(&self) -> bool {
        self.records.engine().permits_offload()
    }

    /// Hands the records to a kernel: returns the send and receive keys from the next record on in each direction.
    /// After that, nothing is received or sealed here, except by [`Session::recv_record`] and [`Session::control`].
    ///
    /// On failure the session has failed. Copies the negotiated facts.
    pub fn offload(&mut self) -> Result<(Keys, Keys), Error> {
        let keys = self.records.engine_mut().offload().map_err(|error| self.fail(error))?;
        self.controls = Some(Controls::new());
        Ok(keys)
    }

    /// Whether the session was offloaded.
    pub fn is_in_kernel(&self) -> bool {
        self.controls.is_some()
    }

    fn kernel_side(&mut self) -> Option<KernelSide<'_>> {
        let controls = self.controls.as_mut()?;
        Some(KernelSide::new(&mut self.records, controls, &mut self.ending))
    }

    /// The kernel has received application data.
    pub fn note_received(&mut self) {
        self.controls.iter_mut().for_each(Controls::note_received);
    }

    /// The kernel accepted this many octets of application data in one call. The keys change before they reach their
    /// limit; in TLS 1.2, where they cannot, the session fails (RFC 8446 §5.5).
    pub fn note_sent(&mut self, octets: usize) -> Result<(), Error> {
        self.kernel_side().map_or(Ok(()), |mut side| side.note_sent(octets))
    }

    /// Processes a record opened by the kernel, other than application data; returns new receive keys if they change.
    /// Ignores what follows a close_notify.
    ///
    /// On failure the session has failed, and the alert for the peer is queued.
    pub fn recv_record(&mut self, kind: u8, content: &[u8]) -> Result<Option<Keys>, Error> {
        self.kernel_side().map_or(Ok(None), |mut side| side.recv(kind, content))
    }

    /// The kernel could not open a record. Returns the error that ended the session; `None`: the session is not
    /// offloaded.
    pub fn recv_record_error(&mut self, broken: RecordError) -> Option<Error> {
        self.kernel_side().map(|mut side| side.recv_record_error(broken))
    }

    /// Octets of control records queued for the kernel.
    pub fn waiting(&self) -> usize {
        self.controls.as_ref().map_or(0, Controls::waiting)
    }

    /// The next control record for the kernel to send, before any application data not passed yet. That order is
    /// required for a KeyUpdate (RFC 8446 §4.6.3). An alert is that of a failure, or a close_notify, which is queued
    /// after all data.
    pub fn control(&self) -> Option<Control> {
        self.controls.as_ref()?.next()
    }

    /// The kernel sent that record; returns new send keys if they change.
    pub fn control_sent(&mut self) -> Result<Option<Keys>, Error> {
        self.kernel_side().map_or(Ok(None), |mut side| side.control_sent())
    }

    /// Discards queued control records.
    pub fn drop_controls(&mut self) {
        self.controls.iter_mut().for_each(Controls::clear);
    }

    /// Ends the session.
    fn fail(&mut self, error: Error) -> Error {
        self.partial.release();
        self.ending.fail(error)
    }
}

#[cfg(test)]
mod tests;

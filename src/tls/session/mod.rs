//! One connection's TLS.
//!
//! The owner lends what came with [`Session::recv`]. Whole records are decrypted where they lie, and the plaintext of all of them
//! is moved together at the front of the lend. A record that is cut is copied into memory of the workspace's and completed from
//! the next lend; its plaintext is shown there ([`Session::opened`]), before that of the lend. So a lend gives at most two
//! stretches of plaintext, in this order, and all of it is used up when `recv` returns:
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
//! Between lends a session that was not left in the middle of a record holds no buffer. It never waits for plaintext to be used
//! up: that is the owner's affair, who lends when it can take more.
//!
//! What goes to the peer (handshake, alerts, [`Session::seal`]ed octets) is written straight into a [`Sink`].
//!
//! A failure is final. What was decrypted before it is given out first, and the alert for the peer is in the sink by then. The
//! clock is the owner's: it should bound the time in which [`Session::is_handshaking`] holds; the octets of that time are bounded
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
    /// The plaintext of the record that was cut.
    opened: Vec<u8>,
    ending: Ending,
    /// What a kernel is to send, once the records are the kernel's.
    controls: Option<Controls>,
}

impl Session {
    /// A session of the config's role over `heap`. A client gives the authority it connects to: the certificate must be for its
    /// host, and a DNS name is told to the server (TLS-01: without port and trailing dot; of an address nothing is told). A
    /// server's is not looked at.
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

    /// A client sends its ClientHello, a server does nothing. Call it before everything else.
    pub fn begin(&mut self, out: &mut impl Sink) -> Result<(), Error> {
        match self.records.engine_mut().recv(&mut [], 0..0, 0, out) {
            Ok(_) => Ok(()),
            Err(failed) => Err(self.fail(failed.error)),
        }
    }

    /// Takes the octets that came, all of them, and rewrites them. The plaintext of the lend before is not shown any more.
    pub fn recv(&mut self, octets: &mut [u8], out: &mut impl Sink) -> OpenedRecords {
        self.release();
        let mut opened = OpenedRecords { plain: 0..0, error: self.error() };
        if opened.error.is_none() {
            let received = self.receiver().recv(octets, &mut opened.plain.end, out);
            opened.error = received.err().map(|refused| self.refuse(&refused, octets, out));
        }
        opened
    }

    fn receiver(&mut self) -> Receiver<'_> {
        Receiver::new(&mut self.records, &mut self.partial, &mut self.opened)
    }

    /// Ends the session, and tells the peer why.
    #[cold]
    fn refuse(&mut self, refused: &Refused, lend: &[u8], out: &mut impl Sink) -> Error {
        if !self.is_closed() {
            self.receiver().send_alert(refused, lend, out);
        }
        self.fail(refused.error())
    }

    /// Encrypts `parts` as one stretch of the stream, all or nothing: small parts share a record, large ones are not copied.
    ///
    /// Errors: `State` in the handshake, `Closing` after [`Session::close`], `Nomem` (nothing was done), and that of a failed
    /// session.
    pub fn seal(&mut self, parts: &[&[u8]], out: &mut impl Sink) -> Result<(), Error> {
        self.ending.may_send(self.is_handshaking())?;
        match self.records.engine_mut().seal(self.partial.processed_mut(), parts, out) {
            Err(error) if error.code() != Code::Nomem => Err(self.fail(error)),
            result => result,
        }
    }

    /// Sends close_notify, once. This side sends nothing after it, and still receives what the peer sends. In the handshake and after
    /// a failure nothing is sent.
    pub fn close(&mut self, out: &mut impl Sink) -> Result<(), Error> {
        let is_silent = self.ending.close() || self.error().is_some() || self.is_handshaking();
        if is_silent {
            return Ok(());
        }
        if let Some(controls) = &mut self.controls {
            controls.close();
            return Ok(());
        }
        match self.records.engine_mut().close(self.partial.processed_mut(), out) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.fail(error)),
        }
    }

    /// The transport ends: a clean end after the peer's close_notify, a truncation without it (RFC 8446 §6.1), which fails the
    /// session.
    pub fn end_of_input(&mut self) -> Result<(), Error> {
        let end = self.ending.end_of_input(self.is_peer_closed(), self.is_handshaking());
        end.map_err(|error| self.fail(error))
    }

    /// The plaintext of the record that the last lend completed, until [`Session::release`] or the next lend.
    pub fn opened(&self) -> &[u8] {
        &self.opened
    }

    /// The same, to be rewritten in place.
    pub fn opened_mut(&mut self) -> &mut [u8] {
        &mut self.opened
    }

    /// That plaintext is used up: its memory goes back.
    pub fn release(&mut self) {
        if self.opened.capacity() != 0 {
            self.opened = Vec::new_in(self.opened.allocator().clone());
        }
    }

    /// Nothing more is heard: what was kept of the peer's octets goes.
    pub fn drop_input(&mut self) {
        self.release();
        self.partial.release();
    }

    /// Octets of the heap's memory in which the session keeps what came: a record or a message that is cut, and plaintext that is not
    /// used up.
    pub fn memory(&self) -> usize {
        self.partial.memory() + self.opened.capacity()
    }

    /// What ended the session.
    pub fn error(&self) -> Option<Error> {
        self.ending.error()
    }

    /// Whether application data can not go both ways yet.
    pub fn is_handshaking(&self) -> bool {
        self.records.engine().is_handshaking()
    }

    /// Whether the peer's close_notify came: the end of what it sends is clean, and what comes after it is ignored (TLS-05).
    pub fn is_peer_closed(&self) -> bool {
        self.records.is_peer_closed()
    }

    /// Whether [`Session::close`] was called.
    pub fn is_closed(&self) -> bool {
        self.ending.is_closed()
    }

    /// 0x0303 for TLS 1.2, 0x0304 for TLS 1.3, once it is agreed on.
    pub fn version(&self) -> Option<u16> {
        self.records.engine().version()
    }

    /// The cipher suite by number and name (IANA), once it is agreed on.
    pub fn cipher_suite(&self) -> Option<(u16, &'static str)> {
        self.records.engine().cipher_suite().map(|number| (number, cipher::name(number)))
    }

    /// The application protocol that was agreed on (RFC 7301).
    pub fn alpn(&self) -> Option<&[u8]> {
        self.records.engine().alpn()
    }

    /// The host a client asked this server for, in lower case.
    pub fn server_name(&self) -> Option<&str> {
        self.records.server_name()
    }

    /// Whether the handshake went on from an earlier session.
    pub fn is_resumed(&self) -> bool {
        self.records.engine().is_resumed()
    }

    /// The peer's certificates in DER as they were sent, its own first; `None` beyond the last.
    pub fn peer_certificate(&self, index: usize) -> Option<&[u8]> {
        self.records.engine().peer_certificate(index)
    }

    /// How the records of this session are protected, when a kernel may have them now: the config permits it, the handshake is done,
    /// nothing has ended, and no octet is kept, so that both sides are between two records. What was given to the [`Sink`] must have
    /// left before.
    pub fn ready_to_offload(&self) -> Option<Protection> {
        let is_open = self.error().is_none() && !self.is_closed() && !self.is_peer_closed() && !self.is_handshaking();
        let is_between = self.partial.is_empty() && self.opened.is_empty() && !self.records.may_owe_response();
        if is_open && is_between && !self.is_in_kernel() { self.records.engine().offload_protection() } else { None }
    }

    /// Whether the config permits it at all.
    pub fn may_offload(&self) -> bool {
        self.records.engine().permits_offload()
    }

    /// Gives the records up to a kernel: the keys to send and to receive with, from the next record on in each direction. Nothing is
    /// received or sealed here from now on, but for [`Session::recv_record`] and [`Session::control`].
    ///
    /// On failure the session has failed. The cost: what was agreed on is copied.
    pub fn offload(&mut self) -> Result<(Keys, Keys), Error> {
        let keys = self.records.engine_mut().offload().map_err(|error| self.fail(error))?;
        self.controls = Some(Controls::new());
        Ok(keys)
    }

    /// Whether the records are a kernel's.
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

    /// The kernel took so many octets of application data in one call. Before its keys have sealed as much as they may, they change; where
    /// they cannot, in TLS 1.2, the session fails (RFC 8446 §5.5).
    pub fn note_sent(&mut self, octets: usize) -> Result<(), Error> {
        self.kernel_side().map_or(Ok(()), |mut side| side.note_sent(octets))
    }

    /// Takes the content of a record that the kernel has opened, other than application data; the keys to receive with from now on, where
    /// they change. What comes behind a close_notify is ignored.
    ///
    /// On failure the session has failed as it would have here, and the alert for the peer waits.
    pub fn recv_record(&mut self, kind: u8, content: &[u8]) -> Result<Option<Keys>, Error> {
        self.kernel_side().map_or(Ok(None), |mut side| side.recv(kind, content))
    }

    /// The kernel could not open a record: what ended the session. `None`: the records are not a kernel's.
    pub fn recv_record_error(&mut self, broken: RecordError) -> Option<Error> {
        self.kernel_side().map(|mut side| side.recv_record_error(broken))
    }

    /// How many octets of control records wait for the kernel.
    pub fn waiting(&self) -> usize {
        self.controls.as_ref().map_or(0, Controls::waiting)
    }

    /// The record that the kernel is to send next, before any application data that it was not given yet: a KeyUpdate must be (RFC 8446
    /// §4.6.3), and an alert is either that of a failure or a close_notify, which is asked for behind all data.
    pub fn control(&self) -> Option<Control> {
        self.controls.as_ref()?.next()
    }

    /// The kernel has sent that record; the keys to send with from now on, where they change.
    pub fn control_sent(&mut self) -> Result<Option<Keys>, Error> {
        self.kernel_side().map_or(Ok(None), |mut side| side.control_sent())
    }

    /// What waits is given up.
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

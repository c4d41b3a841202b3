//! What every driver implements.

use super::info::Info;
use super::lending::ZeroCopy;
use super::{Closing, Completion, Gather, Key, Sent, Submission};
use crate::io::address::Address;
use crate::io::descriptor::{RawFile, RawSocket, RawWaitable};
use crate::io::ktls::{self, Direction, Kernel};
use crate::io::socket::Socket;
use crate::io::waker::Waker;
use std::io::{self, IoSlice};

/// The calls that [`Driver`](super::Driver) passes on to the driver it was made with.
///
/// The [module](super) states the contract, and the method of `Driver` with the same name says what a call does. The
/// trait lets the compiler check that each driver has every call. Calls are not dispatched through it: `Driver` is an
/// enum, so that a build with one driver has no dispatch at all.
pub(super) trait Drive {
    fn info(&self) -> Info;

    fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key>;
    fn attach_foreign(&mut self, fd: RawSocket, token: u32) -> io::Result<Key>;
    fn detach(&mut self, key: Key) -> io::Result<Option<Socket>>;
    fn close(&mut self, key: Key) -> io::Result<Closing>;
    fn socket(&self, key: Key) -> io::Result<&Socket>;

    fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()>;
    fn flush(&mut self) -> io::Result<()>;
    fn keeps_back(&self) -> bool;
    fn look(&mut self, key: Key) -> io::Result<bool>;

    fn send(&mut self, key: Key, slices: &[IoSlice<'_>]) -> io::Result<Sent>;
    fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent>;
    fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent>;
    fn send_zero_copy(&mut self, key: Key, octets: &Gather<'_>) -> ZeroCopy;
    fn send_file(&mut self, key: Key, from: RawFile, offset: u64, len: u64) -> io::Result<Sent>;

    /// Where the kernel is kept, so that it can be replaced.
    fn kernel(&mut self) -> &mut Box<dyn Kernel>;
    fn attach_kernel(&mut self, key: Key) -> io::Result<()>;
    fn set_keys(&mut self, key: Key, direction: Direction, info: &ktls::Info) -> io::Result<()>;
    fn send_sealed(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent>;
    fn send_file_sealed(&mut self, key: Key, from: RawFile, offset: u64, len: u64) -> io::Result<Sent>;
    fn send_record(&mut self, key: Key, kind: u8, octets: &[u8]) -> io::Result<Sent>;

    fn wait(&mut self, timeout_ms: Option<u64>) -> io::Result<usize>;
    fn next(&mut self) -> Option<Completion>;
    fn next_received(&mut self) -> Option<(u32, usize)>;
    fn received(&mut self) -> &mut [u8];
    fn accepted_from(&self) -> io::Result<Address>;
    fn is_exhausted(&self) -> bool;
    fn batch_len(&self) -> usize;
    fn batch_max(&self) -> usize;

    fn waker(&self) -> Waker;
    fn handle(&self) -> RawWaitable;
}

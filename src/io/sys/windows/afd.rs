//! Readiness of sockets: polls of the driver that is below Winsock (`\Device\Afd`), which end with packets at a port.
//!
//! Winsock's own polls wait in the thread that calls them. This interface is not documented, but libuv, wepoll and Go's and
//! Rust's event loops are built on it, and it has been the same since Windows Vista.

use super::error;
use super::port::{Context, Packet, Share};
use crate::io::chunks::Chunks;
use crate::io::descriptor::RawSocket;
use core::cell::UnsafeCell;
use core::mem::zeroed;
use core::ptr::{from_ref, null, null_mut};
use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use windows_sys::Wdk::Foundation::OBJECT_ATTRIBUTES;
use windows_sys::Wdk::Storage::FileSystem::{FILE_OPEN, NtCancelIoFileEx, NtCreateFile};
use windows_sys::Wdk::System::IO::NtDeviceIoControlFile;
use windows_sys::Win32::Foundation::{
    HANDLE, NTSTATUS, RtlNtStatusToDosError, STATUS_PENDING, STATUS_SUCCESS, UNICODE_STRING,
};
use windows_sys::Win32::Networking::WinSock::{SIO_BASE_HANDLE, SOCKET, WSAIoctl};
use windows_sys::Win32::Storage::FileSystem::{FILE_SHARE_READ, FILE_SHARE_WRITE, SYNCHRONIZE};
use windows_sys::Win32::System::IO::{IO_STATUS_BLOCK, IO_STATUS_BLOCK_0};

/// Octets.
pub(in crate::io) const RECEIVE: u32 = 0x1;
/// Room to send.
pub(in crate::io) const SEND: u32 = 0x4;
/// The peer has ended its side.
pub(in crate::io) const DISCONNECT: u32 = 0x8;
/// The connection failed.
pub(in crate::io) const ABORT: u32 = 0x10;
/// The socket was closed here.
pub(in crate::io) const LOCAL_CLOSE: u32 = 0x20;
/// A connection to accept.
pub(in crate::io) const ACCEPT: u32 = 0x80;
/// A connect failed.
pub(in crate::io) const CONNECT_FAIL: u32 = 0x100;

const IOCTL_AFD_POLL: u32 = 0x0001_2024;

/// Polls per open device: the system searches those of one from the first to the last.
const POLLS_PER_DEVICE: usize = 32;

/// `AFD_POLL_INFO`, for one socket.
#[derive(Clone, Copy)]
#[repr(C)]
struct Info {
    timeout: i64,
    count: u32,
    is_exclusive: u32,
    socket: HANDLE,
    events: u32,
    status: NTSTATUS,
}

const INFO_SIZE: u32 = size_of::<Info>() as u32;

/// What the system reads and writes during a poll.
struct Block {
    status: UnsafeCell<IO_STATUS_BLOCK>,
    info: UnsafeCell<Info>,
    is_pending: bool,
}

/// Polls by index, one at a time for each. A packet has the index of its poll as [context](Packet::context).
///
/// The system writes to a block until the packet of its poll was [taken](Self::take). So blocks never move, and dropping this
/// waits for all packets.
pub(in crate::io) struct Polls {
    blocks: Chunks<Block>,
    devices: Vec<OwnedHandle>,
    pending: usize,
    port: Share,
}

// SAFETY: the pointers in it are handles and sockets, which any thread may use.
unsafe impl Send for Polls {}

impl Polls {
    pub(in crate::io) fn new(port: Share) -> Self {
        Self { blocks: Chunks::new(), devices: Vec::new(), pending: 0, port }
    }

    /// Grows to at least `len` indices.
    pub(in crate::io) fn grow(&mut self, len: usize) -> io::Result<()> {
        let before = self.blocks.len();
        self.blocks.grow(len, Block::new)?;
        self.port.reserve(self.blocks.len() - before)?;
        while self.devices.len() * POLLS_PER_DEVICE < len {
            self.devices.try_reserve(1)?;
            let device = open()?;
            self.port.add(device.as_raw_handle())?;
            self.devices.push(device);
        }
        Ok(())
    }

    /// Whether the packet of a poll is still to come.
    pub(in crate::io) fn is_pending(&self, index: u32) -> bool {
        self.blocks[index as usize].is_pending
    }

    /// Starts a poll that ends once one of the events holds, or the socket is closed. Panics while one is pending.
    pub(in crate::io) fn start(&mut self, index: u32, base: RawSocket, events: u32) -> io::Result<()> {
        let device = self.device(index);
        let block = &mut self.blocks[index as usize];
        assert!(!block.is_pending, "a poll at a time");
        *block.info.get_mut() = Info::of(base, events);
        let (status, info) = (block.status.get(), block.info.get());
        // SAFETY: status and information stay in place until the packet was taken, and nothing else uses them until then. The
        // context is a number to the system.
        let result = unsafe {
            (*status).Anonymous.Status = STATUS_PENDING;
            let context = core::ptr::without_provenance(context(index));
            NtDeviceIoControlFile(
                device,
                null_mut(),
                None,
                context,
                status,
                IOCTL_AFD_POLL,
                info.cast(),
                INFO_SIZE,
                info.cast(),
                INFO_SIZE,
            )
        };
        match result {
            STATUS_SUCCESS | STATUS_PENDING => {
                block.is_pending = true;
                self.pending += 1;
                Ok(())
            }
            error => Err(of_status(error)),
        }
    }

    /// Lets a pending poll end without events, unless it has ended already. Its packet comes in either case.
    pub(in crate::io) fn cancel(&mut self, index: u32) {
        let block = &self.blocks[index as usize];
        if block.is_pending {
            let mut status = no_status();
            // SAFETY: the pointer names the poll to the system, and a struct of ours is written. Where the poll has ended, the
            // call fails, and its packet is at the port.
            unsafe { NtCancelIoFileEx(self.device(index), block.status.get(), &raw mut status) };
        }
    }

    /// The events of the poll whose packet this is: none after a cancel. `None`: it is no packet of a poll.
    pub(in crate::io) fn take(&mut self, packet: &Packet) -> Option<(u32, u32)> {
        let at = packet.context().checked_sub(1)?;
        let block = self.blocks.get_mut(at).filter(|block| block.is_pending)?;
        block.is_pending = false;
        self.pending -= 1;
        let (status, info) = (block.status.get_mut(), block.info.get_mut());
        // SAFETY: a union of an integer and a pointer, which the system has written.
        let has_ended = unsafe { status.Anonymous.Status } == STATUS_SUCCESS && info.count > 0;
        Some((at as u32, if has_ended { info.events } else { 0 }))
    }

    fn device(&self, index: u32) -> HANDLE {
        self.devices[index as usize / POLLS_PER_DEVICE].as_raw_handle()
    }
}

impl Drop for Polls {
    /// The system must not write to freed memory: waits for the packet of each poll.
    fn drop(&mut self) {
        for index in 0..self.blocks.len() as u32 {
            self.cancel(index);
        }
        let mut packets = [const { Packet::NONE }; POLLS_PER_DEVICE];
        while self.pending > 0 {
            match self.port.wait(&mut packets, None) {
                Ok(count) => packets[..count].iter().for_each(|packet| {
                    self.take(packet);
                }),
                // Leaked rather than freed too early.
                Err(_) => return core::mem::forget(core::mem::take(&mut self.blocks)),
            }
        }
    }
}

impl Block {
    fn new() -> Self {
        Self { status: UnsafeCell::new(no_status()), info: UnsafeCell::new(Info::of(0, 0)), is_pending: false }
    }
}

impl Info {
    fn of(base: RawSocket, events: u32) -> Self {
        let socket = core::ptr::without_provenance_mut(base as usize);
        Self { timeout: i64::MAX, count: 1, is_exclusive: 0, socket, events: events | LOCAL_CLOSE, status: 0 }
    }
}

/// The context of a poll's packet.
fn context(index: u32) -> Context {
    index as usize + 1
}

/// The socket below those of layered providers, which is what the driver knows. Fails for what is no socket.
pub(in crate::io) fn base(socket: RawSocket) -> io::Result<RawSocket> {
    let (mut base, mut count): (SOCKET, u32) = (0, 0);
    let room = size_of::<SOCKET>() as u32;
    // SAFETY: a socket and a number of ours are written.
    error::check(unsafe {
        WSAIoctl(
            socket as SOCKET,
            SIO_BASE_HANDLE,
            null(),
            0,
            (&raw mut base).cast(),
            room,
            &raw mut count,
            null_mut(),
            None,
        )
    })?;
    Ok(base as RawSocket)
}

/// Opens the device. The last part of the name is for those who debug the system.
fn open() -> io::Result<OwnedHandle> {
    let mut name: Vec<u16> = r"\Device\Afd\wireway".encode_utf16().collect();
    let octets = size_of_val(name.as_slice()) as u16;
    let name = UNICODE_STRING { Length: octets, MaximumLength: octets, Buffer: name.as_mut_ptr() };
    let attributes = OBJECT_ATTRIBUTES {
        Length: size_of::<OBJECT_ATTRIBUTES>() as u32,
        RootDirectory: null_mut(),
        ObjectName: from_ref(&name),
        Attributes: 0,
        SecurityDescriptor: null(),
        SecurityQualityOfService: null(),
    };
    let (mut device, mut status) = (null_mut(), no_status());
    let share = FILE_SHARE_READ | FILE_SHARE_WRITE;
    // SAFETY: structs of ours are read or written, and stay through the call.
    let result = unsafe {
        NtCreateFile(
            &raw mut device,
            SYNCHRONIZE,
            &raw const attributes,
            &raw mut status,
            null(),
            0,
            share,
            FILE_OPEN,
            0,
            null(),
            0,
        )
    };
    if result != STATUS_SUCCESS {
        return Err(of_status(result));
    }
    // SAFETY: the call made it, and nobody else has seen it.
    Ok(unsafe { OwnedHandle::from_raw_handle(device) })
}

fn no_status() -> IO_STATUS_BLOCK {
    // SAFETY: a C struct of integers and a union of an integer and a pointer.
    let mut status: IO_STATUS_BLOCK = unsafe { zeroed() };
    status.Anonymous = IO_STATUS_BLOCK_0 { Status: STATUS_SUCCESS };
    status
}

fn of_status(status: NTSTATUS) -> io::Error {
    // SAFETY: it only computes.
    io::Error::from_raw_os_error(unsafe { RtlNtStatusToDosError(status) }.cast_signed())
}

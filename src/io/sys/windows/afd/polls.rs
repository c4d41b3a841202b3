//! Polls by index.

use super::LOCAL_CLOSE;
use super::block::Block;
use super::device::Device;
use super::info::Info;
use crate::io::chunks::Chunks;
use crate::io::descriptor::RawSocket;
use crate::io::sys::windows::port::{Context, Packet, Share};
use std::io;

/// Polls per open device: the system searches those of one from the first to the last.
const POLLS_PER_DEVICE: usize = 32;

/// One poll at a time for each index. A packet has the index of its poll as [context](Packet::context).
///
/// The system writes to a block until the packet of its poll was [taken](Self::take). So blocks never move, and dropping this
/// waits for all packets.
pub(in crate::io) struct Polls {
    blocks: Chunks<Block>,
    devices: Vec<Device>,
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
            self.devices.push(Device::open(&self.port)?);
        }
        Ok(())
    }

    /// Whether the packet of a poll is still to come.
    pub(in crate::io) fn is_pending(&self, index: u32) -> bool {
        self.blocks[index as usize].is_pending()
    }

    /// Starts a poll that ends once one of the events holds, or the socket is closed. Panics while one is pending.
    pub(in crate::io) fn start(&mut self, index: u32, base: RawSocket, events: u32) -> io::Result<()> {
        let device = &self.devices[index as usize / POLLS_PER_DEVICE];
        // SAFETY: blocks never move, and `drop` waits for the packet.
        unsafe { self.blocks[index as usize].start(device, Info::of(base, events), context(index)) }?;
        self.pending += 1;
        Ok(())
    }

    /// Lets a pending poll end without events, unless it has ended already. Its packet comes in either case.
    pub(in crate::io) fn cancel(&mut self, index: u32) {
        if let Some(device) = self.devices.get(index as usize / POLLS_PER_DEVICE) {
            self.blocks[index as usize].cancel(device);
        }
    }

    /// The index and the events of the poll whose packet this is: none after a cancel. `None`: it is no packet of a poll.
    pub(in crate::io) fn take(&mut self, packet: &Packet) -> Option<(u32, u32)> {
        let at = packet.context().checked_sub(1)?;
        let block = self.blocks.get_mut(at).filter(|block| block.is_pending())?;
        self.pending -= 1;
        Some((at as u32, block.end()))
    }

    /// Whether a pending poll has ended because the socket was closed, as far as the system has told. Its packet is still to be
    /// taken.
    pub(in crate::io) fn is_closed(&mut self, index: u32) -> io::Result<bool> {
        let block = &mut self.blocks[index as usize];
        if !block.is_pending() {
            return Ok(false);
        }
        self.port.keep_arrived()?;
        Ok(self.port.keeps_packet(context(index)) && block.found() & LOCAL_CLOSE != 0)
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
                Err(_) => {
                    core::mem::forget(core::mem::take(&mut self.blocks));
                    break;
                }
            }
        }
        self.port.leave();
    }
}

/// The context of a poll's packet.
fn context(index: u32) -> Context {
    index as usize + 1
}

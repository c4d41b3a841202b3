//! The indices of the driver: which are free, and the sockets of the others.

use crate::io::chunks::Chunks;
use crate::io::descriptor::RawSocket;
use std::collections::HashMap;
use std::io;

/// All slots. Those whose socket was closed are in use until [`free`](Self::free).
pub(super) struct Slots {
    /// By index: the socket as the polls know it.
    bases: Chunks<RawSocket>,
    /// How many indices were ever in use.
    count: u32,
    free: Vec<u32>,
    /// Sockets of others that are watched, and where.
    foreign: HashMap<RawSocket, u32>,
}

impl Slots {
    pub fn new() -> Self {
        Self { bases: Chunks::new(), count: 0, free: Vec::new(), foreign: HashMap::new() }
    }

    /// How many indices a [`take`](Self::take) may need.
    pub fn needed(&self) -> usize {
        self.count as usize + usize::from(self.free.is_empty())
    }

    /// Where a socket of others is watched.
    pub fn of_foreign(&self, socket: RawSocket) -> Option<u32> {
        self.foreign.get(&socket).copied()
    }

    /// A free index for a socket.
    pub fn take(&mut self, base: RawSocket) -> io::Result<u32> {
        let index = match self.free.pop() {
            Some(index) => index,
            None => self.grow()?,
        };
        self.bases[index as usize] = base;
        Ok(index)
    }

    /// One index more. Then all of them fit into the list of free ones.
    fn grow(&mut self) -> io::Result<u32> {
        let count = self.count + 1;
        self.bases.grow(count as usize, RawSocket::default)?;
        self.free.try_reserve(count as usize)?;
        self.count = count;
        Ok(count - 1)
    }

    /// Records that the socket of an index is another owner's.
    pub fn set_foreign(&mut self, socket: RawSocket, index: u32) -> io::Result<()> {
        self.foreign.try_reserve(1)?;
        self.foreign.insert(socket, index);
        Ok(())
    }

    /// The number is that of another socket now, or of none.
    pub fn forget_foreign(&mut self, socket: RawSocket) {
        self.foreign.remove(&socket);
    }

    /// The same, by index: no poll of it starts any more.
    pub fn forget_index(&mut self, index: u32) {
        self.bases[index as usize] = RawSocket::MAX;
        if !self.foreign.is_empty() {
            self.foreign.retain(|_, at| *at != index);
        }
    }

    pub fn base(&self, index: u32) -> RawSocket {
        self.bases[index as usize]
    }

    /// Lets the index be taken again.
    pub fn free(&mut self, index: u32) {
        self.free.push(index);
    }
}

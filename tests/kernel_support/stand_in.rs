//! In the place of the kernel: it takes the same calls, makes and opens real records with the keys it is given, and answers some calls
//! with an error when it is told to.

use std::collections::HashMap;
use std::io::{self, ErrorKind, IoSlice};
use std::os::fd::{AsRawFd, RawFd};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use wireway::io::driver::Gather;
use wireway::io::ktls::{Direction, Info, Kernel, Received};
use wireway::io::socket::Socket;

use super::records::{HEADER, Records};

/// A call, as it is told apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    Attach,
    /// Keys for questions are zeros; with the number of their first record.
    Ask(Direction),
    Keys(Direction, u64),
    Record(u8, Vec<u8>),
    /// Out of a file, from there on.
    File(u64),
}

pub const EPERM: i32 = 1;
pub const ENOENT: i32 = 2;
pub const EAGAIN: i32 = 11;
pub const EBUSY: i32 = 16;
pub const EINVAL: i32 = 22;
const EBADMSG: i32 = 74;
const ENOPROTOOPT: i32 = 92;
const EKEYEXPIRED: i32 = 127;

/// What was called, and what is to be answered.
#[derive(Default)]
pub struct Script {
    pub calls: Vec<Call>,
    /// Octets of application data taken and given.
    pub sent: usize,
    pub received: usize,
    /// The first call that is like this fails with this error.
    pub refuse: Option<(Call, i32)>,
    /// The next record of application data is altered behind its sealing.
    pub alters: bool,
    /// So many receives bring an empty record of application data, before whatever came.
    pub empties: usize,
}

pub type Log = Arc<Mutex<Script>>;

#[derive(Default)]
struct Wire {
    send: Option<Records>,
    receive: Option<Records>,
    /// Of a record that has not come in full.
    incoming: Vec<u8>,
    /// A KeyUpdate was handed out, and new keys have not come.
    is_expired: bool,
}

pub struct StandIn {
    log: Log,
    wires: HashMap<RawFd, Wire>,
    pipe: (Socket, Socket),
}

impl StandIn {
    pub fn new() -> (Self, Log) {
        let log = Log::default();
        (Self { log: log.clone(), wires: HashMap::new(), pipe: Socket::pair().unwrap() }, log)
    }

    fn note(&self, call: Call) -> io::Result<()> {
        let mut script = self.log.lock().unwrap();
        let is_like = |(other, _): &mut (Call, i32)| match (&call, other) {
            (Call::Keys(way, _), Call::Keys(other, _)) => way == other,
            (call, other) => call == other,
        };
        let refused = script.refuse.take_if(is_like);
        script.calls.push(call);
        refused.map_or(Ok(()), |(_, error)| fail(error))
    }

    fn wire(&mut self, socket: &Socket) -> io::Result<&mut Wire> {
        self.wires.get_mut(&socket.as_raw_fd()).ok_or_else(|| io::Error::from_raw_os_error(ENOPROTOOPT))
    }

    /// What the system would read of a gathering.
    fn read(&self, octets: &Gather<'_>, into: &mut [u8]) -> usize {
        let sent = octets.send_on(&self.pipe.0).unwrap();
        let mut all = vec![0; sent];
        let mut got = 0;
        while got < sent {
            got += self.pipe.1.receive(&mut all[got..]).unwrap();
        }
        let len = sent.min(into.len());
        into[..len].copy_from_slice(&all[..len]);
        len
    }
}

fn fail<T>(error: i32) -> io::Result<T> {
    Err(io::Error::from_raw_os_error(error))
}

/// All of it: the kernel, too, keeps what TCP has no room for.
fn write(socket: &Socket, mut octets: &[u8]) -> io::Result<()> {
    let mut patience = 120_000;
    while !octets.is_empty() {
        match socket.send(&[IoSlice::new(octets)]) {
            Ok(taken) => octets = &octets[taken..],
            Err(error) if error.kind() == ErrorKind::WouldBlock && patience > 0 => {
                patience -= 1;
                std::thread::sleep(Duration::from_millis(1));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Completes a record, and takes nothing of the next; whether there is one.
fn fill(record: &mut Vec<u8>, socket: &Socket) -> io::Result<bool> {
    loop {
        let wanted = match **record {
            [_, _, _, high, low, ..] => HEADER + usize::from(u16::from_be_bytes([high, low])),
            _ => HEADER,
        };
        if record.len() == wanted && wanted > HEADER {
            return Ok(true);
        }
        let mut room = vec![0; wanted - record.len()];
        match socket.receive(&mut room)? {
            0 => return Ok(false),
            len => record.extend_from_slice(&room[..len]),
        }
    }
}

impl Kernel for StandIn {
    fn attach(&mut self, socket: &Socket) -> io::Result<()> {
        self.note(Call::Attach)?;
        self.wires.insert(socket.as_raw_fd(), Wire::default());
        Ok(())
    }

    fn set_keys(&mut self, socket: &Socket, way: Direction, info: &Info) -> io::Result<()> {
        let records = Records::new(info.octets());
        let is_question = info.octets()[4..].iter().all(|octet| *octet == 0);
        self.note(if is_question { Call::Ask(way) } else { Call::Keys(way, records.sequence) })?;
        let wire = self.wire(socket)?;
        match way {
            Direction::Send => wire.send = Some(records),
            Direction::Receive => (wire.receive, wire.is_expired) = (Some(records), false),
        }
        Ok(())
    }

    /// One record of a call's octets at most, so that most calls leave some.
    fn send(&mut self, socket: &Socket, octets: &Gather<'_>) -> io::Result<usize> {
        let mut content = [0; 16 << 10];
        let len = self.read(octets, &mut content);
        let mut record = self.wire(socket)?.send.as_mut().expect("keys to send with").seal_typed(23, &content[..len]);
        let mut script = self.log.lock().unwrap();
        if std::mem::take(&mut script.alters) {
            *record.last_mut().unwrap() ^= 1;
        }
        script.sent += len;
        write(socket, &record).map(|()| len)
    }

    /// One record of it, read where it lies.
    fn send_file(&mut self, socket: &Socket, from: RawFd, offset: u64, len: usize) -> io::Result<usize> {
        self.note(Call::File(offset))?;
        let mut content = vec![0; len.min(16 << 10)];
        let len = wireway::io::file::read_at(from, offset, &mut content)?;
        let record = self.wire(socket)?.send.as_mut().expect("keys to send with").seal_typed(23, &content[..len]);
        self.log.lock().unwrap().sent += len;
        write(socket, &record).map(|()| len)
    }

    fn send_record(&mut self, socket: &Socket, kind: u8, octets: &[u8]) -> io::Result<()> {
        self.note(Call::Record(kind, octets.to_vec()))?;
        let record = self.wire(socket)?.send.as_mut().expect("keys to send with").seal_typed(kind, octets);
        write(socket, &record)
    }

    fn receive(&mut self, socket: &Socket, into: &mut [u8]) -> io::Result<Received> {
        let log = self.log.clone();
        let wire = self.wire(socket)?;
        let mut script = log.lock().unwrap();
        if script.empties > 0 {
            script.empties -= 1;
            return Ok(Received { len: 0, kind: Some(23) });
        }
        if wire.is_expired {
            return fail(EKEYEXPIRED);
        }
        if !fill(&mut wire.incoming, socket)? {
            return Ok(Received { len: 0, kind: None });
        }
        let record = std::mem::take(&mut wire.incoming);
        let Some((kind, content)) = wire.receive.as_mut().expect("keys to receive with").open(&record) else {
            return fail(EBADMSG);
        };
        wire.is_expired = kind == 22 && content[0] == 24;
        into[..content.len()].copy_from_slice(&content);
        if kind == 23 {
            script.received += content.len();
        }
        Ok(Received { len: content.len(), kind: Some(kind) })
    }
}

/// Our close_notify.
pub fn close_notify() -> Call {
    Call::Record(21, vec![1, 0])
}

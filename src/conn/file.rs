//! Sending content from files. A connection never reads a file itself: it passes it to its owner, in order.

use super::ending::Ending;
use super::http1::SendContent;
use super::parts::Parts;
use super::send_queue::Staged;
use super::shown::Shown;
use super::workspace::{File, Lent, Place, Workspace};
use super::write::Write;
use crate::error::{Code, Error, Fault};
use crate::http1::machine::NOT_NOW;

static TOO_LONG: Fault = Fault::new(Code::Argument, 0, c"", c"more octets of a file than there can be");
static TOO_SHORT: Fault =
    Fault::new(Code::BodyLength, 0, c"", c"the file is shorter than what was to be sent of it, or cannot be read");

/// Maximum octets supplied at once. Over TLS that is a few records, in addition to those already queued.
const SUPPLY: u64 = 64 << 10;

/// A stretch of a file as a piece of output. Fails with `Argument` if it ends beyond 2^63 - 1, or is longer than an
/// address space.
pub fn piece_of(file: &File, token: u64) -> Result<Lent, Error> {
    let &File { fd, offset, len } = file;
    let end = offset.checked_add(len).filter(|&end| i64::try_from(end).is_ok());
    let len = isize::try_from(len).ok().filter(|_| end.is_some()).ok_or(TOO_LONG.at(0))?;
    Ok(Lent { place: Place::File { fd, offset }, len: len.unsigned_abs(), token })
}

/// A connection that sends files.
pub struct SendFile<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> SendFile<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// [`Http1::send_file`](super::http1::Http1::send_file).
    pub fn send_file(&mut self, file: &File, token: u64) -> Result<Write, Error> {
        let piece = piece_of(file, token)?;
        SendContent::of(self.parts, self.ws).send_piece(piece)
    }

    /// [`Http1::supply_file`](super::http1::Http1::supply_file).
    pub fn supply_file(&mut self, read: impl FnOnce(&File, &mut [u8]) -> usize) -> Result<(), Error> {
        let file = Shown::of(self.parts, self.ws).file().ok_or(NOT_NOW)?;
        let room = file.len.min(SUPPLY) as usize;
        let mut staged = Staged::new(&mut self.ws.blocks);
        match staged.write(room, |room| read(&file, room)) {
            Ok(0) => {
                drop(staged);
                Ending::of(self.parts, self.ws).close_now_for(TOO_SHORT.at(0));
                Ok(())
            }
            Ok(_) => {
                staged.supply(&mut self.parts.queue);
                Ok(())
            }
            Err(error) => {
                drop(staged);
                Ending::of(self.parts, self.ws).close_now_for(error);
                Err(error)
            }
        }
    }
}

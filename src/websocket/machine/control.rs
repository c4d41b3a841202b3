//! Control frames in.

use super::{Cue, Machine, Step};
use crate::error::Error;
use crate::websocket::close;
use crate::websocket::frame::{Header, opcode};
use crate::websocket::mask::unmask;

impl Machine {
    /// A control frame whose header was checked: whole, or for later.
    pub(super) fn hear_control(&mut self, header: &Header, bytes: &mut [u8]) -> Result<Step, Error> {
        let (offset, len) = (usize::from(header.len), crate::narrow::in_memory(header.payload_len));
        let used = offset + len;
        let Some(payload) = bytes.get_mut(offset..used) else { return Ok(Step::Starved { used: 0 }) };
        unmask(payload, header.key, 0);
        match header.opcode {
            opcode::PING => Ok(Step::Ping { offset, len, used }),
            opcode::PONG => Ok(Step::Pong { offset, len, used }),
            _ => {
                let code = close::parse(payload).map_err(|error| error.fault.at(offset as u64 + error.offset))?;
                // A second one is not looked at: the connection hears nothing behind the first.
                self.theirs = self.theirs.after(Cue::Close).unwrap_or(self.theirs);
                let code_len = len.min(2);
                Ok(Step::Close { code, offset: offset + code_len, len: len - code_len, used })
            }
        }
    }
}

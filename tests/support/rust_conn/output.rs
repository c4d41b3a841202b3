//! Output: what was given out keeps its address and octets until it is given back by `sent`.

use wireway::conn::{self, bits};

use super::Driver;

/// Pieces asked for at a time.
const PIECES_MAX: usize = 16;

/// One piece of output: where it lay when it was given out, and its octets then.
#[derive(Clone)]
pub struct Piece {
    at: *const u8,
    bytes: Vec<u8>,
}

impl Driver<'_> {
    pub fn take_output(&mut self) {
        self.look();
        while !self.given.is_empty() && !self.hold && !self.delayed {
            self.sent(total(&self.given));
            self.look();
        }
    }

    /// Delayed output: gives back 3, 5, … 15, 3, … octets. What remains must lie where it was given out.
    pub fn send_odd_piece(&mut self) -> bool {
        self.look();
        if self.given.is_empty() || self.hold {
            return false;
        }
        self.odd = self.odd % 13 + 2;
        let n = self.odd.min(total(&self.given));
        let next = place(&self.given, n);
        self.sent(n);
        self.look();
        if next.is_some() && self.given.first().map(|piece| piece.at) != next {
            self.broken("output moved when a part of it was sent");
        }
        true
    }

    /// Asks for output, compares it with what was given out before, and remembers it.
    fn look(&mut self) {
        let now = self.pieces();
        // At the end what is queued is dropped.
        if self.line.state() & bits::CLOSE == 0 && !stands(&self.given, &now) {
            self.broken("output moved or changed before it was sent");
        }
        self.given = now;
    }

    fn pieces(&mut self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.line.call(|conn, ws| conn.seal(ws));
        let put = |piece: conn::Piece<'_>| {
            let conn::Piece::Owned(bytes) = piece else { panic!("nobody lent output") };
            pieces.push(Piece { at: bytes.as_ptr(), bytes: bytes.into() });
            pieces.len() < PIECES_MAX
        };
        self.line.ask(|conn, ws| conn.shown(ws).pieces(put));
        pieces
    }

    /// The peer takes the first `n` octets.
    fn sent(&mut self, n: usize) {
        let octets = self.given.drain(..).flat_map(|piece| piece.bytes);
        let octets: Vec<u8> = octets.take(n).collect();
        match &mut self.peer {
            None => self.log.output.extend(octets),
            Some(peer) => {
                self.wire.bytes.extend(peer.hear(&octets));
                self.log.output.extend(peer.take());
            }
        }
        let now = self.now;
        if self.line.call(|conn, ws| conn.sent(ws, n, now)).is_err() {
            self.broken("sent refused what was given out");
        }
    }
}

fn total(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.bytes.len()).sum()
}

/// Whether all of `before` is still there, octet for octet, at the head of `now`.
fn stands(before: &[Piece], now: &[Piece]) -> bool {
    before.len() <= now.len()
        && before.iter().zip(now).all(|(before, now)| before.at == now.at && now.bytes.starts_with(&before.bytes))
}

/// Where octet `n` of the pieces lies.
fn place(pieces: &[Piece], mut n: usize) -> Option<*const u8> {
    for piece in pieces {
        if n < piece.bytes.len() {
            return Some(piece.at.wrapping_add(n));
        }
        n -= piece.bytes.len();
    }
    None
}

//! The calls that say something, with arguments at random.

use super::rig::{GET, OK};
use super::stress::Walk;
use wireway::conn::{File, Request, Response, Write};
use wireway::http1::machine::Role;
use wireway::http1::write::FieldRef;

static OCTETS: [u8; 64] = [b'~'; 64];

impl Walk {
    fn lend(&mut self, result: Result<Write, wireway::error::Error>) {
        if result == Ok(Write::Queued) {
            self.tokens.insert(self.token);
        }
        self.token += 1;
    }

    /// A message of ours begins.
    pub fn begin(&mut self) {
        let content = &OCTETS[..self.random.below(64)];
        let stream = [None, None, Some(None), Some(Some(20))][self.random.below(4)];
        let lent = (stream.is_none() && self.random.below(3) == 0).then_some(self.token);
        let content = if stream.is_some() { b"" } else { content };
        let close = self.random.below(12) == 0;
        let is_lent = lent.is_some();
        let result = if self.role == Role::Server {
            if self.random.below(10) == 0 {
                let status = [100, 103, 101, 200][self.random.below(4)];
                let _ = self.rig.conn.http1(&mut self.rig.ws).send_interim(status, core::iter::empty());
            }
            let status = [200, 204, 304, 404][self.random.below(4)];
            self.rig.respond(Response { status, content, stream, lent, close, ..OK })
        } else {
            let method: &[u8] = [&b"GET"[..], b"PUT", b"HEAD", b"POST", b"CONNECT"][self.random.below(5)];
            let target: &[u8] = if method == b"CONNECT" { b"a:1" } else { b"/" };
            let expect = self.random.below(4) == 0;
            let request = Request { method, target, content, stream, lent, close, expect, ..GET };
            let upgrade = FieldRef { name: b"Upgrade", value: b"foo" };
            let fields = (self.random.below(4) == 0).then_some(upgrade);
            self.rig.conn.http1(&mut self.rig.ws).request(&request, fields.into_iter())
        };
        if is_lent {
            self.lend(result);
        }
    }

    pub fn stream(&mut self) {
        let len = self.random.below(40);
        match self.random.below(3) {
            0 => drop(self.rig.conn.http1(&mut self.rig.ws).send(&OCTETS[..len])),
            1 => {
                let result = self.rig.conn.http1(&mut self.rig.ws).send_lent(&OCTETS[..len], self.token);
                self.lend(result);
            }
            _ => {
                let file = File { fd: 3, offset: 7, len: len as u64 };
                let result = self.rig.conn.http1(&mut self.rig.ws).send_file(&file, self.token);
                self.lend(result);
            }
        }
    }

    /// Some of a file is read, where one is due; or it has ended.
    pub fn supply(&mut self) {
        let len = self.random.below(20);
        let is_due = self.rig.conn.shown(&self.rig.ws).file().is_some();
        let supplied = self.rig.conn.http1(&mut self.rig.ws).supply_file(|_, room| {
            room.fill(b'~');
            len
        });
        assert!(is_due || supplied.is_err());
    }

    pub fn switch(&mut self) {
        let status = [101, 200][self.random.below(2)];
        let upgrade = FieldRef { name: b"Upgrade", value: b"foo" };
        let fields = (status == 101).then_some(upgrade);
        let response = Response { status, content: b"", ..OK };
        let _ = self.rig.conn.http1(&mut self.rig.ws).switch(&response, fields.into_iter());
    }
}

//! The application's calls on its connection, at each event.

use wireway::conn::{Request, Response, Write};
use wireway::error::Error;
use wireway::http1::write::FieldRef;

use crate::application::Plan;
use crate::log::Entry;
use crate::session::Session;

const NONE: [FieldRef<'static>; 0] = [];

fn response(status: u16, content: &[u8]) -> Response<'_> {
    Response { status, reason: b"", content, stream: None, lent: None, close: false }
}

impl Session<'_> {
    pub(crate) fn on_head(&mut self, _last: bool) {
        if self.app.behaviour & 0x40 != 0 {
            self.conn.pause();
            self.app.paused = true;
        }
        match self.app.plan {
            _ if self.app.is_client => {}
            Plan::AtHead => self.answer(),
            Plan::InformFirst => {
                let hint = [FieldRef { name: b"Link", value: b"</a>" }];
                let informed = self.conn.http1(self.ws).send_interim(103, hint.into_iter());
                self.note("inform", informed);
            }
            _ => {}
        }
    }

    pub(crate) fn on_data(&mut self, content: &[u8]) {
        self.app.content.extend_from_slice(content);
    }

    pub(crate) fn on_end(&mut self) {
        if self.app.is_client {
            self.ask();
        } else if self.app.plan != Plan::AtHead {
            self.answer();
        }
    }

    pub(crate) fn on_raw(&mut self, octets: &[u8]) {
        let sent = self.conn.http1(self.ws).send(octets);
        if let Err(error) = sent {
            self.log.entries.push(Entry::Refused("raw", error.code() as i32));
        }
    }

    pub(crate) fn on_raw_end(&mut self) {
        let finished = self.conn.http1(self.ws).finish(NONE.into_iter());
        self.note("finish", finished);
    }

    pub(crate) fn on_writable(&mut self) {
        if std::mem::take(&mut self.app.waits) {
            self.answer();
        }
    }

    /// Answers the request in progress, or remembers to.
    fn answer(&mut self) {
        let content = std::mem::take(&mut self.app.content);
        let answered = self.try_answer(&content);
        self.app.content = content;
        self.app.waits = matches!(answered, Ok(Write::Paused));
        if let Err(error) = answered {
            self.log.entries.push(Entry::Refused("answer", error.code() as i32));
        }
    }

    fn try_answer(&mut self, content: &[u8]) -> Result<Write, Error> {
        let fields = [FieldRef { name: b"Server", value: b"fuzz" }].into_iter();
        let (conn, ws) = (&mut self.conn, &mut *self.ws);
        match self.app.plan {
            Plan::Never => Ok(Write::Queued),
            Plan::Answer | Plan::InformFirst | Plan::AtHead => conn.http1(ws).respond(&response(200, b"hello"), fields),
            Plan::Echo => conn.http1(ws).respond(&response(200, content), fields),
            Plan::Close => conn.http1(ws).respond(&Response { close: true, ..response(200, b"bye") }, fields),
            Plan::Status(status) => conn.http1(ws).respond(&response(status, b""), fields),
            Plan::Stream => self.stream(None, content),
            Plan::StreamLength => self.stream(Some(content.len() as u64), content),
            Plan::Switch => self.switch(),
        }
    }

    fn stream(&mut self, length: Option<u64>, content: &[u8]) -> Result<Write, Error> {
        let head = Response { stream: Some(length), ..response(200, b"") };
        if self.conn.http1(self.ws).respond(&head, NONE.into_iter())? == Write::Paused {
            return Ok(Write::Paused);
        }
        for (number, part) in content.chunks(7).enumerate() {
            let sent = if number % 2 == 0 {
                self.files.send(&mut self.conn, self.ws, part)
            } else {
                self.conn.http1(self.ws).send(part)
            };
            if sent != Ok(Write::Queued) {
                break;
            }
        }
        let trailer = [FieldRef { name: b"X-Sum", value: b"1" }];
        let trailers = if length.is_none() { &trailer[..] } else { &[] };
        match self.conn.http1(self.ws).finish(trailers.iter().copied()) {
            Err(_) => self.conn.http1(self.ws).finish(NONE.into_iter()),
            done => done,
        }
    }

    fn switch(&mut self) -> Result<Write, Error> {
        let Some(protocol) = self.app.protocol.take() else {
            return self.conn.http1(self.ws).switch(&response(200, b""), NONE.into_iter());
        };
        let upgrade = [FieldRef { name: b"Upgrade", value: &protocol }];
        match self.conn.http1(self.ws).switch(&response(101, b""), upgrade.into_iter()) {
            Err(_) => self.conn.http1(self.ws).respond(&response(426, b""), upgrade.into_iter()),
            done => done,
        }
    }

    /// A client has something to ask at once.
    pub(crate) fn idle(&mut self) {
        if self.app.is_client {
            for _ in 0..self.conn.config().pipeline_max {
                self.ask();
            }
        }
    }

    fn ask(&mut self) {
        let number = self.app.behaviour.wrapping_add(self.app.asked.wrapping_mul(self.app.behaviour >> 4));
        self.app.asked = self.app.asked.wrapping_add(1);
        let plain = Request {
            method: b"GET",
            target: b"/",
            authority: b"a",
            content: b"",
            stream: None,
            lent: None,
            close: false,
            expect: false,
        };
        let (request, upgrade) = match number & 7 {
            0 | 1 => (plain, None),
            2 => (Request { method: b"HEAD", ..plain }, None),
            3 => (Request { method: b"CONNECT", target: b"a:1", ..plain }, None),
            4 => (plain, Some(FieldRef { name: b"Upgrade", value: b"x, y/1" })),
            5 => (Request { method: b"POST", content: b"hello", ..plain }, None),
            6 => (Request { method: b"POST", content: b"hello", expect: true, ..plain }, None),
            _ => (Request { close: true, ..plain }, None),
        };
        let asked = self.conn.http1(self.ws).request(&request, upgrade.into_iter());
        self.note("request", asked);
    }

    fn note(&mut self, what: &'static str, result: Result<Write, Error>) {
        match result {
            Ok(Write::Queued) => {}
            Ok(Write::Paused) => self.log.entries.push(Entry::Refused(what, 0)),
            Err(error) => self.log.entries.push(Entry::Refused(what, error.code() as i32)),
        }
    }
}

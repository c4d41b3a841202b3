//! The application: when it answers by itself, and with what.

use wireway::conn::{Response, Write};
use wireway::error::Error;
use wireway::http1::write::FieldRef;

use super::call::{accept, field_refs, response};
use super::metered::Metered;
use crate::support::case::When;
use crate::support::log::Event;
use crate::support::message::Message;

pub struct Application<'a> {
    when: When,
    answer: &'a Message,
    /// An answer was refused with "paused".
    pending: bool,
    /// Of the present request: is it a CONNECT, its content so far, the first protocol it offers.
    is_connect: bool,
    content: Vec<u8>,
    protocol: Vec<u8>,
}

impl<'a> Application<'a> {
    pub fn new(when: When, answer: &'a Message) -> Self {
        Self { when, answer, pending: false, is_connect: false, content: vec![], protocol: vec![] }
    }

    /// Takes an event, and answers if it is due.
    pub fn hear(&mut self, event: &Event, line: &mut Metered) -> Result<(), Error> {
        match event.kind.as_str() {
            "REQUEST" => self.remember(event),
            "DATA" if self.when == When::Echo => self.content.extend(&event.data),
            _ => {}
        }
        if event.kind == "REQUEST" && !event.last {
            self.bound(line)?;
        }
        if self.is_due(event) { self.answer(line) } else { Ok(()) }
    }

    /// Says at a head how much content there may be.
    fn bound(&self, line: &mut Metered) -> Result<(), Error> {
        match self.when {
            When::Limit => line.call(|conn, ws| conn.http1(ws).limit_content(10)),
            When::Gather => line.call(|conn, ws| conn.http1(ws).gather_content(10)),
            _ => Ok(()),
        }
    }

    fn remember(&mut self, request: &Event) {
        self.is_connect = request.words.first().is_some_and(|method| method == b"CONNECT");
        self.content.clear();
        let upgrade = request.fields.iter().find(|(name, _)| name == b"Upgrade" || name == b"upgrade");
        let first = upgrade.and_then(|(_, value)| value.split(|octet| *octet == b',').next());
        self.protocol = first.unwrap_or_default().into();
    }

    /// Is this the event the application answers to?
    fn is_due(&self, event: &Event) -> bool {
        match (event.kind.as_str(), self.when) {
            ("WRITABLE", _) => self.pending,
            (_, When::None) => false,
            (kind, When::Head) => kind == "REQUEST",
            (kind, When::Error) => kind == "ERROR",
            (kind, When::Accept) => kind == "REQUEST" && event.last,
            _ => event.last,
        }
    }

    fn answer(&mut self, line: &mut Metered) -> Result<(), Error> {
        let answer = response(self.answer);
        let write = match self.when {
            When::Switch => self.switch(line),
            When::Accept => line.call(|conn, ws| accept(conn, ws, self.answer)),
            When::Echo => {
                let echo = Response { content: &self.content, ..answer };
                line.call(|conn, ws| conn.http1(ws).respond(&echo, field_refs(&self.answer.fields)))
            }
            _ => line.call(|conn, ws| conn.http1(ws).respond(&answer, field_refs(&self.answer.fields))),
        };
        self.pending = write == Ok(Write::Paused);
        write.map(drop)
    }

    /// 101 to the first protocol offered, 200 to CONNECT.
    fn switch(&self, line: &mut Metered) -> Result<Write, Error> {
        let status = if self.is_connect { 200 } else { 101 };
        let accepted = Response { status, reason: b"", content: b"", stream: None, lent: None, close: false };
        let upgrade = FieldRef { name: b"Upgrade", value: &self.protocol };
        let fields = (!self.is_connect).then_some(upgrade);
        line.call(|conn, ws| conn.http1(ws).switch(&accepted, fields.into_iter()))
    }
}

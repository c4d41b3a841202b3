//! Protocol switches: the offer, and the response that accepts it (RFC 9110 §7.8, §9.3.6).

use super::head_out::{Kept, facts_of, queue};
use super::send_response::Response;
use crate::conn::parts::Parts;
use crate::conn::protocol::Protocol;
use crate::conn::workspace::{HeadSlab, NONE, Workspace};
use crate::conn::write::Write;
use crate::error::{Code, Error, Fault};
use crate::http1::list;
use crate::http1::machine::Server;
use crate::http1::write::{ConnectionLine, FieldFacts, FieldRef, LibraryLines, ResponseHead};

static CONTENT: Fault = Fault::new(Code::Argument, 0, c"", c"a switch of protocols has no content");
static NOT_OFFERED: Fault = Fault::new(Code::Upgrade, 0, c"H1-UPG-02", c"the request did not offer this protocol");

fn is_upgrade(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"upgrade")
}

/// A connection that switches protocols.
pub struct Upgrade<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Upgrade<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// [`Http1::switch`](super::Http1::switch).
    pub fn switch<'f>(
        &mut self,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        if response.has_content() {
            return Err(CONTENT.at(0));
        }
        Server::plan_switch(&self.parts.sides, response.status)?;
        let facts = facts_of(fields.clone())?;
        let lines = if response.status == 101 {
            self.has_offered(fields.clone())?;
            let is_said = facts.has(FieldFacts::CONNECTION_UPGRADE);
            let connection = if is_said { ConnectionLine::NONE } else { ConnectionLine::UPGRADE };
            LibraryLines { connection, ..LibraryLines::default() }
        } else {
            LibraryLines { date: self.ws.date.line(), ..LibraryLines::default() }
        };
        let head = ResponseHead { status: response.status, reason: response.reason(), lines };
        queue(&mut self.parts.queue, &mut self.ws.blocks, &head.plan(&facts)?, fields, Kept::Copied(&[]))?;
        self.begin_switch()?;
        self.parts.lifecycle.set_input_waiting(true);
        self.parts.lifecycle.set_peer_end_reported(false);
        Ok(Write::Queued)
    }

    fn begin_switch(&mut self) -> Result<(), Error> {
        self.parts.protocol.server(&mut self.parts.sides)?.begin_switch()?;
        self.parts.protocol = Protocol::Raw;
        Ok(())
    }

    /// Whether the request offered every protocol in the Upgrade fields; h2c never counts.
    fn has_offered<'f>(&self, fields: impl Iterator<Item = FieldRef<'f>> + Clone) -> Result<(), Error> {
        if self.parts.head == NONE {
            return Err(NOT_OFFERED.at(0));
        }
        let slab = self.ws.heads.get(self.parts.head);
        let is_offered = |name: &[u8]| !name.eq_ignore_ascii_case(b"h2c") && slab.offers(name);
        let mut named = fields.filter(|field| is_upgrade(field.name)).flat_map(|field| list::elements(field.value));
        let is_named = named.clone().next().is_some();
        if is_named && named.all(|name| name.is_ok_and(is_offered)) { Ok(()) } else { Err(NOT_OFFERED.at(0)) }
    }

    /// Client: stores the Upgrade fields of a request, since a 101 must name one of their protocols (H1-UPG-04).
    pub fn keep_offer<'f>(
        &mut self,
        facts: &FieldFacts,
        fields: impl Iterator<Item = FieldRef<'f>>,
    ) -> Result<(), Error> {
        if !facts.has(FieldFacts::UPGRADE) {
            return Ok(());
        }
        self.parts.head_slab(self.ws)?;
        self.parts.lifecycle.keep_offer();
        let slab: &mut HeadSlab = self.ws.heads.get_mut(self.parts.head);
        // No request follows an offer, so an existing one was already decided.
        slab.offer.clear();
        fields.filter(|field| is_upgrade(field.name)).try_for_each(|field| slab.add_offer(field.value))
    }
}

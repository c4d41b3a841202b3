//! Sending requests.

use super::head_out::{Kept, facts_of, own_lines, queue};
use super::upgrade::Upgrade;
use crate::conn::exchange_end::ExchangeEnd;
use crate::conn::parts::Parts;
use crate::conn::timers::Wait;
use crate::conn::workspace::Workspace;
use crate::conn::write::Write;
use crate::error::Error;
use crate::guard::TargetRule;
use crate::http1::head::method_id;
use crate::http1::machine::{Content, Plan};
use crate::http1::target::{HostText, MethodKind, RequestTarget};
use crate::http1::write::{FieldFacts, FieldRef, LibraryLines, RequestHead};

/// A request, without its fields.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// A token.
    pub method: &'a [u8],
    /// Origin-form, or the form that the method requires.
    pub target: &'a [u8],
    /// Host.
    pub authority: &'a [u8],
    /// The whole content, when nothing is streamed.
    pub content: &'a [u8],
    /// Content follows; its length, when it is known.
    pub stream: Option<Option<u64>>,
    /// `content` is lent with this token instead of copied.
    pub lent: Option<u64>,
    /// The connection ends after the exchange.
    pub close: bool,
    /// The content waits for `100 Continue`.
    pub expect: bool,
}

impl<'a> Request<'a> {
    fn content(&self) -> Content {
        Content::of(self.content, self.stream)
    }

    fn head(&self, plan: &Plan, facts: &FieldFacts, rule: TargetRule) -> Result<RequestHead<'a>, Error> {
        let mut lines: LibraryLines<'a> = own_lines(plan);
        lines.host = Some(HostText::parse(self.authority)?);
        lines.connection = lines.connection.completed(facts);
        let target = RequestTarget::parse(MethodKind::of(self.method), self.target, rule)?;
        Ok(RequestHead { method: self.method, target, lines })
    }
}

/// A connection that sends requests.
pub struct SendRequest<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> SendRequest<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// [`Http1::request`](super::Http1::request).
    pub fn request<'f>(
        &mut self,
        request: &Request<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        if self.parts.refuses_write() {
            return Ok(Write::Paused);
        }
        let fields = fields.chain(request.expect.then_some(FieldRef::EXPECT_CONTINUE));
        let facts = facts_of(fields.clone())?;
        let expect = facts.has(FieldFacts::EXPECT);
        let method = method_id(request.method);
        let close = request.close || facts.has(FieldFacts::CLOSE);
        let plan = self.plan(method, request.content(), close, expect)?;
        let head = request.head(&plan, &facts, self.parts.config.limits.head.target)?;
        Upgrade::of(self.parts, self.ws).keep_offer(&facts, fields.clone())?;
        let content = Kept::of(request.content, request.lent, self.parts.seals());
        queue(&mut self.parts.queue, &mut self.ws.blocks, &head.plan(&facts)?, fields, content)?;
        self.begin(method, facts.has(FieldFacts::UPGRADE), expect, &plan)?;
        self.wait_for_answer(expect, plan.complete);
        Ok(Write::Queued)
    }

    fn plan(&mut self, method: u8, content: Content, close: bool, expect: bool) -> Result<Plan, Error> {
        let depth = self.parts.config.pipeline_max;
        self.parts.protocol.client(&mut self.parts.sides)?.plan_request(method, content, close, expect, depth)
    }

    fn begin(&mut self, method: u8, upgrades: bool, expect: bool, plan: &Plan) -> Result<(), Error> {
        self.parts.protocol.client(&mut self.parts.sides)?.begin_request(method, upgrades, expect, plan)
    }

    fn wait_for_answer(&mut self, expect: bool, complete: bool) {
        if expect {
            self.parts.timers.wait(Wait::Continue);
        }
        if complete {
            ExchangeEnd::of(self.parts, self.ws).after_message();
        }
    }
}

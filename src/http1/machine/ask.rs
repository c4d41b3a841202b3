//! Client: requests out.

use super::{Asked, Content, Cue, Machine, NOT_NOW, Pending, Persistence, Plan, Role, Side, flag};
use crate::error::{Code, Error, Fault};
use crate::http1::head::method;
use crate::http1::write::frame_request;

static CLOSING: Fault = Fault::new(Code::Closing, 0, c"H1-CONN-03", c"the connection takes no further request");

impl<S> Machine<S> {
    /// Client: what a request gets, and whether it may go now. Nothing changes.
    pub fn plan_request(
        &self,
        method_id: u8,
        content: Content,
        close: bool,
        expect: bool,
        depth: u8,
    ) -> Result<Plan, Error> {
        self.may_request(depth)?;
        self.frame_request(content, frame_request(method_id, content, expect)?, close)
    }

    /// Whether a request may go now, behind at most `depth` - 1 others (H1-CONN-03, -13).
    fn may_request(&self, depth: u8) -> Result<(), Error> {
        if self.role != Role::Client {
            return Err(NOT_NOW);
        }
        if self.has(flag::LAST | flag::CLOSE_ASKED) || self.ours.is_over() || self.theirs.is_over() {
            return Err(CLOSING.at(0));
        }
        let waiting = self.exchange().pending.len();
        let has_turn = matches!(self.ours, Side::Idle | Side::Done) && waiting < depth.min(Pending::MAX);
        if has_turn && self.exchange().pending.may_be_followed() { Ok(()) } else { Err(NOT_NOW) }
    }

    /// Client: whether there are requests without a response.
    pub fn awaits_more(&self) -> bool {
        !self.exchange().pending.is_empty()
    }

    /// Client: the planned request begins.
    pub fn begin_request(&mut self, method_id: u8, upgrades: bool, expect: bool, plan: &Plan) -> Result<(), Error> {
        let idempotent = !matches!(method_id, method::POST | method::PATCH | method::OTHER | method::CONNECT);
        let asked = Asked::new(method_id == method::HEAD, method_id == method::CONNECT, upgrades, idempotent);
        self.step_ours(Cue::Request)?;
        self.exchange_mut().pending.push(asked);
        if plan.option == Persistence::Close {
            self.set(flag::CLOSE_ASKED, true);
        }
        self.set(flag::EXPECT, expect);
        if self.theirs == Side::Idle {
            self.step_theirs(Cue::Asked)?;
        }
        self.begin_content(plan)
    }
}

//! What the application means to do. It depends on what was said, never on how it was cut.

use wireway::http1::machine::Role;

use crate::log::HeadText;
use crate::setup::Setup;

/// What a server does with a request. The number of the request and the behaviour choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    Answer,
    Echo,
    AtHead,
    Stream,
    StreamLength,
    Close,
    Switch,
    InformFirst,
    Status(u16),
    Never,
}

const PLANS: [Plan; 14] = [
    Plan::Answer,
    Plan::Echo,
    Plan::AtHead,
    Plan::Stream,
    Plan::StreamLength,
    Plan::Close,
    Plan::Switch,
    Plan::InformFirst,
    Plan::Status(204),
    Plan::Status(304),
    Plan::Status(205),
    Plan::Status(404),
    Plan::Echo,
    Plan::Never,
];

#[derive(Debug)]
pub struct Application {
    pub(crate) is_client: bool,
    pub(crate) behaviour: u8,
    /// Writes are refused soon: what is left unsaid then depends on how many answers share a turn, so all are said at the end of
    /// their request, in one piece.
    pub(crate) backs_up: bool,
    /// Heads of messages so far.
    pub(crate) messages: u8,
    /// Requests sent so far.
    pub(crate) asked: u8,
    pub(crate) plan: Plan,
    pub(crate) content: Vec<u8>,
    /// The first value of Upgrade, up to its comma; `None` for CONNECT.
    pub(crate) protocol: Option<Vec<u8>>,
    /// An answer was refused for now.
    pub(crate) waits: bool,
    pub(crate) paused: bool,
}

impl Application {
    pub fn new(setup: &Setup) -> Self {
        Self {
            is_client: setup.config.role == Role::Client,
            behaviour: setup.behaviour,
            backs_up: setup.config.limits.high_water < 1024,
            messages: 0,
            asked: 0,
            plan: Plan::Never,
            content: Vec::new(),
            protocol: None,
            waits: false,
            paused: false,
        }
    }

    /// A message begins.
    pub fn remember(&mut self, head: &HeadText) {
        if head.kind != 0 {
            return;
        }
        self.content.clear();
        let number = self.behaviour.wrapping_add(self.messages.wrapping_mul(self.behaviour >> 4));
        self.plan = PLANS[usize::from(number & 15) % PLANS.len()];
        if self.backs_up
            && matches!(self.plan, Plan::AtHead | Plan::Stream | Plan::StreamLength | Plan::Switch | Plan::InformFirst)
        {
            self.plan = Plan::Answer;
        }
        self.messages = self.messages.wrapping_add(1);
        let upgrade = head.fields.iter().find(|(name, ..)| name.eq_ignore_ascii_case(b"upgrade"));
        let first = |value: &[u8]| value.split(|&octet| octet == b',').next().unwrap_or_default().trim_ascii().to_vec();
        self.protocol = if head.texts[0] == b"CONNECT" {
            None
        } else {
            Some(upgrade.map_or(Vec::new(), |(_, value, ..)| first(value)))
        };
    }

    /// Whether a pause is over.
    pub fn resumes(&mut self) -> bool {
        std::mem::take(&mut self.paused)
    }
}

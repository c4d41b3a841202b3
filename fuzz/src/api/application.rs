//! What the application of one end remembers, and what it does by itself.

use super::input::Input;

/// What octets of the application are at present.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Http,
    Raw,
    WebSocket,
}

/// What a request offered.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Offer {
    #[default]
    Nothing,
    Protocol,
    Tunnel,
    WebSocket,
}

/// What happens by itself; the rest is done by the input.
#[derive(Clone, Copy, Default)]
pub struct Habits {
    /// A server answers a request with its head.
    pub answers: bool,
    /// It takes every upgrade that is offered.
    pub takes_upgrades: bool,
    /// Messages and raw octets are sent back.
    pub echoes: bool,
    /// Of a request with content, how much may come, and whether it is gathered.
    pub bound: Option<(u64, bool)>,
}

impl Habits {
    pub fn of(input: &mut Input) -> Self {
        let octet = input.octet();
        let max = if octet & 0x20 == 0 { u64::MAX } else { 300 };
        let bound = (octet & 0x10 != 0).then_some((max, octet & 0x40 != 0));
        Self { answers: octet & 3 == 3, takes_upgrades: octet & 4 != 0, echoes: octet & 8 != 0, bound }
    }
}

/// One exchange at a time, as the connection has it.
#[derive(Default)]
pub struct Application {
    pub habits: Habits,
    pub mode: Mode,
    pub offer: Offer,
    /// The request in progress is HEAD.
    pub is_head: bool,
    /// The streamed message under way, by its number, and what its length says is left.
    pub open: Option<(usize, Option<u64>)>,
    /// Client: requests that wait for their final responses.
    pub asked: usize,
    /// Client: the last of them is CONNECT.
    pub asked_for_tunnel: bool,
    /// A WebSocket message under way; whether it is text.
    pub open_frame: Option<bool>,
    /// How often a write was answered WW_PAUSED, less WW_EVENT_WRITABLE: several of the former may share one of the latter.
    pub refused: usize,
}

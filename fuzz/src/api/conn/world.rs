//! Two ends that are wired to each other, or one whose peer is the input; their workspace and their clock.

use wireway::ffi::config::{WW_ROLE_CLIENT, WW_ROLE_SERVER};
use wireway::ffi::conn::drive::ww_conn_abort;
use wireway::ffi::conn::info::*;
use wireway::ffi::conn::ww_conn_reset;
use wireway::ffi::status::*;

use super::end::End;
use super::handle::Handle;
use super::speech::Speech;
use super::{settle, transport};
use crate::api::application::Habits;
use crate::api::config;
use crate::api::input::Input;
use crate::api::memory::Workspace;

/// What one lend has at most where the config says nothing.
const LEND_MAX: usize = 64 << 10;

pub struct World {
    /// A client and a server, or one of them. They go before their workspace.
    pub ends: Vec<End>,
    pub lend_max: [usize; 2],
    pub workspace: Workspace,
    pub now: u64,
    /// Memory or the budget of held octets is short: they may have to stop.
    pub is_tight: bool,
    /// Files go through the connection also where they need not.
    pub supplies: bool,
}

impl World {
    pub fn new(input: &mut Input) -> Self {
        let shape = input.octet();
        let tls = input.of(&[0, 0, 1, 2]);
        let (memory_max, held_max) = input.of(&[(0, 0), (0, 0), (0, 10_000), (200_000, 0)]);
        let workspace = Workspace::new(memory_max, held_max);
        let roles: &[u32] = match shape % 4 {
            0 | 1 => &[WW_ROLE_CLIENT, WW_ROLE_SERVER],
            2 => &[WW_ROLE_SERVER],
            _ => &[WW_ROLE_CLIENT],
        };
        let (ends, lend_max) = (Vec::new(), [LEND_MAX; 2]);
        let mut world = Self {
            ends,
            lend_max,
            workspace,
            now: 1000,
            is_tight: memory_max + held_max > 0,
            supplies: shape & 4 != 0,
        };
        for &role in roles {
            world.add(input, role, tls);
        }
        world
    }

    fn add(&mut self, input: &mut Input, role: u32, tls: usize) {
        let config = config::of(input, role, tls);
        if config.lend_max != 0 {
            self.lend_max[self.ends.len()] = config.lend_max as usize;
        }
        let made = Handle::new(&config, self.workspace.raw, self.now);
        let handle = made.expect("there is memory for a new connection");
        let mut end = End::new(handle, role == WW_ROLE_SERVER, tls > 0);
        end.app.habits = Habits::of(input);
        self.ends.push(end);
    }

    /// One end, and what its peer has said where that is ours.
    pub fn end_and_peer(&mut self, at: usize) -> (&mut End, Option<&Speech>) {
        let (before, from) = self.ends.split_at_mut(at);
        let (end, behind) = from.split_first_mut().expect("there is this end");
        (end, before.first().or(behind.first()).map(|peer| &peer.said))
    }

    pub fn send_to_peer(&mut self, at: usize, octets: &[u8]) {
        if self.ends.len() == 2 {
            self.ends[1 - at].incoming.send(octets);
        }
    }

    /// Does with the transport what the state says.
    pub fn obey(&mut self, at: usize) {
        let state = self.ends[at].handle.state();
        if state & (WW_STATE_SHUTDOWN_WRITE | WW_STATE_CLOSE) != 0 && self.ends.len() == 2 {
            self.ends[1 - at].incoming.close(state & WW_STATE_RESET == 0);
        }
    }

    /// What is to hold after every call.
    pub fn check(&self) {
        for end in &self.ends {
            end.check();
            assert!(!end.is_short_of_memory || self.workspace.has_failed(), "WW_E_NOMEM though there is memory");
        }
    }

    /// The transport of one end fails, and with it that of the other.
    pub fn abort(&mut self, at: usize) {
        let now = self.now;
        let end = &mut self.ends[at];
        // SAFETY: a connection of ours.
        let status = end.handle.call(|c| unsafe { ww_conn_abort(c, now) });
        assert_eq!(status, WW_OK);
        assert!(end.is(WW_STATE_CLOSE), "the state is CLOSE behind an abort");
        assert!(end.handle.output(1).is_empty(), "output behind an abort");
        end.shown.forget();
        (end.was_aborted, end.is_troubled) = (true, true);
        if self.ends.len() == 2 {
            self.ends[1 - at].incoming.close(false);
        }
    }

    /// Whether all ends have ended and nothing is left to be pulled.
    pub fn is_over(&self) -> bool {
        self.ends.iter().all(End::is_over)
    }

    /// All ends get another transport.
    pub fn reset(&mut self) {
        let now = self.now;
        for end in &mut self.ends {
            end.witness.end();
            end.shown.forget();
            // SAFETY: a connection of ours.
            let status = end.handle.call(|c| unsafe { ww_conn_reset(c, now) });
            end.renew();
            end.is_short_of_memory |= status == WW_E_NOMEM;
            end.is_troubled |= status != WW_OK;
        }
    }

    /// Applies the time. An early call changes nothing, and no wait is over behind one.
    pub fn tick(&mut self, at: usize, ms: u64) {
        self.now += ms;
        let (now, handle) = (self.now, &self.ends[at].handle);
        let (due, before) = (handle.deadline(now), handle.state());
        handle.tick(now);
        let (next, after) = (handle.deadline(now), handle.state());
        assert!(due <= now || (due <= next && before == after), "an early tick: {due} {next}, {before:x} {after:x}");
        let is_over = after & (WW_STATE_EVENTS | WW_STATE_CLOSE) != 0;
        assert!(next > now || is_over, "a deadline that has come behind a tick");
        assert!(handle.deadline(now + 1) >= next, "a deadline that goes back");
        self.ends[at].is_troubled |= before != after;
    }

    /// Everything goes on until nothing more happens, and ends.
    pub fn end(mut self, input: &mut Input) {
        self.workspace.mend();
        settle::all(&mut self);
        self.check();
        settle::compare(&self);
        for at in 0..self.ends.len() {
            self.abort(at);
            transport::drain(&mut self, at);
            assert!(self.ends[at].tokens.are_all_back(), "something that was lent did not come back");
        }
        self.check();
        if input.bit() {
            self.ends.reverse();
        }
    }
}

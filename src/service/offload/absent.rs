//! A library without TLS: there is nothing for the system to take over.

use super::send_wait::SendWait;
use super::slots::Live;
use super::stats::Stats;
use crate::conn::Workspace;
use crate::io::driver::Driver;

#[derive(Debug)]
pub(super) struct Offload;

impl Offload {
    pub fn new() -> Self {
        Self
    }

    #[inline(always)]
    pub fn take(&mut self, _: &mut Live, _: &mut Driver, _: &mut Workspace, _: u64, _: &mut Stats) -> SendWait {
        SendWait::Nothing
    }
}

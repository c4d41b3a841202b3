//! Target and Host as a client sends them. Values of these types are valid (H1-GEN-01, -02).

use super::{Authority, MethodKind, TargetForm, classify, parse_host};
use crate::error::{Code, Error, Fault};
use crate::guard::TargetRule;
use crate::http1::target_octets::flaw;

static TARGET: Fault =
    Fault::new(Code::Target, 0, c"H1-GEN-02", c"the target is not in a form that can be sent with this method");

/// A valid target to send, in up to four pieces.
#[derive(Clone, Copy, Debug)]
pub struct RequestTarget<'a> {
    pieces: [&'a [u8]; 4],
}

impl<'a> RequestTarget<'a> {
    /// A target of checked pieces.
    pub(super) const fn of(pieces: [&'a [u8]; 4]) -> Self {
        Self { pieces }
    }

    /// A target from the caller, checked by `rule` like a received one (H1-GEN-01, -02; H1-TGT-17).
    ///
    /// # Errors
    ///
    /// [`Code::Target`] at the first invalid octet.
    pub fn parse(method: MethodKind, target: &'a [u8], rule: TargetRule) -> Result<Self, Error> {
        // RFC 9112 §3.2.1: an empty path is sent as `/` (H1-TGT-15).
        if method != MethodKind::Connect && matches!(target.first(), None | Some(b'?')) {
            return match flaw(rule, target) {
                Some(at) => Err(TARGET.at(at as u64)),
                None => Ok(Self { pieces: [b"/", target, b"", b""] }),
            };
        }
        let start = match classify(method, target).map_err(|error| TARGET.at(error.offset))? {
            TargetForm::Origin => 0,
            TargetForm::Absolute { path, .. } => path.offset,
            TargetForm::Authority(_) | TargetForm::Asterisk => target.len(),
        };
        match flaw(rule, &target[start..]) {
            Some(at) => Err(TARGET.at((start + at) as u64)),
            None => Ok(Self { pieces: [target, b"", b"", b""] }),
        }
    }

    /// The octets of the target, in order.
    pub const fn pieces(&self) -> [&'a [u8]; 4] {
        self.pieces
    }

    /// Length in octets.
    pub fn octets(&self) -> usize {
        self.pieces.iter().map(|piece| piece.len()).sum()
    }
}

/// A valid Host value to send.
#[derive(Clone, Copy, Debug)]
pub struct HostText<'a> {
    pieces: [&'a [u8]; 2],
}

impl<'a> HostText<'a> {
    /// A value of checked pieces.
    pub(super) const fn of(pieces: [&'a [u8]; 2]) -> Self {
        Self { pieces }
    }

    /// A value from the caller.
    ///
    /// # Errors
    ///
    /// [`Code::Host`] at the first invalid octet.
    pub fn parse(value: &'a [u8]) -> Result<Self, Error> {
        let _: Authority = parse_host(value)?;
        Ok(Self { pieces: [value, b""] })
    }

    /// The octets of the value, in order.
    pub const fn pieces(&self) -> [&'a [u8]; 2] {
        self.pieces
    }

    /// Length in octets.
    pub const fn octets(&self) -> usize {
        self.pieces[0].len() + self.pieces[1].len()
    }
}

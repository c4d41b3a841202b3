//! Target and Host as a client sends them: what has these types is valid (H1-GEN-01, -02).

use super::{Authority, MethodKind, TargetForm, classify, parse_host};
use crate::error::{Code, Error, Fault};
use crate::guard::TargetRule;
use crate::http1::target_octets::flaw;

static TARGET: Fault =
    Fault::new(Code::Target, 0, c"H1-GEN-02", c"The target is not in a form that can be sent with this method");

/// A target that can be sent, in up to four pieces. It can only be made of valid ones.
#[derive(Clone, Copy, Debug)]
pub struct RequestTarget<'a> {
    pieces: [&'a [u8]; 4],
}

impl<'a> RequestTarget<'a> {
    /// A target of pieces that were checked.
    pub(super) const fn of(pieces: [&'a [u8]; 4]) -> Self {
        Self { pieces }
    }

    /// A target as the caller gives it, checked by `rule` as a received one is (H1-GEN-01, -02; H1-TGT-17).
    ///
    /// # Errors
    ///
    /// [`Code::Target`] at the first octet that does not fit.
    pub fn given(method: MethodKind, target: &'a [u8], rule: TargetRule) -> Result<Self, Error> {
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

    /// How many octets there are.
    pub fn octets(&self) -> usize {
        self.pieces.iter().map(|piece| piece.len()).sum()
    }
}

/// The value of a Host field that can be sent. It can only be made of valid ones.
#[derive(Clone, Copy, Debug)]
pub struct HostText<'a> {
    pieces: [&'a [u8]; 2],
}

impl<'a> HostText<'a> {
    /// A value of pieces that were checked.
    pub(super) const fn of(pieces: [&'a [u8]; 2]) -> Self {
        Self { pieces }
    }

    /// A value as the caller gives it.
    ///
    /// # Errors
    ///
    /// [`Code::Host`] at the first octet that does not fit.
    pub fn given(value: &'a [u8]) -> Result<Self, Error> {
        let _: Authority = parse_host(value)?;
        Ok(Self { pieces: [value, b""] })
    }

    /// The octets of the value, in order.
    pub const fn pieces(&self) -> [&'a [u8]; 2] {
        self.pieces
    }

    /// How many octets there are.
    pub const fn octets(&self) -> usize {
        self.pieces[0].len() + self.pieces[1].len()
    }
}

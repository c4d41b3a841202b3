//! Path and query of a request target in any form.

use super::{MethodKind, Part, Prefix, TargetForm, classify};
use crate::error::{Code, Error, Fault};
use crate::guard::TargetRule;
use crate::http1::target_octets::flaw;

static OCTET: Fault =
    Fault::new(Code::Target, 400, c"H1-TGT-02", c"the target has an octet that is not allowed in its path or query");

/// The parts of a request target, neither decoded nor normalised (H1-TGT-03).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetParts<'a> {
    form: TargetForm,
    authority: &'a [u8],
    path: &'a [u8],
    query: Option<&'a [u8]>,
}

impl<'a> TargetParts<'a> {
    /// Splits a target. Accepts every octet of [`TargetRule::Lenient`] in path and query: the connection checked the
    /// target when it received it.
    ///
    /// # Errors
    ///
    /// [`Code::Target`] at the first invalid octet, and for a form that does not suit the method.
    pub fn of(method: MethodKind, target: &'a [u8]) -> Result<Self, Error> {
        let form = classify(method, target)?;
        let (authority, whole, prefix) = match form {
            TargetForm::Origin => (&[][..], target, Prefix::None),
            TargetForm::Absolute { authority, prefix, path, .. } => {
                let Part { offset, .. } = path;
                (&target[authority.host.offset..offset], &target[offset..], prefix)
            }
            TargetForm::Authority(_) => return Ok(Self { form, authority: target, path: b"", query: None }),
            TargetForm::Asterisk => return Ok(Self { form, authority: b"", path: target, query: None }),
        };
        if let Some(at) = flaw(TargetRule::Lenient, whole) {
            return Err(OCTET.at((target.len() - whole.len() + at) as u64));
        }
        let (path, query) = match whole.iter().position(|&octet| octet == b'?') {
            Some(at) => (&whole[..at], Some(&whole[at + 1..])),
            None => (whole, None),
        };
        Ok(Self { form, authority, path: if path.is_empty() { prefix.text() } else { path }, query })
    }

    /// The form.
    pub const fn form(&self) -> TargetForm {
        self.form
    }

    /// Host and port as written; empty in origin-form and for `*`.
    pub const fn authority(&self) -> &'a [u8] {
        self.authority
    }

    /// The path as written, without the query. `/` if absolute-form has none, `*` for OPTIONS for the whole server
    /// (H1-TGT-07), empty in authority-form.
    pub const fn path(&self) -> &'a [u8] {
        self.path
    }

    /// The text after the first `?`, if any.
    pub const fn query(&self) -> Option<&'a [u8]> {
        self.query
    }
}

//! A response by value: what a mailbox carries to the server's thread.

use crate::conn::Response;
use crate::error::{Code, Error, Fault};
use crate::http1::write::{FieldRef, check_fields};
use crate::memory::NO_MEMORY;

static NOT_WHOLE: Fault = Fault::new(Code::Argument, 0, c"", c"a posted response is whole: not streamed, not lent");

/// A whole response: reason, then names and values, then content, one behind the other.
#[derive(Debug)]
pub(super) struct Answer {
    status: u16,
    close: bool,
    reason: usize,
    fields: Vec<(usize, usize)>,
    octets: Vec<u8>,
}

impl Answer {
    /// A deep copy. Fails with `Argument` when it is not whole, with what is wrong with a field, and `Nomem`.
    pub fn copy<'f>(
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Self, Error> {
        if response.stream.is_some() || response.lent.is_some() {
            return Err(NOT_WHOLE.at(0));
        }
        // Here its maker can still be told.
        check_fields(fields.clone())?;
        let field_octets: usize = fields.clone().map(|field| field.name.len() + field.value.len()).sum();
        let mut answer = Self {
            status: response.status,
            close: response.close,
            reason: response.reason.len(),
            fields: Vec::new(),
            octets: Vec::new(),
        };
        let size = response.reason.len() + field_octets + response.content.len();
        answer.octets.try_reserve_exact(size).map_err(|_| NO_MEMORY)?;
        answer.fields.try_reserve_exact(fields.clone().count()).map_err(|_| NO_MEMORY)?;
        answer.octets.extend_from_slice(response.reason);
        for field in fields {
            answer.fields.push((field.name.len(), field.value.len()));
            answer.octets.extend_from_slice(field.name);
            answer.octets.extend_from_slice(field.value);
        }
        answer.octets.extend_from_slice(response.content);
        Ok(answer)
    }

    /// What it takes in memory, about.
    pub fn size(&self) -> usize {
        self.octets.len() + self.fields.len() * size_of::<(usize, usize)>()
    }

    /// The response and its fields.
    pub fn parts(&self) -> (Response<'_>, Fields<'_>) {
        let (reason, rest) = self.octets.split_at(self.reason);
        let fields: usize = self.fields.iter().map(|(name, value)| name + value).sum();
        let (fields, content) = rest.split_at(fields);
        let response = Response { status: self.status, reason, content, stream: None, lent: None, close: self.close };
        (response, Fields { lengths: self.fields.iter(), octets: fields })
    }
}

/// The fields of an [`Answer`].
#[derive(Clone)]
pub(super) struct Fields<'a> {
    lengths: core::slice::Iter<'a, (usize, usize)>,
    octets: &'a [u8],
}

impl<'a> Iterator for Fields<'a> {
    type Item = FieldRef<'a>;

    fn next(&mut self) -> Option<FieldRef<'a>> {
        let &(name, value) = self.lengths.next()?;
        let (name, rest) = self.octets.split_at(name);
        let (value, rest) = rest.split_at(value);
        self.octets = rest;
        Some(FieldRef { name, value })
    }
}

//! Fields by value, with octets before and after them: a head in a mailbox.

use crate::error::Error;
use crate::http1::write::FieldRef;
use crate::memory::NO_MEMORY;

/// A lead, names and values, and a tail, in one buffer.
#[derive(Debug)]
pub(super) struct Copied {
    lead: usize,
    lengths: Vec<(usize, usize)>,
    octets: Vec<u8>,
}

impl Copied {
    /// A deep copy. Fails with `Nomem`.
    pub fn new<'f>(
        lead: &[u8],
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
        tail: &[u8],
    ) -> Result<Self, Error> {
        let field_octets: usize = fields.clone().map(|field| field.name.len() + field.value.len()).sum();
        let mut copied = Self { lead: lead.len(), lengths: Vec::new(), octets: Vec::new() };
        copied.octets.try_reserve_exact(lead.len() + field_octets + tail.len()).map_err(|_| NO_MEMORY)?;
        copied.lengths.try_reserve_exact(fields.clone().count()).map_err(|_| NO_MEMORY)?;
        copied.octets.extend_from_slice(lead);
        for field in fields {
            copied.lengths.push((field.name.len(), field.value.len()));
            copied.octets.extend_from_slice(field.name);
            copied.octets.extend_from_slice(field.value);
        }
        copied.octets.extend_from_slice(tail);
        Ok(copied)
    }

    /// Approximate size in memory.
    pub fn size(&self) -> usize {
        self.octets.len() + self.lengths.len() * size_of::<(usize, usize)>()
    }

    /// The lead, the fields and the tail.
    pub fn parts(&self) -> (&[u8], Fields<'_>, &[u8]) {
        let (lead, rest) = self.octets.split_at(self.lead);
        let fields: usize = self.lengths.iter().map(|(name, value)| name + value).sum();
        let (fields, tail) = rest.split_at(fields);
        (lead, Fields { lengths: self.lengths.iter(), octets: fields }, tail)
    }
}

/// The fields.
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

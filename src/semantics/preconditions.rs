//! Preconditions of a request (RFC 9110 §13), checked against the current representation.
//!
//! Uses [`super::date`] and [`super::entity_tag`]. If the request would fail without preconditions, they must not be
//! checked (§13.2.1); the caller decides that.

use super::date;
use super::entity_tag::{EntityTag, EntityTags};
use crate::http1::list::trim;

/// The precondition fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// If-Match.
    Match,
    /// If-None-Match.
    NoneMatch,
    /// If-Modified-Since.
    ModifiedSince,
    /// If-Unmodified-Since.
    UnmodifiedSince,
    /// If-Range.
    Range,
}

/// The selected representation: what GET would return.
#[derive(Clone, Copy, Debug, Default)]
pub struct Representation<'a> {
    /// It does not exist: PUT would create it.
    pub is_absent: bool,
    /// Its ETag.
    pub etag: Option<EntityTag<'a>>,
    /// Its Last-Modified, in seconds since 1970.
    pub modified: Option<i64>,
    /// It did not change twice within that second (RFC 9110 §8.8.2.2), so the date is valid for If-Range.
    pub is_date_strong: bool,
}

/// The result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Perform the method.
    Proceed,
    /// Perform the method and ignore Range.
    ProceedWhole,
    /// 304.
    NotModified,
    /// 412.
    Failed,
}

/// Evaluates the fields in the order of RFC 9110 §13.2.2. `now` is for two-digit years, see [`date::parse`].
///
/// An invalid or repeated date counts as absent. A list of entity tags counts up to the first invalid element.
pub fn evaluate<'a, I>(method: &[u8], fields: I, current: &Representation<'_>, now: i64) -> Verdict
where
    I: Iterator<Item = (Condition, &'a [u8])> + Clone,
{
    let request = Request { fields, current, now };
    if matches!(method, b"CONNECT" | b"OPTIONS" | b"TRACE") {
        return Verdict::Proceed;
    }
    let is_read = matches!(method, b"GET" | b"HEAD");
    if !request.is_as_expected() {
        return Verdict::Failed;
    }
    match request.is_news(is_read) {
        false if is_read => Verdict::NotModified,
        false => Verdict::Failed,
        true if method == b"GET" && !request.is_same_for_range() => Verdict::ProceedWhole,
        true => Verdict::Proceed,
    }
}

struct Request<'r, 'a, I: Iterator<Item = (Condition, &'a [u8])> + Clone> {
    fields: I,
    current: &'r Representation<'r>,
    now: i64,
}

impl<'a, I: Iterator<Item = (Condition, &'a [u8])> + Clone> Request<'_, 'a, I> {
    /// Steps 1 and 2: If-Match, and without it If-Unmodified-Since.
    fn is_as_expected(&self) -> bool {
        if self.has(Condition::Match) {
            return self.names(Condition::Match, |one, other| one.is_strongly(other));
        }
        match (self.date(Condition::UnmodifiedSince), self.modified()) {
            (Some(date), Some(modified)) => modified <= date,
            _ => true,
        }
    }

    /// Steps 3 and 4: If-None-Match, and without it If-Modified-Since.
    fn is_news(&self, is_read: bool) -> bool {
        if self.has(Condition::NoneMatch) {
            return !self.names(Condition::NoneMatch, |one, other| one.is_weakly(other));
        }
        match (self.date(Condition::ModifiedSince), self.modified()) {
            (Some(date), Some(modified)) if is_read => modified > date,
            _ => true,
        }
    }

    /// Step 5: If-Range.
    fn is_same_for_range(&self) -> bool {
        if !self.has(Condition::Range) {
            return true;
        }
        let Some(value) = self.only(Condition::Range) else { return false };
        match (EntityTag::parse(value), self.etag()) {
            (Some(tag), Some(etag)) => tag.is_strongly(&etag),
            (Some(_), None) => false,
            (None, _) => {
                let date = date::parse(value, self.now);
                self.current.is_date_strong && date.is_some() && date == self.modified()
            }
        }
    }

    /// A missing representation has no validators.
    fn etag(&self) -> Option<EntityTag<'_>> {
        self.current.etag.filter(|_| !self.current.is_absent)
    }

    fn modified(&self) -> Option<i64> {
        self.current.modified.filter(|_| !self.current.is_absent)
    }

    fn values(&self, condition: Condition) -> impl Iterator<Item = &'a [u8]> {
        self.fields.clone().filter(move |field| field.0 == condition).map(|field| trim(field.1))
    }

    fn has(&self, condition: Condition) -> bool {
        self.values(condition).next().is_some()
    }

    /// The value of a field that occurs once.
    fn only(&self, condition: Condition) -> Option<&'a [u8]> {
        let mut values = self.values(condition);
        let value = values.next()?;
        values.next().is_none().then_some(value)
    }

    fn date(&self, condition: Condition) -> Option<i64> {
        self.only(condition).and_then(|value| date::parse(value, self.now))
    }

    /// Whether the lists of entity tags contain the current one.
    fn names(&self, condition: Condition, is_same: impl Fn(&EntityTag<'_>, &EntityTag<'_>) -> bool) -> bool {
        if self.current.is_absent {
            return false;
        }
        self.values(condition).any(|value| match self.etag() {
            _ if value == b"*" => true,
            Some(etag) => EntityTags::new(value).any(|tag| is_same(&tag, &etag)),
            None => false,
        })
    }
}

#[cfg(test)]
mod tests;

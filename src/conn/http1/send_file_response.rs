//! Files as responses: which range of a file is sent, and with which fields.

use super::head_out::Kept;
use super::send_response::{Response, SendResponse};
use crate::conn::file::piece_of;
use crate::conn::parts::Parts;
use crate::conn::workspace::{File, Workspace};
use crate::conn::write::Write;
use crate::error::{Code, Error, Fault};
use crate::http1::machine::Content;
use crate::http1::write::{DateCache, FieldRef};
use crate::semantics::entity_tag::EntityTag;
use crate::semantics::preconditions::Representation;
use crate::semantics::selection::{Selection, Selector, select};

static NO_TAG: Fault = Fault::new(Code::Argument, 0, c"H1-SEM-07", c"what should be an entity tag is none");

/// A file as the selected representation, without the caller's fields.
#[derive(Clone, Copy, Debug)]
pub struct FileResponse<'a> {
    /// The whole content.
    pub file: File,
    /// Empty: no Content-Type is sent.
    pub content_type: &'a [u8],
    /// With its quotes. Empty: there is none.
    pub etag: &'a [u8],
    /// Seconds since 1970; a negative time counts as none.
    pub modified: Option<i64>,
    /// The content did not change twice within that second (a strong validator).
    pub is_date_strong: bool,
    /// The token with which the file is released.
    pub token: u64,
}

impl FileResponse<'_> {
    /// The representation by which conditions are evaluated at `now`, in seconds; 0: unknown. A modification time in the
    /// future is no validator: it is sent as the time of the response, so two responses differ in it.
    fn representation(&self, now: u64) -> Result<Representation<'_>, Error> {
        let has_come = |&seconds: &i64| u64::try_from(seconds).is_ok_and(|seconds| now == 0 || seconds <= now);
        let modified = self.modified.filter(has_come);
        let etag = match self.etag {
            [] => None,
            text => Some(EntityTag::parse(text).ok_or(NO_TAG.at(0))?),
        };
        Ok(Representation { is_absent: false, etag, modified, is_date_strong: self.is_date_strong })
    }

    /// The range of the file that is sent.
    fn part(&self, selection: &Selection) -> File {
        let first = self.file.offset.saturating_add(selection.part.first);
        File { offset: first, len: selection.part.len, ..self.file }
    }
}

/// A connection that responds with files.
pub struct SendFileResponse<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> SendFileResponse<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// [`Http1::respond_file`](super::Http1::respond_file).
    pub fn respond_file<'f, 's>(
        self,
        method: &[u8],
        selectors: impl Iterator<Item = (Selector, &'s [u8])> + Clone,
        response: &FileResponse<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        piece_of(&response.file, response.token)?;
        let now = self.ws.date.unix_seconds();
        let there = response.representation(now)?;
        let seconds = i64::try_from(now).unwrap_or(i64::MAX);
        let selection = select(method, selectors, &there, response.file.len, seconds);
        let range = selection.content_range();
        let mut lines = Lines::of(range.as_ref().map(|range| range.text()).unwrap_or_default());
        let mut date = DateCache::new();
        lines.describe(response, &selection, modified_before(response.modified, now, &mut date));
        // A 304 states the length of the content that it does not send.
        let len = if selection.status == 304 { selection.length } else { selection.part.len };
        let head =
            Response { status: selection.status, reason: b"", content: b"", stream: None, lent: None, close: false };
        let part = response.part(&selection);
        let (part, nothing) = (piece_of(&part, response.token)?, piece_of(&File { len: 0, ..part }, response.token)?);
        let kept = |with_content| Kept::InFile(if with_content { part } else { nothing });
        // Both kinds of fields live as long as this call.
        let lines = lines.iter().chain(fields.map(|FieldRef { name, value }| FieldRef { name, value }));
        SendResponse::of(self.parts, self.ws).respond_with(&head, Content::Whole(len), lines, kept)
    }
}

/// The Last-Modified to send: a time after the message would be false (RFC 9110 §8.8.2.1).
fn modified_before(modified: Option<i64>, now: u64, date: &mut DateCache) -> &[u8] {
    let Some(seconds) = modified.and_then(|seconds| u64::try_from(seconds).ok()) else { return &[] };
    date.set(if now == 0 { seconds } else { seconds.min(now) });
    date.value()
}

/// The fields that describe the sent content.
struct Lines<'a> {
    all: [FieldRef<'a>; 5],
    count: usize,
}

impl<'a> Lines<'a> {
    fn of(content_range: &'a [u8]) -> Self {
        let mut lines = Self { all: [FieldRef { name: b"", value: b"" }; 5], count: 0 };
        lines.push(b"Content-Range", content_range);
        lines
    }

    /// A field, unless its value is empty.
    fn push(&mut self, name: &'static [u8], value: &'a [u8]) {
        if !value.is_empty() {
            self.all[self.count] = FieldRef { name, value };
            self.count += 1;
        }
    }

    /// Every response has the validators; fields about content only if there is some (RFC 9110 §15.4.5).
    fn describe(&mut self, response: &FileResponse<'a>, selection: &Selection, modified: &'a [u8]) {
        if matches!(selection.status, 200 | 206) {
            self.push(b"Content-Type", response.content_type);
            self.push(b"Accept-Ranges", b"bytes");
        }
        self.push(b"ETag", response.etag);
        self.push(b"Last-Modified", modified);
    }

    fn iter(&self) -> impl Iterator<Item = FieldRef<'a>> + Clone + '_ {
        self.all[..self.count].iter().copied()
    }
}

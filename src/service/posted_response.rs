//! A response by value, as posted to the server's thread.

use super::copied::{Copied, Fields};
use crate::conn::Response;
use crate::error::{Code, Error, Fault};
use crate::http1::write::{FieldRef, check_fields};

static LENT: Fault = Fault::new(Code::Argument, 0, c"", c"a posted response is copied: it cannot be lent");

/// A response with its content, or the head of a streamed one.
#[derive(Debug)]
pub(super) struct PostedResponse {
    status: u16,
    close: bool,
    stream: Option<Option<u64>>,
    /// The reason, the fields, the content.
    copied: Copied,
}

impl PostedResponse {
    /// A deep copy. Fails with `Argument` if it is lent, with the error of a field, and with `Nomem`.
    pub fn copy<'f>(
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Self, Error> {
        if response.lent.is_some() {
            return Err(LENT.at(0));
        }
        // Checked here, where the poster can still get the error.
        check_fields(fields.clone())?;
        let copied = Copied::new(response.reason, fields, response.content)?;
        Ok(Self { status: response.status, close: response.close, stream: response.stream, copied })
    }

    /// Approximate size in memory.
    pub fn size(&self) -> usize {
        self.copied.size()
    }

    /// The response and its fields.
    pub fn parts(&self) -> (Response<'_>, Fields<'_>) {
        let (reason, fields, content) = self.copied.parts();
        let response =
            Response { status: self.status, reason, content, stream: self.stream, lent: None, close: self.close };
        (response, fields)
    }
}

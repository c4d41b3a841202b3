//! HTTP/1.1 calls for the owner: requests, responses, their content, and protocol switches.

use super::error_answer::ErrorAnswer;
use super::recv_content::RecvContent;
use super::send_content::SendContent;
use super::send_file_response::{FileResponse, SendFileResponse};
use super::send_request::{Request, SendRequest};
use super::send_response::{Response, SendResponse};
use super::upgrade::Upgrade;
use crate::conn::file::SendFile;
use crate::conn::parts::Parts;
use crate::conn::workspace::{File, Workspace};
use crate::conn::write::Write;
use crate::error::Error;
use crate::http1::write::FieldRef;
use crate::semantics::selection::Selector;

/// A connection, for one HTTP/1.1 call.
pub struct Http1<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Http1<'a> {
    #[inline(always)]
    pub(in crate::conn) fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Responds to the current request; all or nothing. See `ww_conn_respond` for the errors.
    #[inline(always)]
    pub fn respond<'f>(
        &mut self,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        if self.parts.is_refusing() {
            return ErrorAnswer::of(self.parts, self.ws).give(response, fields);
        }
        SendResponse::of(self.parts, self.ws).respond(response, fields)
    }

    /// Responds to the current request with a file; all or nothing. `method` and `selectors` are from the request: they
    /// select all of the file, a range, or nothing. The file is released in order, however much of it is sent. See
    /// `ww_conn_respond_file` for the errors.
    #[inline]
    pub fn respond_file<'f, 's>(
        &mut self,
        method: &[u8],
        selectors: impl Iterator<Item = (Selector, &'s [u8])> + Clone,
        response: &FileResponse<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        SendFileResponse::of(self.parts, self.ws).respond_file(method, selectors, response, fields)
    }

    /// The fast way of responding: 200 with whole content, as nearly always. `None`: nothing was done; call
    /// [`respond`](Self::respond).
    #[inline(always)]
    pub fn respond_ok<'f>(
        &mut self,
        content: &[u8],
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Option<Write> {
        SendResponse::of(self.parts, self.ws).respond_ok(content, fields)
    }

    /// Sends an interim response (RFC 9110 §15.2).
    #[inline]
    pub fn send_interim<'f>(
        &mut self,
        status: u16,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        SendResponse::of(self.parts, self.ws).send_interim(status, fields)
    }

    /// Server, while `Event::Request` shows the head of a request with content: limits this content to `max` octets.
    /// More is refused with 413, like more than `body_max`, and at once if the length is declared. `body_max` remains
    /// the maximum.
    ///
    /// Fails with `State` at any other time.
    #[inline]
    pub fn limit_content(&mut self, max: u64) -> Result<(), Error> {
        RecvContent::of(self.parts, self.ws).limit_content(max)
    }

    /// Likewise, and delivers the request whole: its content is gathered, and `Event::Whole` shows it with the head.
    ///
    /// Fails with `State` at any other time, and with `Argument` if so much cannot be gathered.
    #[inline]
    pub fn gather_content(&mut self, max: u64) -> Result<(), Error> {
        RecvContent::of(self.parts, self.ws).gather_content(max)
    }

    /// Client: sends a request; all or nothing. See `ww_conn_request` for the errors.
    #[inline]
    pub fn request<'f>(
        &mut self,
        request: &Request<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        SendRequest::of(self.parts, self.ws).request(request, fields)
    }

    /// Sends content, or raw octets after a switch; copied, all or nothing. Content of a response without content (to
    /// HEAD, 304) is accepted and dropped.
    #[inline]
    pub fn send(&mut self, content: &[u8]) -> Result<Write, Error> {
        SendContent::of(self.parts, self.ws).send(content)
    }

    /// Sends content that the caller keeps unchanged at its address until it is released with `token`. If the
    /// connection [seals](Parts::seals), it is copied, and released when the copy has left the queue.
    #[inline]
    pub fn send_lent(&mut self, content: &[u8], token: u64) -> Result<Write, Error> {
        SendContent::of(self.parts, self.ws).send_lent(content, token)
    }

    /// Sends a range of a file as content, or as raw octets after a switch, like [`send`](Self::send) but without
    /// reading it. The caller keeps the file unchanged until it is released with `token`. If the owner sends from it
    /// without a copy, the octets must stay unchanged until the peer has them.
    ///
    /// Besides the errors of `send`: `Argument` if the range ends beyond 2^63 - 1, or is longer than an address space.
    #[inline]
    pub fn send_file(&mut self, file: &File, token: u64) -> Result<Write, Error> {
        SendFile::of(self.parts, self.ws).send_file(file, token)
    }

    /// Takes the next octets of the file at the front: `read` fills the buffer it is given from its beginning, and
    /// returns the number of octets. They are queued in the file's place. With 0 the file is shorter than announced, or
    /// cannot be read: the message cannot be completed, and the connection ends with `BodyLength`.
    ///
    /// `State`: no file is to be read now; nothing was done. `Nomem`: the connection has ended.
    #[inline]
    pub fn supply_file(&mut self, read: impl FnOnce(&File, &mut [u8]) -> usize) -> Result<(), Error> {
        SendFile::of(self.parts, self.ws).supply_file(read)
    }

    /// Ends our message, with trailers if it is chunked; after a switch, our side.
    #[inline]
    pub fn finish<'f>(&mut self, trailers: impl Iterator<Item = FieldRef<'f>> + Clone) -> Result<Write, Error> {
        SendContent::of(self.parts, self.ws).finish(trailers)
    }

    /// Switches protocols: 101 to an offered Upgrade, 2xx to CONNECT.
    #[inline]
    pub fn switch<'f>(
        &mut self,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        Upgrade::of(self.parts, self.ws).switch(response, fields)
    }
}

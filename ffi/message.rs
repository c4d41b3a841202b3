//! Messages to send, as C describes them.

use core::ptr::NonNull;

use super::check::{ARGUMENT, prefix, slice};
use super::head::types::{ww_field, ww_span};
use crate::conn::{Request, Response};
use crate::error::Error;
use crate::http1::write::FieldRef;

/// Message flag: content follows by ww_conn_send() and ends with ww_conn_finish().
pub const WW_MESSAGE_STREAM: u32 = 1 << 0;
/// Message flag: `content_length` says how long the content that follows will be.
pub const WW_MESSAGE_LENGTH: u32 = 1 << 1;
/// Message flag: `content` stays the caller's until WW_EVENT_RELEASED with `token`; it is not copied.
pub const WW_MESSAGE_LENT: u32 = 1 << 2;
/// Message flag: the connection ends after this message.
pub const WW_MESSAGE_CLOSE: u32 = 1 << 3;
/// Request flag: wait for 100 Continue before the content (RFC 9110 §10.1.1).
pub const WW_MESSAGE_EXPECT: u32 = 1 << 4;

const FLAGS: u32 = WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH | WW_MESSAGE_LENT | WW_MESSAGE_CLOSE | WW_MESSAGE_EXPECT;

/// A response. Start from WW_RESPONSE_INIT. Everything is copied by the call, but lent content.
///
/// `fields` may have every field but Content-Length and Transfer-Encoding (WW_E_AMBIGUOUS_FRAMING): the library writes them as the content
/// needs. A Date among them takes the place of the library's. Connection may name close, keep-alive, upgrade and te, and nothing else
/// (WW_E_FIELD_VALUE); `close` ends the connection as WW_MESSAGE_CLOSE does, and the library adds the options that are needed besides.
///
/// With 204 and 304 no length is needed, and 205 has no content: content or WW_MESSAGE_STREAM with 204 or 205 is WW_E_ARGUMENT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_response {
    /// sizeof(ww_response); set by WW_RESPONSE_INIT.
    pub size: usize,
    /// 200 to 599; 101 only for ww_conn_switch(). 401 needs a field WWW-Authenticate, 405 Allow, 407 Proxy-Authenticate, 426 Upgrade (else:
    /// WW_E_ARGUMENT).
    pub status: u16,
    /// 0.
    pub reserved: u16,
    /// WW_MESSAGE_* bits.
    pub flags: u32,
    /// Empty: the standard phrase.
    pub reason: ww_span,
    /// Fields in the order they are sent.
    pub fields: *const ww_field,
    /// How many.
    pub field_count: usize,
    /// The whole content, when WW_MESSAGE_STREAM is not set.
    pub content: ww_span,
    /// With WW_MESSAGE_STREAM and WW_MESSAGE_LENGTH: how many octets will follow.
    pub content_length: u64,
    /// With WW_MESSAGE_LENT: comes back in WW_EVENT_RELEASED.
    pub token: u64,
}

/// A request. Start from WW_REQUEST_INIT. Everything is copied by the call, but lent content.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_request {
    /// sizeof(ww_request); set by WW_REQUEST_INIT.
    pub size: usize,
    /// As `GET`.
    pub method: ww_span,
    /// As `/path?query`, `/` being put before an empty path; `host:port` for CONNECT; `*` for OPTIONS.
    pub target: ww_span,
    /// As `host` or `host:port`: the Host field.
    pub authority: ww_span,
    /// Fields in the order they are sent, behind Host.
    pub fields: *const ww_field,
    /// How many.
    pub field_count: usize,
    /// The whole content, when WW_MESSAGE_STREAM is not set.
    pub content: ww_span,
    /// With WW_MESSAGE_STREAM and WW_MESSAGE_LENGTH: how many octets will follow.
    pub content_length: u64,
    /// WW_MESSAGE_* bits.
    pub flags: u32,
    /// 0.
    pub reserved: u32,
    /// With WW_MESSAGE_LENT: comes back in WW_EVENT_RELEASED.
    pub token: u64,
}

/// The octets of a span.
///
/// # Safety
/// The span's octets are readable and do not change during `'a`.
#[inline(always)]
pub(super) unsafe fn octets<'a>(span: ww_span) -> Result<&'a [u8], Error> {
    // SAFETY: as the caller promises.
    unsafe { slice(span.data, span.len) }
}

/// The octets of a span that is known to have some or to be empty.
///
/// # Safety
/// As [`octets`]; a null span is empty.
#[inline(always)]
unsafe fn checked<'a>(span: ww_span) -> &'a [u8] {
    let data = if span.data.is_null() { NonNull::dangling().as_ptr() } else { span.data.cast_mut() };
    // SAFETY: as the caller promises.
    unsafe { core::slice::from_raw_parts(data, span.len) }
}

/// A C field array, checked: every span has octets or is empty.
///
/// # Safety
/// `fields` points to `count` fields whose octets are readable and do not change during `'a`.
#[inline(always)]
pub(super) unsafe fn fields<'a>(
    fields: *const ww_field,
    count: usize,
) -> Result<impl Iterator<Item = FieldRef<'a>> + Clone, Error> {
    // SAFETY: as the caller promises.
    let all = unsafe { slice::<'a>(fields, count) }?;
    let is_bad = |span: &ww_span| span.data.is_null() && span.len != 0;
    if all.iter().any(|field| is_bad(&field.name) || is_bad(&field.value)) {
        return Err(ARGUMENT);
    }
    Ok(all.iter().map(|field| {
        // SAFETY: checked above, and readable by the caller's promise.
        unsafe { FieldRef { name: checked(field.name), value: checked(field.value) } }
    }))
}

/// What a message says of its content.
struct Content<'a> {
    bytes: &'a [u8],
    stream: Option<Option<u64>>,
    lent: Option<u64>,
}

/// # Safety
/// The content's octets are readable and do not change during `'a`.
#[inline(always)]
unsafe fn content<'a>(flags: u32, span: ww_span, length: u64, token: u64) -> Result<Content<'a>, Error> {
    // SAFETY: as the caller promises.
    let bytes = unsafe { octets(span) }?;
    if flags == 0 {
        return Ok(Content { bytes, stream: None, lent: None });
    }
    let is_stream = flags & WW_MESSAGE_STREAM != 0;
    let is_contradictory = is_stream && (!bytes.is_empty() || flags & WW_MESSAGE_LENT != 0);
    if flags & !FLAGS != 0 || is_contradictory || (!is_stream && flags & WW_MESSAGE_LENGTH != 0) {
        return Err(ARGUMENT);
    }
    let declared = (flags & WW_MESSAGE_LENGTH != 0).then_some(length);
    Ok(Content { bytes, stream: is_stream.then_some(declared), lent: (flags & WW_MESSAGE_LENT != 0).then_some(token) })
}

impl ww_response {
    /// Content and fields of a response that is a whole 200 and says nothing else; `None` for any other, and for bad ones.
    ///
    /// # Safety
    /// As [`ww_response::read`].
    #[inline(always)]
    pub(super) unsafe fn usual<'a>(
        from: *const Self,
    ) -> Option<(&'a [u8], impl Iterator<Item = FieldRef<'a>> + Clone)> {
        // SAFETY: null or valid by the caller's promise, and of this version by its size.
        let r = unsafe { from.as_ref() }.filter(|r| r.size == size_of::<Self>())?;
        // Status, reserved and flags lie in one word, and are compared as one.
        let about = u64::from(r.status) | u64::from(r.reserved) << 16 | u64::from(r.flags) << 32;
        if about != 200 || r.reason.len != 0 {
            return None;
        }
        // SAFETY: as the caller promises.
        unsafe { Some((octets(r.content).ok()?, fields(r.fields, r.field_count).ok()?)) }
    }

    /// The caller's response and its fields.
    ///
    /// # Safety
    /// `from` is null or a valid response whose octets do not change during `'a`.
    #[inline(always)]
    pub(super) unsafe fn read<'a>(
        from: *const Self,
    ) -> Result<(Response<'a>, impl Iterator<Item = FieldRef<'a>> + Clone), Error> {
        // SAFETY: as the caller promises; all-zero octets are a valid response.
        let r = unsafe { prefix(from) }?;
        if r.reserved != 0 {
            return Err(ARGUMENT);
        }
        // SAFETY: as the caller promises.
        let (content, reason, fields) = unsafe {
            (
                content(r.flags, r.content, r.content_length, r.token)?,
                octets(r.reason)?,
                fields(r.fields, r.field_count)?,
            )
        };
        let response = Response {
            status: r.status,
            reason,
            content: content.bytes,
            stream: content.stream,
            lent: content.lent,
            close: r.flags & WW_MESSAGE_CLOSE != 0,
        };
        Ok((response, fields))
    }
}

impl ww_request {
    /// The caller's request and its fields.
    ///
    /// # Safety
    /// `from` is null or a valid request whose octets do not change during `'a`.
    pub(super) unsafe fn read<'a>(
        from: *const Self,
    ) -> Result<(Request<'a>, impl Iterator<Item = FieldRef<'a>> + Clone), Error> {
        // SAFETY: as the caller promises; all-zero octets are a valid request.
        let r = unsafe { prefix(from) }?;
        if r.reserved != 0 {
            return Err(ARGUMENT);
        }
        // SAFETY: as the caller promises.
        let (content, fields) =
            unsafe { (content(r.flags, r.content, r.content_length, r.token)?, fields(r.fields, r.field_count)?) };
        // SAFETY: as the caller promises.
        let (method, target, authority) = unsafe { (octets(r.method)?, octets(r.target)?, octets(r.authority)?) };
        let request = Request {
            method,
            target,
            authority,
            content: content.bytes,
            stream: content.stream,
            lent: content.lent,
            close: r.flags & WW_MESSAGE_CLOSE != 0,
            expect: r.flags & WW_MESSAGE_EXPECT != 0,
        };
        Ok((request, fields))
    }
}

#[cfg(test)]
mod tests;

//! Files as answers, as C describes them.

use super::check::{ARGUMENT, prefix};
use super::file::stretch;
use super::head::types::{ww_field, ww_span};
use super::message::{fields, octets};
use super::semantics::preconditions::WW_REPRESENTATION_STRONG_DATE;
use crate::conn::FileResponse;
use crate::error::Error;
use crate::http1::write::FieldRef;

/// A file that is the answer to a request. Start from WW_FILE_RESPONSE_INIT. Everything is copied by the call, but the file.
///
/// The library writes ETag, Last-Modified, Content-Type, Accept-Ranges and Content-Range; they are not to be among `fields`, nor are those
/// that `ww_response` names.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_file_response {
    /// sizeof(ww_file_response); set by WW_FILE_RESPONSE_INIT.
    pub size: usize,
    /// The descriptor of the file, as in `ww_file`.
    pub fd: isize,
    /// Where the content begins in the file, in octets. Ranges count from there.
    pub offset: u64,
    /// Octets of the content, all of the file or a stretch of it.
    pub len: u64,
    /// As `text/html; charset=utf-8`. Empty: no Content-Type.
    pub content_type: ww_span,
    /// The ETag with its quotes, as `"x"` or `W/"x"`. Empty: none.
    pub etag: ww_span,
    /// When the content changed last, in seconds since 1970. 0: not known.
    pub last_modified: i64,
    /// WW_REPRESENTATION_STRONG_DATE or 0.
    pub flags: u32,
    /// 0.
    pub reserved: u32,
    /// More fields, as Cache-Control, in the order they are sent; every answer has them.
    pub fields: *const ww_field,
    /// How many.
    pub field_count: usize,
    /// Comes back in WW_EVENT_RELEASED.
    pub token: u64,
}

impl ww_file_response {
    /// The caller's answer and its fields.
    ///
    /// # Safety
    /// `from` is null or a valid answer whose octets do not change during `'a`.
    pub(super) unsafe fn read<'a>(
        from: *const Self,
    ) -> Result<(FileResponse<'a>, impl Iterator<Item = FieldRef<'a>> + Clone), Error> {
        // SAFETY: as the caller promises; all-zero octets are a valid answer.
        let r = unsafe { prefix(from) }?;
        if r.flags & !WW_REPRESENTATION_STRONG_DATE != 0 || r.reserved != 0 {
            return Err(ARGUMENT);
        }
        // SAFETY: as the caller promises.
        let (content_type, etag, fields) =
            unsafe { (octets(r.content_type)?, octets(r.etag)?, fields(r.fields, r.field_count)?) };
        let response = FileResponse {
            file: stretch(r.fd, r.offset, r.len)?,
            content_type,
            etag,
            modified: Some(r.last_modified).filter(|&seconds| seconds != 0),
            is_date_strong: r.flags & WW_REPRESENTATION_STRONG_DATE != 0,
            token: r.token,
        };
        Ok((response, fields))
    }
}

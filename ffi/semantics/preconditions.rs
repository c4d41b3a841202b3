//! `ww_check_preconditions`.

use super::{request, value};
use crate::error::{Code, Error};
use crate::ffi::check::{ARGUMENT, prefix};
use crate::ffi::guard::{answer, guarded};
use crate::ffi::head::ids::{
    WW_FIELD_IF_MATCH, WW_FIELD_IF_MODIFIED_SINCE, WW_FIELD_IF_NONE_MATCH, WW_FIELD_IF_RANGE,
    WW_FIELD_IF_UNMODIFIED_SINCE,
};
use crate::ffi::head::types::{ww_head, ww_span};
use crate::ffi::message::octets;
use crate::ffi::status::ww_status;
use crate::semantics::entity_tag::EntityTag;
use crate::semantics::preconditions::{Condition, Representation, Verdict, evaluate};

/// Verdict on preconditions: perform the method.
pub const WW_VERDICT_PROCEED: u32 = 0;
/// Verdict on preconditions: perform GET and ignore Range, since If-Range is about another state of the content.
pub const WW_VERDICT_PROCEED_WHOLE: u32 = 200;
/// Verdict on preconditions: answer GET or HEAD with 304.
pub const WW_VERDICT_NOT_MODIFIED: u32 = 304;
/// Verdict on preconditions: do nothing, and answer with 412.
pub const WW_VERDICT_FAILED: u32 = 412;

/// Flag of ww_representation: nothing is there; a PUT would create it. `etag` and `last_modified` are not looked at.
pub const WW_REPRESENTATION_ABSENT: u32 = 1 << 0;
/// Flag of ww_representation: the content did not change twice within the second of `last_modified` (RFC 9110 §8.8.2.2), so that a
/// date in If-Range tells that it is the same. Without this flag it never does, and the whole content is sent.
pub const WW_REPRESENTATION_STRONG_DATE: u32 = 1 << 1;

/// What GET of the target would be answered with now. Start from WW_REPRESENTATION_INIT: something without an entity tag and a date.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_representation {
    /// `sizeof(ww_representation)`
    pub size: usize,
    /// Its ETag as it is sent, with quotes: `"x"` or `W/"x"`. Empty: it has none.
    pub etag: ww_span,
    /// Its Last-Modified in seconds since 1970. 0: it has none.
    pub last_modified: i64,
    /// `WW_REPRESENTATION_*` bits.
    pub flags: u32,
    /// 0
    pub reserved: u32,
}

/// Tells what becomes of a request by its If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since and If-Range, in `verdict`:
/// `WW_VERDICT_*`. They are looked at in the order of RFC 9110 §13.2.2.
///
/// ```c
/// ww_representation now_there = WW_REPRESENTATION_INIT;
/// now_there.etag = etag;
/// ww_check_preconditions(head, &now_there, unix_seconds, &verdict);
/// ```
///
/// Call it when the request would be answered with a 2xx otherwise, and before anything is changed: other answers take no notice of
/// preconditions (§13.2.1). `now` is for dates with a two-digit year, see ww_parse_date(). A date that is malformed, or of a field that
/// occurs twice, counts as absent; a list of entity tags counts up to its first element that is not an entity tag; a malformed If-Range
/// does not match.
///
/// Returns `WW_OK`. Errors, with `*verdict` untouched: `WW_E_ARGUMENT` for NULL, an `etag` that is not an entity tag, an unknown flag or a
/// wrong `size`.
///
/// Any thread. Does not allocate; looks at each field a few times.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_check_preconditions(
    request: *const ww_head,
    there: *const ww_representation,
    now: i64,
    verdict: *mut u32,
) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let Some(verdict) = (unsafe { verdict.as_mut() }) else { return Code::Argument as ww_status };
        // SAFETY: what the caller promised.
        answer(unsafe { evaluated(request, there, now) }.map(|found| *verdict = found))
    })
}

/// # Safety
/// As [`ww_check_preconditions`] requires.
unsafe fn evaluated(head: *const ww_head, there: *const ww_representation, now: i64) -> Result<u32, Error> {
    // SAFETY: as the caller promises; all-zero octets are a valid representation.
    let (there, (method, fields)) = unsafe { (prefix(there)?, request(head)?) };
    // SAFETY: as the caller promises.
    let current = unsafe { representation(&there) }?;
    // SAFETY: of the request.
    let fields = fields.iter().filter_map(|field| Some((condition(field.id)?, unsafe { value(field) })));
    Ok(match evaluate(method, fields, &current, now) {
        Verdict::Proceed => WW_VERDICT_PROCEED,
        Verdict::ProceedWhole => WW_VERDICT_PROCEED_WHOLE,
        Verdict::NotModified => WW_VERDICT_NOT_MODIFIED,
        Verdict::Failed => WW_VERDICT_FAILED,
    })
}

/// # Safety
/// The octets of `etag` are readable during `'a`.
pub(super) unsafe fn representation<'a>(there: &ww_representation) -> Result<Representation<'a>, Error> {
    let known = WW_REPRESENTATION_ABSENT | WW_REPRESENTATION_STRONG_DATE;
    if there.flags & !known != 0 || there.reserved != 0 {
        return Err(ARGUMENT);
    }
    if there.flags & WW_REPRESENTATION_ABSENT != 0 {
        return Ok(Representation { is_absent: true, ..Representation::default() });
    }
    // SAFETY: as the caller promises.
    let etag = unsafe { octets(there.etag) }?;
    let etag = if etag.is_empty() { None } else { Some(EntityTag::parse(etag).ok_or(ARGUMENT)?) };
    Ok(Representation {
        is_absent: false,
        etag,
        modified: Some(there.last_modified).filter(|&seconds| seconds != 0),
        is_date_strong: there.flags & WW_REPRESENTATION_STRONG_DATE != 0,
    })
}

pub(super) fn condition(id: u16) -> Option<Condition> {
    match id {
        WW_FIELD_IF_MATCH => Some(Condition::Match),
        WW_FIELD_IF_NONE_MATCH => Some(Condition::NoneMatch),
        WW_FIELD_IF_MODIFIED_SINCE => Some(Condition::ModifiedSince),
        WW_FIELD_IF_UNMODIFIED_SINCE => Some(Condition::UnmodifiedSince),
        WW_FIELD_IF_RANGE => Some(Condition::Range),
        _ => None,
    }
}

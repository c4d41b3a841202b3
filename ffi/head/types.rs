//! The types of the head parser. Their layout is part of the ABI.

use core::ffi::c_char;

use crate::error::Error;
use crate::ffi::check::ARGUMENT;
use crate::ffi::status::ww_status;
use crate::guard::TargetRule;

/// Some octets; not NUL-terminated, and not owned.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_span {
    /// The first octet; may be NULL when `len` is 0.
    pub data: *const u8,
    /// How many.
    pub len: usize,
}

/// One field line.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_field {
    /// The name: a token, as it was received.
    pub name: ww_span,
    /// The value as it was received, without whitespace at its ends.
    pub value: ww_span,
    /// `WW_FIELD_*`, or 0 for any other name.
    pub id: u16,
    /// `WW_FIELD_FOLDED` or 0.
    pub flags: u16,
    /// 0
    pub reserved: u32,
}

/// How far the parsing of one head has come. Zeroed is fresh. No pointer in it is followed; copying it is allowed.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_scan {
    /// Not to be looked at.
    pub opaque: [u64; 16],
}

/// A head, or a trailer section.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_head {
    /// The method; empty in a response.
    pub method: ww_span,
    /// The request target as it was received; empty in a response.
    pub target: ww_span,
    /// The reason phrase; empty in a request.
    pub reason: ww_span,
    /// Its fields, in order of arrival: the table of whoever called ww_parse_request() and its like; of an event the library's.
    pub fields: *const ww_field,
    /// How many fields there are.
    pub field_count: usize,
    /// The value of the first Host field; empty without one (`WW_HEAD_HOST` tells).
    pub host: ww_span,
    /// The Content-Length; `UINT64_MAX` when there is none or it is not valid (`WW_HEAD_LENGTH*` tell).
    pub content_length: u64,
    /// Octets of the head. After ww_parse_request() and its like: what comes after them at `in` is the content.
    pub head_len: usize,
    /// `WW_HEAD_*` bits.
    pub flags: u32,
    /// The status of a response, 0 to 999, as it came: to be treated as a 5xx below 100 and above 599 (RFC 9110 §15). 0 in a request.
    pub status: u16,
    /// `WW_METHOD_*`; 0 in a response.
    pub method_id: u8,
    /// x of HTTP/1.x.
    pub version_minor: u8,
    /// The trailers of a request that came whole (WW_CONN_WHOLE_CONTENT, ww_conn_gather_content()), in order of arrival. They are no fields of
    /// the head: ww_head_find() does not look at them (RFC 9110 §6.5).
    pub trailers: *const ww_field,
    /// How many there are.
    pub trailer_count: usize,
}

/// The octets of a request target that a browser sends (URL Standard, path and query percent-encode sets): in the path every graphic
/// ASCII octet but `"` `#` `<` `>` `?` `` ` `` `{` `}` `\`, in the query every one but `"` `#` `<` `>`. `%` needs no digits. The default.
pub const WW_TARGET_BROWSER: u32 = 0;
/// Those of RFC 3986, with whole escapes: refuses `/?a[]=1` and `/100%`, which browsers and common client libraries send.
pub const WW_TARGET_STRICT: u32 = 1;
/// Every octet above 0x20 but `#` and DEL, those from 0x80 included: for clients that do not encode what they send.
pub const WW_TARGET_LENIENT: u32 = 2;

/// `WW_TARGET_*` as the core has it; `None` for any other number.
#[inline(always)]
pub(in crate::ffi) fn target_rule(number: u32) -> Option<TargetRule> {
    match number {
        WW_TARGET_BROWSER => Some(TargetRule::Browser),
        WW_TARGET_STRICT => Some(TargetRule::Strict),
        WW_TARGET_LENIENT => Some(TargetRule::Lenient),
        _ => None,
    }
}

/// The rule that two flags tell, each of which is a bit of `flags`; they contradict each other.
pub(in crate::ffi) fn flagged_rule(flags: u32, strict: u32, lenient: u32) -> Result<TargetRule, Error> {
    match (flags & strict != 0, flags & lenient != 0) {
        (false, false) => Ok(TargetRule::Browser),
        (true, false) => Ok(TargetRule::Strict),
        (false, true) => Ok(TargetRule::Lenient),
        (true, true) => Err(ARGUMENT),
    }
}

/// Limits of one head, in octets and fields; start from WW_HEAD_LIMITS_INIT, every zero is the default given here. No line may be longer than 65,535 octets and no head than 1 GiB, whatever
/// they say.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_head_limits {
    /// `sizeof(ww_head_limits)`
    pub size: usize,
    /// The longest method, default 64 (over it: 501).
    pub method_max: u32,
    /// The longest request target, default 8192 (over it: 414).
    pub target_max: u32,
    /// The longest field line, and the longest status line, without CRLF, default 8192 (over it: 431).
    pub line_max: u32,
    /// The longest field section, all lines with their CRLF, default 32768, of trailers 8192 (over it: 431).
    pub section_max: u32,
    /// The most fields, default 100, of trailers 32 (over it: 431).
    pub fields_max: u32,
    /// What the target of a request may hold (else: 400): WW_TARGET_BROWSER, WW_TARGET_STRICT or WW_TARGET_LENIENT.
    pub target_rule: u32,
}

/// An error in full.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_error_info {
    /// `sizeof(ww_error_info)`
    pub size: usize,
    /// `WW_E_*`, or 0 for none.
    pub code: ww_status,
    /// The status a server answers with, or the close code of a WebSocket; 0 where no answer is due.
    pub http_status: u16,
    /// Which certificate of `ww_tls_options` it is about, from 0; else 0.
    pub index: u16,
    /// The first offending octet, from the start of the input; of WW_E_SYSTEM the system's number for the error (errno, on Windows
    /// that of GetLastError()), where it has one.
    pub offset: u64,
    /// The rule it breaks, as `"H1-LINE-07"`: a row of `docs/protocol.md`, or empty. Static, never NULL.
    pub rule: *const c_char,
    /// One sentence for a log. Static, never NULL; so it names neither the address nor the file that a call was given: print that beside it.
    pub reason: *const c_char,
}

impl ww_error_info {
    pub(in crate::ffi) fn of(error: Option<Error>) -> Self {
        let none =
            Self { size: size_of::<Self>(), code: 0, http_status: 0, index: 0, offset: 0, rule: EMPTY, reason: EMPTY };
        let Some(Error { fault, offset }) = error else { return none };
        let (rule, reason) = (fault.rule.as_ptr(), fault.reason.as_ptr());
        Self { code: fault.code as i32, http_status: fault.status, offset, rule, reason, ..none }
    }
}

const EMPTY: *const c_char = c"".as_ptr();

#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<ww_field>() == 40);
    assert!(size_of::<ww_scan>() == 128);
    assert!(size_of::<ww_head>() == 120);
    assert!(size_of::<ww_head_limits>() == 32);
    assert!(size_of::<ww_error_info>() == 40);
};

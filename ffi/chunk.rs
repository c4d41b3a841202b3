//! Chunked framing, without a handle: `ww_chunk_next`, `ww_chunk_error`, `ww_chunk_head`.

use core::ffi::c_void;
use core::ptr::null;

use super::check::{prefix, slice};
use super::error_info::describe;
use super::guard::guarded;
use super::head::types::{ww_error_info, ww_span};
use super::status::{WW_DONE, WW_NEED_INPUT, WW_OK, ww_status};
use crate::error::{Code, Error};
use crate::guard::Limits;
use crate::http1::chunk::{ChunkDecoder, ChunkStep, chunk_head};

/// Octets that the line before a chunk has at most: room for `out` of ww_chunk_head().
pub const WW_CHUNK_HEAD_MAX: usize = 18;

/// Where a chunked message stands between two calls. Zeroed (WW_CHUNK_DECODER_INIT) is before its first chunk. It holds no
/// pointer, owns nothing, and may be copied: the copy goes on from the same place.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_chunk_decoder {
    /// Not to be looked at.
    pub opaque: [u64; 8],
}

/// Limits of the framing of one message, in octets. 0 is the default.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_chunk_limits {
    /// sizeof(ww_chunk_limits); set by WW_CHUNK_LIMITS_INIT.
    pub size: usize,
    /// The longest chunk line, from its size to before its CRLF. Default: 256.
    pub line_max: u32,
    /// The most octets of chunk extensions in the whole message. Default: 4096.
    pub extensions_max: u32,
}

/// What is in a `ww_chunk_decoder`. All-zero octets are one.
#[repr(C)]
struct Held {
    decoder: ChunkDecoder,
    /// Octets of the message that the calls so far have consumed.
    consumed: u64,
}

const _: () =
    assert!(size_of::<Held>() <= size_of::<ww_chunk_decoder>() && align_of::<Held>() <= align_of::<ww_chunk_decoder>());

/// Looks at chunked framing (RFC 9112 §7.1) from where `decoder` stands, up to the end of the first piece of content at `in`,
/// where `len` octets are.
///
/// - `decoder` is zeroed by the caller before the first octet of a message.
/// - `limits` may be NULL for the defaults. They are those of one message: the same in every call.
/// - `consumed` is always written: how many octets of `in` are done with. The next call gets those after them.
/// - `data` is always written: content where it lies in `in`, or empty with a NULL pointer.
///
/// Returns `WW_OK` with a piece of content of at least one octet, not always a whole chunk. Returns `WW_NEED_INPUT` when
/// all `len` octets are consumed and more have to come. Returns `WW_DONE` after the line of the last chunk, and again in
/// every later call: the trailer section follows the octets consumed, see ww_parse_trailers(), and the message is complete
/// only with it.
///
/// ```c
/// while ((status = ww_chunk_next(&decoder, in, len, NULL, &consumed, &data)) == WW_OK) {
///     use(data);
///     in += consumed, len -= consumed;
/// }
/// ```
///
/// Returns the error of the first octet that cannot belong to chunked framing, as soon as it is there: `in[*consumed]`.
/// The decoder then keeps it (ww_chunk_error()), and every later call returns it and consumes nothing: a broken message never
/// goes on at the next line. Content, end and error do not depend on how the octets were cut.
///
/// Errors: `WW_E_CHUNK`, `WW_E_LINE_END`, `WW_E_TOO_LARGE` (a line, the extensions); `WW_E_ARGUMENT` for NULL or a wrong
/// `limits->size`, and nothing has happened then.
///
/// Any thread; a decoder belongs to one at a time. Does not allocate, copy or look at content: linear in the framing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_chunk_next(
    decoder: *mut ww_chunk_decoder,
    r#in: *const c_void,
    len: usize,
    limits: *const ww_chunk_limits,
    consumed: *mut usize,
    data: *mut ww_span,
) -> ww_status {
    let r#in = r#in.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised; a decoder is zeroed or was left by a call before, and both are a `Held`.
        let (held, consumed, data) = unsafe { (decoder.cast::<Held>().as_mut(), consumed.as_mut(), data.as_mut()) };
        let (Some(consumed), Some(data)) = (consumed, data) else { return Code::Argument as ww_status };
        *consumed = 0;
        *data = ww_span { data: null(), len: 0 };
        // SAFETY: what the caller promised.
        let input = unsafe { slice(r#in, len) };
        let (Some(held), Ok(input)) = (held, input) else { return Code::Argument as ww_status };
        let step = if limits.is_null() {
            held.decoder.next(input, &Limits::DEFAULT)
        } else {
            // SAFETY: what the caller promised.
            let Ok(limits) = (unsafe { read_limits(limits) }) else { return Code::Argument as ww_status };
            held.decoder.next(input, &limits)
        };
        let (status, done) = match step {
            Ok(ChunkStep::Data { offset, len }) => {
                *data = ww_span { data: input[offset..].as_ptr(), len };
                (WW_OK, offset + len)
            }
            Ok(ChunkStep::NeedInput { consumed }) => (WW_NEED_INPUT, consumed),
            Ok(ChunkStep::LastChunk { consumed }) => (WW_DONE, consumed),
            Err(error) => (error.code() as ww_status, crate::narrow::in_memory(error.offset)),
        };
        *consumed = done;
        held.consumed = held.consumed.saturating_add(done as u64);
        status
    })
}

/// # Safety
/// `limits` points to a struct of the size its first member says.
unsafe fn read_limits(limits: *const ww_chunk_limits) -> Result<Limits, Error> {
    // SAFETY: as the caller promises; all-zero octets are valid limits.
    let given = unsafe { prefix(limits) }?;
    let or_default = |value, default| if value == 0 { default } else { value };
    let default = Limits::DEFAULT;
    Ok(Limits {
        chunk_line_max: or_default(given.line_max, default.chunk_line_max),
        chunk_extensions_max: or_default(given.extensions_max, default.chunk_extensions_max),
        ..default
    })
}

/// Tells the error that ended a chunked message, in `out` (start from WW_ERROR_INFO_INIT): code, the HTTP status to answer a
/// request with, the ledger's rule, a reason for a log. `out->offset` counts from the first octet of the message's
/// framing, over all calls. Everything is 0 or empty while there is no error. The texts are static.
///
/// Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL or a wrong `out->size`.
///
/// Any thread; a decoder belongs to one at a time. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_chunk_error(decoder: *const ww_chunk_decoder, out: *mut ww_error_info) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let Some(held) = (unsafe { decoder.cast::<Held>().as_ref() }) else { return Code::Argument as ww_status };
        let error = held.decoder.fault().map(|fault| fault.at(held.consumed));
        // SAFETY: what the caller promised.
        unsafe { describe(error, out) }.unwrap_or(Code::Argument as ww_status)
    })
}

/// Writes the line before a chunk of `size` octets of content into `out`, and its octets, at most WW_CHUNK_HEAD_MAX, to
/// `*written` (RFC 9112 §7.1). Behind it go the content and WW_CHUNK_END.
///
/// A chunk without content would be the last one: for `size` 0 nothing is written, and `*written` is 0 (H1-CHUNK-12). The end is
/// WW_NO_TRAILERS, or WW_LAST_CHUNK and what ww_write_trailers() writes.
///
/// Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL.
///
/// Any thread. Does not allocate.
///
/// `out` has room for WW_CHUNK_HEAD_MAX octets, whatever `size` is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_chunk_head(size: u64, out: *mut c_void, written: *mut usize) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        let (out, written) = unsafe { (out.cast::<[u8; WW_CHUNK_HEAD_MAX]>().as_mut(), written.as_mut()) };
        let Some(written) = written else { return Code::Argument as ww_status };
        *written = 0;
        let Some(out) = out else { return Code::Argument as ww_status };
        *written = chunk_head(size, out);
        WW_OK
    })
}

//! WebSocket framing, without a handle: `ww_ws_decode_header`, `ww_ws_encode_header`, `ww_ws_mask`.

pub mod key;
pub mod request;
pub mod utf8;

use super::check::{slice, slice_mut};
use super::error_info::describe;
use super::guard::guarded;
use super::head::types::ww_error_info;
use super::status::{WW_NEED_INPUT, WW_OK, ww_status};
use crate::error::Code;
use crate::websocket::frame::{self, HEADER_MAX, Header, opcode};
use crate::websocket::mask::unmask;
use core::ffi::c_void;

/// Octets that a frame header has at most: room for `out` of ww_ws_encode_header().
pub const WW_WS_HEADER_MAX: usize = 14;

/// The next part of a message.
pub const WW_WS_OP_CONTINUATION: u8 = 0;
/// The first part of a message of UTF-8, or all of it.
pub const WW_WS_OP_TEXT: u8 = 1;
/// The first part of a message of any octets, or all of it.
pub const WW_WS_OP_BINARY: u8 = 2;
/// No more frames will come from this side.
pub const WW_WS_OP_CLOSE: u8 = 8;
/// To be answered with a Pong of the same payload.
pub const WW_WS_OP_PING: u8 = 9;
/// The answer to a Ping, or a sign of life.
pub const WW_WS_OP_PONG: u8 = 10;

/// The frame is the last of its message.
pub const WW_WS_FRAME_FIN: u8 = 1 << 7;
/// The first reserved bit: the message is compressed, where that was agreed on.
pub const WW_WS_FRAME_RSV1: u8 = 1 << 6;
/// The payload is masked with `key`.
pub const WW_WS_FRAME_MASKED: u8 = 1 << 0;

const _: () = assert!(
    WW_WS_HEADER_MAX == HEADER_MAX
        && WW_WS_OP_CONTINUATION == opcode::CONTINUATION
        && WW_WS_OP_TEXT == opcode::TEXT
        && WW_WS_OP_BINARY == opcode::BINARY
        && WW_WS_OP_CLOSE == opcode::CLOSE
        && WW_WS_OP_PING == opcode::PING
        && WW_WS_OP_PONG == opcode::PONG
);

/// The header of a frame (RFC 6455 §5.2).
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_ws_header {
    /// Octets of the payload, below 2^63.
    pub payload_len: u64,
    /// `WW_WS_OP_CONTINUATION` to `WW_WS_OP_PONG`.
    pub opcode: u8,
    /// `WW_WS_FRAME_FIN`, `WW_WS_FRAME_RSV1` and `WW_WS_FRAME_MASKED`.
    pub flags: u8,
    /// Octets of the header itself: where the payload begins. Not looked at by ww_ws_encode_header().
    pub header_len: u8,
    /// The masking key as it is sent; zero without `WW_WS_FRAME_MASKED`.
    pub key: [u8; 4],
    /// 0
    pub reserved: u8,
}

const _: () = assert!(size_of::<ww_ws_header>() == 16);

impl From<Header> for ww_ws_header {
    #[inline(always)]
    fn from(header: Header) -> Self {
        let fin = if header.fin { WW_WS_FRAME_FIN } else { 0 };
        let rsv1 = if header.rsv & frame::RSV1 != 0 { WW_WS_FRAME_RSV1 } else { 0 };
        let masked = if header.masked { WW_WS_FRAME_MASKED } else { 0 };
        Self {
            payload_len: header.payload_len,
            opcode: header.opcode,
            flags: fin | rsv1 | masked,
            header_len: header.len,
            key: header.key,
            reserved: 0,
        }
    }
}

/// Reads the frame header at `in`, where `len` octets are (RFC 6455 §5.2).
///
/// Returns `WW_OK` with the header in `*out`: the payload begins `header_len` octets from `in`. Returns `WW_NEED_INPUT` when the
/// header has not come in full; call again with the same octets and those that came since. `*out` is not touched then.
///
/// Returns `WW_E_WS_FRAME` as soon as there is an octet that no endpoint may send: a reserved opcode, the second or third
/// reserved bit, a control frame that is fragmented or longer than 125 octets, a length that takes more octets than it needs or
/// is not below 2^63. The connection is then to be failed with close code 1002; ww_ws_header_error() tells which it was.
///
/// What depends on the connection is for the caller to check: a server refuses frames without WW_WS_FRAME_MASKED and a client those with it,
/// WW_WS_FRAME_RSV1 has to be agreed on, the opcode has to fit the frames before, and `payload_len` the caller's limits.
///
/// Errors: `WW_E_WS_FRAME`; `WW_E_ARGUMENT` for NULL.
///
/// Any thread. Does not allocate; some twenty instructions for a frame of up to 125 octets.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_ws_decode_header(r#in: *const c_void, len: usize, out: *mut ww_ws_header) -> ww_status {
    let r#in = r#in.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        let (input, out) = unsafe { (slice(r#in, len), out.as_mut()) };
        let (Ok(input), Some(out)) = (input, out) else { return Code::Argument as ww_status };
        match frame::decode(input) {
            Ok(Some(header)) => {
                *out = header.into();
                WW_OK
            }
            Ok(None) => WW_NEED_INPUT,
            Err(error) => error.code() as ww_status,
        }
    })
}

/// Tells what ww_ws_decode_header() found wrong with these octets, in `out` (start from WW_ERROR_INFO_INIT): `http_status` is the close
/// code to fail the connection with, `offset` counts from `in`. Everything is 0 or empty when nothing is wrong. The texts are
/// static.
///
/// Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL or a wrong `out->size`.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_ws_header_error(r#in: *const c_void, len: usize, out: *mut ww_error_info) -> ww_status {
    let r#in = r#in.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        let Ok(input) = (unsafe { slice(r#in, len) }) else { return Code::Argument as ww_status };
        // SAFETY: what the caller promised.
        unsafe { describe(frame::decode(input).err(), out) }.unwrap_or(Code::Argument as ww_status)
    })
}

/// Writes a frame header to `out`, its length in the shortest form, and its octets, at most WW_WS_HEADER_MAX, to `*written`
/// (RFC 6455 §5.2). Behind it goes the payload, masked by ww_ws_mask() when the header says so. `*written` is 0 on an error.
///
/// A client masks every frame, also an empty one, with a key of four new octets that nobody can foresee; a server masks none.
///
/// Errors: `WW_E_ARGUMENT` for NULL and for a header that ww_ws_decode_header() would refuse: an unknown opcode or flag, a
/// control frame without WW_WS_FRAME_FIN or longer than 125, a length not below 2^63; and for a `reserved` that is not 0.
///
/// Any thread. Does not allocate.
///
/// `out` has room for WW_WS_HEADER_MAX octets, all of which may change.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_ws_encode_header(
    header: *const ww_ws_header,
    out: *mut c_void,
    written: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        let (header, out, written) =
            unsafe { (header.as_ref(), out.cast::<[u8; HEADER_MAX]>().as_mut(), written.as_mut()) };
        let Some(written) = written else { return Code::Argument as ww_status };
        *written = 0;
        let (Some(header), Some(out)) = (header.and_then(read), out) else { return Code::Argument as ww_status };
        *written = frame::encode(&header, out);
        WW_OK
    })
}

/// A header from C, if it may be sent at all.
fn read(from: &ww_ws_header) -> Option<Header> {
    if from.flags & !(WW_WS_FRAME_FIN | WW_WS_FRAME_RSV1 | WW_WS_FRAME_MASKED) != 0 || from.reserved != 0 {
        return None;
    }
    let header = Header {
        payload_len: from.payload_len,
        opcode: from.opcode,
        fin: from.flags & WW_WS_FRAME_FIN != 0,
        rsv: if from.flags & WW_WS_FRAME_RSV1 != 0 { frame::RSV1 } else { 0 },
        masked: from.flags & WW_WS_FRAME_MASKED != 0,
        key: from.key,
        len: 0,
    };
    header.is_legal().then_some(header)
}

/// Masks or unmasks the `len` octets at `data` in place, which begin `offset` octets into the payload of a frame with this `key` of 4
/// octets (RFC 6455 §5.3).
///
/// A payload may so be worked on in pieces, as they come. Each frame has a key of its own and begins with `offset` 0.
///
/// Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL: nothing has happened then.
///
/// Any thread. Does not allocate; as fast as a copy.
///
/// `key` points to 4 octets outside of `data`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_ws_mask(data: *mut c_void, len: usize, key: *const c_void, offset: u64) -> ww_status {
    let (data, key) = (data.cast::<u8>(), key.cast::<u8>());
    guarded(|| {
        // SAFETY: what the caller promised.
        let (data, key) = unsafe { (slice_mut(data, len), key.cast::<[u8; 4]>().as_ref()) };
        let (Ok(data), Some(key)) = (data, key) else { return Code::Argument as ww_status };
        unmask(data, *key, offset);
        WW_OK
    })
}

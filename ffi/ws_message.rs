//! What C says of WebSocket handshakes and messages.

use super::check::{ARGUMENT, prefix};
use super::event::{
    WW_EVENT_FLAG_BINARY, WW_EVENT_FLAG_FIRST, WW_EVENT_FLAG_LAST, WW_EVENT_FLAG_PART, WW_EVENT_FLAG_TEXT,
};
use super::head::types::{ww_field, ww_span};
use super::message::{fields, octets};
use crate::conn::{Accept, AcceptError, Connect, Delivery};
use crate::error::{Code, Error, Fault};
use crate::http1::write::FieldRef;
use crate::websocket::machine::Part;

/// Send flags: a whole message of UTF-8. Send flags are those of WW_EVENT_MESSAGE, so that an event's can be used again; nothing else is taken
/// for them: an opcode (WW_WS_OP_TEXT), or a message that begins and does not end but is no part, is WW_E_ARGUMENT.
pub const WW_SEND_TEXT: u32 = WW_SEND_FIRST | WW_SEND_LAST | WW_EVENT_FLAG_TEXT;
/// Send flags: a whole message of any octets.
pub const WW_SEND_BINARY: u32 = WW_SEND_FIRST | WW_SEND_LAST | WW_EVENT_FLAG_BINARY;
/// Send flags: a part of a message of UTF-8, in its middle. The first part has WW_SEND_FIRST too, the last one WW_SEND_LAST.
pub const WW_SEND_TEXT_PART: u32 = WW_EVENT_FLAG_PART | WW_EVENT_FLAG_TEXT;
/// Send flags: a part of a message of any octets, as WW_SEND_TEXT_PART.
pub const WW_SEND_BINARY_PART: u32 = WW_EVENT_FLAG_PART | WW_EVENT_FLAG_BINARY;
/// Send flag of a part: it begins the message.
pub const WW_SEND_FIRST: u32 = 1 << 1;
/// Send flag of a part: it ends the message.
pub const WW_SEND_LAST: u32 = 1 << 0;
/// Send flag: not compressed, whatever was agreed on. For messages that mix a secret with text an attacker chose (RFC 7692 §8).
pub const WW_SEND_UNCOMPRESSED: u32 = 1 << 6;

const _: () = {
    assert!(WW_SEND_FIRST == WW_EVENT_FLAG_FIRST && WW_SEND_LAST == WW_EVENT_FLAG_LAST);
    // The library that a program was not compiled with takes the same values.
    assert!(WW_SEND_TEXT == 0x13 && WW_SEND_BINARY == 0x23 && WW_SEND_TEXT_PART == 0x90 && WW_SEND_BINARY_PART == 0xa0);
};

const WHOLE: u32 = WW_SEND_FIRST | WW_SEND_LAST;
const KINDS: u32 = WW_EVENT_FLAG_TEXT | WW_EVENT_FLAG_BINARY;

/// All send flags.
pub(super) const SEND_FLAGS: u32 = WHOLE | KINDS | WW_EVENT_FLAG_PART | WW_SEND_UNCOMPRESSED;

/// The part of a message that `flags` describe.
#[inline(always)]
pub(super) fn part(flags: u32) -> Result<Part, Error> {
    let has_kind = matches!(flags & KINDS, WW_EVENT_FLAG_TEXT | WW_EVENT_FLAG_BINARY);
    let is_sound = flags & WW_EVENT_FLAG_PART != 0 || flags & WHOLE == WHOLE;
    if flags & !SEND_FLAGS != 0 || !has_kind || !is_sound {
        return Err(ARGUMENT);
    }
    Ok(Part {
        text: flags & WW_EVENT_FLAG_TEXT != 0,
        first: flags & WW_SEND_FIRST != 0,
        last: flags & WW_SEND_LAST != 0,
        compressed: flags & WW_SEND_UNCOMPRESSED == 0,
    })
}

/// What `flags` say where they are those of a message that is no part: whether it is text, and whether it may be compressed. A part
/// that is all of its message is for [`part`].
#[inline(always)]
pub(super) fn whole(flags: u32) -> Option<(bool, bool)> {
    let is_whole = matches!(flags & !WW_SEND_UNCOMPRESSED, WW_SEND_TEXT | WW_SEND_BINARY);
    is_whole.then_some((flags & WW_EVENT_FLAG_TEXT != 0, flags & WW_SEND_UNCOMPRESSED == 0))
}

static REFUSED: Fault = Fault::new(Code::WsHandshake, 0, c"", c"the request was refused");

/// For a request that was refused C has one code, whatever the reason.
pub(super) fn accept_error(error: AcceptError) -> Error {
    match error {
        AcceptError::Refused(why) => REFUSED.at(why.offset),
        AcceptError::Failed(why) => why,
    }
}

/// Handshake flag: no permessage-deflate on this connection, whatever its config says.
pub const WW_WS_HANDSHAKE_UNCOMPRESSED: u32 = 1 << 3;

/// Handshake flag: on this connection messages come in parts, as they arrive, whatever its config says: see WW_CONN_MESSAGE_PARTS.
pub const WW_WS_HANDSHAKE_PARTS: u32 = 1 << 4;
/// Handshake flag: on this connection each message comes whole, whatever its config says. Not with WW_WS_HANDSHAKE_PARTS; WW_E_ARGUMENT where
/// message_max is 4 GiB or more.
pub const WW_WS_HANDSHAKE_WHOLE: u32 = 1 << 5;

/// Handshake flag: a client that answers messages. They are held back while its output waits, as those of a server always are, so one
/// answer to each always fits. Without it a client reads on while its output waits, as one must that sends of its own accord: it and a
/// server that answers what it sends could else wait for ever, each for the other to read.
pub const WW_WS_HANDSHAKE_ANSWERS: u32 = 1 << 6;

/// All handshake flags.
const HANDSHAKE_FLAGS: u32 =
    WW_WS_HANDSHAKE_UNCOMPRESSED | WW_WS_HANDSHAKE_PARTS | WW_WS_HANDSHAKE_WHOLE | WW_WS_HANDSHAKE_ANSWERS;

/// How messages are delivered; `None`: as the config says.
fn delivery(flags: u32) -> Result<Option<Delivery>, Error> {
    match flags & (WW_WS_HANDSHAKE_PARTS | WW_WS_HANDSHAKE_WHOLE) {
        0 => Ok(None),
        WW_WS_HANDSHAKE_PARTS => Ok(Some(Delivery::Parts)),
        WW_WS_HANDSHAKE_WHOLE => Ok(Some(Delivery::Whole)),
        _ => Err(ARGUMENT),
    }
}

/// A handshake, either side of it. Start from WW_WS_HANDSHAKE_INIT. Everything is copied by the call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_ws_handshake {
    /// sizeof(ww_ws_handshake); set by WW_WS_HANDSHAKE_INIT.
    pub size: usize,
    /// Server: the subprotocol chosen, one of those offered; client: those offered, as `a, b`. Empty: none.
    pub protocol: ww_span,
    /// More fields in the order they are sent. Those of the handshake itself are the library's.
    pub fields: *const ww_field,
    /// How many.
    pub field_count: usize,
    /// Client: as `/path?query`; `/` is put before an empty path.
    pub target: ww_span,
    /// Client: as `host` or `host:port`.
    pub authority: ww_span,
    /// WW_WS_HANDSHAKE_* bits.
    pub flags: u32,
    /// 0.
    pub reserved: u32,
}

/// A handshake as the core takes it.
pub(super) struct Handshake<'a> {
    pub protocol: &'a [u8],
    pub target: &'a [u8],
    pub authority: &'a [u8],
    pub deflate: bool,
    pub delivery: Option<Delivery>,
    pub answers: bool,
}

impl<'a> Handshake<'a> {
    /// What a server accepts with.
    pub fn accept(&self) -> Accept<'a> {
        Accept { subprotocol: self.protocol, deflate: self.deflate, delivery: self.delivery }
    }

    /// What a client asks for.
    pub fn connect(&self) -> Connect<'a> {
        Connect {
            target: self.target,
            authority: self.authority,
            subprotocols: self.protocol,
            deflate: self.deflate,
            delivery: self.delivery,
            answers: self.answers,
        }
    }
}

const NOTHING: ww_span = ww_span { data: core::ptr::null(), len: 0 };
const DEFAULT: ww_ws_handshake = ww_ws_handshake {
    size: size_of::<ww_ws_handshake>(),
    protocol: NOTHING,
    fields: core::ptr::null(),
    field_count: 0,
    target: NOTHING,
    authority: NOTHING,
    flags: 0,
    reserved: 0,
};

impl ww_ws_handshake {
    /// The caller's handshake and its fields; NULL is one without anything.
    ///
    /// # Safety
    /// `from` is null or a valid handshake whose octets do not change during `'a`.
    pub(super) unsafe fn read<'a>(
        from: *const Self,
    ) -> Result<(Handshake<'a>, impl Iterator<Item = FieldRef<'a>> + Clone), Error> {
        // SAFETY: as the caller promises; all-zero octets are a valid handshake.
        let h = if from.is_null() { DEFAULT } else { unsafe { prefix(from) }? };
        if h.flags & !HANDSHAKE_FLAGS != 0 || h.reserved != 0 {
            return Err(ARGUMENT);
        }
        let deflate = h.flags & WW_WS_HANDSHAKE_UNCOMPRESSED == 0;
        let (delivery, answers) = (delivery(h.flags)?, h.flags & WW_WS_HANDSHAKE_ANSWERS != 0);
        // SAFETY: as the caller promises.
        let (protocol, target, authority) = unsafe { (octets(h.protocol)?, octets(h.target)?, octets(h.authority)?) };
        // SAFETY: as the caller promises.
        let fields = unsafe { fields(h.fields, h.field_count) }?;
        Ok((Handshake { protocol, target, authority, deflate, delivery, answers }, fields))
    }
}

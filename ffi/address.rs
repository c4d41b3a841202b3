//! Addresses as values: `ww_address_parse`, `ww_address_text`.

pub mod text;
pub mod value;

use core::ffi::c_char;

use super::check::ARGUMENT;
use super::error_info::explain;
use super::guard::{answer, guarded};
use super::head::types::{ww_error_info, ww_span};
use super::message::octets;
use super::status::ww_status;
use super::write::room;
use crate::error::Error;
use crate::io::address::Address;
use text::AddressText;
use value::ww_address;

/// Parses an address into `*out`. ww_server_listen() takes the same forms:
///
/// - `127.0.0.1:8080`: IPv4.
/// - `[::1]:8080`: IPv6. `[::ffff:192.0.2.1]:8080` stays IPv6.
/// - `[fe80::1%2]:8080`, `[fe80::1%eth0]:8080`: IPv6 with a scope, which is the index or the name of an interface. Digits alone are an
///   index, and need not be that of an interface. Every IPv6 address may have a scope; the system ignores it where it has no meaning.
/// - `*:8080`, `:8080`: all interfaces of this host.
/// - `unix:/run/app.sock`: the path of a Unix domain socket, absolute or relative, of at most 107 octets.
/// - `unix:@name`: an abstract Unix domain socket (Linux), of at most 107 octets after the `@`.
///
/// The port is required, and is a number from 0 to 65535 without leading zeros. Host names are refused, because resolving one may block.
///
/// Errors, with `*out` untouched: WW_E_ARGUMENT (NULL, or not an address); WW_E_SYSTEM and WW_E_NOMEM if an interface could not be looked
/// up, for example because the process may open no more descriptors. `*error` (start from WW_ERROR_INFO_INIT) then says what is wrong. Its
/// `offset` is, for a text that is not an address, where the wrong or missing part begins, from the start of the text; for WW_E_SYSTEM it
/// is errno. A name that no interface has is WW_E_ARGUMENT at the scope, with a reason of its own. A call that succeeds leaves `*error` as
/// it is.
///
/// Any thread. Does not allocate. Makes system calls only to look up the name of an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_address_parse(text: ww_span, out: *mut ww_address, error: *mut ww_error_info) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        answer(unsafe { explain(parse(text, out), error) })
    })
}

/// # Safety
/// The octets of `text` are readable; `out` is null or writable.
unsafe fn parse(text: ww_span, out: *mut ww_address) -> Result<(), Error> {
    // SAFETY: as the caller promises.
    let (out, text) = unsafe { (out.as_mut().ok_or(ARGUMENT)?, octets(text)?) };
    *out = ww_address::from(&Address::parse(text)?);
    Ok(())
}

/// Writes an address as a NUL-terminated text, in the form that ww_address_parse() takes. `*needed` becomes the size of the text with its
/// NUL, also when `cap` is too small, and 0 on any other error. WW_ADDRESS_TEXT_MAX octets are enough for every address; with `out` NULL
/// and `cap` 0 the call only tells the size.
///
/// A scope is written as its number, never as the name of the interface: the number stays the same when an interface is renamed.
///
/// Parsing the text of an address that came from ww_address_parse() gives the same address, unless the name of a Unix domain socket has
/// control characters or is not UTF-8: the text has U+FFFD in their place, so that a name cannot forge lines of a log. A Unix domain socket
/// without a name is `unix:`, which is not parsed.
///
/// Errors: WW_E_ARGUMENT (NULL, or members that contradict what ww_address says of them); WW_E_BUFFER. `out` is not touched unless WW_OK is
/// returned.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_address_text(
    address: *const ww_address,
    out: *mut c_char,
    cap: usize,
    needed: *mut usize,
) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        unsafe {
            room::write(out.cast(), cap, needed, |room| {
                let address = address.as_ref().ok_or(ARGUMENT)?.read()?;
                room.put(AddressText::new(&address).with_nul())
            })
        }
    })
}

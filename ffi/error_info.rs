//! An error told in full.

use super::check::fill;
use super::head::types::ww_error_info;
use super::status::{WW_OK, ww_status};
use crate::error::Error;

/// Tells an error, or that there is none.
///
/// # Safety
/// `out` is null or a struct of the size its first member says.
pub(super) unsafe fn describe(error: Option<Error>, out: *mut ww_error_info) -> Result<ww_status, Error> {
    // SAFETY: as the caller promises.
    unsafe { fill(out, &ww_error_info::of(error)) }?;
    Ok(WW_OK)
}

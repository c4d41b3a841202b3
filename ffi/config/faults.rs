//! What is wrong with a connection config, by member.

use core::ffi::CStr;

use crate::error::{Code, Fault};

const fn bad(reason: &'static CStr) -> Fault {
    Fault::new(Code::Argument, 0, c"", reason)
}

pub static ROLE: Fault = bad(c"`role` is neither WW_ROLE_SERVER nor WW_ROLE_CLIENT");
pub static FLAGS: Fault = bad(c"`flags` of ww_conn_config has a bit that is not a WW_CONN_*");
pub static RESERVED: Fault = bad(c"`reserved` of ww_conn_config is not 0");
pub static TARGETS: Fault = bad(c"`flags` has WW_CONN_STRICT_TARGET and WW_CONN_LENIENT_TARGET");
pub static WHOLE_CONTENT: Fault = bad(c"`flags` of a client has WW_CONN_WHOLE_CONTENT");
pub static METHOD_MAX: Fault = bad(c"`method_max` is above 65,535");
pub static TARGET_MAX: Fault = bad(c"`target_max` is above 1 MiB");
pub static LINE_MAX: Fault = bad(c"`line_max` is above 65,535");
pub static SECTION_MAX: Fault = bad(c"`section_max` is above 1 MiB");
pub static FIELDS_MAX: Fault = bad(c"`fields_max` is above 4,096");
pub static TRAILERS_MAX: Fault = bad(c"`trailers_max` is above 1 MiB");
pub static TRAILER_FIELDS_MAX: Fault = bad(c"`trailer_fields_max` is above 4,096");
pub static CHUNK_LINE_MAX: Fault = bad(c"`chunk_line_max` is above 1 MiB");
pub static LEND_MAX: Fault = bad(c"`lend_max` is above 16 MiB");
pub static HIGH_WATER: Fault = bad(c"`high_water` is above 1 GiB");
pub static LOW_WATER: Fault = bad(c"`low_water` is above `high_water`");
pub static PIPELINE_MAX: Fault = bad(c"`pipeline_max` is above 16");
pub static DEFLATE: Fault = bad(c"`deflate_level` is not 1 to 9, or the bits of a window are not 8 to 15");

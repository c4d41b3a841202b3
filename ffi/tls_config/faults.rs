//! What is wrong with TLS options, by member.

use core::ffi::CStr;

use crate::error::{Code, Fault};

const fn bad(reason: &'static CStr) -> Fault {
    Fault::new(Code::Argument, 0, c"", reason)
}

pub static ROLE: Fault = bad(c"`role` is neither WW_ROLE_SERVER nor WW_ROLE_CLIENT");
pub static SERVER_FLAGS: Fault = bad(c"`flags` has a bit that is not a WW_TLS_* of servers");
pub static CLIENT_FLAGS: Fault = bad(c"`flags` has a bit that is not a WW_TLS_* of clients");
pub static ROOTS: Fault = bad(c"`roots_pem`, `roots_path` and `pins` are for clients");
pub static CLIENT_CA: Fault = bad(c"`client_ca_pem` and `client_ca_path` are for servers");
pub static RESERVED: Fault = bad(c"a `reserved` of ww_tls_options or ww_tls_certificate is not 0");
pub static SESSIONS: Fault = bad(c"`sessions_max` is above 65,536");
pub static VERSION: Fault = bad(c"`version_min` or `version_max` is neither WW_TLS_1_2 nor WW_TLS_1_3");
pub static ALPN: Fault = bad(c"`alpn` is given together with WW_TLS_NO_ALPN");
pub static ANYONE: Fault = bad(c"WW_TLS_TRUST_ANYONE is given together with roots");
pub static OPTIONAL: Fault = bad(c"WW_TLS_CLIENT_CERT_OPTIONAL is given without `client_ca_pem` and `client_ca_path`");
pub static CHAIN: Fault = bad(c"a certificate has neither `chain_pem` nor `chain_path`");
pub static KEY: Fault = bad(c"a certificate has neither `key_pem` nor `key_path`");
pub static TWICE: Fault = bad(c"the same material is given by a span and by a path");
